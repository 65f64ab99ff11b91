"""Patterns: every row of the record's table is declared, and each estimates what it claims in ensembles made by hand."""

import numpy as np
import pytest

from frozen_conflict_sim.record import PATTERNS
from frozen_conflict_sim.record.nulls import NULLS, without_mechanism
from frozen_conflict_sim.record.pattern import KINDS
from frozen_conflict_sim.record.patterns import bids, money, offices, patron_and_parent, publics, treaties, west
from frozen_conflict_sim.scenario import load_scenario
from frozen_conflict_sim.scenario.shipped import shipped_names

TABLE = {
    "test": {
        "depth-gained", "clause-order", "slow-law", "sequence", "dollar-trough", "late-and-conditional", "cut-then-fall",
        "turnover-venue", "two-tracks", "moscows-switch", "no-punishment-for-alignment", "support-order",
        "recognition-turns-opinion", "voice-filtered",
    },
    "check": {
        "favourite-loses", "bid-fate", "talks-survive", "forced-exits", "tie-survives", "incumbents-lose", "no-accession",
        "polls-and-treaty", "force-not-depth",
    },
    "input": {"subsidy-order", "outbidding"},
}  # fmt: skip
TESTS = [pattern for pattern in PATTERNS.values() if pattern.kind == "test"]


def test_every_row_of_the_table_is_there():
    assert {kind: {name for name, found in PATTERNS.items() if found.kind == kind} for kind in KINDS} == TABLE
    assert len(TESTS) == 14


@pytest.mark.parametrize("pattern", PATTERNS.values(), ids=PATTERNS)
def test_a_pattern_declares_claim_target_and_evidence(pattern):
    assert pattern.sentence.endswith(".")
    assert pattern.strength in "ABC"
    assert len(pattern.evidence) > 4
    assert set(pattern.scenarios) <= set(shipped_names())
    assert set(pattern.must_fail) <= set(NULLS)
    assert bool(pattern.must_fail and pattern.mechanism_off) == (pattern.kind == "test")


@pytest.mark.parametrize("pattern", TESTS, ids=lambda pattern: pattern.name)
def test_its_mechanism_can_be_switched_off(pattern):
    scenarios = [load_scenario(name) for name in pattern.scenarios]
    for scenario in scenarios:
        changed = without_mechanism(scenario, pattern.mechanism_off)
        assert changed.values != scenario.values or changed.events != scenario.events
    kept = {event.name for scenario in scenarios for event in without_mechanism(scenario, pattern.mechanism_off).events}
    assert not kept & set(pattern.mechanism_off.events)
    assert set(pattern.mechanism_off.events) <= {event.name for scenario in scenarios for event in scenario.events}


def value(found, part=""):
    return pytest.approx((found[part] if part else found).value)


def test_clauses_are_measured_where_the_treaty_is_signed(made):
    runs = made().set("abkhazia.answer", "redraft", turns=5)
    for clause, depth in (("defence", 0.61), ("welfare", 0.39), ("citizenship_and_land", 0.15)):
        runs.set(f"abkhazia.agreed.{clause}", depth, turns=slice(5, None))
    runs.set("abkhazia.agreed.citizenship_and_land", 0.5, turns=slice(24, None), runs=slice(0, 5))
    found = treaties.clause_order(runs)
    assert (found["defence"].value, found["welfare"].value) == (1.0, 0.0)
    assert value(found, "citizenship and land") == 0.75


def test_a_law_is_carried_out_when_four_fifths_of_it_are(made):
    runs = made().set("abkhazia.answer", "accept", turns=4).set("abkhazia.agreed.law", 0.8, turns=slice(4, None))
    trajectory = np.clip((np.arange(40) - 4) / 15.0, 0.0, 1.0) * 0.8
    found = treaties.slow_law(runs.set("abkhazia.implemented.law", trajectory))
    assert (found.value, found.runs) == (3.0, 20)
    assert treaties.slow_law(made().set("abkhazia.answer", "accept", turns=30)).runs == 0, "too late to be seen for four years"


