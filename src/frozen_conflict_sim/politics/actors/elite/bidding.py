"""Why a leader bids for accession: before a vote, after an annexation elsewhere, on the way out.

Reference: @afp2022 on a bid decreed by a leader who had just lost; @kolsto2008.
"""

from ....engine.declare.parameter import quantity
from ....engine.numerics import at_least, ratio
from ...roles import elite
from .initiative import bid

parting = elite.decides("parting", "what its beaten leader does on the way out", phase="bids")
leave = parting.nothing("leave", "Hand over.")
parting_bid = parting.option(
    "referendum_bid", "Decree a referendum on accession on the way out.", act="beaten_leader_bids"
)


elite.declares(
    worth_of_a_cause_in_quiet_times=quantity(0.03, 0, 1, "index",
        "What a popular cause is worth to a leader whom no vote threatens, relative to one who "
        "faces defeat."),
    popular_cause_threshold=quantity(0.55, 0, 1, "share",
        "Share for accession from which it is a popular cause."),
    exalted_climate=quantity(0.3, 0, 1, "index",
        "Climate of prestige in the patron state beyond which its door seems open."),
    union_ideal=quantity(0.85, 0, 1.1, "depth",
        "Ideal depth from which a faction wants union for its own sake."),
    legacy_threshold=quantity(0.6, 0, 1, "share",
        "Share for accession from which a bid is a legacy for a leader on the way out."),
)  # fmt: skip


@bid.incentive(weight=quantity(0.05, 0, 1, "utility",
    "How strongly kin across the border draw a territory to the patron."))  # fmt: skip
def kin_next_door(kin_across_the_border, mean_ideal):
    """Kin who live in the patron state are a reason to join them ("we are going home").

    >>> round(kin_next_door(0.9, 0.8), 2)
    0.72
    """
    return kin_across_the_border * mean_ideal


@bid.open_when
def no_bid_yet(bid_pending):
    """No bid is pending.

    Otherwise: a bid is pending already.
    """
    return bid_pending < 0.5


@bid.incentive(weight=quantity(1.6, 0, 5, "utility",
    "What a popular cause is worth to a leader in office."))  # fmt: skip
def office(accession_share, defeat_looms, worth_of_a_cause_in_quiet_times, popular_cause_threshold):
    """Accession is popular, and a leader who may lose a vote needs a cause.

    >>> round(office(0.8, 0.6, 0.1, 0.55), 3)
    0.175
    """
    return (accession_share - popular_cause_threshold) * (
        worth_of_a_cause_in_quiet_times + defeat_looms
    )


@elite.derived("index",
    safe_legitimacy=quantity(0.75, 0, 1.5, "index",
        "Legitimacy at which a leader does not fear a vote."),
)  # fmt: skip
def defeat_looms(vote_soon, legitimacy, safe_legitimacy):
    """How near and how likely defeat at the polls is.

    >>> round(defeat_looms(1.0, 0.45, 0.75), 2)
    0.4
    """
    return ratio(vote_soon * at_least(safe_legitimacy - legitimacy, 0.0), safe_legitimacy)


@bid.incentive(weight=quantity(0.4, 0, 2, "utility",
    "How far an annexation elsewhere carries a faction away."))  # fmt: skip
def wake(prestige_climate, annexed_elsewhere, mean_ideal, exalted_climate):
    """In the wake of an annexation elsewhere the door seems open.

    >>> round(wake(0.8, 0.0, 0.8, 0.3), 2)
    0.4
    """
    return (at_least(prestige_climate - exalted_climate, 0.0) + annexed_elsewhere) * mean_ideal


@bid.incentive(weight=quantity(0.30, 0, 2, "utility",
    "What the perks of nominal independence are worth to those who hold them."))  # fmt: skip
def perks_at_risk(perks, kin_across_the_border):
    """Accession would end offices, contracts and a flag, worth less beside kin who live well.

    >>> round(perks_at_risk(0.8, 0.5), 2)
    -0.4
    """
    return -perks * (1.0 - kin_across_the_border)


@bid.incentive(weight=quantity(0.12, 0, 1, "utility",
    "How much an elite minds acting ahead of the patron it lives from."))  # fmt: skip
def ahead_of_the_patron(dependence):
    """Who depends on the patron does not act ahead of it.

    >>> ahead_of_the_patron(0.9)
    -0.9
    """
    return -dependence


@bid.incentive(weight=quantity(0.6, 0, 3, "utility",
    "How strongly a faction's own ideal drives it to a bid."))  # fmt: skip
def conviction(mean_ideal, union_ideal):
    """A faction whose ideal is union wants it for its own sake.

    >>> round(conviction(0.9, 0.85), 2)
    0.05
    """
    return mean_ideal - union_ideal


@bid.incentive(weight=quantity(0.25, 0, 2, "utility",
    "How much a bid that came to nothing discourages the next."))  # fmt: skip
def once_bitten(bid_refused):
    """Who was turned away lately does not knock again at once.

    >>> once_bitten(0.5)
    -0.5
    """
    return -bid_refused


@parting_bid.open_when
def just_beaten(incumbent_beaten):
    """The leader has just lost the vote.

    Otherwise: the leader has not just lost a vote.
    """
    return incumbent_beaten > 0.5


parting_bid.open_when(no_bid_yet)


@parting_bid.open_when
def still_there_to_leave(independent):
    """There is still a separate territory to leave behind.

    Otherwise: the territory is annexed or settled already.
    """
    return independent > 0.5


@parting_bid.incentive(weight=quantity(1.2, 0, 3, "utility",
    "What a place in history is worth to a leader who has lost everything else."))  # fmt: skip
def legacy(accession_share, legacy_threshold):
    """'We are going home': a popular cause is a legacy, and a burden for the successor.

    >>> round(legacy(0.8, 0.6), 2)
    0.2
    """
    return accession_share - legacy_threshold


@parting_bid.incentive(weight=quantity(0.06, 0, 1, "utility",
    "What a leader on the way out still owes the patron."))  # fmt: skip
def future_abroad(dependence):
    """A beaten leader will live on the patron's goodwill.

    >>> future_abroad(0.9)
    -0.9
    """
    return -dependence
