"""Why the patron backs a candidate, or does not.

Reference: @levin2016; @bubeck2019.
"""

from ....engine.declare.parameter import quantity
from ...roles import patron
from .treatment import back_a_candidate

patron.declares(
    endorsement_window=quantity(2, 0, 20, "quarters",
        "How long before a vote the patron may endorse a candidate."),
    any_friend_in_office=quantity(0.36, 0, 2, "index",
        "What a friend in office is worth where the territory itself is not."),
)  # fmt: skip


@back_a_candidate.open_when
def a_vote_is_near(elite_quarters_to_vote, endorsement_window):
    """There is a vote within the window of endorsements.

    Otherwise: no vote is near.
    """
    return elite_quarters_to_vote <= endorsement_window


@back_a_candidate.open_when
def nobody_endorsed_yet(endorsement):
    """Nobody is endorsed yet.

    Otherwise: a candidate is endorsed already.
    """
    return endorsement < 0.5


@back_a_candidate.incentive(weight=quantity(0.25, 0, 1, "utility",
    "What a friend in office is worth to the patron."))  # fmt: skip
def friend_in_office(stake, any_friend_in_office):
    """A friend in office helps, most where the territory matters.

    >>> round(friend_in_office(0.8, 0.36), 2)
    1.16
    """
    return any_friend_in_office + stake


@back_a_candidate.incentive(weight=quantity(0.22, 0, 1, "utility",
    "What an endorsement that backfires costs the patron."))  # fmt: skip
def resented_meddling(mean_autonomy_mindedness):
    """Among the autonomy-minded an endorsement repels.

    >>> resented_meddling(0.5)
    -0.5
    """
    return -mean_autonomy_mindedness
