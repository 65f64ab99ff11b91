"""Who holds office: the calendar of votes, who stands, what a new leader inherits.

Reference: the record (elections): the calendars of Abkhazia and South Ossetia.
"""

from ....engine.declare.parameter import quantity
from ....engine.numerics import at_least, at_most, either, one_of
from ....engine.time_step import due, quarters
from ...roles import elite, territory

elite.declares(
    elite_term=quantity(20, 4, 60, "quarters", "Quarters between the territory's elections.",
        source="as in Abkhazia and South Ossetia: constitutional term of five years",
        grade="documented", fact=True),
    leaders_who_retire=quantity(0.25, 0, 1, "share", "Share of leaders who do not stand again."),
)  # fmt: skip
elite.noise("plans", "What decides whether a leader stands again.", law="uniform")


@elite.derived("0 or 1")
def vote_due(elite_quarters_to_vote, driven_out, independent, time_step):
    """Whether the territory votes this turn: by the calendar, or because the leader was driven out.

    >>> vote_due(5.0, 1.0, 1.0, "quarter")
    1.0
    """
    return (
        either(one_of(due(elite_quarters_to_vote, time_step), driven_out > 0.5), 1.0, 0.0)
        * independent
    )


@elite.derived("0 or 1")
def driven_out(forced_exit, voted_down):
    """Whether the leader is driven out this turn, by the street or by parliament.

    >>> driven_out(0.0, 1.0)
    1.0
    """
    return at_most(forced_exit + voted_down, 1.0)


@elite.derived("0 or 1")
def stands_again(plans, leaders_who_retire, driven_out):
    """Whether the leader in office stands again.

    >>> stands_again(0.9, 0.25, 0.0)
    1.0
    """
    return either(plans >= leaders_who_retire, 1.0, 0.0) * (1.0 - driven_out)


@elite.derived("0 or 1")
def new_leader(vote_held, incumbent_returned):
    """Whether a new leader takes office this turn.

    >>> new_leader(1.0, 0.0)
    1.0
    """
    return vote_held * (1.0 - incumbent_returned)


@elite.changes("ruling_faction", phase="office")
def office_changes_hands(vote_held, winning_faction, ruling_faction):
    """The winner's faction rules.

    >>> office_changes_hands(1.0, 2.0, 1.0)
    1.0
    """
    return vote_held * (winning_faction - ruling_faction)


@elite.changes("tenure", phase="office")
def time_in_office(new_leader, tenure, time_step):
    """A turn more in office, or the first.

    >>> time_in_office(1.0, 12.0, "quarter")
    -12.0
    """
    return either(new_leader > 0.5, -tenure, quarters(time_step))


@elite.changes("elite_quarters_to_vote", phase="office")
def calendar(vote_held, elite_quarters_to_vote, elite_term, time_step):
    """The calendar runs, and starts again after a vote.

    >>> calendar(1.0, 0.0, 20.0, "quarter")
    19.0
    """
    return vote_held * (elite_term - elite_quarters_to_vote) - quarters(time_step)


@elite.changes("deal_owned", phase="office")
def deal_is_inherited(new_leader, deal_owned):
    """A new leader has not signed what is in force.

    >>> deal_is_inherited(1.0, 1.0)
    -1.0
    """
    return -new_leader * deal_owned


@elite.changes("bid_owned", phase="office")
def bid_is_inherited(new_leader, bid_owned):
    """A new leader has not made the bid that is pending.

    >>> bid_is_inherited(1.0, 1.0)
    -1.0
    """
    return -new_leader * bid_owned


@elite.derived("index",
    campaign=quantity(4.0, 1, 20, "quarters", "How long before a vote it makes itself felt."),
)  # fmt: skip
def vote_soon(elite_quarters_to_vote, campaign):
    """How near the next vote is, once it makes itself felt.

    >>> vote_soon(2.0, 4.0)
    0.5
    """
    return at_least(1.0 - elite_quarters_to_vote / campaign, 0.0)


@territory.changes("endorsement", phase="patron")
def endorsed_candidate(patron_backs, endorsement):
    """The patron has endorsed a candidate for the coming vote.

    >>> endorsed_candidate(1.0, 0.0)
    1.0
    """
    return patron_backs * (1.0 - endorsement)


@territory.changes("endorsement", phase="office")
def endorsement_spent(vote_held, endorsement):
    """After the vote an endorsement is spent.

    >>> endorsement_spent(1.0, 1.0)
    -1.0
    """
    return -vote_held * endorsement
