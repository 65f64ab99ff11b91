"""Where the parent turns: westward, or away.

Reference: @walt1987 on balancing; @schweller1994 on bandwagoning.
"""

from ....engine.declare.parameter import quantity
from ...roles import parent

orientation = parent.decides("orientation", "where it turns", phase="parents")
stay = orientation.nothing("hold", "Stay the course.")
westward = orientation.option("westward", "Move closer to the West.", act="parent_goes_west")
drift = orientation.option("drift", "Let the western course lapse.", act="parent_drifts")


@parent.derived("index")
def alarm(alienation, usual_alienation):
    """How much more threatened a government feels than it is used to.

    >>> round(alarm(0.6, 0.4), 2)
    0.2
    """
    return alienation - usual_alienation


@parent.derived("index",
    western_pull_by_opinion=quantity(0.5, 0, 2, "ratio",
        "How much support for the West beyond the usual counts beside what the West offers."),
)  # fmt: skip
def western_pull(western_support, public_opinion, usual_public_opinion, western_pull_by_opinion):
    """The West attracts by what it offers, and the more so when voters want it more than usual.

    >>> round(western_pull(0.5, 0.8, 0.7, 0.5), 2)
    0.55
    """
    return western_support + western_pull_by_opinion * (public_opinion - usual_public_opinion)


@westward.incentive(weight=quantity(1.2, 0, 5, "utility",
    "How strongly a threatened government looks to the West for security."))  # fmt: skip
def security(alarm):
    """Who feels more threatened than usual looks for protection.

    >>> security(0.2)
    0.2
    """
    return alarm


@westward.incentive(weight=quantity(0.25, 0, 2, "utility",
    "What the West's attraction is worth to the parent."))  # fmt: skip
def attraction(western_pull):
    """The West offers something, and voters want it.

    >>> attraction(0.4)
    0.4
    """
    return western_pull


@westward.incentive(weight=quantity(0.8, 0, 5, "utility",
    "How far acceptance of the fait accompli bends the parent's course."))  # fmt: skip
def adjustment(acceptance):
    """A small state that has come to live with the fait accompli does not provoke.

    >>> adjustment(0.2)
    -0.2
    """
    return -acceptance


@westward.incentive(weight=quantity(0.8, 0, 3, "utility",
    "How strongly the parent's own course draws it back."))  # fmt: skip
def own_course_kept(own_course, western_alignment):
    """A government that is behind its own course catches up, one that is ahead waits.

    >>> round(own_course_kept(0.6, 0.5), 2)
    0.1
    """
    return own_course - western_alignment


@westward.incentive(weight=quantity(0.1, 0, 1, "utility",
    "What trade with the patron is worth when the course is set."))  # fmt: skip
def bridges_kept(trade_and_travel):
    """Trade with the patron is put at risk by a western course.

    >>> bridges_kept(0.5)
    -0.5
    """
    return -trade_and_travel


@westward.incentive(weight=quantity(0.1, 0, 1, "utility",
    "How strongly a hard-line cabinet wants the West."))  # fmt: skip
def hardliners_course(hardline_cabinet):
    """A hard-line cabinet wants a western course anyway.

    >>> hardliners_course(1.0)
    1.0
    """
    return hardline_cabinet


@westward.incentive(weight=quantity(0.08, 0, 1, "utility",
    "What changing course costs the parent at home."))  # fmt: skip
def reform_burden():
    """Reforms cost votes.

    >>> reform_burden()
    -1.0
    """
    return -1.0


@drift.incentive(weight="adjustment")
def adjustment_by_drift(acceptance):
    """Who has come to live with the fait accompli lets the western course lapse.

    >>> adjustment_by_drift(0.2)
    0.2
    """
    return acceptance


@drift.incentive(weight="security")
def security_lost(alarm):
    """A threatened state does not let go of its protectors.

    >>> security_lost(0.2)
    -0.2
    """
    return -alarm


@drift.incentive(weight="attraction")
def attraction_lost(western_pull):
    """What the West offers would be lost.

    >>> attraction_lost(0.4)
    -0.4
    """
    return -western_pull


@drift.incentive(weight="own_course_kept")
def own_course_regained(own_course, western_alignment):
    """A government that is ahead of its own course falls back.

    >>> round(own_course_regained(0.5, 0.6), 2)
    0.1
    """
    return western_alignment - own_course


@drift.incentive(weight="bridges_kept")
def bridges_won(trade_and_travel):
    """Trade with the patron makes the West less urgent.

    >>> bridges_won(0.5)
    0.5
    """
    return trade_and_travel


@drift.incentive(weight="hardliners_course")
def hardliners_resist(hardline_cabinet):
    """A hard-line cabinet will not let the western course lapse.

    >>> hardliners_resist(1.0)
    -1.0
    """
    return -hardline_cabinet


@drift.incentive(weight="reform_burden")
def inertia():
    """A course once set has friends.

    >>> inertia()
    -1.0
    """
    return -1.0
