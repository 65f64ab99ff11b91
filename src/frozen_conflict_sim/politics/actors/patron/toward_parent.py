"""What the patron does toward the parent: the switch of normalisation is its own to flip.

Reference: @drezner1999.
"""

from ....engine.declare.parameter import quantity
from ...roles import parent, patron

toward_parent = patron.decides(
    "toward_parent", "how it treats the parent", phase="patron", about=parent
)

hold = toward_parent.nothing("hold", "Leave things as they are.")
normalise = toward_parent.option(
    "normalise", "Lift bans, resume flights, ease visas.", act="patron_normalises"
)
offer_project = toward_parent.option(
    "offer_project", "Offer a joint project, such as a railway.", act="patron_offers_project"
)
embargo = toward_parent.option("embargo", "Ban goods, flights and travel.", act="patron_embargoes")


@normalise.incentive(weight=quantity(0.4, 0, 2, "utility",
    "What trade with the parent is worth to the patron."))  # fmt: skip
def trade(normalisation):
    """There is trade to be had while relations are not yet normal.

    >>> trade(0.4)
    0.6
    """
    return 1.0 - normalisation


@normalise.incentive(weight=quantity(0.7, 0, 2, "utility",
    "What a courteous parent is worth to the patron."))  # fmt: skip
def courtesy(reception_of_patron):
    """A parent that receives it well is met halfway.

    >>> round(courtesy(1.0), 2)
    0.55
    """
    return reception_of_patron - 0.45


@normalise.incentive(weight=quantity(0.8, 0, 3, "utility",
    "How much mobilisation against it offends the patron."))  # fmt: skip
def offence(mobilised_against_patron):
    """Crowds against the patron are no time for gifts.

    >>> offence(1.0)
    -1.0
    """
    return -mobilised_against_patron


@normalise.incentive(weight=quantity(0.5, 0, 2, "utility",
    "How much the patron minds dealing with a hard-line cabinet."))  # fmt: skip
def hardliners_opposite(hardline_cabinet):
    """A hard-line cabinet is not rewarded.

    >>> hardliners_opposite(1.0)
    -1.0
    """
    return -hardline_cabinet


@normalise.incentive(weight=quantity(0.10, 0, 1, "utility",
    "What the parent's goodwill is worth on the track of normalisation."))  # fmt: skip
def goodwill_regained(perceived_backlash, alienation):
    """Goodwill can be won back where it matters and is not lost for good.

    >>> round(goodwill_regained(0.6, 0.5), 2)
    0.3
    """
    return perceived_backlash * (1.0 - alienation)


@normalise.incentive(weight=quantity(0.15, 0, 1, "utility", "The political cost of lifting a ban."))
def effort_of_normalising():
    """Lifting bans takes effort at home.

    >>> effort_of_normalising()
    -1.0
    """
    return -1.0


@offer_project.open_when
def a_project_is_closed(closed_projects):
    """There is a project that is not agreed yet."""
    return closed_projects > 0.5


@offer_project.incentive(weight="trade")
def trade_by_project(normalisation):
    """A corridor pays only where trade already runs.

    >>> round(trade_by_project(0.8), 2)
    0.4
    """
    return 0.5 * normalisation


@offer_project.incentive(weight="courtesy")
def courtesy_of_a_project(reception_of_patron):
    """A project is offered to a parent that receives the patron well.

    >>> round(courtesy_of_a_project(1.0), 2)
    0.22
    """
    return 0.4 * (reception_of_patron - 0.45)


@offer_project.incentive(weight="offence")
def offence_to_a_project(mobilised_against_patron):
    """Crowds against the patron end such talk.

    >>> offence_to_a_project(1.0)
    -1.0
    """
    return -mobilised_against_patron


@offer_project.incentive(weight=quantity(0.28, 0, 1, "utility",
    "The political and money cost of a joint project."))  # fmt: skip
def burden_of_a_project(alienation, hardline_cabinet):
    """A project is a burden, and the more so with a parent that is estranged.

    >>> round(burden_of_a_project(0.4, 0.0), 2)
    -1.4
    """
    return -(1.0 + alienation + hardline_cabinet)


@embargo.open_when
def something_can_be_banned(normalisation):
    """There is still something to ban."""
    return normalisation > 0.05


@embargo.incentive(weight="offence")
def offence_punished(mobilised_against_patron):
    """Crowds against the patron are answered with a ban.

    >>> offence_punished(0.5)
    0.5
    """
    return mobilised_against_patron


@embargo.incentive(weight=quantity(0.48, 0, 2, "utility",
    "What trade is worth to the patron when it would be lost."))  # fmt: skip
def trade_forgone(normalisation):
    """A ban hurts the patron's own trade.

    >>> trade_forgone(0.5)
    -0.5
    """
    return -normalisation


@embargo.incentive(weight=quantity(0.05, 0, 1, "utility",
    "How much the parent's turn to the West offends the patron."))  # fmt: skip
def alignment_punished(turned_west):
    """The parent has just moved westward.

    >>> alignment_punished(1.0)
    1.0
    """
    return turned_west


@embargo.incentive(weight=quantity(0.12, 0, 1, "utility", "The political cost of a ban."))
def price_of_a_ban(perceived_backlash):
    """A ban costs goodwill, as far as the patron believes in it.

    >>> round(price_of_a_ban(0.6), 2)
    -1.5
    """
    return -(1.0 + 0.83 * perceived_backlash)