def test_who_signs_first(made):
    runs = made().set("abkhazia.answer", "redraft", turns=3, runs=slice(0, 12)).set("south_ossetia.answer", "accept", turns=5)
    runs.set("abkhazia.answer", "redraft", turns=9, runs=slice(9, 12))
    found = treaties.sequence(runs.set("abkhazia.answer", "stall", turns=3, runs=slice(9, 12)))
    assert (found.value, found.runs) == (0.75, 12)


def test_depth_gained_is_compared_run_by_run(made):
    runs = made(runs=4)
    runs.outcomes = {
        "abkhazia.depth_gained": np.array([0.5, 0.5, 0.9, np.nan]),
        "south_ossetia.depth_gained": np.array([0.7, 0.6, 0.7, 0.9]),
    }
    found = treaties.depth_gained(runs)
    assert (found.value, found.runs) == (pytest.approx(1 / 3), 3)


def test_a_single_better_year_ends_the_trough(made):
    runs = made().set("abkhazia.bill_in_dollars", 100.0).set("south_ossetia.bill_in_dollars", 50.0)
    for territory in ("abkhazia", "south_ossetia"):
        runs.set(f"{territory}.bill_in_dollars", 40.0, turns=slice(4, 20))
    runs.set("abkhazia.bill_in_dollars", 101.0, turns=slice(12, 16), runs=slice(0, 5))
    found = money.dollar_trough(runs)
    assert (found["Abkhazia"].value, found["South Ossetia"].value) == (0.75, 1.0)


def test_money_is_late_and_a_missed_condition_is_answered(made):
    runs = made()
    for territory in ("abkhazia", "south_ossetia"):
        runs.set(f"{territory}.answer", "accept", turns=10).set(f"{territory}.subsidy_promised", 100.0)
        runs.set(f"{territory}.subsidy_paid", 60.0, turns=13).set(f"{territory}.missed_conditions", 0.1, turns=slice(19, 29))
        runs.set(f"moscow.treatment.{territory}", "withhold_subsidy", turns=slice(20, 25))
    found = money.late_and_conditional(runs)
    assert value(found, "paid over promised, Abkhazia") == 0.6
    assert value(found, "withheld if a condition is missed, South Ossetia") == 0.5


def test_a_fall_after_a_cut_is_compared_with_turns_without_one(made):
    georgia, transnistria = made(), made(territories=("transnistria",))
    for runs in (georgia, transnistria):
        for territory in runs.scenario.entities["territory"]:
            runs.set(f"moscow.treatment.{territory}", "withhold_subsidy", turns=20)
            runs.set(f"{territory}.mobilisation", 0.2, turns=25)
    usual = 5 / 23  # turns 17 to 19 and 29, 30 … of those that no cut preceded: only the first three look ahead to the protest
    found = money.cut_then_fall(georgia, transnistria)
    assert found.value > 1.0 - usual
    assert found.runs == 20


def test_turnover_tells_the_ballot_from_the_street(made):
    georgia, transnistria = made(), made(territories=("transnistria",))
    georgia.set("abkhazia.incumbent_returned", 1.0, turns=8).set("abkhazia.forced_exit", 1.0, turns=[20, 30])
    georgia.set("south_ossetia.incumbent_beaten", 1.0, turns=13)
    transnistria.set("transnistria.incumbent_beaten", 1.0, turns=12, runs=slice(0, 15))
    transnistria.set("transnistria.incumbent_returned", 1.0, turns=12, runs=slice(15, 20))
    found = offices.turnover_venue(georgia, transnistria)
    assert [found[f"leaders beaten, {name}"].value for name in ("Abkhazia", "South Ossetia", "Transnistria")] == [
        0.0,
        1.0,
        0.75,
    ]
    assert value(found, "exits a year, Abkhazia over South Ossetia") == 0.2
    assert value(offices.forced_exits(georgia, transnistria), "Abkhazia") == 0.2
    assert value(offices.incumbents_lose(georgia, transnistria)) == 35 / 60


