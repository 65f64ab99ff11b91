"""Shares of the variance of the key outcomes: of values by grade, of structure, parameters and chance."""

from __future__ import annotations

from functools import cache
from itertools import groupby

from in_memory import played
from pages import code, table

import frozen_conflict_sim as fcs
from frozen_conflict_sim.analysis.sensitivity.sobol_indices import CHANCE, sobol_indices
from frozen_conflict_sim.analysis.sensitivity.variance_shares import variance_shares

GRADES = ("assumed", "estimated", "documented")
BY_GRADE, BY_KIND = "assumed_values", "structure"


@cache
def by_grade():
    """The indices of every grade, and of chance."""
    return sobol_indices(played(fcs.load_experiment(BY_GRADE)))[0]


@cache
def by_kind():
    """The shares of structure, parameters and chance."""
    return variance_shares(played(fcs.load_experiment(BY_KIND)))[0]


def grades() -> str:
    """The share of each outcome's variance due to assumed, estimated and documented values, and to chance."""
    rows = []
    for _, lines in groupby(by_grade(), key=lambda line: line.outcome):
        lines = {line.source: line for line in lines}
        label = next(iter(lines.values())).label
        rows.append(
            [
                label,
                *(share(lines[source].first) for source in GRADES),
                *(share(lines[source].total) for source in (CHANCE, "assumed")),
            ]
        )
    return table(["outcome", *GRADES, "chance, with its interactions", "assumed, with its interactions"], rows)


def kinds() -> str:
    """The share of each outcome's variance due to structure, parameters and chance; and to each part of the structure."""
    rows = [[line.label, *map(share, (line.structure, line.parameters, line.chance))] for line in by_kind()]
    of_levers = [[line.label, *map(share, line.levers.values())] for line in by_kind()]
    whole = table(["outcome", "structure", "parameters", "chance"], rows)
    divided = table(["part of the structure, by itself", *map(code, by_kind()[0].levers)], of_levers)
    return f"{whole}\n\n{divided}"


def structures() -> str:
    """The parts of the structure that were varied, and the size of the design."""
    experiment, first = fcs.load_experiment(BY_KIND), by_kind()[0]
    levers = "; ".join(f"{code(lever)}: {', '.join(map(str, values))}" for lever, values in experiment.levers.items())
    return f"{levers}. {first.structures} structures at {first.points} points with {first.replicates} replicates each"


def of_judgement() -> str:
    """The share due to assumed values by themselves, lowest and highest over the outcomes."""
    found = sorted(line.first for line in by_grade() if line.source == "assumed")
    return f"{share(found[0])} to {share(found[-1])}"


def share(estimate: tuple[float, tuple[float, float]]) -> str:
    """A share with its interval."""
    value, low, high = (round(number, 2) + 0.0 for number in (estimate[0], *estimate[1]))
    return f"{value:.2f} ({low:.2f}{' to ' if low < 0 else '–'}{high:.2f})"
