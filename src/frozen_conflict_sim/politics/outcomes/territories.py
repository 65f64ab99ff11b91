"""What else became of the territories: money, standing, who was in office, bids."""

import numpy as np

from ...engine.time_step import quarters
from ..roles import elite, territory
from .declare import at_the_end, count, on_average, outcome, share_of, turns_of


@outcome(territory, "USD million a year", better_for="elite", key_outcome=True)
def subsidy_bill(bill_in_dollars):
    """What the patron paid for the territory, in dollars of the day, on average."""
    return on_average(bill_in_dollars)


@outcome(territory, "ratio", better_for="elite")
def paid_over_promised(subsidy_paid, subsidy_promised):
    """What was paid of what was promised, on average; undefined where nothing was promised."""
    return share_of(on_average(subsidy_paid), on_average(subsidy_promised))


@outcome(territory, "count", better_for="parent")
def cuts(patron_withholds):
    """How often the patron held money back."""
    return count(patron_withholds)


@outcome(territory, "count", better_for="elite")
def raises(patron_raises_subsidy):
    """How often the patron raised the subsidy."""
    return count(patron_raises_subsidy)


@outcome(elite, "index", better_for="elite")
def perks_at_end(perks):
    """What is left of the perks of nominal independence at the end."""
    return at_the_end(perks)


@outcome(territory, "share", better_for="parent")
def dependence_at_end(dependence):
    """Share of the budget that comes from the patron at the end."""
    return at_the_end(dependence)


@outcome(territory, "yes or no", better_for="patron", key_outcome=True)
def annexed_at_end(annexed):
    """Whether the patron annexed the territory."""
    return at_the_end(annexed)


@outcome(territory, "yes or no", better_for="parent", key_outcome=True)
def settled(reintegrated):
    """Whether the territory settled with its parent."""
    return at_the_end(reintegrated)


@outcome(elite, "count", better_for="parent", key_outcome=True)
def forced_exits(forced_exit):
    """How often the street drove a leader out."""
    return count(forced_exit)


@outcome(elite, "count")
def votes_held(vote_held):
    """How many elections were held."""
    return count(vote_held)


@outcome(elite, "share")
def incumbents_beaten(incumbent_beaten, incumbent_stood):
    """Of the leaders who stood again, the share that lost; undefined where none stood."""
    return share_of(count(incumbent_beaten), count(incumbent_stood))


@outcome(elite, "share", better_for="patron")
def favourites_won(favourite_won, favourite_stood):
    """Of the candidates whom the patron endorsed, the share that won; undefined without one."""
    return share_of(count(favourite_won), count(favourite_stood))


@outcome(elite, "count", better_for="elite")
def silencings(elite_suppresses):
    """How often the elite suppressed the autonomy-minded."""
    return count(elite_suppresses)


@outcome(elite, "count", better_for="parent")
def quarters_reaching_out(elite_reaches_out, time_step):
    """For how many quarters the elite talked to the parent across the line."""
    return count(elite_reaches_out) * quarters(time_step)


@outcome(elite, "count")
def bids(elite_bids, beaten_leader_bids):
    """How many bids for accession were made."""
    return count(elite_bids) + count(beaten_leader_bids)


@outcome(elite, "count")
def bids_withdrawn(bid_suspended, bid_dropped):
    """How many bids a successor suspended or dropped."""
    return count(bid_suspended) + count(bid_dropped)


@outcome(elite, "count", better_for="parent")
def bids_rebuffed(patron_rebuffs):
    """How many bids the patron rebuffed."""
    return count(patron_rebuffs)


@outcome(elite, "count")
def bids_voted_on(bid_reaches_a_vote):
    """How many bids reached a vote."""
    return count(bid_reaches_a_vote)


@outcome(elite, "share", better_for="parent")
def beaten_bids_put_aside(
    elite_bids,
    beaten_leader_bids,
    incumbent_beaten,
    bid_suspended,
    bid_dropped,
    patron_annexes,
    bid_window,
    put_aside_window,
    time_step,
):
    """Of the bids by leaders who then lost a vote, the share that the successor put aside.

    Bids that the patron accepted are not counted as put aside.

    A bid counts that was made within ``bid_window`` before the vote, or on the way out; it is put
    aside if it is suspended or dropped within ``put_aside_window`` of the vote. Undefined where
    there was none.
    """
    bid, withdrawn = (
        np.maximum(elite_bids, beaten_leader_bids),
        np.maximum(bid_suspended, bid_dropped),
    )
    # Turn by turn is how they are looked at here, so it is how they should stand in memory.
    bid, withdrawn, incumbent_beaten, patron_annexes = (
        trajectory.copy() for trajectory in (bid, withdrawn, incumbent_beaten, patron_annexes)
    )
    cases, put_aside = np.zeros(bid.shape[1:]), np.zeros(bid.shape[1:])
    before = turns_of(bid_window, time_step) - 1
    within = turns_of(put_aside_window, time_step)
    for vote in range(len(bid)):
        year, after = slice(max(vote - before, 0), vote + 1), slice(vote, vote + within + 1)
        case = incumbent_beaten[vote] * np.max(bid[year], axis=0)
        accepted = np.max(patron_annexes[year.start : after.stop], axis=0)
        cases = cases + case
        put_aside = put_aside + case * np.max(withdrawn[after], axis=0) * (1.0 - accepted)
    return share_of(put_aside, cases)


@outcome(elite, "count")
def bids_approved(bid_approved):
    """How many bids were approved by a vote of the residents."""
    return count(bid_approved)
