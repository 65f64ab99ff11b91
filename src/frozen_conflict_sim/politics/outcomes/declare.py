"""Declare an outcome: one decorated function, with its unit and for whom more of it is better.

An outcome reads trajectories: arrays whose first axis is the turn. It is a pure function and is
never read by a rule. The first sentence of its docstring is its meaning.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ...engine.declare.faults import DeclarationError
from ...engine.declare.role import Role
from ...engine.declare.rule import Rule, never_bare
from ...engine.time_step import MONTHS, quarters
from ..roles import declared


@dataclass(frozen=True)
class Outcome:
    """A declared outcome of the members of a role.

    An outcome that happens in a run or does not has the unit ``yes or no``.
    """

    rule: Rule
    role: Role
    unit: str
    better_for: str
    by: str
    key_outcome: bool

    @property
    def meaning(self) -> str:
        """The meaning of the outcome, a sentence."""
        return self.rule.sentence


OUTCOMES: dict[str, Outcome] = declared.outcomes


@never_bare('role, "…"')
def outcome(
    role: Role, unit: str, *, better_for: str = "", by: str = "", key_outcome: bool = False
) -> Callable:
    """Declare an outcome of every member of a role; a key outcome is shown before all others.

    A script declares its own in the same way, at any time, since no rule reads it. Raise
    ``DeclarationError`` if it reads what nothing declares.
    """

    def declare(function):
        rule = Rule.of(function)
        if declared.sealed and (faults := rule.faults(declared.readable())):
            raise DeclarationError(faults)
        OUTCOMES[rule.name] = Outcome(rule, role, unit, better_for, by, key_outcome)
        declared.version += 1
        return function

    return declare


def at_the_end(trajectory):
    """The value on the last turn."""
    return trajectory[-1]


def count(trajectory):
    """How often something happened: the sum over all turns."""
    amount = trajectory[0].astype(float)
    for value in trajectory[1:]:
        amount += value
    return amount


def on_average(trajectory):
    """The mean over all turns."""
    return count(trajectory) / len(trajectory)


def ever(trajectory):
    """Whether something happened at all."""
    return (np.max(trajectory, axis=0) > 0.5).astype(float)


def first_quarter(trajectory, time_step):
    """The quarter in which something happened first, counted from 1; NaN where it never did."""
    happened = np.max(trajectory, axis=0) > 0.5
    began = np.argmax(trajectory > 0.5, axis=0) * MONTHS[time_step] // MONTHS["quarter"]
    return np.where(happened, began + 1.0, np.nan)


def turns_of(count, time_step: str) -> int:
    """In how many turns so many quarters pass, at least one; ``count`` is the same in all runs.

    >>> turns_of(8, "half_year"), turns_of(1, "half_year"), turns_of(1, "month")
    (4, 1, 3)
    """
    return max(round(float(np.ravel(count)[0]) / quarters(time_step)), 1)


def above(trajectory, threshold):
    """Where a trajectory is above a threshold, compared in the precision in which it is kept."""
    if hasattr(threshold, "astype"):
        return trajectory > threshold.astype(trajectory.dtype)
    return trajectory > trajectory.dtype.type(threshold)


def where_defined(defined, value):
    """The value where it is defined, NaN elsewhere."""
    return np.where(defined, value, np.nan)


def share_of(part, whole, *, least=0.0):
    """The ratio of a part to a whole, NaN where the whole is not more than ``least``.

    >>> share_of(np.array([1.0, 1.0]), np.array([2.0, 0.0]))
    array([0.5, nan])
    """
    there = whole > least
    return where_defined(there, part / np.where(there, whole, 1.0))
