"""Every row of a design with every combination of the crossed levers and with every arm, ordered by what differs in words.

A model is made for one set of words, and what is not given to it stays as in the scenario; so runs that differ in these are
played by different models. Such a group is a variant.
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
    """Rows and combinations with the same words in one arm. ``fixed`` are the places of the levers that are words.

    A number that shapes the world, such as that of the residents, counts as a word.
    """

    words: dict[str, str | float]
    absent: frozenset[str]
    arm: str
    rows: np.ndarray
    fixed: dict[str, int]
    combinations: int

    @property
    def size(self) -> int:
        """How many points it has."""
        return len(self.rows) * self.combinations


class Factorial:
    """The points of a design: row × combination, in the order of rows, the last lever varying fastest."""

    def __init__(self, matrix: DesignMatrix, crossed: dict[str, tuple], arms: tuple[str, ...], shapes: Callable[[str], bool]):
        self.crossed = crossed
        sizes = [len(values) for values in crossed.values()]
        self.combinations = prod(sizes)
        self.steps = {key: prod(sizes[place + 1 :]) for place, key in enumerate(crossed)}
        in_words = {key: values for key, values in crossed.items() if shapes(key)}
        self.free = [key for key in crossed if key not in in_words]
        places = [dict(zip(in_words, chosen)) for chosen in product(*(range(len(values)) for values in in_words.values()))]
        self.configurations = tuple(
            Configuration(
                words | {key: in_words[key][place] for key, place in fixed.items()},
                absent,
                arm,
                rows,
                fixed,
                self.combinations // len(places),
            )
            for words, absent, rows in grouped(matrix, shapes)
            for fixed in places
            for arm in arms
        )

    def place(self, configuration: Configuration, ranks: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Row and combination of the points of a variant."""
        row, rest = np.divmod(ranks, configuration.combinations)
        combination = np.full(len(ranks), sum(self.steps[key] * place for key, place in configuration.fixed.items()), np.int64)
        for key in reversed(self.free):
            rest, place = np.divmod(rest, len(self.crossed[key]))
            combination += place * self.steps[key]
        return configuration.rows[row], combination

    def chosen(self, combination: np.ndarray) -> dict[str, np.ndarray]:
        """The value of each crossed lever."""
        return {key: column(values)[combination // self.steps[key] % len(values)] for key, values in self.crossed.items()}


def grouped(
    matrix: DesignMatrix, shapes: Callable[[str], bool]
) -> list[tuple[dict[str, str | float], frozenset[str], np.ndarray]]:
    """Rows in groups with the same words and the same gaps: the words, the keys that are not given, the rows."""
    rows = np.arange(len(matrix.draw))
    told: dict[str, np.ndarray] = {}
    for key, values in matrix.columns.items():
        if shapes(key):
            told[key] = values if values.dtype == object else np.where(np.isnan(values), None, values)
        elif np.isnan(values).any():
            told[key] = np.where(np.isnan(values), None, 0)
    if not told:
        return [({}, frozenset(), rows)]
    groups: dict[tuple, list[int]] = {}
    for row, said in enumerate(zip(*told.values())):
        groups.setdefault(said, []).append(row)
    return [
        (
            {key: word for key, word in zip(told, said) if word is not None and shapes(key)},
            frozenset(key for key, word in zip(told, said) if word is None),
            np.array(members),
        )
        for said, members in groups.items()
    ]
