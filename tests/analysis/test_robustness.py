"""Robustness: equal effects under all rules of choice are called alike, different effects are called theory-dependent."""

import json
from collections import Counter

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from frozen_conflict_sim import load_scenario
from frozen_conflict_sim.analysis.comparison.pairing import pair
from frozen_conflict_sim.analysis.robustness import (
    DEPENDENT,
    IN_DIRECTION,
    MEANINGS,
    NOTHING,
    OPEN,
    ROBUST,
    UNDECIDED,
    by_choice_rule,
    compared,
)
from frozen_conflict_sim.engine.choice_rules import CHOICE_RULES
from frozen_conflict_sim.engine.random_streams import RandomStreams
from frozen_conflict_sim.experiment.execute.simulate import TaskResult
from frozen_conflict_sim.experiment.load import experiment_from
from frozen_conflict_sim.experiment.perform import perform
from frozen_conflict_sim.experiment.store.sources import Memory
from frozen_conflict_sim.experiment.study.study import Study
from frozen_conflict_sim.model.columns import Column
from frozen_conflict_sim.results import Results

# What asking for everything adds to each outcome, by the rule of choice.
ADDS = {
    "georgia.alienation_at_end": dict.fromkeys(CHOICE_RULES, 0.2),
    "georgia.western_alignment_at_end": dict.fromkeys(CHOICE_RULES, 0.2) | {"prospect_theory": -0.2},
    "georgia.hardline_share_at_end": dict.fromkeys(CHOICE_RULES, 0.2) | {"satisficing": 0.001},
    "georgia.public_opinion_at_end": dict.fromkeys(CHOICE_RULES, 0.001),
}
LEVERS = {"play.choice_rule": list(CHOICE_RULES), "patron.policy": ["status_quo", "swallow"]}


def toy(scenario, seed, rows, keep):
    """Noise, and the effect of the policy while the channels are on."""
    everything = np.array([policy == "swallow" for policy in rows.columns["patron.policy"]])
    on = np.array([arm == "base" for arm in rows.columns["arm"]]) if "arm" in rows.columns else 1.0
    chance = RandomStreams(seed, rows.stream)
    table = {name: getattr(rows, name) for name in ("run", "point", "replicate", "stream")}
    table |= {"status": ["done"] * len(rows), **rows.columns}
    for name, adds in ADDS.items():
        added = np.array([adds.get(rule, 0.0) for rule in rows.columns["play.choice_rule"]])
        noise = 0.0001 * chance.normal("noise", 0, 1)[0] * everything
        table[name] = 0.5 + 0.05 * chance.normal("toy", 0, 1)[0] + everything * on * added + noise
    return TaskResult(pa.table(table), pa.table({"run": pa.array([], pa.int64()), "turn": pa.array([], pa.int16())}))


def results_of(**data):
    about = {"question": "What?", "scenario": load_scenario("georgia_2014"), "keep": [], "seed": 3, "outcomes": list(ADDS)}
    study = Study(experiment_from({**about, "levers": LEVERS, "replicates": 40, **data}))
    return Results(Memory(study, perform(study, play=toy)))


@pytest.fixture(scope="module")
def found():
    results = results_of(compare_with={"no_coupling": {"parent.channels": "off"}})
    return {(line.outcome, line.choice, line.arm): line for line in by_choice_rule(results)}


@pytest.mark.parametrize(("outcome", "expected"), [*zip(ADDS, (ROBUST, DEPENDENT, DEPENDENT, NOTHING))])
def test_a_difference_is_robust_only_if_all_rules_agree(found, outcome, expected):
    line = found[outcome, "patron.policy = swallow", ""]
    assert line.robustness == expected
    assert set(line.differences) == set(CHOICE_RULES)
    for rule, difference in line.differences.items():
        assert difference.difference == pytest.approx(ADDS[outcome][rule], abs=1e-4)


def test_the_reason_names_the_rules_that_disagree(found):
    reasons = {outcome: found[outcome, "patron.policy = swallow", ""].reason for outcome in ADDS}
    assert reasons["georgia.alienation_at_end"] == reasons["georgia.public_opinion_at_end"] == ""
    assert reasons["georgia.western_alignment_at_end"].endswith("lower under prospect theory")
    assert reasons["georgia.hardline_share_at_end"].endswith("no difference under satisficing")


def test_every_arm_has_a_line_and_is_compared_with_the_base(found):
    assert found["georgia.alienation_at_end", "patron.policy = swallow", "no_coupling"].robustness == NOTHING
    assert found["georgia.alienation_at_end", "base", ""].robustness == ROBUST


