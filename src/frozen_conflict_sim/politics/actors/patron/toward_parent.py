"""What the patron does toward the parent: the switch of normalisation is its own to flip.

Reference: @drezner1999.
"""

from ....engine.declare.parameter import quantity
from ...roles import parent, patron

talks = patron.decides("talks", "whether it talks to the parent", phase="patron", about=parent)
silence = talks.nothing("hold", "Leave relations as they are.")
talk = talks.option("talk", "Talk about relations, and mean it.", act="patron_talks")

trade_policy = patron.decides(
    "trade", "what it does about trade and travel with the parent", phase="patron", about=parent
)
hold = trade_policy.nothing("hold", "Leave trade as it is.")
open_trade = trade_policy.option(
    "open", "Lift bans, resume flights, ease visas.", act="patron_opens_trade"
)
embargo = trade_policy.option("embargo", "Ban goods, flights and travel.", act="patron_embargoes")

joint_project = patron.decides(
    "joint_project", "whether it offers the parent a joint project", phase="patron", about=parent
)
no_offer = joint_project.nothing("hold", "Offer nothing.")
offer_project = joint_project.option(
    "offer", "Offer a joint project, such as a railway.", act="patron_offers_project"
)


patron.declares(
    courtesy_expected=quantity(0.5, 0, 1, "index",
        "How well the patron expects to be received before it calls it courtesy."),
    least_trade_to_ban=quantity(0.05, 0, 1, "index",
        "Trade and travel below which there is nothing worth banning."),
)  # fmt: skip


@parent.derived("index")
def courtesy_shown(reception_of_patron, courtesy_expected):
    """How much better the parent receives the patron than is expected of it.

    >>> round(courtesy_shown(1.0, 0.5), 2)
    0.5
    """
    return reception_of_patron - courtesy_expected


@parent.derived("index")
def goodwill_in_reach(perceived_backlash, alienation):
    """Goodwill can be won back where it matters and is not lost for good.

    >>> round(goodwill_in_reach(0.6, 0.5), 2)
    0.3
    """
    return perceived_backlash * (1.0 - alienation)


@talk.incentive(weight=quantity(0.7, 0, 2, "utility",
    "What a courteous parent is worth to the patron."))  # fmt: skip
def courtesy(courtesy_shown):
    """A parent that receives it well is met halfway.

    >>> courtesy(0.5)
    0.5
    """
    return courtesy_shown


@talk.incentive(weight=quantity(0.3, 0, 1, "utility",
    "What the parent's goodwill is worth when relations are at stake."))  # fmt: skip
def goodwill_regained(goodwill_in_reach):
    """Talks win goodwill back, as far as that can be.

    >>> goodwill_regained(0.3)
    0.3
    """
    return goodwill_in_reach


@talk.incentive(weight=quantity(0.8, 0, 3, "utility",
    "How much mobilisation against it offends the patron."))  # fmt: skip
def offence(mobilised_against_patron):
    """Crowds against the patron are no time for talks.

    >>> offence(1.0)
    -1.0
    """
    return -mobilised_against_patron


@talk.incentive(weight=quantity(0.5, 0, 2, "utility",
    "How much the patron minds dealing with a hard-line cabinet."))  # fmt: skip
def hardliners_opposite(hardline_cabinet):
    """A hard-line cabinet is not talked to.

    >>> hardliners_opposite(1.0)
    -1.0
    """
    return -hardline_cabinet


@talk.incentive(weight=quantity(0.10, 0, 1, "utility", "The political cost of talks."))
def effort_of_talks():
    """Talks take officials and face.

    >>> effort_of_talks()
    -1.0
    """
    return -1.0


@open_trade.incentive(weight=quantity(0.4, 0, 2, "utility",
    "What trade with the parent is worth to the patron."))  # fmt: skip
def trade(trade_and_travel):
    """There is trade to be had while it is not yet free.

    >>> trade(0.4)
    0.6
    """
    return 1.0 - trade_and_travel


@open_trade.incentive(weight="courtesy")
def courtesy_repaid(courtesy_shown):
    """A parent that receives the patron well is paid in trade.

    >>> courtesy_repaid(0.5)
    0.5
    """
    return courtesy_shown


