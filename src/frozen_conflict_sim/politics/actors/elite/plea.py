"""Why an elite asks its patron for protection without asking to join it.

Reference: @dewaal2015; the record (events).
"""

from ....engine.declare.parameter import quantity
from ...roles import elite
from .initiative import initiative

plea = initiative.option(
    "plea_for_protection", "Ask the patron for troops, not for accession.", act="elite_pleads"
)


elite.declares(
    full_garrison=quantity(0.9, 0, 1, "index",
        "Troops and bases from which an elite sees no need to ask for more."),
)  # fmt: skip


@plea.open_when
def troops_are_few(bases, full_garrison):
    """The patron's troops are fewer than they could be.

    Otherwise: the patron's garrison is full.
    """
    return bases < full_garrison


@plea.incentive(weight=quantity(0.8, 0, 3, "utility",
    "What protection is worth to an elite that fears the parent."))  # fmt: skip
def fear_of_the_parent(tension, guarantee):
    """A tense line and thin protection make for a plea.

    >>> round(fear_of_the_parent(0.6, 0.5), 2)
    0.3
    """
    return tension * (1.0 - guarantee)


@plea.incentive(weight=quantity(0.2, 0, 1, "utility",
    "What a plea costs an elite in room for manoeuvre."))  # fmt: skip
def room_given_up(mean_autonomy_mindedness):
    """Among people who want autonomy foreign troops are a price.

    >>> room_given_up(0.5)
    -0.5
    """
    return -mean_autonomy_mindedness
