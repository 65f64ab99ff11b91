"""What a leader does with a predecessor's bid for accession, or with a deal that goes too far.

Reference: @afp2022: a referendum suspended in the name of the patron's “legitimate rights and
interests”.
"""

from ....engine.declare.parameter import quantity
from ...roles import elite

on_inherited_bid = elite.decides(
    "on_inherited_bid", "what it does with a predecessor's bid", phase="bids"
)
keep_bid = on_inherited_bid.nothing("keep", "Carry on with it.")
suspend_bid = on_inherited_bid.option(
    "suspend_and_consult", "Suspend it and consult the patron.", act="bid_suspended"
)
drop_bid = on_inherited_bid.option("drop", "Drop it.", act="bid_dropped")

on_inherited_deal = elite.decides(
    "on_inherited_deal", "what it does with a deal that is in force", phase="bids"
)
keep_deal = on_inherited_deal.nothing("keep", "Carry it out.")
halt_deal = on_inherited_deal.option(
    "suspend_and_consult", "Halt it and consult the patron.", act="deal_suspended"
)
denounce_deal = on_inherited_deal.option("drop", "Denounce what goes too far.", act="deal_dropped")


elite.declares(
    consulting_by_dependence=quantity(0.2, 0, 2, "ratio",
        "How much dependence on the patron counts for consulting it, beside the distance of the "
        "faction from union."),
    referendum_majority=quantity(0.5, 0.2, 0.8, "share",
        "Share of the votes that a referendum on accession needs."),
    dropping_resented=quantity(1.5, 0, 5, "ratio",
        "How much harder a popular bid is to drop than to suspend."),
    ideal_that_keeps_a_bid=quantity(0.8, 0, 1.1, "depth",
        "Ideal depth from which a faction has nothing against a bid that it inherits."),
    overreach_tolerated=quantity(0.01, 0, 1, "depth",
        "How far a deal may go beyond the ideal of a new leader who lets it pass."),
    denouncing_by_street=quantity(5.0, 0, 20, "ratio",
        "How much a mobilised public adds to the wish to denounce a deal that goes too far."),
)  # fmt: skip


@on_inherited_bid.open_when
def a_bid_is_pending(bid_pending):
    """There is a bid.

    Otherwise: no bid is pending.
    """
    return bid_pending > 0.5


@on_inherited_bid.open_when
def made_by_a_predecessor(bid_owned):
    """Somebody else made the bid.

    Otherwise: the leader made the bid.
    """
    return bid_owned < 0.5


@suspend_bid.incentive(weight=quantity(0.4, 0, 2, "utility",
    "What it is worth to consult a patron before deciding for it."))  # fmt: skip
def patron_consulted(mean_ideal, dependence, consulting_by_dependence):
    """A decision on the patron's own interests is not taken without it.

    >>> round(patron_consulted(0.8, 0.9, 0.2), 2)
    0.38
    """
    return 1.0 - mean_ideal + consulting_by_dependence * dependence


@suspend_bid.incentive(weight=quantity(0.1, 0, 1, "utility",
    "What a popular bid is worth to whoever inherits it."))  # fmt: skip
def popular_bid(accession_share, referendum_majority):
    """A popular bid is hard to put aside.

    >>> round(popular_bid(0.8, 0.5), 2)
    -0.3
    """
    return -(accession_share - referendum_majority)


@drop_bid.incentive(weight=quantity(0.8, 0, 2, "utility",
    "How strongly a faction that does not want union is against a bid."))  # fmt: skip
def against_union(mean_ideal, ideal_that_keeps_a_bid):
    """A faction that does not want union drops the bid.

    >>> round(against_union(0.5, 0.8), 2)
    0.3
    """
    return ideal_that_keeps_a_bid - mean_ideal


@drop_bid.incentive(weight="popular_bid")
def popular_bid_dropped(accession_share, referendum_majority, dropping_resented):
    """A popular bid is harder still to drop.

    >>> round(popular_bid_dropped(0.8, 0.5, 1.5), 2)
    -0.45
    """
    return -dropping_resented * (accession_share - referendum_majority)


@drop_bid.incentive(weight=quantity(0.1, 0, 1, "utility",
    "How much a successor minds the patron's displeasure over a dropped bid."))  # fmt: skip
def patron_slighted(patron_power):
    """Dropping the bid outright may slight a strong patron.

    >>> patron_slighted(0.6)
    -0.6
    """
    return -patron_power


@on_inherited_deal.open_when
def signed_by_another(deal_owned):
    """The leader did not sign the deal.

    Otherwise: the leader signed the deal.
    """
    return deal_owned < 0.5


@on_inherited_deal.open_when
def a_deal_that_goes_too_far(overreach, overreach_tolerated):
    """The deal goes beyond the leader's ideal.

    Otherwise: the deal does not go beyond the leader's ideal.
    """
    return overreach > overreach_tolerated


@on_inherited_deal.open_when
def still_there_to_keep_to_it(independent):
    """There is still a separate territory to keep to it.

    Otherwise: the territory is annexed or settled already.
    """
    return independent > 0.5


@halt_deal.open_when
def not_halted_yet(quarters_of_halt_left):
    """The deal is not halted already.

    Otherwise: the deal is halted already.
    """
    return quarters_of_halt_left <= 0.0


@halt_deal.incentive(weight=quantity(1.2, 0, 4, "utility",
    "How much a leader minds a deal that goes too far."))  # fmt: skip
def too_deep(overreach):
    """The deal goes beyond what the ruling faction wants.

    >>> too_deep(0.2)
    0.2
    """
    return overreach


@halt_deal.incentive(weight=quantity(0.15, 0, 1, "utility",
    "How much a leader minds the patron's anger over a halted deal."))  # fmt: skip
def anger_over_a_halt(patrons_reach):
    """The patron will notice.

    >>> anger_over_a_halt(0.8)
    -0.8
    """
    return -patrons_reach


@denounce_deal.incentive(weight="too_deep")
def too_deep_to_keep(overreach, mobilisation, denouncing_by_street):
    """The deal goes too far, and the street will not have it.

    >>> round(too_deep_to_keep(0.2, 0.1, 5.0), 2)
    0.3
    """
    return overreach * (1.0 + denouncing_by_street * mobilisation)


@denounce_deal.incentive(weight=quantity(1.6, 0, 4, "utility",
    "How much a leader minds the patron's anger over a denounced deal."))  # fmt: skip
def anger_over_a_breach(patrons_reach):
    """The patron will not soon forgive a breach.

    >>> anger_over_a_breach(0.8)
    -0.8
    """
    return -patrons_reach
