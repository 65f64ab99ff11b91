"""What statements measure: effects of one ensemble over another, run by run, and after an event of each run."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np

from ..estimates import NO_ESTIMATE, Estimate, mean, share, widened
from ..pattern import MechanismOff
from ..patterns.actions import GEORGIA, signs
from ..runs import Runs, first_turn, value_at

STATUS_QUO = {"patron.policy": "status_quo"}
SWALLOW = {"patron.policy": "swallow"}
CHANNELS_OFF = MechanismOff("both channels to the parent are off", {"parent.channels": "off"})
THEATRES = {
    "Georgia": ("georgia_2014", GEORGIA),
    "Moldova": ("transnistria_2014", "moldova"),
    "Ukraine": ("donbas_2014", "ukraine"),
}
CLAUSES = ("foreign_policy", "defence", "borders", "law", "welfare", "citizenship_and_land")
Quantity = Callable[[Runs], np.ndarray]


def named(name: str) -> Quantity:
    """A recorded quantity, as a function of runs."""
    return lambda runs: runs.trajectory(name)


def first_signature(runs: Runs, territory: str) -> np.ndarray:
    """The turn of a territory's first signature, shape ``(run,)``; −1 without one."""
    return first_turn(signs(runs, territory))


def after(trajectory: np.ndarray, begin: np.ndarray, lag: int) -> np.ndarray:
    """A trajectory some turns after a turn of each run; NaN without one, or after the end.

    >>> after(np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([0, -1]), 1)
    array([ 2., nan])
    """
    return value_at(trajectory, np.where(begin >= 0, begin + lag, -1))


def effect_after(one: Runs, other: Runs, quantity: Quantity, begin: np.ndarray, lag: int) -> Estimate:
    """The mean paired difference of a quantity, some turns after a turn of each run."""
    return mean(after(quantity(one), begin, lag) - after(quantity(other), begin, lag))


def effect_on(one: Runs, other: Runs, quantity: Quantity, turn: int = -1) -> Estimate:
    """The mean paired difference of a quantity on a turn, by default the last."""
    difference = quantity(one) - quantity(other)
    return mean(difference[:, turn]) if turn < difference.shape[1] else NO_ESTIMATE


def effect_on_average(one: Runs, other: Runs, quantity: Quantity, begin: int = 0) -> Estimate:
    """The mean paired difference of a quantity over all turns from ``begin`` on."""
    return mean((quantity(one) - quantity(other))[:, begin:])


def effect_on_share(one: Runs, other: Runs, happened: Callable[[Runs], np.ndarray]) -> Estimate:
    """The difference in how often something happens, over the turns that are played."""
    return share(happened(one), one.alive) - share(happened(other), other.alive)


def largest(estimates: Iterable[Estimate]) -> Estimate:
    """The estimate with the largest value, its interval widened for the choice; those without cases are left out."""
    return _chosen(estimates, max)


def smallest(estimates: Iterable[Estimate]) -> Estimate:
    """The estimate with the smallest value, its interval widened for the choice; those without cases are left out."""
    return _chosen(estimates, min)


def _chosen(estimates: Iterable[Estimate], choose: Callable) -> Estimate:
    known = [found for found in estimates if found.runs]
    return widened(choose(known, key=lambda found: found.value), known) if known else NO_ESTIMATE


def default_weight(role: str, incentive: str) -> float:
    """The declared weight of an incentive, around which the weights of single actors vary."""
    from ...politics.catalogue import declared

    return declared.weights[role, incentive].default


def size(found: Estimate) -> Estimate:
    """The size of an effect, whatever its sign."""
    return found if found.value >= 0.0 else found - found - found


def conceded(runs: Runs, territory: str) -> np.ndarray:
    """Of what the patron asks beyond the treaties at the start, the share that is agreed; shape ``(run, turn)``."""
    agreed = [runs.trajectory(f"{territory}.agreed.{clause}") for clause in CLAUSES]
    asked = [runs.value("territory", territory, "asks", clause) for clause in CLAUSES]
    begun = [runs.value("territory", territory, "agreed", clause) for clause in CLAUSES]
    gained = sum(np.clip(depth, begin, max(goal, begin)) - begin for depth, goal, begin in zip(agreed, asked, begun))
    return gained / sum(max(goal - begin, 0.0) for goal, begin in zip(asked, begun))


def dissatisfied_among_others(territory: str) -> Quantity:
    """The share that is dissatisfied among those who are not autonomy-minded."""

    def of(runs: Runs) -> np.ndarray:
        whole, minded, share_of_minded = (
            runs.trajectory(f"{territory}.{name}")
            for name in ("dissatisfied_share", "dissatisfied_for_autonomy_share", "autonomy_share")
        )
        return (whole - minded) / (1.0 - share_of_minded)

    return of


def dissatisfied_among_minded(territory: str) -> Quantity:
    """The share that is dissatisfied among the autonomy-minded."""

    def of(runs: Runs) -> np.ndarray:
        minded, share_of_minded = (
            runs.trajectory(f"{territory}.{name}") for name in ("dissatisfied_for_autonomy_share", "autonomy_share")
        )
        return minded / share_of_minded

    return of
