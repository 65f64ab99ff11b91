"""Runs of a study that varies events: the columns, what the model is given, and results that follow from the numbers alone."""

from dataclasses import replace

import numpy as np
import pytest

from frozen_conflict_sim import run, run_experiment
from frozen_conflict_sim.analysis.effects import effects
from frozen_conflict_sim.analysis.groups import groups
from frozen_conflict_sim.experiment.store.identity import run_identities
from frozen_conflict_sim.experiment.study.study import Study
from frozen_conflict_sim.scenario import load_scenario

AT, PRESENT = ("event", "crimea", "at", ""), ("event", "crimea", "present", "")


@pytest.fixture(scope="module")
def georgia():
    return load_scenario("georgia_2014").with_values({"public.residents": 60, "quarters": 12})


def rows_of(experiment):
    """The rows of a study with one configuration."""
    return Study(experiment).task(0, np.arange(Study(experiment).length(0))).rows


def test_levers_arms_and_uncertainties_of_events_are_given_run_by_run(asked, georgia):
    experiment = asked(
        scenario=georgia,
        levers={"events.Crimea.at": ["2014-03", "2016-03"]},
        uncertainties={"events.Crimea.size": {"from": 0.5, "to": 1.5}},
        compare_with={"none": {"events.Crimea.present": False}},
        replicates=3,
    )
    rows = rows_of(experiment)
    assert rows.columns["events.crimea.at"].tolist() == rows.given[AT].tolist() == [2014.0, 2016.0] * 3
    assert len(np.unique(rows.columns["events.crimea.size"])) == 3, "three replicates, with the same draws under both dates"
    other = Study(experiment).task(1, np.arange(6)).rows
    assert other.given[PRESENT].tolist() == [0.0] * 6
    assert other.columns["events.crimea.size"].tolist() == rows.columns["events.crimea.size"].tolist()


def test_all_that_varies_is_in_the_results(asked, georgia):
    uncertain = georgia.with_values({"events.crisis elsewhere.hazard": {"from": 0, "to": 0.2}})
    results = run_experiment(asked(scenario=uncertain, levers={"events.Crimea.present": [True, False]}, replicates=2))
    assert results.runs["events.crimea.present"].tolist() == [1.0, 0.0] * 2
    assert results.runs["events.crisis_elsewhere.hazard"].nunique() == 2
    columns = results.columns
    assert (columns["events.crimea.present"].unit, columns["events.crisis_elsewhere.hazard"].high) == ("true or false", 1.0)
    alone = run(uncertain, runs=3, seed=5).runs["events.crisis_elsewhere.hazard"]
    assert ((alone > 0.0) & (alone < 0.2)).all()


def test_a_lever_and_the_scenario_give_the_same_run(asked, georgia):
    """The same numbers, the same outcomes and the same identity, whoever sets the event."""
    later = georgia.with_values({"events.Crimea.at": "2015-03", "events.Crimea.size": 0.5})
    by_scenario = asked(scenario=later, replicates=2)
    by_lever = asked(scenario=georgia, levers={"events.Crimea.at": ["2015-03"], "events.Crimea.size": [0.5]}, replicates=2)
    tasks = [Study(experiment).task(0, np.arange(2)) for experiment in (by_scenario, by_lever)]
    one, other = (run_identities(task, 5) for task in tasks)
    assert np.array_equal(one, other)
    assert not np.array_equal(one, run_identities(Study(asked(scenario=georgia, replicates=2)).task(0, np.arange(2)), 5))
    first, second = (run_experiment(experiment).runs for experiment in (by_scenario, by_lever))
    outcomes = [name for name in first if name.startswith(("georgia.", "abkhazia.", "moscow."))]
    assert first[outcomes].equals(second[outcomes])


def test_an_absent_event_is_as_one_that_was_never_written(asked, georgia):
    absent = run(georgia.with_values({"events.Crimea.present": False}), runs=4, seed=5).runs
    removed = run(without(georgia, "Crimea"), runs=4, seed=5).runs
    outcomes = [name for name in removed if name.startswith(("georgia.", "abkhazia.", "moscow."))]
    assert absent[outcomes].equals(removed[outcomes])


def without(scenario, name):
    return replace(scenario, events=tuple(event for event in scenario.events if event.name != name))


@pytest.mark.parametrize("design", [{"kind": "one_at_a_time", "levels": 3}, {"kind": "morris", "points": 2}])
def test_designs_that_step_through_dates_stay_on_quarters(asked, georgia, design):
    rows = rows_of(
        asked(
            scenario=georgia,
            uncertainties={"events.Crimea.at": {"from": "2014-01", "to": "2015-03"}, "parent.grievance": {"from": 0, "to": 2}},
            design=design,
        )
    )
    dates = rows.columns["events.crimea.at"]
    assert set(dates[~np.isnan(dates)]) <= {2014.0, 2014.25, 2014.5, 2014.75, 2015.0}


def test_groups_and_effects_call_dates_dates(asked, georgia):
    levers = {"events.Crimea.at": ["2014-03", "2016-03"], "events.Crimea.present": [True, False]}
    results = run_experiment(asked(scenario=georgia, levers=levers, replicates=2))
    assert list(groups(results, "events.crimea.at")) == ["2014-Q1", "2016-Q1"]
    assert {effect.value for effect in effects(results, ["georgia.alienation_at_end"]).effects} == {
        "2014-Q1", "2016-Q1", "true", "false",
    }  # fmt: skip
