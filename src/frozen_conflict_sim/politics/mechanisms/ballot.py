"""The ballot: residents vote by closeness, money and the patron's endorsement, which repels the autonomy-minded.

Elections come at a fixed interval, and at once after a forced exit. If nobody has a majority, the first two meet in a runoff.

Reference: Downs (1957), An Economic Theory of Democracy; Duch and Stevenson (2008), The Economic Vote.
"""

import numpy as np

from ...engine.quantity import quantity
from ...engine.words import distance
from ..roles import elite, public

public.declares(
    closeness=quantity(3.0, 0, 10, "utility", "How much voters mind a candidate far from their own view."),
    incumbency=quantity(2.4, -5, 10, "utility", "What a sitting leader of usual legitimacy gains by being known."),
    judgement_of_leaders=quantity(20.0, 0, 60, "utility", "How steeply votes follow a sitting leader's legitimacy."),
    pocketbook=quantity(6.0, 0, 30, "utility", "How much money better or worse than expected counts for a sitting leader."),
    endorsement_helps=quantity(1.5, 0, 6, "utility", "How much the patron's endorsement helps with the dependent."),
    endorsement_repels=quantity(1.3, 0, 6, "utility", "How much the patron's endorsement repels the autonomy-minded."),
    barred_from_the_ballot=quantity(
        1.5, 0, 6, "utility", "How much suppression takes from a candidate who stands for autonomy."
    ),
    chance_of_the_day=quantity(0.8, 0, 4, "utility", "How much chance moves a candidate's appeal."),
)
public.candidates(
    position="Where the candidate's faction stands on integration.",
    sits="Whether the candidate is the sitting leader.",
    endorsed="Whether the patron endorses the candidate.",
    luck_of_the_day="Chance, standard normal.",
)


@public.appeals
def likeness(support, position, closeness):
    """Voters prefer a candidate close to their own view.

    >>> round(likeness(0.4, 0.6, 3.0), 2)
    -0.6
    """
    return -closeness * distance(support, position)


@public.appeals
def record(sits, legitimacy, surprise, usual_legitimacy, incumbency, judgement_of_leaders, pocketbook):
    """A sitting leader is judged by legitimacy and by money against expectation.

    >>> record(1.0, 0.55, 0.0, 0.55, 3.3, 20.0, 6.0)
    3.3
    """
    return sits * (incumbency + judgement_of_leaders * (legitimacy - usual_legitimacy) + pocketbook * surprise)


@public.appeals
def patrons_word(endorsed, own_dependence, autonomy_mindedness, endorsement_helps, endorsement_repels):
    """The patron's endorsement helps with the dependent and repels the autonomy-minded.

    >>> round(patrons_word(1.0, 0.6, 0.3, 1.5, 1.3), 2)
    0.51
    """
    return endorsed * (endorsement_helps * own_dependence - endorsement_repels * autonomy_mindedness)


@public.appeals
def silenced(suppression, position, barred_from_the_ballot):
    """A candidate who stands for autonomy is hardly heard, or barred, where that voice is suppressed.

    >>> round(silenced(0.4, 0.5, 1.5), 2)
    -0.3
    """
    return -barred_from_the_ballot * suppression * (1.0 - position)


@public.appeals
def day_of_the_vote(luck_of_the_day, chance_of_the_day):
    """The rest is chance.

    >>> day_of_the_vote(1.0, 0.8)
    0.8
    """
    return chance_of_the_day * luck_of_the_day


@elite.procedure(
    phase="office",
    gives={
        "vote_held": "Whether the territory votes this turn.",
        "winning_faction": "The faction that wins the vote, counted from 0.",
        "incumbent_beaten": "Whether the leader in office stood and lost.",
        "incumbent_returned": "Whether the leader in office stood and won.",
        "favourite_won": "Whether the candidate whom the patron endorsed won.",
        "favourite_lost": "Whether the candidate whom the patron endorsed lost.",
    },
)
def election(model):
    """Let the residents vote where a vote is due: one candidate a faction, of whom one may sit and one may be endorsed."""
    world, luck = model.world, model.world.luck
    seen = world.sight("territory")
    due = (np.broadcast_to(seen["vote_due"], (len(model.publics), world.runs)) > 0.5) & world.active
    sitting, stands = seen["ruling_faction"], seen["stands_again"] > 0.5
    positions, endorsement = seen["faction_positions"], seen["endorsement"] > 0.5
    favourite = np.argmax(positions, axis=0)
    winner = sitting.copy()
    for at, residents in enumerate(model.publics):
        if not due[at].any():
            continue
        chances = luck.normal(f"vote/{residents.name}", world.turn, len(positions))
        candidates = [
            {
                "position": positions[faction, at],
                "sits": (stands[at] & (sitting[at] == faction)).astype(float),
                "endorsed": (endorsement[at] & (favourite[at] == faction)).astype(float),
                "luck_of_the_day": chances[faction],
            }
            for faction in range(len(positions))
        ]
        winner[at] = np.where(due[at], residents.vote(candidates, due[at]), sitting[at])
    returned = due & stands & (winner == sitting)
    backed = due & endorsement
    return {
        "vote_held": due.astype(float),
        "winning_faction": winner,
        "incumbent_beaten": (due & stands & ~returned).astype(float),
        "incumbent_returned": returned.astype(float),
        "favourite_won": (backed & (winner == favourite)).astype(float),
        "favourite_lost": (backed & (winner != favourite)).astype(float),
    }
