"""Where the parent turns: westward, or away.

Reference: @walt1987 on balancing; @schweller1994 on bandwagoning.
"""

from ....engine.declare.parameter import quantity
from ...roles import parent

orientation = parent.decides("orientation", "where it turns", phase="parents")
stay = orientation.nothing("hold", "Stay the course.")
westward = orientation.option("westward", "Move closer to the West.", act="parent_goes_west")
drift = orientation.option("drift", "Let the western course lapse.", act="parent_drifts")


@westward.incentive(weight=quantity(1.8, 0, 5, "utility",
    "How strongly a threatened government looks to the West for security."))  # fmt: skip
def security(alienation, western_alignment):
    """Who feels threatened looks for protection, while there is still some to be had.

    >>> round(security(0.6, 0.5), 3)
    0.125
    """
    return (alienation - 0.35) * (1.0 - western_alignment)


@westward.incentive(weight=quantity(0.5, 0, 2, "utility",
    "What the West's attraction is worth to the parent."))  # fmt: skip
def attraction(public_opinion, western_support, western_alignment):
    """Voters want it and the West offers something.

    >>> round(attraction(0.7, 0.5, 0.5), 2)
    0.15
    """
    return 1.5 * (public_opinion - 0.5) * (0.5 + western_support) * (1.0 - western_alignment)


@westward.incentive(weight=quantity(1.2, 0, 5, "utility",
    "How far acceptance of the fait accompli bends the parent's course."))  # fmt: skip
def adjustment(acceptance, western_alignment):
    """A small state that has come to live with the fait accompli does not provoke.

    >>> round(adjustment(0.2, 0.5), 2)
    -0.1
    """
    return -acceptance * (1.0 - western_alignment)


@westward.incentive(weight=quantity(0.15, 0, 1, "utility",
    "What good relations with the patron are worth when the course is set."))  # fmt: skip
def bridges_kept(normalisation, western_alignment):
    """Trade with the patron is put at risk by a western course.

    >>> bridges_kept(0.5, 0.5)
    -0.25
    """
    return -normalisation * western_alignment


@westward.incentive(weight=quantity(0.1, 0, 1, "utility",
    "How strongly a hard-line cabinet wants the West."))  # fmt: skip
def hardliners_course(hardline_cabinet):
    """A hard-line cabinet wants it anyway.

    >>> hardliners_course(1.0)
    1.0
    """
    return hardline_cabinet


@westward.incentive(weight=quantity(0.22, 0, 1, "utility",
    "What changing course costs the parent at home."))  # fmt: skip
def reform_burden():
    """Reforms cost votes.

    >>> reform_burden()
    -0.6
    """
    return -0.6


@drift.incentive(weight="adjustment")
def adjustment_by_drift(acceptance, western_alignment):
    """Who has come to live with the fait accompli lets the western course lapse.

    >>> round(adjustment_by_drift(0.2, 0.5), 2)
    0.1
    """
    return acceptance * western_alignment


@drift.incentive(weight="security")
def security_lost(alienation, western_alignment):
    """A threatened state does not let go of its protectors.

    >>> round(security_lost(0.55, 0.5), 2)
    -0.06
    """
    return -0.6 * (alienation - 0.35) * western_alignment


@drift.incentive(weight="attraction")
def attraction_lost(public_opinion):
    """Voters would mind, as far as they want the West.

    >>> round(attraction_lost(0.7), 2)
    -0.2
    """
    return -(public_opinion - 0.5)


@drift.incentive(weight="bridges_kept")
def bridges_won(normalisation, western_alignment):
    """Good relations with the patron make the West less urgent.

    >>> bridges_won(0.5, 0.5)
    0.25
    """
    return normalisation * western_alignment


@drift.incentive(weight="hardliners_course")
def hardliners_resist(hardline_cabinet):
    """A hard-line cabinet will not have it.

    >>> hardliners_resist(1.0)
    -1.0
    """
    return -hardline_cabinet


@drift.incentive(weight="reform_burden")
def inertia():
    """A course once set has friends.

    >>> inertia()
    -0.6
    """
    return -0.6
