"""The time step: how long a turn is, and how numbers that are given by the quarter scale to it.

Everything is declared, and written in files, by the quarter. The unit of a quantity tells how it scales: shares ``per quarter``
and factors (``factor per quarter``) compound; other amounts ``… per quarter`` are proportional to time; the steps of a random
walk, ``… per √quarter``, are proportional to its square root. Durations in ``quarters`` do not change, for clocks advance by
the length of a turn.
"""

from __future__ import annotations

import math

from .numerics import either, exp, log

TIME_STEP = "time_step"  # the category that gives the length of a turn
MONTHS = {"month": 1, "quarter": 3, "half_year": 6}
PLURAL = {"month": "months", "quarter": "quarters", "half_year": "half-years"}
USUAL = "quarter"


def quarters(time_step: str) -> float:
    """The length of a turn in quarters.

    >>> quarters("half_year")
    2.0
    """
    return MONTHS[time_step] / 3.0


def due(quarters_left, time_step: str):
    """Whether a clock runs out this turn: less than half a turn is left of it.

    >>> due(0.4, "quarter"), due(0.4, "month")
    (True, False)
    """
    return quarters_left < 0.5 * quarters(time_step)


def compounded(time_step: str, share):
    """A share per quarter, compounded over a turn.

    >>> compounded("quarter", 0.1), round(compounded("half_year", 0.1), 6), compounded("month", 1.0)
    (0.1, 0.19, 1.0)
    """
    if time_step == USUAL:
        return share
    partial = share < 1.0
    left = either(partial, 1.0 - share, 1.0)
    return either(partial, 1.0 - exp(quarters(time_step) * log(left)), 1.0)


def scaled(unit: str, number, time_step: str):
    """A number of a unit, scaled to turns of this length.

    >>> scaled("index per quarter", 0.2, "half_year"), scaled("index per √quarter", 1.0, "half_year") ** 2
    (0.4, 2.0000000000000004)
    >>> round(scaled("factor per quarter", 0.9, "half_year"), 6), scaled("quarters", 10.0, "half_year")
    (0.81, 10.0)
    """
    if time_step == USUAL or not by_the_quarter(unit):
        return number
    if unit == "per quarter":
        return compounded(time_step, number)
    if unit == "factor per quarter":
        return exp(quarters(time_step) * log(number))
    return number * (math.sqrt(quarters(time_step)) if unit.endswith("√quarter") else quarters(time_step))


def by_the_quarter(unit: str) -> bool:
    """Whether a number of this unit scales with the length of a turn."""
    return unit.endswith(("per quarter", "per √quarter"))
