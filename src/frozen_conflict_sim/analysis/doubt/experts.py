"""Experts compared: where they disagree, and which disagreement matters for what comes out.

All runs draw from the pool of the experts. The pool is made of numbers that came from one expert each, so the runs whose number
came from an expert show what comes out if that expert is right about that key, and the pool about all others.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from ...ensemble import run_experiment
from ...experiment.elicitation import Elicitation, Expert
from ...experiment.errors import ResultsError
from ...experiment.load import experiment_from
from ..intervals import critical_value
from ..summary import CAVEAT

ENDS = (0.05, 0.5, 0.95)


@dataclass(frozen=True)
class Belief:
    """What an expert believes about a key: the 5 %, 50 % and 95 % quantiles."""

    expert: str
    quantiles: tuple[float, float, float]


@dataclass(frozen=True)
class Disagreement:
    """A key: beliefs of the experts and of the pool, and the share of the pool's variance that lies between experts."""

    key: str
    beliefs: tuple[Belief, ...]
    pool: tuple[float, float, float]
    between: float


@dataclass(frozen=True)
class Swing:
    """What a disagreement about a key does to an outcome: the experts with the lowest and highest mean, and the difference."""

    key: str
    outcome: str
    low: str
    high: str
    difference: float
    interval: tuple[float, float]

    @property
    def matters(self) -> bool:
        """Whether the interval, which holds for all keys and outcomes together, excludes zero."""
        return self.interval[0] > 0.0


@dataclass(frozen=True)
class Compared:
    """The experts compared: disagreements by key, largest first, and swings by key and outcome, largest first."""

    elicitation: Elicitation
    disagreements: tuple[Disagreement, ...]
    swings: tuple[Swing, ...]
    means: dict[str, float]
    runs: int

    @property
    def sentences(self) -> list[str]:
        """What was found."""
        return list(_sentences(self))

    def to_dict(self) -> dict:
        """Plain data, for machines."""
        return {
            "caveat": CAVEAT,
            "question": self.elicitation.question,
            "experts": {expert.name: expert.weight for expert in self.elicitation.experts},
            "runs": self.runs,
            "means": self.means,
            "sentences": self.sentences,
            "keys": [
                {
                    "key": one.key,
                    "between": one.between,
                    "pool": one.pool,
                    "experts": {belief.expert: belief.quantiles for belief in one.beliefs},
                }
                for one in self.disagreements
            ],
            "swings": [
                {
                    "key": one.key,
                    "outcome": one.outcome,
                    "lowest": one.low,
                    "highest": one.high,
                    "difference": one.difference,
                    "interval": one.interval,
                    "matters": one.matters,
                }
                for one in self.swings
            ],
        }


def disagreements(elicitation: Elicitation) -> tuple[Disagreement, ...]:
    """Where experts disagree, the largest share between them first; a key of one speaker has none."""
    found = []
    for key in elicitation.keys:
        speakers, pool = elicitation.speakers(key), elicitation.pooled(key)[0]
        shares = (np.arange(len(pool)) + 0.5) / len(pool)
        weights = np.array([expert.weight for expert in speakers])
        means = np.array([elicitation.quantiles(key, expert, shares).mean() for expert in speakers])
        centre = np.average(means, weights=weights)
        variance = float(np.var(pool))
        between = float(np.average((means - centre) ** 2, weights=weights)) / variance if variance > 0 else 0.0
        beliefs = tuple(Belief(expert.name, _ends(elicitation, key, expert)) for expert in speakers)
        found.append(Disagreement(key, beliefs, tuple(np.quantile(pool, ENDS).tolist()), min(1.0, between)))
    return tuple(sorted(found, key=lambda one: -one.between))


def _ends(elicitation: Elicitation, key: str, expert: Expert) -> tuple[float, float, float]:
    return tuple(elicitation.quantiles(key, expert, np.array(ENDS)).tolist())


