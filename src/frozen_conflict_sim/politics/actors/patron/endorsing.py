"""Why the patron backs a candidate, or does not.

Reference: @levin2016; @bubeck2019.
"""

from ....engine.declare.parameter import quantity
from ....engine.numerics import both
from .treatment import back_a_candidate


@back_a_candidate.open_when
def a_vote_is_near(elite_quarters_to_vote, endorsement):
    """There is a vote within two quarters, and nobody is endorsed yet."""
    return both(elite_quarters_to_vote <= 2.0, endorsement < 0.5)


@back_a_candidate.incentive(weight=quantity(0.25, 0, 1, "utility",
    "What a friend in office is worth to the patron."))  # fmt: skip
def friend_in_office(stake):
    """A friend in office helps, most where the territory matters.

    >>> round(friend_in_office(0.8), 2)
    1.16
    """
    return 0.36 + stake


@back_a_candidate.incentive(weight=quantity(0.22, 0, 1, "utility",
    "What an endorsement that backfires costs the patron."))  # fmt: skip
def resented_meddling(mean_autonomy_mindedness):
    """Among the autonomy-minded an endorsement repels.

    >>> resented_meddling(0.5)
    -0.5
    """
    return -mean_autonomy_mindedness
