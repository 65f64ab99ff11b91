"""Tasks have whole blocks of runs, as many as fit into their memory; what does not fit is not kept for another call."""

from collections import deque

import numpy as np
import pytest

from frozen_conflict_sim import ensemble
from frozen_conflict_sim.experiment.execute import simulate
from frozen_conflict_sim.experiment.execute.tasks import FULL, default_task_size, fits
from frozen_conflict_sim.experiment.study.study import Study
from frozen_conflict_sim.scenario import load_scenario


def study_of(residents, runs):
    scenario = load_scenario("georgia_2014").with_values({"public.residents": residents})
    return Study(ensemble.ensemble_of(scenario, runs, seed=1, keep=[]))


SIZES = {
    (1_000, 200): 896, (100, 200): 1_024, (9_000, 200): 256, (1_000, 9_000): 1_152, (1_000, 10**6): 3_072,
    (20_000, 9_000): 128, (100_000, 9_000): 128,
}  # fmt: skip


@pytest.mark.parametrize(("size", "expected"), SIZES.items(), ids=str)
def test_a_task_has_whole_blocks_whatever_the_number_of_residents(size, expected):
    found = default_task_size(study_of(*size))
    assert found == expected
    assert found % FULL == 0


FITTING = {(1_000, 1_000): True, (1_000, 9_000): False, (20_000, 128): True, (100_000, 1): False}


@pytest.mark.parametrize(("size", "expected"), FITTING.items(), ids=str)
def test_a_study_fits_into_a_task_or_not(size, expected):
    assert fits(study_of(*size)) == expected


def test_the_model_of_a_large_public_is_not_kept(small, monkeypatch):
    monkeypatch.setattr(simulate, "_KEPT", kept := [])
    monkeypatch.setattr(simulate, "_ASKED", deque())
    few, many = (small.with_values({"public.residents": residents, "quarters": 1}) for residents in (60, 100_000))
    numbers = []
    for scenario in (few, few, few, many, many):
        ensemble.run(scenario, 2)
        numbers.append(len(kept[0]._models))
    assert numbers == [0, 1, 1, 1, 1]


def test_the_first_call_and_those_on_a_kept_model_give_the_same(small):
    values = {"parent.grievance": 1.5}
    first, second, third = (ensemble.run(small.with_values(more), 7, seed=91) for more in (values, {}, values))
    assert first.runs.equals(third.runs)
    assert not first.runs.equals(second.runs)
    assert all(np.array_equal(series, third.trajectories[name]) for name, series in first.trajectories.items())
