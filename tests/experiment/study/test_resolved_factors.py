"""The values that an experiment sets reach the model: shorthand and single keys, policies, arms, categories."""

import numpy as np
import pytest

from frozen_conflict_sim.experiment.study.study import Study

from ..conftest import rows_of


def given(study, **where):
    """The numbers given to the model in the first run of the first configuration that fits."""
    for at, configuration in enumerate(study.configurations):
        if all(configuration.categories.get(key, configuration.arm) == word for key, word in where.items()):
            task = study.task(at, np.arange(study.length(at)))
            return {address: values[0] for address, values in task.rows.given.items()}, task.scenario
    raise AssertionError("no such configuration")


def test_a_shorthand_key_settles_every_member_and_is_one_column(asked):
    study = Study(asked(levers={"territory.stake": [0.3]}))
    numbers, _ = given(study)
    assert numbers["territory", "abkhazia", "stake", ""] == numbers["territory", "south_ossetia", "stake", ""] == 0.3
    assert "territory.stake" in rows_of(study)


def test_a_specific_key_wins_over_a_shorthand_one(asked):
    for levers in (
        {"territory.stake": [0.3], "territories.abkhazia.stake": [0.7]},
        {"territories.abkhazia.stake": [0.7], "territory.stake": [0.3]},
    ):
        numbers, _ = given(Study(asked(levers=levers)))
        assert numbers["territory", "abkhazia", "stake", ""] == 0.7
        assert numbers["territory", "south_ossetia", "stake", ""] == 0.3


def test_an_uncertainty_overrides_that_of_the_scenario(asked):
    study = Study(asked(uncertainties={"parents.georgia.grievance": {"from": 0.5, "to": 0.6}}, replicates=5))
    rows = rows_of(study)
    assert "parent.grievance" not in rows
    assert rows["parents.georgia.grievance"].between(0.5, 0.6).all()
    numbers, _ = given(study)
    assert numbers["parent", "georgia", "grievance", ""] == rows["parents.georgia.grievance"][0]
    assert ("parent", "georgia", "accommodation", "") in numbers


def test_what_an_experiment_says_wins_over_a_policy_and_what_a_scenario_says_does_not(asked, small):
    levers = {"patron.policy": ["swallow", "own_judgement"]}
    numbers, _ = given(Study(asked(levers=levers | {"patron.ask_cool_down": [7]})), **{"patron.policy": "swallow"})
    assert numbers["patron", "moscow", "ask_cool_down", ""] == 7
    uncertain = small.with_values({"patron.ask_cool_down": {"from": 1, "to": 30}})
    study = Study(asked(scenario=uncertain, levers=levers, design={"kind": "sobol", "points": 2}))
    mandated, _ = given(study, **{"patron.policy": "swallow"})
    free, _ = given(study, **{"patron.policy": "own_judgement"})
    assert ("patron", "moscow", "ask_cool_down", "") not in mandated
    assert ("patron", "moscow", "ask_cool_down", "") in free
    rows = rows_of(study)
    assert rows.loc[rows["patron.policy"] == "swallow", "patron.ask_cool_down"].isna().all()


def test_an_arm_is_more_explicit_than_anything_else(asked):
    arms = {"deaf": {"parent.grievance": 0.0}, "off": {"parent.channels": "off"}}
    study = Study(
        asked(
            uncertainties={"parent.grievance": {"from": 1, "to": 2}}, design={"kind": "sobol", "points": 4}, compare_with=arms
        )
    )
    rows = rows_of(study)
    assert (rows.loc[rows["arm"] == "deaf", "parent.grievance"] == 0).all()
    numbers, scenario = given(study, arm="deaf")
    assert numbers["parent", "georgia", "grievance", ""] == 0
    _, off = given(study, arm="off")
    assert off.values["parent", "georgia", "channels", ""].fixed == "off"
    assert ("parent", "georgia", "channels", "") not in scenario.values
    pairs = rows.pivot(index=["point", "replicate"], columns="arm", values="parent.accommodation")
    assert (pairs["base"] == pairs["off"]).all()


def test_a_model_has_the_same_words_throughout(asked):
    study = Study(
        asked(
            levers={"patron.policy": ["swallow", "salami"], "patron.ask_cool_down": [1, 2, 3]},
            compare_with={"parent.channels": "off"},
        )
    )
    assert len(study.configurations) == 4
    rows = rows_of(study)
    assert (rows.groupby("configuration")[["patron.policy", "arm"]].nunique() == 1).all(axis=None)
    for at in range(4):
        words = {
            address[2]: value.fixed
            for address, value in study.task(at, np.array([0])).scenario.values.items()
            if isinstance(value.numbers[0], str)
        }
        mine = rows[rows["configuration"] == at].iloc[0]
        assert words["policy"] == mine["patron.policy"]
        assert words.get("channels", "on") == ("on" if mine["arm"] == "base" else "off")


@pytest.mark.parametrize("numbers", [(1, 2, 3), (5,)])
def test_rows_are_the_same_in_any_piece(asked, numbers):
    levers = {"patron.policy": ["swallow", "salami"], "patron.ask_cool_down": list(numbers)}
    uncertain = {"parent.grievance": {"from": 1, "to": 2}}
    study = Study(asked(levers=levers, uncertainties=uncertain, design={"kind": "sobol", "points": 5}, replicates=4))
    whole = study.task(1, np.arange(study.length(1))).rows
    for first in range(0, study.length(1), 7):
        last = min(first + 6, study.length(1) - 1)
        part = study.task(1, np.arange(first, last + 1)).rows
        assert np.array_equal(part.run, whole.run[first : last + 1])
        assert np.array_equal(part.stream, whole.stream[first : last + 1])
        assert all(np.array_equal(part.given[at], whole.given[at][first : last + 1]) for at in whole.given)
