"""Elementary effects: how much an outcome changes as one uncertainty goes through its range, from a Morris design.

Reference: @morris1991; the mean of the absolute effects after @campolongo2007.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import prod
from typing import TYPE_CHECKING

import numpy as np

from ...experiment.designs.morris import morris
from ...experiment.errors import ResultsError
from ...experiment.spec import BASE
from ...experiment.study.resolved_factors import ResolvedFactors
from ...results import Results
from ..intervals import jackknife
from .enough import Estimate

if TYPE_CHECKING:
    from ...model.columns import Column

FEWEST_PATHS = 4


@dataclass(frozen=True)
class ElementaryEffect:
    """The elementary effects of one source on one outcome, in the unit of the outcome, each with its 90 % interval.

    An effect is the change of the outcome over the whole range of the source (or from its 5 % to its 95 % quantile), along
    one step of a path. ``mu_star`` is the mean of the absolute effects: how much the source matters. ``mu`` is the mean
    effect. ``sigma`` is their standard deviation: how much an effect depends on the other values, or on the value itself.
    ``effects`` were seen on ``paths`` paths; ``left_out`` steps lack the outcome.
    """

    outcome: str
    label: str
    unit: str
    source: str
    mu_star: Estimate
    mu: Estimate
    sigma: Estimate
    effects: int
    paths: int
    left_out: int


def elementary_effects(results: Results, outcomes: tuple[str, ...] = ()) -> tuple[tuple[ElementaryEffect, ...], dict[str, str]]:
    """The elementary effects on each outcome, strongest source first, in the base of the study; replicates are averaged.

    The second result says by outcome why it has none. Raises :class:`ResultsError` for another design.
    """
    if results.experiment.design.kind != "morris":
        raise ResultsError("elementary effects need a design of the kind morris: design: {kind: morris, points: 20}")
    spec = ResolvedFactors(results.experiment).spec
    sources = {axis: name for name, (axis, *_) in spec.exchanged().items()}
    cube = morris(len(sources), spec.options, spec.seed)[0].reshape(-1, len(sources) + 1, len(sources))
    wanted = outcomes or results.experiment.outcomes or results.names("outcome", key_outcomes=True)
    columns = [results.columns[name] for name in wanted]
    found: list[ElementaryEffect] = []
    without: dict[str, str] = {}
    for column, table in zip(columns, _tables(results, columns, cube)):
        effects = _effects(table, cube)
        paths = int((~np.isnan(effects)).any(axis=(1, 2)).sum())
        if paths < FEWEST_PATHS:
            without[column.name] = f"{paths} paths with the outcome are too few; at least {FEWEST_PATHS} are needed"
        elif not np.nanmax(np.abs(effects)):
            without[column.name] = "no step changes it"
        else:
            lines = _lines(column, sources, effects)
            found += sorted(lines, key=lambda line: -line.mu_star[0])
    return tuple(found), without


def _tables(results: Results, columns: list[Column], cube: np.ndarray) -> Iterator[np.ndarray]:
    """Each outcome by path, point and combination of the levers, averaged over replicates; NaN where a run lacks it."""
    runs = results.table([*results.names("about"), *(column.name for column in columns)])
    if results.experiment.arms:
        runs = runs[runs["arm"] == BASE]
    combinations = prod(len(values) for values in ResolvedFactors(results.experiment).crossed.values())
    shape = (*cube.shape[:2], combinations)
    for column in columns:
        values = runs[column.name].where(runs["status"] == "done").astype(float)
        by_point = values.groupby(runs["point"]).agg(lambda group: group.mean(skipna=False))
        yield by_point.reindex(range(prod(shape))).to_numpy(float).reshape(shape)


def _effects(table: np.ndarray, cube: np.ndarray) -> np.ndarray:
    """The effects of each source, shape ``(path, combination, source)``; NaN where a step lacks the outcome."""
    steps = np.diff(cube, axis=1)
    path, step, source = np.nonzero(steps)
    changes = np.diff(table, axis=1)
    found = np.full((len(cube), table.shape[2], cube.shape[2]), np.nan)
    found[path, :, source] = changes[path, step] / steps[path, step, source][:, None]
    return found


def _lines(column: Column, sources: dict[int, str], effects: np.ndarray) -> Iterator[ElementaryEffect]:
    for axis, name in sources.items():
        seen = effects[:, :, axis]
        known = seen[~np.isnan(seen).any(axis=1)]
        if len(known) < FEWEST_PATHS:
            continue
        size, (low, high) = jackknife(lambda rows, known=known: float(np.mean(np.abs(known[rows]))), len(known))
        mean = jackknife(lambda rows, known=known: float(np.mean(known[rows])), len(known))
        spread, (least, most) = jackknife(lambda rows, known=known: float(np.std(known[rows], ddof=1)), len(known))
        yield ElementaryEffect(
            column.name, column.label, column.unit, name,
            (size, (max(low, 0.0), high)), mean, (spread, (max(least, 0.0), most)),
            known.size, len(known), int(np.isnan(seen).sum()),
        )  # fmt: skip
