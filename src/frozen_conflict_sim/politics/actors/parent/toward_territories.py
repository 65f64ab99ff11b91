"""How the parent treats the territories: it engages or isolates them, and offers a settlement.

Reference: @kerlindsay2015.
"""

from ....engine.declare.parameter import quantity
from ....engine.numerics import average
from ...roles import parent, territory

toward_territory = parent.decides(
    "toward_territory", "how it treats the territory", phase="parents", about=territory
)
hold = toward_territory.nothing("hold", "Leave things as they are.")
engage = toward_territory.option(
    "engage", "Offer trade, treatment and travel without recognition.", act="parent_engages"
)
isolate = toward_territory.option(
    "isolate", "Cut contacts and speak of occupation.", act="parent_isolates"
)

settlement = parent.decides(
    "settlement", "whether it offers a settlement", phase="parents", about=territory
)
wait = settlement.nothing("hold", "Make no offer.")
offer = settlement.option("offer", "Offer terms for life under one roof.", act="settlement_offered")


parent.declares(
    own_attraction=quantity(0.5, 0, 2, "index",
        "How much a parent believes in its own attraction, without the West beside it."),
    engagement_at_work=quantity(0.2, 0, 1, "index",
        "Engagement from which there is somebody across the line to offer a settlement to."),
    concessions_in_any_case=quantity(0.2, 0, 2, "index",
        "How much concessions are resented in a government without hard-liners or alienation."),
)  # fmt: skip


@toward_territory.open_when
@settlement.open_when
def still_apart(independent):
    """The territory is neither annexed nor settled.

    Otherwise: the territory is annexed or settled already.
    """
    return independent > 0.5


@engage.incentive(weight=quantity(0.3, 0, 2, "utility",
    "What winning hearts across the line is worth to the parent."))  # fmt: skip
def hearts(salience, western_support, western_engagement, own_attraction):
    """A state that believes in its own attraction reaches out, most with the West beside it.

    >>> round(hearts(0.5, 0.3, 0.2, 0.5), 2)
    0.5
    """
    return salience * (own_attraction + western_support + western_engagement)


@engage.incentive(weight=quantity(0.5, 0, 2, "utility",
    "How much contacts across the line are resented by the alienated."))  # fmt: skip
def principle(alienation, hardline_share):
    """To the alienated and the hard-line, engagement smells of recognition.

    >>> round(principle(0.4, 0.4), 2)
    -0.4
    """
    return -average([alienation, hardline_share])


@engage.incentive(weight=quantity(0.3, 0, 2, "utility",
    "What an answer from across the line is worth."))  # fmt: skip
def answer_from_across(elite_reaches_out):
    """Somebody on the other side has reached out.

    >>> answer_from_across(1.0)
    1.0
    """
    return elite_reaches_out


@isolate.incentive(weight="principle")
def resentment(alienation, hardline_share):
    """The alienated and the hard-line turn their backs.

    >>> round(resentment(0.6, 0.5), 2)
    0.55
    """
    return average([alienation, hardline_share])


@isolate.incentive(weight=quantity(0.24, 0, 2, "utility",
    "How much the parent knows that isolation plays into the patron's hands."))  # fmt: skip
def own_goal(western_engagement):
    """Isolation leaves the territory to the patron alone.

    >>> round(own_goal(0.2), 2)
    -1.2
    """
    return -(1.0 + western_engagement)


@offer.open_when
def a_partner_across_the_line(engagement, engagement_at_work):
    """Engagement has begun to work.

    Otherwise: engagement has not begun to work.
    """
    return engagement > engagement_at_work


@offer.incentive(weight=quantity(0.8, 0, 3, "utility",
    "What reunification is worth to the parent."))  # fmt: skip
def reunification(salience, engagement):
    """Unity is in reach where engagement has worked.

    >>> round(reunification(0.5, 0.6), 2)
    0.3
    """
    return salience * engagement


@offer.incentive(weight=quantity(0.6, 0, 2, "utility",
    "What concessions to separatists cost a government."))  # fmt: skip
def concessions_resented(hardline_share, alienation, concessions_in_any_case):
    """Concessions to separatists are easily called treason.

    >>> round(concessions_resented(0.4, 0.4, 0.2), 2)
    -0.6
    """
    return -concessions_in_any_case - average([hardline_share, alienation])
