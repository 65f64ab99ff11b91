"""Bids for accession: made, left behind, answered, dropped, remembered.

Reference: @afp2022; the record (events): South Ossetia 2014, 2015–16 and 2022, Transnistria 2014
and 2016.
"""

from ....engine.declare.parameter import quantity
from ....engine.numerics import at_most, either, ratio
from ...roles import elite


@elite.changes("bid_pending", phase="elites")
def bid_made(elite_bids, bid_pending):
    """A referendum on accession is called.

    >>> bid_made(1.0, 0.0)
    1.0
    """
    return elite_bids * (1.0 - bid_pending)


@elite.changes("bid_owned", phase="elites")
def bid_is_ones_own(elite_bids, bid_owned):
    """Who calls the referendum owns the bid.

    >>> bid_is_ones_own(1.0, 0.0)
    1.0
    """
    return elite_bids * (1.0 - bid_owned)


@elite.changes("bid_pending", phase="bids")
def bid_left_behind(beaten_leader_bids, bid_pending):
    """A beaten leader leaves a bid behind.

    >>> bid_left_behind(1.0, 0.0)
    1.0
    """
    return beaten_leader_bids * (1.0 - bid_pending)


@elite.derived("0 or 1")
def bid_on_the_table(bid_pending, independent):
    """Whether there is a bid for the patron to answer.

    >>> bid_on_the_table(1.0, 1.0)
    1.0
    """
    return bid_pending * independent


@elite.hazard(phase="bids",
    bid_lapse_rate=quantity(0.35, 0, 1, "per quarter",
        "How likely an ignored bid is to lapse in a quarter."),
)  # fmt: skip
def bid_lapses(bid_pending, patron_encourages, bid_lapse_rate):
    """A bid that nobody takes up is forgotten.

    >>> bid_lapses(1.0, 0.0, 0.35)
    0.35
    """
    return bid_lapse_rate * bid_pending * (1.0 - patron_encourages)


@elite.hazard(phase="bids",
    bid_vote_rate=quantity(0.012, 0, 1, "per quarter",
        "How likely a bid is to reach a vote in a quarter."),
    bid_vote_rate_if_encouraged=quantity(0.25, 0, 1, "per quarter",
        "How much likelier a vote is when the patron encourages it."),
)  # fmt: skip
def bid_reaches_a_vote(bid_pending, patron_encourages, bid_vote_rate, bid_vote_rate_if_encouraged):
    """Few bids reach a vote, unless the patron wants it.

    >>> bid_reaches_a_vote(1.0, 1.0, 0.02, 0.25)
    0.27
    """
    return bid_pending * (bid_vote_rate + bid_vote_rate_if_encouraged * patron_encourages)


@elite.derived("0 or 1")
def bid_ends(
    bid_lapses, bid_reaches_a_vote, patron_rebuffs, patron_annexes, bid_suspended, bid_dropped
):
    """Whether a pending bid is off the table this turn, for whatever reason.

    >>> bid_ends(0.0, 0.0, 1.0, 0.0, 0.0, 0.0)
    1.0
    """
    return at_most(
        bid_lapses
        + bid_reaches_a_vote
        + patron_rebuffs
        + patron_annexes
        + bid_suspended
        + bid_dropped,
        1.0,
    )


@elite.changes("bid_pending", phase="bids")
def bid_is_off_the_table(bid_ends, bid_pending):
    """The bid has lapsed, been voted on, answered, suspended or dropped.

    >>> bid_is_off_the_table(1.0, 1.0)
    -1.0
    """
    return -bid_ends * bid_pending


@elite.changes("bid_refused", phase="bids",
    lapse_as_refusal=quantity(0.5, 0, 1, "share", "How much of a refusal a bid is that lapses."),
)  # fmt: skip
def refusal_remembered(
    patron_rebuffs, bid_lapses, bid_reaches_a_vote, bid_refused, lapse_as_refusal
):
    """A bid that came to nothing is remembered.

    >>> refusal_remembered(1.0, 0.0, 0.0, 0.0, 0.5)
    1.0
    """
    return at_most(patron_rebuffs + lapse_as_refusal * bid_lapses + bid_reaches_a_vote, 1.0) * (
        1.0 - bid_refused
    )


@elite.changes("bid_refused", phase="world",
    refusal_decay_rate=quantity(0.15, 0, 1, "per quarter", "How fast a refusal is forgotten."),
)  # fmt: skip
def refusal_forgotten(bid_refused, refusal_decay_rate):
    """A bid that came to nothing is slowly forgotten.

    >>> round(refusal_forgotten(1.0, 0.15), 2)
    -0.15
    """
    return -refusal_decay_rate * bid_refused


@elite.derived("share")
def accession_vote_share(accession_voters, electorate):
    """Share of the voters who would vote for accession today.

    >>> round(accession_vote_share(0.6, 0.8), 2)
    0.75
    """
    return ratio(accession_voters, electorate)


@elite.fixed_within_turn(phase="bids")
def bid_approved(bid_reaches_a_vote, accession_vote_share, referendum_majority):
    """Whether the residents vote for accession this turn.

    >>> bid_approved(1.0, 0.75, 0.5)
    1.0
    """
    return bid_reaches_a_vote * either(accession_vote_share > referendum_majority, 1.0, 0.0)


@elite.changes("accession_mandate", phase="bids")
def mandate_given(bid_approved, bid_reaches_a_vote, accession_mandate):
    """A vote for accession is a mandate, a vote against it ends one.

    >>> mandate_given(1.0, 1.0, 0.0)
    1.0
    """
    return bid_reaches_a_vote * (bid_approved - accession_mandate)


@elite.changes("accession_mandate", phase="world",
    mandate_decay_rate=quantity(0.1, 0, 1, "per quarter",
        "How fast the mandate of a vote on accession fades."),
)  # fmt: skip
def mandate_grows_old(accession_mandate, mandate_decay_rate):
    """A mandate that is not acted upon grows old.

    >>> mandate_grows_old(1.0, 0.1)
    -0.1
    """
    return -mandate_decay_rate * accession_mandate
