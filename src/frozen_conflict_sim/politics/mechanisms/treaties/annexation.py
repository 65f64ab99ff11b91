"""Annexation: the end of a territory's de facto independence, and a shock to everybody else.

Reference: @fazal2007.
"""

from ....engine.declare.parameter import quantity
from ....engine.numerics import at_most
from ...roles import elite, patron, territory


@territory.derived("0 or 1")
def annexation(patron_annexes, bid_suspended, bid_dropped):
    """Whether the patron annexes the territory this turn: it accepts a bid that is not withdrawn.

    >>> annexation(1.0, 0.0, 0.0)
    1.0
    """
    return patron_annexes * (1.0 - bid_suspended) * (1.0 - bid_dropped)


@territory.changes("annexed", phase="bids")
def patron_annexes_it(annexation):
    """The patron annexes the territory.

    >>> patron_annexes_it(1.0)
    1.0
    """
    return annexation


@territory.changes("agreed", phase="bids")
def annexation_is_total(annexation, agreed):
    """Nothing is left to agree on.

    >>> round(annexation_is_total(1.0, 0.6), 2)
    0.4
    """
    return annexation * (1.0 - agreed)


@territory.changes("fresh_signature", phase="bids",
    shock_of_annexation=quantity(1.6, 0, 2, "depth",
        "How deep a treaty would have to be that is felt as much as an annexation."),
)  # fmt: skip
def annexation_is_felt(annexation, shock_of_annexation):
    """An annexation is felt as more than the deepest treaty.

    >>> annexation_is_felt(1.0, 1.6)
    1.6
    """
    return annexation * shock_of_annexation


patron.aggregates(
    "annexations", of="annexed", how="sum", meaning="How many territories the patron has annexed."
)


@elite.derived("0 or 1")
def annexed_elsewhere(annexations, annexed):
    """Whether the patron has annexed another territory of this play.

    >>> annexed_elsewhere(1.0, 0.0)
    1.0
    """
    return at_most(annexations - annexed, 1.0)
