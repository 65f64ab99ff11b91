"""Kinds of designs: the options that each takes, the number of its rows, and the function that builds its design matrix."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np

from ...engine.arrays.starting_values import at_share
from ...engine.declare.parameter import Quantity
from ...engine.event_numbers import DATE, YES_OR_NO
from ...engine.setting import Value
from ..spec import Design, Range


@dataclass(frozen=True)
class DesignSpec:
    """What a design matrix is built from.

    ``inherited`` are the uncertain values of the scenario itself, ``quantities`` the declarations of all keys that are numbers.
    """

    levers: dict[str, tuple | Range]
    uncertainties: dict[str, Value]
    inherited: dict[str, Value]
    quantities: dict[str, Quantity]
    design: Design
    seed: int

    @property
    def options(self) -> dict:
        """The options of the design, defaults included."""
        return KINDS[self.design.kind].defaults | self.design.options

    def sampled(self) -> dict[str, Value]:
        """The distributions that a sampling design draws from: levers that are ranges, and everything uncertain."""
        ranges = {
            key: lever.distribution for key, lever in self.levers.items() if isinstance(lever, Range) and not lever.levels
        }
        return ranges | self.uncertainties | self.inherited

    def exchanged(self) -> dict[str, list[int]]:
        """The axes of the unit cube that a Saltelli design exchanges in one step, by key, joint draw or grade."""
        axes: dict[str, list[int]] = {}
        for key, axis in _axes(self.sampled()).items():
            value = self.sampled()[key]
            name = value.grade if self.options.get("exchange") == "grade" else value.jointly or key
            if axis not in axes.setdefault(name, []):
                axes[name].append(axis)
        return axes

    def listed(self) -> dict[str, tuple]:
        """All levers as lists of values; a range becomes evenly spaced numbers."""
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
    """The rows of a design.

    ``columns`` has an array of one value a row for each key: numbers, where NaN means "as in the scenario", or words, where
    ``None`` means the same. ``draw`` numbers the draw of the uncertainties to which each row belongs. What is
    ``drawn_per_run`` is drawn anew for each run. ``changed`` names the key that a row of a one-at-a-time design changes.
    """

    columns: dict[str, np.ndarray]
    draw: np.ndarray
    drawn_per_run: dict[str, Value] = field(default_factory=dict)
    changed: np.ndarray | None = None


@dataclass(frozen=True)
class Kind:
    """A kind of design.

    ``rows`` gives the number of rows before ``build`` makes them; ``crosses`` gives the levers that are crossed with every
    row. ``description`` completes the phrase "64 … patron.policy, parent.grievance". ``samples`` is true of designs that draw
    from the unit cube. ``about`` is the docstring of the function that lays it out.
    """

    name: str
    description: str
    takes: tuple[str, ...]
    needs: tuple[str, ...]
    defaults: dict[str, object]
    samples: bool
    rows: Callable[[DesignSpec], int]
    crosses: Callable[[DesignSpec], dict[str, tuple]]
    build: Callable[[DesignSpec], DesignMatrix]
    about: str


KINDS: dict[str, Kind] = {}
ALIASES = {"lhs": "latin_hypercube"}


def builds(
    name: str,
    description: str,
    *,
    rows: Callable[[DesignSpec], int],
    crosses: Callable[[DesignSpec], dict] = DesignSpec.listed,
    needs: tuple[str, ...] = (),
    **defaults,
):
    """Register a function that builds a design matrix; further keyword arguments are its options with their defaults."""

    def register(build: Callable[[DesignSpec], DesignMatrix]):
        takes = (*needs, *defaults)
        KINDS[name] = Kind(name, description, takes, needs, defaults, False, rows, crosses, build, build.__doc__)
        return build

    return register


def samples(name: str, description: str, *, rows: Callable[[int, dict], int], at: Callable = at_share, **defaults):
    """Register a sampling design: a function ``(dimensions, options, seed)`` that gives points and draws.

    Points are rows of the unit cube, shape ``(rows, dimensions)``; draws are the number of the draw of each row. ``at`` turns
    a share from 0 to 1 into a value of a distribution.
    """

    def register(sample: Callable[[int, dict, int], tuple[np.ndarray, np.ndarray]]):
        def build(spec: DesignSpec) -> DesignMatrix:
            sampled = spec.sampled()
            axes = _axes(sampled)
            options = spec.options | {"exchanged": list(spec.exchanged().values())}
            cube, draw = sample(len(set(axes.values())), options, spec.seed)
            columns = {key: np.asarray(at(value, spec.quantities[key], cube[:, axes[key]])) for key, value in sampled.items()}
            return DesignMatrix(columns, draw)

        def count(spec: DesignSpec) -> int:
            options = spec.options | {"exchanged": list(spec.exchanged().values())}
            return rows(len(set(_axes(spec.sampled()).values())), options)

        takes, crosses = tuple(defaults), DesignSpec.not_sampled
        KINDS[name] = Kind(name, description, takes, (), defaults, True, count, crosses, build, sample.__doc__)
        return sample

    return register


def _axes(sampled: dict[str, Value]) -> dict[str, int]:
    """The axis of the unit cube of each key: one of its own, or one for all keys that are drawn jointly."""
    names = {key: f"jointly {value.jointly}" if value.jointly else key for key, value in sampled.items()}
    order = list(dict.fromkeys(names.values()))
    return {key: order.index(name) for key, name in names.items()}


def at_level(value: Value, declared: Quantity, level: np.ndarray) -> np.ndarray:
    """The number at a level from 0 to 1: between the ends of a range, or between the 5 % and the 95 % quantile."""
    if value.law == "choices":
        is_number = declared.unit not in (DATE, YES_OR_NO)
        return np.quantile(value.numbers, 0.05 + 0.9 * level, method="linear" if is_number else "nearest")
    return at_share(value, declared, level if value.law == "between" else 0.05 + 0.9 * level)


def spaced(range_: Range, levels: int) -> tuple[float, ...]:
    """Evenly spaced numbers.

    >>> spaced(Range(0.0, 0.3), 4)
    (0.0, 0.1, 0.2, 0.3)
    """
    steps = (range_.low + (range_.high - range_.low) * place / (levels - 1) for place in range(levels))
    return tuple(float(f"{number:.12g}") for number in steps)
