"""A box in the other arms of a study, such as with the coupling off: how often the expression holds at the same points."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...results import Results
from ..comparison.difference_results import ARM
from ..intervals import clusters, means
from ..wording import Interval, in_arm
from .cases import Cases
from .expression import Expression
from .prim import Box, inside


@dataclass(frozen=True)
class Share:
    """The share of ``runs`` runs in which the expression holds, with its 90 % interval."""

    value: float
    interval: Interval
    runs: int


@dataclass(frozen=True)
class OtherArm:
    """An arm in words, and how often the expression holds in it: at the points of the box, and at all points."""

    arm: str
    where: str
    in_the_box: Share
    everywhere: Share


def share(held: np.ndarray, draws: np.ndarray) -> Share:
    """A share whose interval is robust to runs that have a draw in common."""
    found = means(held[:, None].astype(float), draws)
    return Share(float(found.values[0]), found.interval_of_share(), len(held))


def other_arms(results: Results, asked: Expression, cases: Cases, box: Box) -> tuple[OtherArm, ...]:
    """The box in every arm but the base. An arm may change what limits the box, so its runs are those at the same points."""
    if ARM not in results.columns or ARM in asked.columns or any(factor.name == ARM for factor in cases.factors):
        return ()
    about = results.table(["status", ARM, "stream", "point"])
    points, arms = about["point"].to_numpy(), about[ARM].to_numpy(object)
    held, known = asked.holds(results)
    usable = (about["status"] == "done").to_numpy() & known
    draws = clusters(about["stream"].to_numpy())[0]
    in_box = np.isin(points, points[cases.rows][inside(box.limits, cases)])
    found = []
    for arm in results.experiment.arms:
        rows = usable & (arms == arm)
        if (rows & in_box).any():
            shares = (share(held[chosen], draws[chosen]) for chosen in (rows & in_box, rows))
            found.append(OtherArm(arm, in_arm(results, arm), *shares))
    return tuple(found)
