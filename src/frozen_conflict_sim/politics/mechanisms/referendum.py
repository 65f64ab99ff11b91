"""Bids for accession: made, answered, dropped; and what an annexation changes."""

from ...engine.quantity import quantity
from ...engine.words import at_least, at_most, average
from ..roles import elite, patron, territory


@elite.changes("bid_pending", phase="elites")
def bid_made(elite_bids, bid_pending):
    """A referendum on accession is called.

    >>> bid_made(1.0, 0.0)
    1.0
    """
    return elite_bids * (1.0 - bid_pending)


@elite.changes("bid_owned", phase="elites")
def bid_is_ones_own(elite_bids, bid_owned):
    """Who calls it owns it.

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


@elite.measure("0 or 1")
def bid_on_the_table(bid_pending, independent):
    """Whether there is a bid for the patron to answer.

    >>> bid_on_the_table(1.0, 1.0)
    1.0
    """
    return bid_pending * independent


@territory.measure("0 or 1")
def annexation(patron_annexes, bid_suspended, bid_dropped):
    """Whether the patron annexes the territory this turn: it accepts a bid that is not withdrawn in the same breath.

    >>> annexation(1.0, 0.0, 0.0)
    1.0
    """
    return patron_annexes * (1.0 - bid_suspended) * (1.0 - bid_dropped)


@elite.hazard(
    phase="bids",
    lapse_of_a_bid=quantity(0.35, 0, 1, "per turn", "How likely an ignored bid is to lapse in a turn."),
)
def bid_lapses(bid_pending, patron_encourages, lapse_of_a_bid):
    """A bid that nobody takes up is forgotten."""
    return lapse_of_a_bid * bid_pending * (1.0 - patron_encourages)


@elite.hazard(
    phase="bids",
    vote_on_a_bid=quantity(0.02, 0, 1, "per turn", "How likely a bid is to reach a vote in a turn."),
    vote_if_encouraged=quantity(0.25, 0, 1, "per turn", "How much likelier a vote is when the patron encourages it."),
)
def bid_reaches_a_vote(bid_pending, patron_encourages, vote_on_a_bid, vote_if_encouraged):
    """Few bids reach a vote, unless the patron wants it."""
    return bid_pending * (vote_on_a_bid + vote_if_encouraged * patron_encourages)


@elite.measure("0 or 1")
def bid_ends(bid_lapses, bid_reaches_a_vote, patron_rebuffs, patron_annexes, bid_suspended, bid_dropped):
    """Whether a pending bid is off the table this turn, for whatever reason.

    >>> bid_ends(0.0, 0.0, 1.0, 0.0, 0.0, 0.0)
    1.0
    """
    return at_most(bid_lapses + bid_reaches_a_vote + patron_rebuffs + patron_annexes + bid_suspended + bid_dropped, 1.0)


@elite.changes("bid_pending", phase="bids")
def bid_is_off_the_table(bid_ends, bid_pending):
    """The bid has lapsed, been voted on, answered, suspended or dropped.

    >>> bid_is_off_the_table(1.0, 1.0)
    -1.0
    """
    return -bid_ends * bid_pending


@elite.changes("bid_refused", phase="bids")
def refusal_remembered(patron_rebuffs, bid_lapses, bid_reaches_a_vote, bid_refused):
    """A bid that came to nothing is remembered.

    >>> refusal_remembered(1.0, 0.0, 0.0, 0.0)
    1.0
    """
    return at_most(patron_rebuffs + 0.5 * bid_lapses + bid_reaches_a_vote, 1.0) * (1.0 - bid_refused)


@elite.changes("bid_refused", phase="world")
def refusal_forgotten(bid_refused):
    """And slowly forgotten.

    >>> round(refusal_forgotten(1.0), 2)
    -0.15
    """
    return -0.15 * bid_refused


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


@territory.changes("fresh_signature", phase="bids", shock_of_annexation=quantity(3.0, 0, 10, "ratio", "How much more an annexation is felt than a treaty of the same depth."))
def annexation_is_felt(annexation, agreed, shock_of_annexation):
    """An annexation is felt as more than a treaty.

    >>> round(annexation_is_felt(1.0, [0.5, 0.7], 3.0), 2)
    1.2
    """
    return annexation * shock_of_annexation * (1.0 - average(agreed))


@elite.changes("perks", phase="bids")
def perks_are_lost(annexation, perks):
    """With independence go its offices, contracts and flag.

    >>> perks_are_lost(1.0, 0.8)
    -0.8
    """
    return -annexation * perks


@elite.changes("perks", phase="world", perks_follow_money=quantity(0.2, 0, 1, "per turn", "How fast perks follow the patron's money."))
def contracts_follow_money(perks, paid, base_subsidy, independent, perks_follow_money):
    """More money is more contracts.

    >>> round(contracts_follow_money(0.8, 1500.0, 1000.0, 1.0, 0.2), 3)
    0.02
    """
    goal = independent * (0.4 + 0.4 * at_most(paid / at_least(base_subsidy, 1.0), 1.25))
    return perks_follow_money * (goal - perks)


patron.gathers("annexations", of="annexed", how="sum", meaning="How many territories the patron has annexed.")


@elite.measure("0 or 1")
def annexed_elsewhere(annexations, annexed):
    """Whether the patron has annexed another territory of this play.

    >>> annexed_elsewhere(1.0, 0.0)
    1.0
    """
    return at_most(annexations - annexed, 1.0)


@territory.changes("reintegrated", phase="parents")
def settlement_reached(elite_settles):
    """Parent and elite have settled.

    >>> settlement_reached(1.0)
    1.0
    """
    return elite_settles


@territory.changes("agreed", phase="parents")
def settlement_undoes_treaties(elite_settles, agreed):
    """A settlement undoes the treaties with the patron.

    >>> settlement_undoes_treaties(1.0, 0.5)
    -0.5
    """
    return -elite_settles * agreed
