"""Sobol indices: the share of an outcome's variance due to each source, alone and with its interactions.

Reference: @saltelli2010; total indices after @jansen1999.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ...experiment.errors import ResultsError
from ...experiment.spec import BASE
from ...experiment.study.resolved_factors import ResolvedFactors
from ...results import Results
from ..intervals import JACKKNIFE_GROUPS, jackknife
from .enough import Estimate, why_not

if TYPE_CHECKING:
    from ...model.columns import Column

CHANCE = "chance"
FEWEST_PAIRS = 2 * JACKKNIFE_GROUPS


@dataclass(frozen=True)
class SobolIndex:
    """The first-order and the total index of one source for one outcome, each with its 90 % interval.

    Chance (the random numbers) is a source too; it has no total index, since both points of a pair use the same numbers.
    ``pairs`` of points were used; ``left_out`` lack the outcome in one of their runs.
    """

    outcome: str
    label: str
    source: str
    first: Estimate
    total: Estimate | None
    pairs: int
    left_out: int


def sobol_indices(results: Results, outcomes: tuple[str, ...] = ()) -> tuple[tuple[SobolIndex, ...], dict[str, str]]:
    """The indices of each outcome, strongest source first, pooled over the levers, in the base of the study.

    The second result says by outcome why it has none. Raises :class:`ResultsError` for another design.
    """
    experiment = results.experiment
    if experiment.design.kind != "saltelli":
        raise ResultsError("Sobol indices need a design of the kind saltelli: design: {kind: saltelli, points: 256}")
    sources = list(ResolvedFactors(experiment).spec.exchanged())
    wanted = outcomes or experiment.outcomes or results.names("outcome", key_outcomes=True)
    columns = [results.columns[name] for name in wanted]
    tables = _tables(results, columns, 2 + len(sources) * (2 if experiment.design.options.get("second_order") else 1))
    found: list[SobolIndex] = []
    without = {}
    for column in columns:
        table = tables[column.name]
        used = table[~np.isnan(table).any(axis=1)]
        lacking = len(table) - len(used)
        # The variance is that of the first and the last points, so these must not all be alike.
        reason = why_not(column, used, FEWEST_PAIRS, "pairs of points", lacking, bearing=(0, -1))
        if reason:
            without[column.name] = reason
        else:
            found += _indices(column, sources, used, lacking)
    return tuple(found), without


def _tables(results: Results, columns: list[Column], steps: int) -> dict[str, np.ndarray]:
    """Each outcome as an array ``(pair, step)``, NaN where it is not defined or the run failed."""
    runs = results.table([*results.names("about"), *(column.name for column in columns)])
    if results.experiment.arms:
        runs = runs[runs["arm"] == BASE]
    combinations = int(np.prod([len(values) for values in ResolvedFactors(results.experiment).crossed.values()], dtype=int))
    row, combination = np.divmod(runs["point"].to_numpy(), combinations)
    pair, step = np.divmod(row, steps)
    repetition = runs["replicate"].to_numpy()
    pairs, at = np.unique(np.stack([pair, combination, repetition]), axis=1, return_inverse=True)
    found = {}
    for column in columns:
        values = runs[column.name].to_numpy(float, na_value=np.nan)
        table = np.full((pairs.shape[1], steps), np.nan)
        table[np.ravel(at), step] = np.where(runs["status"] == "done", values, np.nan)
        found[column.name] = table
    return found


def _indices(column: Column, sources: list[str], used: np.ndarray, lacking: int) -> list[SobolIndex]:
    """The indices from a table of whole pairs, shape ``(pair, step)``."""
    about, counted = (column.name, column.label), (len(used), lacking)
    # The first column is A and the last B; between them is A with one source from B (and, for second order, B with one from A).
    base, other = used[:, 0], used[:, -1]
    middle = (base.mean() + other.mean()) / 2
    found = []
    for at, source in enumerate(sources, 1):
        exchanged = used[:, at]

        def first(rows, exchanged=exchanged):
            return np.mean((other[rows] - middle) * (exchanged[rows] - base[rows])) / _variance(base[rows], other[rows])

        def total(rows, exchanged=exchanged):
            return np.mean((base[rows] - exchanged[rows]) ** 2) / 2 / _variance(base[rows], other[rows])

        found.append(SobolIndex(*about, source, jackknife(first, len(used)), jackknife(total, len(used)), *counted))

    def chance(rows):
        return np.mean((base[rows] - middle) * (other[rows] - middle)) / _variance(base[rows], other[rows])

    found.sort(key=lambda index: -index.total[0])
    return [*found, SobolIndex(*about, CHANCE, jackknife(chance, len(used)), None, *counted)]


def _variance(base: np.ndarray, other: np.ndarray) -> float:
    return float(np.var(np.concatenate([base, other])))