def test_a_tie_is_broken_by_a_denounced_deal_a_settlement_or_bases_that_leave(made):
    runs = made().set("abkhazia.forced_exit", 1.0, turns=10)
    runs.set("abkhazia.bases", 0.4).set("south_ossetia.bases", 1.0)
    runs.set("abkhazia.on_inherited_deal", "drop", turns=12, runs=slice(0, 4))
    runs.set("abkhazia.reintegrated", 1.0, turns=slice(13, None), runs=slice(4, 6))
    runs.set("abkhazia.bases", 0.1, turns=slice(14, None), runs=slice(6, 10))
    assert value(offices.tie_survives(runs)) == 0.5


def test_trade_recovers_beside_a_closed_railway_in_the_same_runs(made):
    runs = made().set("abkhazia.answer", "redraft", turns=6).set("georgia.trade_and_travel", 0.5)
    runs.set("georgia.trade_and_travel", 0.6, turns=slice(14, 20), runs=slice(0, 15))
    runs.set("railway.project_open", 1.0, turns=slice(10, None), runs=slice(0, 5))
    found = patron_and_parent.two_tracks(runs)
    assert value(found, "closed, and trade recovered") == 0.5
    assert value(found, "railway opened, a year") == 4 * 5 / (15 * 33 + 5 * 4)


def test_normalisation_is_offered_and_withdrawn_by_moscow(made):
    runs = made().set("georgia.hardline_cabinet", 1.0, turns=slice(0, 12))
    runs.set("moscow.trade.georgia", "open", turns=slice(13, 20))
    runs.set("moscow.at_the_line.georgia", "coerce", turns=[14, 30])
    runs.set("georgia.mobilised_against_patron", 1.0, turns=25).set("georgia.mobilised_against_patron", 0.4, turns=26)
    runs.set("moscow.trade.georgia", "embargo", turns=26, runs=slice(0, 12))
    found = patron_and_parent.moscows_switch(runs)
    assert (found["offered within a year"].value, found["more than in the year before"].value) == (1.0, 1.0)
    assert value(found, "withdrawn over crowds") == 0.6
    assert value(found, "coercion, in turns of normalisation over others") == (1 / 7) / (1 / 33)


def test_a_step_to_the_west_is_not_punished_and_crowds_are(made):
    runs = made().set("georgia.orientation", "westward", turns=[5, 20]).set("georgia.mobilised_against_patron", 1.0, turns=25)
    runs.set("moscow.trade.georgia", "embargo", turns=9, runs=slice(0, 2))
    runs.set("moscow.trade.georgia", "embargo", turns=26)
    found = patron_and_parent.no_punishment_for_alignment(runs)
    assert (found["after a step to the West"].value, found["after crowds"].value) == (0.1, 1.0)


def test_talks_are_broken_off_within_a_year_of_a_treaty(made):
    runs = made().set("south_ossetia.answer", "accept", turns=6)
    runs.set("georgia.toward_patron", "denounce", turns=[10, 30], runs=slice(0, 5)).set(
        "georgia.toward_patron", "denounce", turns=11
    )
    assert value(patron_and_parent.talks_survive(runs)) == 0.25


def test_support_is_ordered(made):
    places = {
        "georgia": {"abkhazia": 0.3, "south_ossetia": 0.8},
        "transnistria": {"transnistria": 0.5},
        "donbas": {"donetsk": 0.3, "luhansk": 0.5},
    }
    ensembles = []
    for territories in places.values():
        runs = made(territories=tuple(territories))
        for territory, wish in territories.items():
            runs.set(f"{territory}.accession_share", wish)
        ensembles.append(runs)
    found = publics.support_order(*ensembles)
    assert [round(part.value, 3) for part in found.values()] == [0.3, 0.1, 0.1]


