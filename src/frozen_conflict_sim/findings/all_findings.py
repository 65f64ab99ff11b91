"""The findings. To add one, write a function here; if it needs another scenario variant, add it to ``variants.yaml``.

Targets are not moved to make a finding robust.
"""

from __future__ import annotations

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
SHOCK = 8  # the turn on which money or protection changes


def added(choice: Runs, reference: Runs, outcome: str) -> Estimate:
    """What a choice adds to an outcome, run by run with the same random numbers."""
    return mean(choice.outcome(outcome) - reference.outcome(outcome))


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


@finding(DILEMMA, at_least(A_LITTLE))
def treaties_alienate(everything: Runs, nothing: Runs) -> Estimate:
    """If Moscow asks for everything, Tbilisi is more alienated over the run than if it asks for nothing."""
    return added(everything, nothing, "georgia.alienation_on_average")


@finding(DILEMMA, at_most(-A_LITTLE))
def treaties_spoil_normalisation(everything: Runs, nothing: Runs) -> Estimate:
    """If Moscow asks for everything, normalisation with Tbilisi is lower at the end than if it asks for nothing."""
    return added(everything, nothing, "georgia.political_normalisation_at_end")


@finding(DILEMMA, {"toward the West": at_least(0.1), "away from it": at_least(0.1)})
def no_sure_sign(everything: Runs, nothing: Runs) -> dict[str, Estimate]:
    """The net effect on western alignment has no certain sign: at least a tenth of the runs go each way."""
    outcome = "georgia.western_alignment_on_average"
    difference = everything.outcome(outcome) - nothing.outcome(outcome)
    return {"toward the West": share(difference >= A_LITTLE), "away from it": share(difference <= -A_LITTLE)}


@finding(DILEMMA, at_least(A_LITTLE))
def grievance_pushes_west(everything_resented_only: Runs, nothing_resented_only: Runs) -> Estimate:
    """With grievance only, asking for everything pushes Tbilisi toward the West."""
    return added(everything_resented_only, nothing_resented_only, "georgia.western_alignment_on_average")


@finding(DILEMMA, at_most(-A_LITTLE))
def accommodation_holds_back(everything_adjusted_to_only: Runs, nothing_adjusted_to_only: Runs) -> Estimate:
    """With accommodation only, asking for everything holds Tbilisi back from the West."""
    return added(everything_adjusted_to_only, nothing_adjusted_to_only, "georgia.western_alignment_on_average")


@finding(DILEMMA, {"alienation": between(-SAME, SAME), "western alignment": between(-SAME, SAME)})
def no_dilemma_without_channels(everything_uncoupled: Runs, nothing_uncoupled: Runs) -> dict[str, Estimate]:
    """With both channels off, asking for everything has no effect on Tbilisi: there is no dilemma."""
    arms = (everything_uncoupled, nothing_uncoupled)
    outcomes = {"alienation": "georgia.alienation_on_average", "western alignment": "georgia.western_alignment_on_average"}
    return {part: added(*arms, outcome) for part, outcome in outcomes.items()}


def both_at_once(choice: Runs, reference: Runs) -> Estimate:
    """The share of runs with integration deeper by a tenth than in the paired run without asks, and relations no worse."""

    def more(outcome: str) -> np.ndarray:
        return choice.outcome(outcome) - reference.outcome(outcome)

    deeper = np.minimum(more("abkhazia.integration_at_end"), more("south_ossetia.integration_at_end")) >= 0.1
    no_worse = (more("georgia.political_normalisation_at_end") >= -A_LITTLE) & (
        more("georgia.western_alignment_at_end") <= A_LITTLE
    )
    return share(deeper & no_worse)


@finding(DILEMMA, above(0.5))
def lavrovs_wish(both_and_little_resented: Runs, nothing_and_little_resented: Runs) -> Estimate:
    """With little grievance and much accommodation, Moscow gets deeper treaties and normalisation in most runs.

    Lavrov's wish of November 2014, judged against the same runs without a treaty: both territories integrated deeper by a
    tenth, no less normalisation, and no more western alignment.
    """
    return both_at_once(both_and_little_resented, nothing_and_little_resented)


@finding(DILEMMA, below(0.2))
def wish_denied(both_and_much_resented: Runs, nothing_and_much_resented: Runs) -> Estimate:
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
