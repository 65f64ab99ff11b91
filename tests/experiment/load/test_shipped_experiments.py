"""Every shipped experiment runs, small, and has something to say."""

import pytest

from frozen_conflict_sim import load_experiment, run_experiment
from frozen_conflict_sim.analysis.comparison.lever_contrasts import lever_contrasts
from frozen_conflict_sim.analysis.effects import effects
from frozen_conflict_sim.analysis.intervals import JACKKNIFE_GROUPS
from frozen_conflict_sim.experiment.plan import plan
from frozen_conflict_sim.experiment.study.study import Study
from frozen_conflict_sim.scenario.shipped import shipped_names

NAMES = shipped_names("experiments")
MOST = dict.fromkeys(("calibration", "calibration_of_motives"), 50_000)  # sets are kept from among many


def test_the_experiments_of_the_contract_are_shipped():
    assert {"integration_dilemma", "one_at_a_time", "motives"} <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_it_can_be_read_planned_and_written(name):
    experiment = load_experiment(name)
    assert experiment.question.endswith("?")
    assert experiment.about
    planned = plan(Study(experiment))
    assert 500 < planned.runs < MOST.get(name, 10_000)
    assert load_experiment(name).to_yaml() == experiment.to_yaml()


@pytest.mark.parametrize("name", NAMES)
def test_it_runs(name):
    small = {"public.residents": 50, "quarters": 10, "replicates": 2}
    if "points" in load_experiment(name).design.options:
        small["design.points"] = 4
    results = run_experiment(load_experiment(name, small))
    assert results.manifest["counts"]["failed"] == 0
    found = effects(results)
    assert {effect.outcome for effect in found.effects} == set(results.experiment.outcomes)
    assert all(effect.estimate is not None for effect in found.effects if effect.unit == "index")
    lines, _ = lever_contrasts(results)
    assert name != "money_for_land" or {(line.column, line.choice) for line in lines} == {
        ("patron.policy", "on_conditions"),
        ("patron.policy", "held_back"),
    }


def test_with_both_channels_off_the_policies_leave_the_parent_cold():
    """In the dilemma's arm asking for everything leaves alienation where asking for nothing leaves it."""
    experiment = load_experiment("integration_dilemma", {"public.residents": 60, "design.points": 8, "replicates": 4})
    runs = run_experiment(experiment).runs
    means = runs.groupby(["arm", "patron.policy"])["georgia.alienation_at_end"].mean()
    base, off = means["base"], means["parent.channels=off"]
    assert base["swallow"] - base["status_quo"] > 0.05
    assert abs(off["swallow"] - off["status_quo"]) < 0.01


def test_the_experiment_on_structures_has_points_enough_for_shares_of_the_variance():
    assert load_experiment("structure").design.options["points"] >= JACKKNIFE_GROUPS
