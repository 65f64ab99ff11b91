"""Bounds of what is recorded: a value outside its declared bounds is an error, never a result."""

from __future__ import annotations

import numpy as np

from ..politics.catalogue import declared
from ..politics.outcomes import OUTCOMES

WITHIN_ONE = ("index", "share", "depth", "probability", "0 or 1", "yes or no")
BELOW_ZERO = ("strength", "ratio", "utility", "log odds")
ROUNDING = 1e-5  # of a bound, or of one: histories are kept, and residents add up, in single precision


class OutOfBounds(ArithmeticError):
    """A recorded quantity or an outcome has left its declared bounds, or is not a number where it must be one."""


def bounds_of_unit(unit: str) -> tuple[float, float]:
    """The bounds that a unit implies.

    >>> bounds_of_unit("share"), bounds_of_unit("ratio"), bounds_of_unit("count")
    ((0.0, 1.0), (-inf, inf), (0.0, inf))
    """
    return (-np.inf if unit in BELOW_ZERO else 0.0), (1.0 if unit in WITHIN_ONE else np.inf)


def bounds_of(name: str, unit: str) -> tuple[float, float]:
    """The bounds of a recorded quantity: declared with it, or implied by its unit."""
    quantity = declared.quantities.get(name)
    return (quantity.low, quantity.high) if quantity else bounds_of_unit(unit)


def inside_of(low, high):
    """The least and the largest value that are within bounds, but for rounding; both are finite."""
    floor = np.maximum(low - ROUNDING * np.maximum(np.abs(low), 1.0), -np.finfo(np.float32).max)
    return floor, np.minimum(high + ROUNDING * np.maximum(np.abs(high), 1.0), np.finfo(np.float32).max)


def inside(least, most, low, high):
    """Whether the least and the largest of some values are finite and within bounds, but for rounding; NaN is not."""
    floor, ceiling = inside_of(low, high)
    return (least >= floor) & (most <= ceiling)


def refuse(column: str, name: str, values: np.ndarray, bounds: tuple[float, float], streams) -> None:
    """Raise ``OutOfBounds`` for the first value of a column, ``(run,)`` or ``(run, turn)``, that is outside its bounds."""
    run, *turn = np.argwhere(~inside(values, values, *bounds))[0]
    when = f" after turn {turn[0] + 1}" if turn else ""
    low, high = (f"{bound:g}" for bound in bounds)
    raise OutOfBounds(
        f"{column} is {values[(run, *turn)]:g}{when} in the run of stream {streams[run]}, which is not within {low} to {high}; "
        f"{origin(name)}"
    )


def origin(name: str) -> str:
    """Where the values under a name come from, for whoever has to mend them."""
    if name in OUTCOMES:
        return f"the outcome is computed at {OUTCOMES[name].rule.place}"
    if name in declared.derived:
        return f"its rule is at {declared.derived[name].rule.place}"
    causes = [f"{one.rule.name} ({one.rule.place})" for one in declared.contributions if one.to == name]
    return f"it is changed by {', '.join(causes)}" if causes else "residents add up to it"