def test_nothing_is_robust_that_was_not_run_under_all_rules():
    some = {"play.choice_rule": ["quantal_response", "best_response"], "patron.policy": LEVERS["patron.policy"]}
    line = by_choice_rule(results_of(levers=some))[0]
    assert line.robustness == OPEN
    assert line.reason == "not run under prospect theory, satisficing"


def test_without_the_rule_as_a_lever_there_is_nothing_to_compare(results):
    assert by_choice_rule(results) == ()
    assert (
        by_choice_rule(results_of(levers={"play.choice_rule": list(CHOICE_RULES), "patron.policy": ["swallow"]}, replicates=2))
        == ()
    )


def test_batch_prints_robustness_as_text_and_json(command, tmp_path):
    few = "levers.patron.policy=[status_quo, swallow]"
    small = ("--points", 2, "--replicates", 2, "--set", "public.residents=50", "--set", "quarters=4", "--set", few)
    shown = command("batch", "theories_of_choice", "--out", "study", *small, cwd=tmp_path).stdout
    assert "the difference under each rule of choice" in shown
    assert "swallow over status quo, no_coupling" in shown
    told = json.loads(command("batch", "theories_of_choice", "--out", "study", "--json", *small, cwd=tmp_path).stdout)
    assert {line["robustness"] for line in told["by_choice_rule"]} <= set(MEANINGS)
    assert {line["arm"] for line in told["by_choice_rule"]} == {"", "no_coupling"}


STUDIES, PAIRS, BAR = 120, 60, 0.05
NUMBER = Column("effect", "outcome", "index", "A number.", label="effect")
EVENT = Column("effect", "outcome", "yes or no", "An event.", label="effect")


def study(chance, effects, column):
    """Pairs of runs by rule of choice in which a choice has these effects; runs with one stream are alike under all rules."""
    common = chance.standard_normal(PAIRS)
    found = {}
    for rule, effect in effects.items():
        before, after = (0.7 * common + 0.7 * chance.standard_normal(PAIRS) for _ in range(2))
        if column is EVENT:
            left, right = (before < -0.2).astype(float), (after < -0.2 + effect).astype(float)
        else:
            left, right = 0.15 * before, 0.15 * after + effect
        about = {"stream": np.arange(PAIRS), "point": np.arange(PAIRS), "status": "done"}
        found[rule] = pair(*(pd.DataFrame({**about, "effect": side}) for side in (left, right)))
    return found


def called(effects, column):
    """How often repeated studies of these effects come to each result, and how often their verdicts by rule differ."""
    chance = np.random.default_rng(11)
    lines = [compared(("swallow", "status quo", ""), column, study(chance, effects, column), BAR) for _ in range(STUDIES)]
    return Counter(line.robustness for line in lines), sum(len(set(line.directions.values())) > 1 for line in lines)


@pytest.mark.parametrize(("column", "effect"), [(NUMBER, 0.0), (NUMBER, BAR), (EVENT, 0.35)])
def test_equal_effects_are_called_alike_in_95_of_100_studies(column, effect):
    results, verdicts_differ = called(dict.fromkeys(CHOICE_RULES, effect), column)
    assert results[DEPENDENT] + results[IN_DIRECTION] <= 0.05 * STUDIES
    assert effect == 0.0 or verdicts_differ > 0.3 * STUDIES, "verdicts alone would have differed"


@pytest.mark.parametrize(("column", "effect"), [(NUMBER, 0.2), (EVENT, 1.5)])
def test_different_effects_are_found_to_differ(column, effect):
    under_one = dict.fromkeys(CHOICE_RULES, effect) | {"satisficing": 0.0}
    assert called(under_one, column)[0][DEPENDENT] >= 0.9 * STUDIES


def test_effects_of_one_direction_and_different_sizes_are_robust_in_direction():
    results, _ = called(dict.fromkeys(CHOICE_RULES, 0.2) | {"best_response": 0.5}, NUMBER)
    assert results[IN_DIRECTION] + results[UNDECIDED] >= 0.95 * STUDIES
    assert results[IN_DIRECTION] >= 0.9 * STUDIES


def test_the_bar_is_a_tenth_of_what_the_policies_move(found):
    bars = {outcome: found[outcome, "patron.policy = swallow", ""].bar for outcome in ADDS}
    assert bars["georgia.alienation_at_end"] == pytest.approx(0.02, rel=0.05)
    assert bars["georgia.public_opinion_at_end"] == 0.01