def test_recognition_is_seen_between_2006_and_2011(made):
    runs = made(start=(2006, 3), turns=24).set("abkhazia.accession_share", 0.7).set("south_ossetia.accession_share", 0.9)
    found = publics.recognition_turns_opinion(runs.set("abkhazia.accession_share", 0.3, turns=slice(12, None)))
    assert [round(part.value, 3) for part in found.values()] == [0.7, 0.3, 0.9]


def test_voice_is_counted_among_those_who_would_speak(made):
    runs = made().set("abkhazia.mobilisation", 0.1).set("abkhazia.dissatisfied_share", 0.2)
    runs.set("south_ossetia.mobilisation", 0.06).set("south_ossetia.dissatisfied_share", 0.3)
    runs.set("moscow.treatment.abkhazia", "ask_for_deeper_integration", turns=5).set("abkhazia.ask_pending", 1.0, turns=[5, 6])
    runs.set("abkhazia.initiative", "suppress_autonomists", turns=[6, 7])
    found = publics.voice_filtered(runs)
    assert value(found, "voiced, South Ossetia over Abkhazia") == 0.4
    assert value(found, "silenced while an ask is pending, Abkhazia") == 2 / 3


def test_what_becomes_of_bids(made):
    georgia, transnistria = made(), made(territories=("transnistria",))
    georgia.set("south_ossetia.initiative", "referendum_bid", turns=[5, 15]).set("south_ossetia.bid_owned", 1.0)
    georgia.set("moscow.on_a_bid.south_ossetia", "rebuff", turns=6).set("south_ossetia.bid_lapses", 1.0, turns=16)
    transnistria.set("transnistria.parting", "referendum_bid", turns=7).set(
        "transnistria.bid_reaches_a_vote", 1.0, turns=9, runs=slice(0, 6)
    )
    transnistria.set("moscow.on_a_bid.transnistria", "accept", turns=9, runs=slice(0, 3))
    found = bids.bid_fate(georgia, transnistria)
    assert value(found, "reach a vote") == 0.1
    assert value(found, "come to nothing under the same leader") == 2 / 3
    assert value(bids.no_accession(georgia, transnistria)) == 0.05


def test_the_west_answers_force(made):
    runs = (
        made()
        .set("us.toward_patron_state", "sanction", turns=2, runs=slice(0, 10))
        .set("moscow.recent_force", 0.5, turns=slice(0, 8))
    )
    runs.set("abkhazia.answer", "redraft", turns=20).set("eu.toward_patron_state", "sanction", turns=[21, 30])
    found = west.force_not_depth(runs)
    assert found["sanctions in the year of Crimea"].value == 0.5
    assert value(found, "more in the year after a treaty") == 1 / 5 - 1 / 27
    runs.set("georgia.public_opinion", 0.7).set("georgia.public_opinion", 0.66, turns=24)
    assert value(west.polls_and_treaty(runs)) == -0.04


def test_data_are_checked_where_runs_begin(made):
    runs = made().set("abkhazia.dependence", 0.6).set("south_ossetia.dependence", 0.9, turns=0)
    runs.set("abkhazia.subsidy_paid", 800.0).set("south_ossetia.subsidy_paid", 2400.0)
    assert [round(part.value, 3) for part in money.subsidy_order(runs).values()] == [0.9, 0.6, 3.0]
    runs.outcomes = {"south_ossetia.boldest_ideal": np.repeat([1.1, 0.9], 10)}
    assert treaties.outbidding(runs).value == 0.5


def test_a_favourite_may_lose_without_a_break(made):
    georgia, transnistria = made(), made(territories=("transnistria",))
    georgia.set("abkhazia.bases", 1.0).set("south_ossetia.bases", 1.0).set("abkhazia.favourite_stood", 1.0, turns=8)
    georgia.set("abkhazia.favourite_won", 1.0, turns=8, runs=slice(0, 8))
    georgia.set("abkhazia.on_inherited_deal", "drop", turns=10, runs=slice(8, 11))
    found = offices.favourite_loses(georgia, transnistria)
    assert (found["the favourite wins"].value, found["the tie holds after it lost"].value) == (0.4, 0.75)
