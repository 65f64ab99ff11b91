"""The ballot: residents vote by closeness, money and the patron's endorsement.

Elections come at a fixed interval, and at once after a forced exit. If nobody has a majority, the
first two meet in a runoff.

Reference: @downs1957 on closeness; @duch2008 on the economy.
"""

from ....engine.declare.parameter import quantity
from ....engine.numerics import both, distance, either, place_of_largest, total
from ...roles import elite, public

public.declares(
    proximity_voting=quantity(3.0, 0, 10, "utility",
        "How much voters mind a candidate far from their own view."),
    incumbency_advantage=quantity(3.3, -5, 10, "utility",
        "What a sitting leader of usual legitimacy gains by being known."),
    legitimacy_voting=quantity(20.0, 0, 60, "utility",
        "How steeply votes follow a sitting leader's legitimacy."),
    pocketbook_voting=quantity(6.0, 0, 30, "utility",
        "How much money better or worse than expected counts for a sitting leader."),
    endorsement_attraction=quantity(1.5, 0, 6, "utility",
        "How much the patron's endorsement helps with the dependent."),
    endorsement_repulsion=quantity(1.3, 0, 6, "utility",
        "How much the patron's endorsement repels the autonomy-minded."),
    ballot_suppression=quantity(12.0, 0, 40, "utility",
        "How much suppression takes from a candidate who stands for autonomy."),
    chance_on_voting_day=quantity(0.8, 0, 4, "utility",
        "How much chance moves a candidate's appeal."),
)  # fmt: skip
public.noise("fortunes", "What chance does for each candidate in a vote.", by="faction")


@elite.derived("faction")
def favourite(faction_positions):
    """The faction that stands closest to the patron: the one whose candidate it endorses.

    >>> favourite([0.2, 0.9, 0.4])
    1.0
    """
    return place_of_largest(faction_positions)


@elite.derived("index")
def favourite_position(faction_positions, favourite):
    """Where the patron's favourite stands on integration.

    >>> favourite_position([0.2, 0.9, 0.4], 1.0)
    0.9
    """
    return total(
        [either(favourite == index, place, 0.0) for index, place in enumerate(faction_positions)]
    )


@public.candidate
def position(candidate, faction_positions):
    """Where the candidate's faction stands on integration.

    >>> position(1, [0.2, 0.9, 0.4])
    0.9
    """
    return faction_positions[candidate]


@public.candidate
def sits(candidate, ruling_faction, stands_again):
    """Whether the candidate is the sitting leader.

    >>> sits(1, 1.0, 1.0)
    1.0
    """
    return either(both(stands_again > 0.5, ruling_faction == candidate), 1.0, 0.0)


@public.candidate
def endorsed(candidate, favourite, endorsement):
    """Whether the patron endorses the candidate.

    >>> endorsed(1, 1.0, 1.0)
    1.0
    """
    return either(both(endorsement > 0.5, favourite == candidate), 1.0, 0.0)


@public.candidate
def chance_of_the_day(candidate, fortunes):
    """What chance does for the candidate, standard normal.

    >>> chance_of_the_day(1, [0.3, -0.8, 1.1])
    -0.8
    """
    return fortunes[candidate]


@public.appeals
def likeness(support, position, proximity_voting):
    """Voters prefer a candidate close to their own view.

    >>> round(likeness(0.4, 0.6, 3.0), 2)
    -0.6
    """
    return -proximity_voting * distance(support, position)


@public.appeals
def record(
    sits,
    legitimacy,
    income_surprise,
    usual_legitimacy,
    incumbency_advantage,
    legitimacy_voting,
    pocketbook_voting,
):
    """A sitting leader is judged by legitimacy and by money against expectation.

    >>> record(1.0, 0.55, 0.0, 0.55, 3.3, 20.0, 6.0)
    3.3
    """
    return sits * (
        incumbency_advantage
        + legitimacy_voting * (legitimacy - usual_legitimacy)
        + pocketbook_voting * income_surprise
    )


@public.appeals
def patrons_word(
    endorsed, own_dependence, autonomy_mindedness, endorsement_attraction, endorsement_repulsion
):
    """The patron's endorsement helps with the dependent and repels the autonomy-minded.

    >>> round(patrons_word(1.0, 0.6, 0.3, 1.5, 1.3), 2)
    0.51
    """
    return endorsed * (
        endorsement_attraction * own_dependence - endorsement_repulsion * autonomy_mindedness
    )


@public.appeals
def silenced(suppression, position, favourite_position, ballot_suppression):
    """Where its voice is suppressed a candidate for autonomy is heard less.

    Autonomy is counted from where the patron's favourite stands.

    >>> round(silenced(0.4, 0.5, 0.7, 10.0), 2)
    -0.8
    """
    return -ballot_suppression * suppression * (favourite_position - position)


@public.appeals
def day_of_the_vote(chance_of_the_day, chance_on_voting_day):
    """The rest is chance.

    >>> day_of_the_vote(1.0, 0.8)
    0.8
    """
    return chance_on_voting_day * chance_of_the_day


@elite.fixed_within_turn(phase="office")
def vote_held(vote_due):
    """Whether the territory votes this turn.

    >>> vote_held(1.0)
    1.0
    """
    return vote_due


public.votes(
    "winning_faction",
    "The faction that wins the vote, counted from 0; without a vote the one in office.",
    phase="office", among="faction", when="vote_held", otherwise="ruling_faction", voters="voter",
)  # fmt: skip


@elite.fixed_within_turn(phase="office")
def incumbent_stood(vote_held, stands_again):
    """Whether the leader in office stood in a vote.

    >>> incumbent_stood(1.0, 1.0)
    1.0
    """
    return vote_held * stands_again


@elite.fixed_within_turn(phase="office")
def incumbent_returned(incumbent_stood, winning_faction, ruling_faction):
    """Whether the leader in office stood and won.

    >>> incumbent_returned(1.0, 2.0, 2.0)
    1.0
    """
    return incumbent_stood * either(winning_faction == ruling_faction, 1.0, 0.0)


@elite.fixed_within_turn(phase="office")
def incumbent_beaten(incumbent_stood, incumbent_returned):
    """Whether the leader in office stood and lost.

    >>> incumbent_beaten(1.0, 0.0)
    1.0
    """
    return incumbent_stood - incumbent_returned


@elite.fixed_within_turn(phase="office")
def favourite_stood(vote_held, endorsement):
    """Whether a candidate whom the patron endorsed stood in a vote.

    >>> favourite_stood(1.0, 1.0)
    1.0
    """
    return vote_held * either(endorsement > 0.5, 1.0, 0.0)


@elite.fixed_within_turn(phase="office")
def favourite_won(favourite_stood, winning_faction, favourite):
    """Whether the candidate whom the patron endorsed won.

    >>> favourite_won(1.0, 2.0, 2.0)
    1.0
    """
    return favourite_stood * either(winning_faction == favourite, 1.0, 0.0)
