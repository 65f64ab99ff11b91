"""``docs/what_if``: questions of practitioners, answered by experiments. Every sentence is computed."""

from __future__ import annotations

from hashlib import blake2b

import numpy as np
import yaml
from pages import NOTE, SOURCE, table

import frozen_conflict_sim as fcs
from frozen_conflict_sim.analysis.comparison.contrasts import Contrast, contrasts
from frozen_conflict_sim.analysis.robustness import direction
from frozen_conflict_sim.cli.screen.tables import interval, number, percent

COSTLY = True
ASKED = yaml.safe_load((SOURCE / "what_if.yaml").read_text("utf-8"))
SHORT = {"public.residents": 50, "quarters": 12}
SIGN = {"more": 1, "less": -1}
CAVEAT = "In this model, under these assumptions"
TERMS = (
    "Brackets hold 90 % intervals. *With the coupling off* means the same runs with both channels between integration and the "
    "parent's government closed. Small differences count as none: less than 0.01 for a quantity between 0 and 1, less than "
    "0.05 for a count. *(1 of 2)* means that one of the two outcomes that the question asks about moves the expected way."
)


def pages() -> dict[str, str]:
    """A page for each question, by its path under ``docs``."""
    return {f"what_if/{name}.md": page(name, **asked) for name, asked in ASKED.items()}


def probe(name: str) -> str:
    """A fingerprint of an experiment and of two short runs of its scenario; a changed rule or value changes it."""
    experiment = fcs.load_experiment(name)
    results = fcs.run(experiment.scenario.with_values(SHORT), runs=2, seed=experiment.seed)
    outcomes = results.runs[results.names("outcome")].to_numpy(float)
    return blake2b(experiment.to_yaml().encode() + np.round(outcomes, 6).tobytes(), digest_size=6).hexdigest()


def page(name: str, *, compared_with: dict, choices: dict[str, dict], asks: dict[str, dict]) -> str:
    """The page of an experiment: a summary, then choice by choice."""
    experiment = fcs.load_experiment(name)
    results = fcs.run_experiment(experiment)
    policies = results.scenario.policies
    (base,) = compared_with
    found = answers(results, compared_with, choices, asks)
    lines = [
        NOTE.format("what_if.yaml"),
        f"# {experiment.scenario.title}",
        f"*{experiment.question}*",
        experiment.about,
        f"{CAVEAT}: {len(results.runs):,} runs of `experiments/{name}.yaml` with seed {experiment.seed}. Every choice is "
        f"compared with *{base}*, run by run with the same random numbers. {TERMS}",
        "## In short",
        in_short(found, asks),
        "[Findings](../findings.md) shows which of these answers hold under every theory of choice.",
    ]
    for called, said in found.items():
        says = [policies[value].description for value in choices[called].values() if value in policies]
        lines += [f"## {called}", *says]
        for ask, expected in asks.items():
            lines.append(f"**{ask}** {CAVEAT}: {verdict(said, expected)}.")
            lines.append("\n".join(f"* {sentence(said[outcome])}" for outcome in expected))
    lines.append(f"Fingerprint of the model: `{probe(name)}`. To regenerate this page: `python3 run.py renew pages what_if`.")
    return "\n\n".join(lines) + "\n"


def answers(results, compared_with: dict, choices: dict[str, dict], asks: dict[str, dict]) -> dict[str, dict[str, Contrast]]:
    """What each choice does to every outcome that is asked about, by the choice's name and the outcome's."""
    (reference,) = compared_with.values()
    outcomes = list(dict.fromkeys(outcome for expected in asks.values() for outcome in expected))
    return {called: dict(zip(outcomes, contrasts(results, reference, choice, outcomes))) for called, choice in choices.items()}


def in_short(found: dict[str, dict], asks: dict[str, dict]) -> str:
    """All verdicts in a table, the longer of the two lists downwards."""
    if len(found) > len(asks):
        return table(["", *asks], ([called, *(verdict(said, asks[ask]) for ask in asks)] for called, said in found.items()))
    return table(["", *found], ([ask, *(verdict(said, expected) for said in found.values())] for ask, expected in asks.items()))


def verdict(said: dict[str, Contrast], expected: dict[str, str]) -> str:
    """Yes, no or in part: in how many outcomes there is a difference, and the way that is asked about."""
    ways = [direction(said[outcome].difference) * SIGN[way] for outcome, way in expected.items()]
    yes, against = sum(way > 0 for way in ways), sum(way < 0 for way in ways)
    word = "yes" if yes == len(ways) else "in part" if yes else "no"
    return f"{word} ({yes} of {len(ways)}{f', {against} the other way' if against else ''})"


def sentence(found: Contrast) -> str:
    """A finding in a sentence, with every interval."""
    shown = percent if found.column.unit == "yes or no" else number
    unit = "" if found.column.unit == "yes or no" else f" ({found.column.unit})"
    about = f"**{found.column.label}**{unit}"
    if found.difference.difference is None:
        return f"{about} is not defined in enough of the runs."
    hardly = "differs negligibly" if found.direction else "does not differ measurably"
    way = {1: "is higher", -1: "is lower", 0: hardly}[direction(found.difference)]
    now, before = (f"{shown(estimate)} ({interval(around, shown)})" for estimate, around in (found.choice, found.reference))
    beside = "".join(f"; with the coupling off {amount(other, shown)}" for other in found.beside.values())
    text = f"{about} {way}: {now} instead of {before}, a difference of {amount(found.difference, shown)}{beside}."
    if not found.moderator or not direction(found.difference):
        return text
    name, low, high = found.moderator.uncertainty, found.moderator.low, found.moderator.high
    thirds = f"{amount(low, shown)} in the lowest third of its values, {amount(high, shown)} in the highest"
    return f"{text} It depends most on `{name}`: {thirds}."


def amount(line, shown) -> str:
    """A difference with its interval; where no pair differs it has none."""
    if line.difference is None:
        return "undefined"
    return f"{shown(line.difference)} ({interval(line.interval, shown)})" if line.changed else "exactly nothing"