@open_trade.incentive(weight="offence")
def offence_to_trade(mobilised_against_patron):
    """Crowds against the patron are no time for gifts.

    >>> offence_to_trade(1.0)
    -1.0
    """
    return -mobilised_against_patron


@open_trade.incentive(weight="hardliners_opposite")
def hardliners_unpaid(hardline_cabinet):
    """A hard-line cabinet is not rewarded.

    >>> hardliners_unpaid(1.0)
    -1.0
    """
    return -hardline_cabinet


@open_trade.incentive(weight=quantity(0.29, 0, 1, "utility",
    "The political cost of lifting a ban."))  # fmt: skip
def effort_of_opening():
    """Lifting bans takes effort at home.

    >>> effort_of_opening()
    -1.0
    """
    return -1.0


@offer_project.open_when
def a_project_is_closed(closed_projects):
    """There is a project that is not agreed yet.

    Otherwise: no project is left to be agreed.
    """
    return closed_projects > 0.0


@offer_project.incentive(weight=quantity(0.45, 0, 2, "utility",
    "What a corridor is worth to the patron while relations are good."))  # fmt: skip
def corridor(political_normalisation):
    """A corridor is worth having where relations carry it.

    >>> corridor(0.5)
    0.5
    """
    return political_normalisation


@offer_project.incentive(weight="courtesy")
def courtesy_of_a_project(courtesy_shown):
    """A project is offered to a parent that receives the patron well.

    >>> courtesy_of_a_project(0.5)
    0.5
    """
    return courtesy_shown


@offer_project.incentive(weight="offence")
def offence_to_a_project(mobilised_against_patron):
    """Crowds against the patron end such talk.

    >>> offence_to_a_project(1.0)
    -1.0
    """
    return -mobilised_against_patron


@offer_project.incentive(weight=quantity(0.18, 0, 1, "utility",
    "The political and money cost of a joint project."))  # fmt: skip
def burden_of_a_project(alienation, hardline_cabinet):
    """A project is a burden, and the more so with a parent that is estranged.

    >>> round(burden_of_a_project(0.4, 0.0), 2)
    -1.4
    """
    return -(1.0 + alienation + hardline_cabinet)


@embargo.open_when
def something_can_be_banned(trade_and_travel, least_trade_to_ban):
    """There is still something to ban.

    Otherwise: hardly any trade or travel is left to ban.
    """
    return trade_and_travel > least_trade_to_ban


@embargo.incentive(weight="offence")
def offence_punished(mobilised_against_patron):
    """Crowds against the patron are answered with a ban.

    >>> offence_punished(0.5)
    0.5
    """
    return mobilised_against_patron


@embargo.incentive(weight=quantity(0.48, 0, 2, "utility",
    "What trade is worth to the patron when it would be lost."))  # fmt: skip
def trade_forgone(trade_and_travel):
    """A ban hurts the patron's own trade.

    >>> trade_forgone(0.5)
    -0.5
    """
    return -trade_and_travel


@embargo.incentive(weight=quantity(0.05, 0, 1, "utility",
    "How much the parent's turn to the West offends the patron."))  # fmt: skip
def alignment_punished(turned_west):
    """The parent has just moved westward.

    >>> alignment_punished(1.0)
    1.0
    """
    return turned_west


@embargo.incentive(weight=quantity(0.12, 0, 1, "utility", "The political cost of a ban."))
def price_of_a_ban():
    """A ban has its price at home.

    >>> price_of_a_ban()
    -1.0
    """
    return -1.0


@embargo.incentive(weight="goodwill_regained")
def goodwill_banned(goodwill_in_reach):
    """A ban costs what goodwill there is to be won.

    >>> goodwill_banned(0.3)
    -0.3
    """
    return -goodwill_in_reach


@open_trade.incentive(weight=quantity(0.5, 0, 2, "utility",
    "What a conciliatory turn in the parent is worth to the patron."))  # fmt: skip
def turn_rewarded(conciliatory_turn):
    """A parent that has voted out its hard-liners is rewarded.

    >>> turn_rewarded(1.0)
    1.0
    """
    return conciliatory_turn


@talk.incentive(weight="turn_rewarded")
def turn_welcomed(conciliatory_turn):
    """A parent that has voted out its hard-liners is talked to.

    >>> turn_welcomed(1.0)
    1.0
    """
    return conciliatory_turn
