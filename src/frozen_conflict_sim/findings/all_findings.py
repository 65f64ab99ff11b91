"""The findings. To add one, write a function here; if it needs another scenario variant, add it to ``variants.yaml``.

Targets are not moved to make a finding robust.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np

from ..record.estimates import Estimate, mean, share
from ..record.runs import Runs
from ..record.targets import above, at_least, at_most, below, between
from .finding import FINDINGS, finding

__all__ = ["FINDINGS"]

ABKHAZIA, SOUTH_OSSETIA = "abkhazia", "south_ossetia"
TREATIES, DILEMMA, MONEY, BIDS = "Moscow's treaties", "The dilemma", "Money and protection", "Bids"
TWO_YEARS = 8  # turns
A_LITTLE = 0.01  # on a scale from 0 to 1, smaller differences count as none
SAME = 0.001
BAR = 0.2  # an effect of a policy counts from this share of the most that Moscow's policies move the outcome
OF_THE_LEVER = "as a share of what policies move"
SHOCK = 8  # the turn on which money or protection changes
HORIZONS = 4, 8, 12, 20, 39  # quarters from the start, at which every effect on the parent is given besides
OVER_THE_RUN, AT_THE_END = "over the run", "at the end"
ALIENATION, ALIGNMENT = "georgia.alienation", "georgia.western_alignment"
NORMALISATION = "georgia.political_normalisation"


def added(choice: Runs, reference: Runs, outcome: str) -> Estimate:
    """What a choice adds to an outcome, run by run with the same random numbers."""
    return mean(choice.outcome(outcome) - reference.outcome(outcome))


def at_horizons(measure: Callable[[int], Estimate], what: str = "") -> dict[str, Estimate]:
    """A measure of each horizon that the runs reach, as parts of a finding that are told and not judged."""
    return {f"{what}{', ' if what else ''}after {quarter} quarters": measure(quarter) for quarter in HORIZONS}


def by_then(choice: Runs, reference: Runs, quantity: str, quarter: int) -> np.ndarray:
    """What a choice adds to a quantity by a quarter, by run; NaN where a run does not reach it."""
    more = choice.trajectory(quantity) - reference.trajectory(quantity)
    return more[:, quarter] if quarter < more.shape[1] else np.full(len(more), np.nan)


def moved_by_policies(policies: Sequence[Runs], outcome: str) -> Estimate:
    """The most that the choice among policies moves an outcome: the highest mean less the lowest, run by run."""
    ranked = sorted(policies, key=lambda runs: mean(runs.outcome(outcome)).value)
    return added(ranked[-1], ranked[0], outcome)


def effect(
    choice: Runs, reference: Runs, quantity: str, judged: str, outcome: str, policies: Sequence[Runs], sign: float = 1.0
) -> dict[str, Estimate]:
    """What a choice adds to an outcome: itself, as a share of what policies move, and to its quantity at each horizon.

    The share counts in the direction of ``sign``; ``judged`` is the name of the first part.
    """
    horizons = at_horizons(lambda quarter: mean(by_then(choice, reference, quantity, quarter)))
    more, less = (choice, reference) if sign > 0.0 else (reference, choice)
    share_of_lever = added(more, less, outcome) / moved_by_policies(policies, outcome)
    return {judged: added(choice, reference, outcome), OF_THE_LEVER: share_of_lever} | horizons


@finding(TREATIES, above(0.5))
def signed_soon(as_it_is: Runs) -> Estimate:
    """South Ossetia signs a treaty within two years in most runs."""
    return share(as_it_is.outcome("south_ossetia.treaty_quarter") <= TWO_YEARS)


@finding(TREATIES, {"Abkhazia": below(0.05), "South Ossetia": below(0.05)})
def nothing_without_motives(no_motives: Runs) -> dict[str, Estimate]:
    """Without the motives of prestige and control a treaty is signed in fewer than one run in twenty."""
    signed = (share(no_motives.outcome(f"{territory}.treaty_signed") > 0.5) for territory in (ABKHAZIA, SOUTH_OSSETIA))
    return dict(zip(("Abkhazia", "South Ossetia"), signed))


@finding(TREATIES, above(0.5))
def abkhazia_first(as_it_is: Runs) -> Estimate:
    """If both sign, Abkhazia signs before South Ossetia in most runs."""
    abkhazia, south_ossetia = (as_it_is.outcome(f"{territory}.treaty_quarter") for territory in (ABKHAZIA, SOUTH_OSSETIA))
    return share(abkhazia < south_ossetia, np.isfinite(abkhazia) & np.isfinite(south_ossetia))


@finding(TREATIES, above(0.5))
def south_ossetia_gives_more(as_it_is: Runs) -> Estimate:
    """If both sign, South Ossetia concedes at least 0.15 more of what could still be gained, in most runs."""
    gap = as_it_is.outcome("south_ossetia.depth_gained") - as_it_is.outcome("abkhazia.depth_gained")
    return share(gap >= 0.15, np.isfinite(gap))


@finding(DILEMMA, {OVER_THE_RUN: at_least(A_LITTLE), OF_THE_LEVER: at_least(BAR)})
def treaties_alienate(
    everything: Runs, nothing: Runs, little_by_little: Runs, conciliation: Runs, both: Runs
) -> dict[str, Estimate]:
    """If Moscow asks for everything, Tbilisi is more alienated over the run than if it asks for nothing."""
    policies = everything, nothing, little_by_little, conciliation, both
    return effect(everything, nothing, ALIENATION, OVER_THE_RUN, f"{ALIENATION}_on_average", policies)


@finding(DILEMMA, {AT_THE_END: at_most(-A_LITTLE), OF_THE_LEVER: at_least(BAR)})
def treaties_spoil_normalisation(
    everything: Runs, nothing: Runs, little_by_little: Runs, conciliation: Runs, both: Runs
) -> dict[str, Estimate]:
    """If Moscow asks for everything, normalisation with Tbilisi is lower at the end than if it asks for nothing."""
    policies = everything, nothing, little_by_little, conciliation, both
    return effect(everything, nothing, NORMALISATION, AT_THE_END, f"{NORMALISATION}_at_end", policies, -1.0)


@finding(DILEMMA, {"toward the West": at_least(0.1), "away from it": at_least(0.1)})
def no_sure_sign(everything: Runs, nothing: Runs) -> dict[str, Estimate]:
    """The net effect on western alignment has no certain sign: at least a tenth of the runs go each way."""
    outcome = f"{ALIGNMENT}_on_average"
    found = {}
    for what, sign in (("toward the West", 1.0), ("away from it", -1.0)):
        found[what] = share(sign * (everything.outcome(outcome) - nothing.outcome(outcome)) >= A_LITTLE)
        found |= at_horizons(partial(_share_beyond, everything, nothing, sign), what)
    return found


def _share_beyond(choice: Runs, reference: Runs, sign: float, quarter: int) -> Estimate:
    """The share of runs in which western alignment has moved at least a little, in the direction of a sign, by a quarter."""
    more = by_then(choice, reference, ALIGNMENT, quarter)
    return share(sign * more >= A_LITTLE, np.isfinite(more))


@finding(DILEMMA, {OVER_THE_RUN: at_least(A_LITTLE), OF_THE_LEVER: at_least(BAR)})
def grievance_pushes_west(
    everything_resented_only: Runs, nothing_resented_only: Runs, everything: Runs, nothing: Runs, conciliation: Runs, both: Runs
) -> dict[str, Estimate]:
    """With grievance only, asking for everything pushes Tbilisi toward the West."""
    runs, policies = (everything_resented_only, nothing_resented_only), (everything, nothing, conciliation, both)
    return effect(*runs, ALIGNMENT, OVER_THE_RUN, f"{ALIGNMENT}_on_average", policies)


@finding(DILEMMA, {OVER_THE_RUN: at_most(-A_LITTLE), OF_THE_LEVER: at_least(BAR)})
def accommodation_holds_back(
    everything_adjusted_to_only: Runs,
    nothing_adjusted_to_only: Runs,
    everything: Runs,
    nothing: Runs,
    conciliation: Runs,
    both: Runs,
) -> dict[str, Estimate]:
    """With accommodation only, asking for everything holds Tbilisi back from the West."""
    runs, policies = (everything_adjusted_to_only, nothing_adjusted_to_only), (everything, nothing, conciliation, both)
    return effect(*runs, ALIGNMENT, OVER_THE_RUN, f"{ALIGNMENT}_on_average", policies, -1.0)


@finding(DILEMMA, {"alienation": between(-SAME, SAME), "western alignment": between(-SAME, SAME)})
def no_dilemma_without_channels(everything_uncoupled: Runs, nothing_uncoupled: Runs) -> dict[str, Estimate]:
    """With both channels off, asking for everything has no effect on Tbilisi: there is no dilemma."""
    arms = (everything_uncoupled, nothing_uncoupled)
    outcomes = {"alienation": "georgia.alienation_on_average", "western alignment": "georgia.western_alignment_on_average"}
    return {part: added(*arms, outcome) for part, outcome in outcomes.items()}


BOTH = "all at once"


def both_at_once(choice: Runs, reference: Runs) -> dict[str, Estimate]:
    """The share of runs with deeper integration than in the paired run without asks, and relations no worse; and each part."""

    def more(outcome: str) -> np.ndarray:
        return choice.outcome(outcome) - reference.outcome(outcome)

    deeper = np.minimum(more("abkhazia.integration_at_end"), more("south_ossetia.integration_at_end")) >= 0.1
    no_worse = more(f"{NORMALISATION}_at_end") >= -A_LITTLE
    not_west = more(f"{ALIGNMENT}_at_end") <= A_LITTLE
    parts = {"integrated deeper": deeper, "relations no worse": no_worse, "not further west": not_west}
    return {BOTH: share(deeper & no_worse & not_west)} | {part: share(held) for part, held in parts.items()}


@finding(DILEMMA, {BOTH: above(0.5)})
def lavrovs_wish(both_and_little_resented: Runs, nothing_and_little_resented: Runs) -> dict[str, Estimate]:
    """With little grievance and much accommodation, Moscow gets deeper treaties and normalisation in most runs.

    Lavrov's wish of November 2014, judged against the same runs without a treaty: both territories integrated deeper by a
    tenth, no less normalisation, and no more western alignment.
    """
    return both_at_once(both_and_little_resented, nothing_and_little_resented)


@finding(DILEMMA, {BOTH: below(0.2)})
def wish_denied(both_and_much_resented: Runs, nothing_and_much_resented: Runs) -> dict[str, Estimate]:
    """With much grievance and little accommodation, Moscow gets both in fewer than a fifth of the runs."""
    return both_at_once(both_and_much_resented, nothing_and_much_resented)


@finding(MONEY, {"beaten in a vote": at_least(0.05), "driven out by the street": at_least(0.05)})
def a_cut_costs_the_incumbent(a_cut: Runs, nobody_moves: Runs) -> dict[str, Estimate]:
    """A cut of the subsidy costs leaders their office: more lose elections, and protests drive out more."""

    def of_those_who_stood(runs: Runs) -> Estimate:
        return mean(runs.outcome("south_ossetia.incumbents_beaten"))

    return {
        "beaten in a vote": of_those_who_stood(a_cut) - of_those_who_stood(nobody_moves),
        "driven out by the street": added(a_cut, nobody_moves, "south_ossetia.forced_exits"),
    }


def support_gained(choice: Runs, reference: Runs) -> np.ndarray:
    """What a choice adds to South Ossetian support, by run and turn."""
    return choice.trajectory("south_ossetia.mean_support") - reference.trajectory("south_ossetia.mean_support")


@finding(MONEY, {"at its best within two years": at_least(A_LITTLE), "at the end": between(-A_LITTLE, A_LITTLE)})
def money_is_got_used_to(a_raise: Runs, nobody_moves: Runs) -> dict[str, Estimate]:
    """A permanently higher subsidy raises support for a while, but not in the long run."""
    gain = support_gained(a_raise, nobody_moves)
    best = np.nanmean(gain, axis=0)[SHOCK : SHOCK + TWO_YEARS].argmax() + SHOCK
    return {"at its best within two years": mean(gain[:, best]), "at the end": mean(gain[:, -1])}


@finding(MONEY, at_most(-A_LITTLE))
def protection_is_not(a_calm: Runs, nobody_moves: Runs) -> Estimate:
    """People do not get used to protection: if the line calms down, South Ossetian support stays lower to the end."""
    return mean(support_gained(a_calm, nobody_moves)[:, -1])


@finding(BIDS, at_least(0.7))
def a_beaten_leaders_bid_is_put_aside(of_2022: Runs) -> Estimate:
    """If a South Ossetian leader bids for accession and then loses office, the successor shelves seven bids in ten or more."""
    return share(of_2022.outcome("south_ossetia.beaten_bids_put_aside"))
