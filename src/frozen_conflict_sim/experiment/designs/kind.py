"""Kinds of designs: which options each takes, how many rows it makes, and how it lays an experiment out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np

from ...engine.arrays.starting_values import at_share
from ...engine.declare.parameter import Quantity
from ...engine.setting import Value
from ..spec import Design, Range


@dataclass(frozen=True)
class DesignSpec:
    """What is to be laid out. ``inherited`` are the uncertain values that the scenario itself has."""

    levers: dict[str, tuple | Range]
    uncertainties: dict[str, Value]
    inherited: dict[str, Value]
    quantities: dict[str, Quantity]
    design: Design
    seed: int

    @property
    def options(self) -> dict:
        """The options of the design, with its defaults."""
        return KINDS[self.design.kind].defaults | self.design.options

    def sampled(self) -> dict[str, Value]:
        """What a design that samples draws: levers that are spans, and everything uncertain."""
        spans = {key: lever.law for key, lever in self.levers.items() if isinstance(lever, Range) and not lever.levels}
        return spans | self.uncertainties | self.inherited

    def exchanged(self) -> dict[str, list[int]]:
        """The axes of the unit cube that a Saltelli design exchanges at once, by name: one by one, or all of one grade."""
        axes: dict[str, list[int]] = {}
        for key, axis in _places(self.sampled()).items():
            value = self.sampled()[key]
            name = value.grade if self.options.get("exchange") == "grade" else value.jointly or key
            if axis not in axes.setdefault(name, []):
                axes[name].append(axis)
        return axes

    def listed(self) -> dict[str, tuple]:
        """All levers as lists of values; a span becomes evenly spaced numbers."""
        levels = self.options.get("levels", 0)
        return {
            key: spaced(lever, lever.levels or levels) if isinstance(lever, Range) else lever
            for key, lever in self.levers.items()
        }

    def not_sampled(self) -> dict[str, tuple]:
        """The levers that a design does not sample, as lists of values."""
        sampled = self.sampled()
        return replace(self, levers={key: lever for key, lever in self.levers.items() if key not in sampled}).listed()


@dataclass(frozen=True)
class DesignMatrix:
    """Rows of a design. What is ``by_luck`` is drawn run by run.

    ``columns`` has an array for each key: numbers (NaN means: as in the scenario) or words (None means the same). ``draw``
    is the draw to which each row belongs. ``changed`` names what a row changes, in a design that changes one thing at a time.
    """

    columns: dict[str, np.ndarray]
    draw: np.ndarray
    by_luck: dict[str, Value] = field(default_factory=dict)
    changed: np.ndarray | None = None


@dataclass(frozen=True)
class Kind:
    """A kind of design: ``rows`` counts what ``lay`` makes, ``crosses`` gives the levers that are crossed with all rows.

    ``says`` is what the rows are, between their number and the keys that they give.
    """

    name: str
    says: str
    takes: tuple[str, ...]
    needs: tuple[str, ...]
    defaults: dict[str, object]
    samples: bool
    rows: Callable[[DesignSpec], int]
    crosses: Callable[[DesignSpec], dict[str, tuple]]
    build: Callable[[DesignSpec], DesignMatrix]


KINDS: dict[str, Kind] = {}
ALIASES = {"lhs": "latin_hypercube"}


def builds(
    name: str,
    says: str,
    *,
    rows: Callable[[DesignSpec], int],
    crosses: Callable[[DesignSpec], dict] = DesignSpec.listed,
    needs: tuple[str, ...] = (),
    **defaults,
):
    """Register a function from material to rows; further keyword arguments are its options with their defaults."""

    def register(build: Callable[[DesignSpec], DesignMatrix]):
        KINDS[name] = Kind(name, says, (*needs, *defaults), needs, defaults, False, rows, crosses, build)
        return build

    return register


def samples(name: str, says: str, *, rows: Callable[[int, dict], int], at: Callable = at_share, **defaults):
    """Register a function that gives shares of the unit cube, one row a point, and the number of each row's draw."""

    def register(shares: Callable[[int, dict, int], tuple[np.ndarray, np.ndarray]]):
        def build(spec: DesignSpec) -> DesignMatrix:
            sampled = spec.sampled()
            places = _places(sampled)
            options = spec.options | {"exchanged": list(spec.exchanged().values())}
            cube, draw = shares(len(set(places.values())), options, spec.seed)
            columns = {key: np.asarray(at(value, spec.quantities[key], cube[:, places[key]])) for key, value in sampled.items()}
            return DesignMatrix(columns, draw)

        def count(spec: DesignSpec) -> int:
            options = spec.options | {"exchanged": list(spec.exchanged().values())}
            return rows(len(set(_places(spec.sampled()).values())), options)

        KINDS[name] = Kind(name, says, tuple(defaults), (), defaults, True, count, DesignSpec.not_sampled, build)
        return shares

    return register


def _places(sampled: dict[str, Value]) -> dict[str, int]:
    """The axis of the unit cube along which each key is drawn: one of its own, or one for all that are drawn together."""
    axes = {key: f"together {value.jointly}" if value.jointly else key for key, value in sampled.items()}
    order = list(dict.fromkeys(axes.values()))
    return {key: order.index(axis) for key, axis in axes.items()}


def at_level(value: Value, declared: Quantity, level: np.ndarray) -> np.ndarray:
    """The number at a level from 0 to 1: between the ends of a span, or between the 5 % and the 95 % quantile."""
    if value.law == "choices":
        return np.quantile(value.numbers, 0.05 + 0.9 * level)
    return at_share(value, declared, level if value.law == "between" else 0.05 + 0.9 * level)


def spaced(span: Range, levels: int) -> tuple[float, ...]:
    """Evenly spaced numbers.

    >>> spaced(Span(0.0, 0.3), 4)
    (0.0, 0.1, 0.2, 0.3)
    """
    steps = (span.low + (span.high - span.low) * place / (levels - 1) for place in range(levels))
    return tuple(float(f"{number:.12g}") for number in steps)
