"""Who signs what, in which order, and when it is carried out."""

from __future__ import annotations

import numpy as np

from ..estimates import Estimate, median, share
from ..pattern import MechanismOff, pattern
from ..runs import Runs, first_turn, value_at, window_from
from ..targets import at_least, between
from .actions import ABKHAZIA, SOUTH_OSSETIA, signs

FIVE_YEARS = 20
CARRIED_OUT = 0.8
CLAUSES = ("foreign_policy", "defence", "borders", "law", "welfare", "citizenship_and_land")
ALIKE = {f"territories.{territory}.public.autonomy_minded_share": 0.5 for territory in (ABKHAZIA, SOUTH_OSSETIA)}


@pattern(
    "test",
    "B",
    at_least(0.8),
    "treaties of 24 Nov 2014, 18 Mar 2015; scores are judgements",
    must_fail=("persistence", "no_treaty", "labels_swapped", "base_rates"),
    mechanism_off=MechanismOff("the publics of both territories are alike", ALIKE),
)
def depth_gained(georgia_2014: Runs) -> Estimate:
    """Of what was still to be gained, South Ossetia signs at least 0.15 more than Abkhazia, in most runs in which both sign."""
    abkhazia, south_ossetia = (georgia_2014.outcome(f"{territory}.depth_gained") for territory in (ABKHAZIA, SOUTH_OSSETIA))
    gap = south_ossetia - abkhazia
    return share(gap >= 0.15, np.isfinite(gap))


@pattern(
    "test",
    "B",
    {"defence": at_least(0.8), "welfare": at_least(0.8), "citizenship and land": at_least(0.8)},
    "asks.csv: what Abkhazia softened in 2014",
    must_fail=("persistence", "no_treaty", "labels_swapped", "base_rates"),
    mechanism_off=MechanismOff(
        "every clause touches sovereignty alike", {f"elite.clause_sovereignty.{clause}": 0.6 for clause in CLAUSES}
    ),
)
def clause_order(georgia_2014: Runs) -> dict[str, Estimate]:
    """Abkhazia accepts 0.6 of the ask in defence and welfare, but for five years no more than 0.2 in citizenship and land."""
    signed, patron = first_turn(signs(georgia_2014, ABKHAZIA)), georgia_2014.scenario.entities["patron"][0]
    parts = {}
    for clause in ("defence", "welfare"):
        asked = georgia_2014.value("territory", ABKHAZIA, "asks", clause)
        asked = asked if np.isfinite(asked) else georgia_2014.value("patron", patron, "usual_asks", clause)
        depth = value_at(georgia_2014.trajectory(f"{ABKHAZIA}.agreed.{clause}"), signed)
        parts[clause] = share(depth >= 0.6 * asked, np.isfinite(depth))
    deepest = window_from(georgia_2014.trajectory(f"{ABKHAZIA}.agreed.citizenship_and_land"), signed, FIVE_YEARS).max(axis=1)
    return parts | {"citizenship and land": share(deepest <= 0.2, np.isfinite(deepest))}


@pattern(
    "test",
    "C",
    between(2, 4),
    "asks.csv: 975 days from the treaty to the ratification of its police centre",
    must_fail=("persistence", "no_treaty", "base_rates"),
    mechanism_off=MechanismOff(
        "every clause is carried out equally fast", {f"territory.implementation_rate.{clause}": 0.28 for clause in CLAUSES}
    ),
)
def slow_law(georgia_2014: Runs) -> Estimate:
    """In Abkhazia the clause on police and law is carried out two to four years after signature, in the median run.

    Carried out means four fifths of what the signature added. Only runs with four years after it count.
    """
    signed = first_turn(signs(georgia_2014, ABKHAZIA))
    done = georgia_2014.trajectory(f"{ABKHAZIA}.implemented.law")
    goal = value_at(georgia_2014.trajectory(f"{ABKHAZIA}.agreed.law"), signed)
    before = value_at(done, np.maximum(signed - 1, 0))
    with np.errstate(invalid="ignore", divide="ignore"):
        progress = (done - before[:, None]) / (goal - before)[:, None]
    turns = np.arange(done.shape[1])
    reached = (progress >= CARRIED_OUT) & (turns >= signed[:, None])
    years = np.where(reached.any(axis=1), (reached.argmax(axis=1) - signed) / 4.0, np.inf)
    seen = (signed >= 0) & np.isfinite(value_at(done, signed + 16)) & (goal - before > 0.02)
    return median(np.where(seen, years, np.nan))


@pattern(
    "test",
    "C",
    at_least(0.65),
    "Abkhazia in November 2014, South Ossetia in March 2015",
    must_fail=("persistence", "no_treaty", "random_option", "labels_swapped", "base_rates"),
    mechanism_off=MechanismOff("both territories are worth the same to the patron", {"territory.stake": 0.45}),
)
def sequence(georgia_2014: Runs) -> Estimate:
    """The higher stake signs first: Abkhazia before South Ossetia, in most runs in which both sign."""
    abkhazia, south_ossetia = (first_turn(signs(georgia_2014, territory)) for territory in (ABKHAZIA, SOUTH_OSSETIA))
    return share(abkhazia < south_ossetia, (abkhazia >= 0) & (south_ossetia >= 0))


@pattern(
    "input",
    "B",
    at_least(0.5),
    "South Ossetia 2014–15: accession was asked for, a treaty was given",
)
def outbidding(georgia_2014: Runs) -> Estimate:
    """A South Ossetian faction wants more than Moscow asks, in most runs: where Moscow does not ask for everything anyway."""
    ideal = georgia_2014.outcome(f"{SOUTH_OSSETIA}.boldest_ideal")
    return share(ideal > 1.0, np.isfinite(ideal))
