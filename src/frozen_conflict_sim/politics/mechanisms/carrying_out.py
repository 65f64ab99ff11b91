"""Carrying out: implementation lags agreement, by years for police and law, and can be halted.

Reference: the police centre of the Abkhaz treaty was ratified 975 days after the signature (jam-news).
"""

from ...engine.declare.parameter import quantity
from ...engine.numerics import at_most, average, both, either
from ...engine.time_step import quarters
from ..roles import elite, territory
from ..world import clauses

territory.declares(
    speed=quantity(clauses(0.5, 0.4, 0.25, 0.14, 0.3, 0.10), 0, 1, "per quarter", "Share of the gap to what is agreed that is carried out in a quarter.", by="clause"),
)  # fmt: skip


@territory.measure("depth", by="clause", against_the_grain=quantity(0.6, 0, 1, "ratio", "How fast clauses beyond the ruling faction's ideal are carried out, relative to others."),
                   halted_speed=quantity(0.1, 0, 1, "ratio", "How fast clauses are carried out while the deal is halted."))  # fmt: skip
def carried_out_now(
    agreed, implemented, speed, ideal, deal_halted, against_the_grain, halted_speed
):
    """How much of each clause is carried out, or undone, this turn.

    >>> round(carried_out_now(0.8, 0.4, 0.5, 0.9, 0.0, 0.6, 0.1), 2)
    0.2
    """
    gap = agreed - implemented
    willing = either(both(gap > 0.0, implemented > ideal), against_the_grain, 1.0)
    return speed * gap * willing * either(deal_halted > 0.0, halted_speed, 1.0)


@territory.changes("implemented", phase="money")
def carrying_out(carried_out_now):
    """What is agreed is carried out at each clause's own speed.

    >>> carrying_out(0.2)
    0.2
    """
    return carried_out_now


@territory.changes("fresh_implementation", phase="money")
def carrying_out_seen(carried_out_now, fresh_implementation):
    """The parent sees how much was carried out.

    >>> carrying_out_seen([0.2, 0.0], 0.0)
    0.1
    """
    return average(carried_out_now) - fresh_implementation


@elite.changes(
    "deal_halted",
    phase="bids",
    halt=quantity(6, 1, 40, "quarters", "How long a halted deal stays halted."),
)
def halted(deal_suspended, deal_halted, halt, turn):
    """A halted deal waits some time.

    >>> halted(1.0, 0.0, 6, "quarter")
    6.0
    """
    return either(deal_suspended > 0.5, halt, -at_most(deal_halted, quarters(turn))) * 1.0