def compared(
    elicitation: Elicitation, outcomes: Sequence[str], *, runs: int = 2000, seed: int = 2015, workers: int = 1
) -> Compared:
    """Run the pool of the experts, and tell which of their disagreements move the ``outcomes`` (bare, or with an owner)."""
    pools = {key: elicitation.pooled(key) for key in elicitation.keys}
    uncertain = {key: {"choices": numbers.tolist()} for key, (numbers, _) in pools.items()}
    data = {"question": elicitation.question, "scenario": elicitation.scenario, "uncertainties": uncertain}
    experiment = experiment_from({**data, "replicates": runs, "seed": seed, "keep": []})
    results = run_experiment(experiment, workers=workers)
    if results.failures:
        raise ResultsError(f"{len(results.failures)} of {runs} runs failed, so the experts cannot be compared")
    columns = results.outcomes_called(outcomes)
    table = results.table([*columns, *pools])
    contested = [key for key in pools if len(elicitation.speakers(key)) > 1]
    level = 1 - 0.1 / max(1, len(contested) * len(columns))
    found = [
        swing
        for key in contested
        for column in columns
        if (
            swing := _swing(key, column, table[column].to_numpy(float), _speaker(pools[key], table[key].to_numpy(float)), level)
        )
    ]
    found.sort(key=lambda one: (-one.matters, -one.interval[0]))
    return Compared(elicitation, disagreements(elicitation), tuple(found), table[list(columns)].mean().to_dict(), runs)


def _speaker(pool: tuple[np.ndarray, np.ndarray], drawn: np.ndarray) -> np.ndarray:
    """The name of the expert from whom each number came."""
    numbers, names = pool
    return names[np.clip(np.searchsorted(numbers, drawn), 0, len(numbers) - 1)]


def _swing(key: str, outcome: str, values: np.ndarray, speaker: np.ndarray, level: float) -> Swing | None:
    """The largest difference between two experts; None unless two of them have enough runs."""
    groups = {name: values[(speaker == name) & np.isfinite(values)] for name in dict.fromkeys(speaker)}
    groups = {name: group for name, group in groups.items() if len(group) >= 10}
    if len(groups) < 2:
        return None
    means = {name: float(group.mean()) for name, group in groups.items()}
    low, high = min(means, key=means.__getitem__), max(means, key=means.__getitem__)
    difference = means[high] - means[low]
    error = np.sqrt(sum(np.var(groups[name], ddof=1) / len(groups[name]) for name in {low, high}))
    reach = critical_value(min(len(groups[low]), len(groups[high])) - 1, level) * float(error)
    return Swing(key, outcome, low, high, difference, (difference - reach, difference + reach))


def pooled_csv(elicitation: Elicitation, seed: int = 0) -> str:
    """The pool as a table of sets, one a line, for ``uncertainties: {from_posterior: …}``; keys are independent."""
    random, text = np.random.default_rng(seed), io.StringIO()
    columns = {key: random.permutation(elicitation.pooled(key)[0]) for key in elicitation.keys}
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([f"{value:.6g}" for value in line] for line in zip(*columns.values()))
    return text.getvalue()


def _sentences(found: Compared) -> Iterator[str]:
    experts = found.elicitation.experts
    widest = found.disagreements[0]
    yield (
        f"{len(experts)} experts spoke about {len(found.disagreements)} parameters. They disagree most about {widest.key}: "
        f"{100 * widest.between:.0f} % of what is unknown about it lies between them."
    )
    certain = [one for one in found.swings if one.matters]
    if not certain:
        yield "None of their disagreements moves an outcome more than chance does."
        return
    for one in certain[:3]:
        yield (
            f"Their disagreement about {one.key} matters for {one.outcome}: {one.difference:.3g} "
            f"({one.interval[0]:.3g}–{one.interval[1]:.3g}) more if {one.high} is right than if {one.low} is."
        )
    matter = {one.key for one in certain}
    silent = [one.key for one in found.disagreements if one.key not in matter and len(one.beliefs) > 1]
    if silent:
        yield f"For these outcomes it does not matter who is right about {', '.join(silent)}."
