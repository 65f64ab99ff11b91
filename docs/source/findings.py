"""``docs/findings.md``: what the model finds under every theory of choice, and how far to believe it. It takes minutes."""

from __future__ import annotations

import inspect
from hashlib import blake2b

import grades
import lengths
import numpy as np
import plausible
import shares
import texts
import theatres
import under_each_rule
import what_if
from pages import filled

import frozen_conflict_sim as fcs
from frozen_conflict_sim.engine.choice_rules import CHOICE_RULES
from frozen_conflict_sim.findings import all_findings
from frozen_conflict_sim.findings.variants import variant, variants
from frozen_conflict_sim.scenario import load_scenario

COSTLY = True
SHORTLY = ("georgia_2014", "south_ossetia_2022")
EXPERIMENTS = (*what_if.ASKED, shares.BY_GRADE, shares.BY_KIND, plausible.OF_CHANCE, plausible.OF_MOTIVES)


def probe() -> str:
    """A fingerprint of the findings, their scenarios, the experiments and two short runs under every rule."""
    said = [inspect.getsource(all_findings), *(variant(name).to_yaml() for name in variants())]
    said += [fcs.load_experiment(name).to_yaml() for name in EXPERIMENTS]
    settings = [load_scenario(name).with_values({"play.choice_rule": rule}) for name in SHORTLY for rule in CHOICE_RULES]
    return blake2b("".join([*said, *map(_short, settings)]).encode(), digest_size=6).hexdigest()


def _short(scenario) -> str:
    results = fcs.run(scenario.with_values(what_if.SHORT), runs=2, seed=under_each_rule.SEED, keep=[])
    return np.array2string(np.round(results.runs[results.names("outcome")].to_numpy(float), 6), threshold=10**6)


def counts() -> str:
    """How many parameters of the Georgian scenario have each grade."""
    counted = grades.counted("georgia_2014")
    whole = sum(row.parameters for row in counted)
    graded = ", ".join(f"{row.parameters} ({row.share:.0%}) are {row.grade}" for row in counted)
    return f"Of the {whole} parameters of `georgia_2014`, {graded}."


PARTS = {
    "counts": counts,
    "in_one_page": texts.in_one_page,
    "dilemma": texts.dilemma,
    "statements": texts.statements,
    "runs_of_statements": lambda: f"{texts.RUNS:,}",
    "in_short": under_each_rule.in_short,
    "runs": lambda: f"{under_each_rule.RUNS:,}",
    "runs_of_patterns": lambda: f"{under_each_rule.RUNS_OF_PATTERNS:,}",
    "findings": under_each_rule.findings,
    "practitioners": under_each_rule.practitioners,
    "patterns": under_each_rule.patterns,
    "grades": grades.grades,
    "shares_by_grade": shares.grades,
    "structures": shares.structures,
    "shares_by_kind": shares.kinds,
    "theatres": theatres.theatres,
    "runs_of_theatres": lambda: f"{theatres.RUNS:,}",
    "lengths": lengths.lengths,
    "runs_of_lengths": lambda: f"{lengths.RUNS:,}",
    "chance": plausible.chance,
    "motives": plausible.motives,
    "probe": probe,
}


def pages() -> dict[str, str]:
    """The page and its picture, by their paths under ``docs``."""
    return {"findings.md": filled("findings.md", PARTS), "pictures/statements.svg": texts.picture()}
