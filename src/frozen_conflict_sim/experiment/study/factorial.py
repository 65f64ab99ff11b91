"""Full factorial of the rows of a design, the crossed levers and the arms, grouped into configurations.

A model is built for one set of categories, and a key that is not set keeps its value of the scenario. Runs that differ in
these are played by different models: they belong to different configurations.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import product
from math import prod

import numpy as np

from ..designs import DesignMatrix
from ..designs.grid import column


@dataclass(frozen=True)
class Configuration:
    """Points of one arm that a single model can play: the same categories, the same keys left to the scenario.

    ``categories`` are the values of all structural keys; ``absent`` are the keys that stay as in the scenario; ``rows`` are
    rows of the design matrix. ``fixed`` gives the position of each crossed structural lever in its list of values, and
    ``combinations`` counts the combinations of the other levers.
    """

    categories: dict[str, str | float]
    absent: frozenset[str]
    arm: str
    rows: np.ndarray
    fixed: dict[str, int]
    combinations: int

    @property
    def size(self) -> int:
        """Its number of points."""
        return len(self.rows) * self.combinations


class Factorial:
    """All points of a study: row × combination of levers, in the order of rows; the last lever varies fastest."""

    def __init__(
        self, matrix: DesignMatrix, crossed: dict[str, tuple], arms: tuple[str, ...], is_structural: Callable[[str], bool]
    ):
        self.crossed = crossed
        sizes = [len(values) for values in crossed.values()]
        self.combinations = prod(sizes)
        self.strides = {key: prod(sizes[position + 1 :]) for position, key in enumerate(crossed)}
        structural = {key: values for key, values in crossed.items() if is_structural(key)}
        self.free = [key for key in crossed if key not in structural]
        fixed_positions = [
            dict(zip(structural, positions)) for positions in product(*(range(len(values)) for values in structural.values()))
        ]
        self.configurations = tuple(
            Configuration(
                categories | {key: structural[key][position] for key, position in fixed.items()},
                absent,
                arm,
                rows,
                fixed,
                self.combinations // len(fixed_positions),
            )
            for categories, absent, rows in _grouped(matrix, is_structural)
            for fixed in fixed_positions
            for arm in arms
        )

    def position(self, configuration: Configuration, ranks: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Row and combination of the points of a configuration with these ranks."""
        row, rest = np.divmod(ranks, configuration.combinations)
        first = sum(self.strides[key] * position for key, position in configuration.fixed.items())
        combination = np.full(len(ranks), first, np.int64)
        for key in reversed(self.free):
            rest, position = np.divmod(rest, len(self.crossed[key]))
            combination += position * self.strides[key]
        return configuration.rows[row], combination

    def levers(self, combination: np.ndarray) -> dict[str, np.ndarray]:
        """The value of each crossed lever in some combinations."""
        return {key: column(values)[combination // self.strides[key] % len(values)] for key, values in self.crossed.items()}


def _grouped(
    matrix: DesignMatrix, is_structural: Callable[[str], bool]
) -> list[tuple[dict[str, str | float], frozenset[str], np.ndarray]]:
    """Rows grouped by categories and gaps: the categories, the keys that are not set, the rows."""
    rows = np.arange(len(matrix.draw))
    marks: dict[str, np.ndarray] = {}
    for key, values in matrix.columns.items():
        if is_structural(key):
            marks[key] = values if values.dtype == object else np.where(np.isnan(values), None, values)
        elif np.isnan(values).any():
            marks[key] = np.where(np.isnan(values), None, 0)
    if not marks:
        return [({}, frozenset(), rows)]
    groups: dict[tuple, list[int]] = {}
    for row, marked in enumerate(zip(*marks.values())):
        groups.setdefault(marked, []).append(row)
    return [
        (
            {key: value for key, value in zip(marks, marked) if value is not None and is_structural(key)},
            frozenset(key for key, value in zip(marks, marked) if value is None),
            np.array(members),
        )
        for marked, members in groups.items()
    ]
