"""Depth that is lost again: clauses lapse, deals are denounced.

Reference: assumed; agreements of de facto states lapse or are not renewed [@comai2018].
"""

from ....engine.declare.parameter import quantity
from ....engine.numerics import at_least, either
from ...roles import territory


@territory.derived("0 or 1", by="clause",
    clause_lapse_rate=quantity(0.004, 0, 0.1, "per quarter",
        "How likely a clause is to lapse in a quarter."),
)  # fmt: skip
def clause_lapses(lapse_luck, clause_lapse_rate):
    """Whether a clause falls into disuse this turn.

    >>> clause_lapses(0.001, 0.004)
    1.0
    """
    return either(lapse_luck < clause_lapse_rate, 1.0, 0.0)


territory.noise("lapse_luck", "What decides whether a clause lapses.", law="uniform", by="clause")


@territory.changes("agreed", phase="world",
    lapse_share=quantity(0.5, 0, 1, "share",
        "Share of what was gained in a clause that is lost when it lapses."),
)  # fmt: skip
def lapsed(clause_lapses, agreed, agreed_at_start, lapse_share):
    """A part of what was gained in a clause lapses with it.

    >>> round(lapsed(1.0, 0.8, 0.4, 0.5), 2)
    -0.2
    """
    return -lapse_share * clause_lapses * at_least(agreed - agreed_at_start, 0.0)


@territory.changes("agreed", phase="bids")
def denounced(deal_dropped, agreed, ideal):
    """A denounced deal loses what went beyond the new leader's ideal.

    >>> round(denounced(1.0, 0.8, 0.5), 2)
    -0.3
    """
    return -deal_dropped * at_least(agreed - ideal, 0.0)
