"""How the patron answers a plea for protection.

Reference: @snyder1984.
"""

from ....engine.declare.parameter import quantity
from ...roles import patron, territory

on_a_plea = patron.decides(
    "on_a_plea", "how it answers a plea for protection", phase="bids", about=territory
)
ignore_plea = on_a_plea.nothing("ignore", "Take note and do nothing.")
send_troops = on_a_plea.option(
    "send_troops", "Send troops and build bases.", act="patron_sends_troops"
)


@on_a_plea.open_when
def a_plea_to_answer(elite_pleads):
    """There is a plea.

    Otherwise: nobody there has asked for protection this turn.
    """
    return elite_pleads > 0.5


@send_troops.incentive(weight="control")
def foothold(stake, bases):
    """Bases are a foothold where the territory matters.

    >>> round(foothold(0.8, 0.25), 2)
    0.6
    """
    return stake * (1.0 - bases)


@send_troops.incentive(weight=quantity(0.4, 0, 2, "utility",
    "What it is worth to the patron to stand by a client that is threatened."))  # fmt: skip
def client_protected(tension):
    """A client that is threatened and not protected is lost.

    >>> client_protected(0.6)
    0.6
    """
    return tension


@send_troops.incentive(weight="goodwill_kept")
def goodwill_lost_by_troops(perceived_backlash, salience):
    """Troops cost the parent's goodwill.

    >>> goodwill_lost_by_troops(0.6, 0.5)
    -0.3
    """
    return -perceived_backlash * salience


@send_troops.incentive(weight=quantity(0.15, 0, 1, "utility", "What a garrison costs."))
def price_of_a_garrison():
    """Garrisons cost money and soldiers.

    >>> price_of_a_garrison()
    -1.0
    """
    return -1.0
