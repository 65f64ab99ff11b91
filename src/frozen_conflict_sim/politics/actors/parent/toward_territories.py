"""How the parent treats the territories: it engages or isolates them, and offers a settlement.

Reference: @kerlindsay2015.
"""

from ....engine.declare.parameter import quantity
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


@toward_territory.open_when
@settlement.open_when
def still_apart(independent):
    """The territory is neither annexed nor settled."""
    return independent > 0.5


@engage.incentive(weight=quantity(0.3, 0, 2, "utility",
    "What winning hearts across the line is worth to the parent."))  # fmt: skip
def hearts(salience, western_support, western_engagement):
    """A state that believes in its own attraction reaches out, most with the West beside it.

    >>> round(hearts(0.5, 0.3, 0.2), 2)
    0.5
    """
    return salience * (0.5 + western_support + western_engagement)


@engage.incentive(weight=quantity(0.5, 0, 2, "utility",
    "How much contacts across the line are resented by the alienated."))  # fmt: skip
def principle(alienation, hardline_share):
    """To the alienated and the hard-line, engagement smells of recognition.

    >>> round(principle(0.4, 0.4), 2)
    -0.4
    """
    return -0.5 * (alienation + hardline_share)


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
    return 0.5 * (alienation + hardline_share)


@isolate.incentive(weight=quantity(0.24, 0, 2, "utility",
    "How much the parent knows that isolation plays into the patron's hands."))  # fmt: skip
def own_goal(western_engagement):
    """Isolation leaves the territory to the patron alone.

    >>> round(own_goal(0.2), 2)
    -1.2
    """
    return -(1.0 + western_engagement)


@offer.open_when
def a_partner_across_the_line(engagement):
    """Engagement has begun to work."""
    return engagement > 0.2


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
def concessions_resented(hardline_share, alienation):
    """Concessions to separatists are easily called treason.

    >>> round(concessions_resented(0.4, 0.4), 2)
    -0.6
    """
    return -0.2 - 0.5 * (hardline_share + alienation)
