"""Findings: each needs scenario variants that load, and is robust only if it holds under every rule of choice."""

from collections import Counter
from statistics import NormalDist

import numpy as np
import pytest

from frozen_conflict_sim import load_scenario
from frozen_conflict_sim.analysis.robustness import DEPENDENT, ROBUST, UNDECIDED
from frozen_conflict_sim.engine.choice_rules import CHOICE_RULES, THEORIES
from frozen_conflict_sim.findings.all_findings import FINDINGS
from frozen_conflict_sim.findings.finding import Finding
from frozen_conflict_sim.findings.judge import NOT_SHOWN, Judged, judge
from frozen_conflict_sim.findings.variants import variant, variants
from frozen_conflict_sim.record.estimates import Estimate, share
from frozen_conflict_sim.record.runs import Runs
from frozen_conflict_sim.record.scoring import ensemble
from frozen_conflict_sim.record.targets import above, at_least
from frozen_conflict_sim.scenario import InputError


def test_every_variant_is_needed_and_loads():
    needed = {name for finding in FINDINGS.values() for name in finding.scenarios}
    extended = {differs["extends"] for differs in variants().values()}
    assert needed <= set(variants()) <= needed | extended
    assert all(variant(name).turns > 0 for name in variants())


def test_a_variant_changes_what_it_names_and_nothing_else():
    cut, unmoved, base = variant("a_cut"), variant("nobody_moves"), load_scenario("georgia_2014")
    assert {event.name for event in cut.events} - {event.name for event in unmoved.events} == {"a cut"}
    assert {event.name for event in base.events} - {event.name for event in unmoved.events} == {
        "fall of the rouble",
        "slump in Russia",
    }
    assert variant("as_it_is") == base


def test_a_misspelt_variant_is_refused(monkeypatch):
    monkeypatch.setitem(variants(), "odd", {"extends": "as_it_is", "patron": {"polciy": "swallow"}})
    with pytest.raises(InputError, match="policy"):
        variant("odd")


@pytest.mark.parametrize("name", FINDINGS)
def test_a_finding_claims_something_in_a_sentence(name):
    assert FINDINGS[name].sentence.endswith(".")
    assert FINDINGS[name].about


MOST, FEW, EVEN = (share(np.arange(400) < 400 * part) for part in (0.7, 0.1, 0.5))
NOBODY = Estimate(np.nan, np.nan, np.nan, 0)


def judged(**found):
    """A finding that most runs do something, with estimates by rule; by default most do."""
    by_rule = {rule: {"": found.get(rule, MOST)} for rule in CHOICE_RULES}
    return Judged(Finding("most", "…", {"": above(0.5)}, None), by_rule, by_rule)


@pytest.mark.parametrize(
    ("found", "expected"), [(FEW, DEPENDENT), (EVEN, DEPENDENT), (NOBODY, UNDECIDED)], ids=["few", "even", "nobody"]
)
def test_a_finding_that_fails_under_one_rule_is_theory_dependent_if_it_is_known_there(found, expected):
    assert judged().robustness == ROBUST
    assert judged().reason == ""
    finding = judged(prospect_theory=found)
    assert finding.robustness == expected
    assert finding.reason.endswith(f"; {finding.verdict('prospect_theory')} under prospect theory")
    assert judged(**dict.fromkeys(CHOICE_RULES, found)).robustness == NOT_SHOWN


STUDIES, RUNS = 200, 200


def called(**shares):
    """How often repeated studies call a finding what, if it is true of these shares of runs; and how often verdicts differ."""
    chance = np.random.default_rng(4)
    results, verdicts_differ = Counter(), 0
    for _ in range(STUDIES):
        common = chance.standard_normal(RUNS)
        found = {}
        for rule in CHOICE_RULES:
            of_run = 0.6 * common + 0.8 * chance.standard_normal(RUNS)
            found[rule] = share(of_run < NormalDist().inv_cdf(shares.get(rule, 0.56)))
        finding = judged(**found)
        results[finding.robustness] += 1
        verdicts_differ += len({finding.verdict(rule) for rule in CHOICE_RULES}) > 1
    return results, verdicts_differ


def test_equal_shares_near_the_target_are_called_alike_in_95_of_100_studies():
    results, verdicts_differ = called()
    assert results[DEPENDENT] <= 0.05 * STUDIES
    assert verdicts_differ > 0.4 * STUDIES, "verdicts alone would have differed"


def test_different_shares_are_found_to_differ():
    results, _ = called(quantal_response=0.7, best_response=0.7, prospect_theory=0.35, satisficing=0.7)
    assert results[DEPENDENT] >= 0.95 * STUDIES


def test_a_negligible_difference_is_no_finding():
    sure = {"": Estimate(0.002, 0.001, 0.003, 400)}
    assert sure[""].low > 0.0
    finding = Judged(
        Finding("more", "…", {"": at_least(0.01)}, None), dict.fromkeys(CHOICE_RULES, sure), dict.fromkeys(CHOICE_RULES, sure)
    )
    assert finding.robustness == NOT_SHOWN


def test_effects_on_the_parent_are_given_by_horizon_and_wishes_by_part():
    names = ["treaties_alienate", "no_sure_sign", "wish_denied"]
    needed = {name for finding in names for name in FINDINGS[finding].scenarios}
    runs = {name: Runs(ensemble(variant(name).with_values({"public.residents": 50}), 12, 1)) for name in needed}
    alienation, sign, wish = (FINDINGS[name].evaluate(runs) for name in names)
    quarters = [f"after {quarter} quarters" for quarter in (4, 8, 12, 20, 39)]
    assert [*alienation] == ["over the run", "as a share of what policies move", *quarters]
    lasting = [alienation[quarter].runs for quarter in quarters]
    assert lasting[0] == 12
    assert lasting == sorted(lasting, reverse=True), "a war may end a run; no run comes back"
    assert {f"{way}, {quarter}" for way in ("toward the West", "away from it") for quarter in quarters} < set(sign)
    parts = [wish[part].value for part in ("integrated deeper", "relations no worse", "not further west")]
    assert wish["all at once"].value <= min(parts)


def test_findings_are_run_under_every_rule_with_and_without_the_coupling():
    (found,) = judge(["no_dilemma_without_channels"], {"quarters": 6, "public.residents": 50}, runs=12)
    assert set(found.found) == set(found.uncoupled) == set(THEORIES)
    for seen in (found.found, found.uncoupled):
        assert all(set(parts) >= set(found.finding.targets) for parts in seen.values())
    assert found.robustness == ROBUST
