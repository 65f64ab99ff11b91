"""Which back end plays: arrays at first, compiled code once it pays for all that was asked for; always the same numbers."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from frozen_conflict_sim.engine import cache
from frozen_conflict_sim.engine.compiled.run import machine_code
from frozen_conflict_sim.model import back_end
from frozen_conflict_sim.model.model import FrozenConflictModel
from frozen_conflict_sim.model.simulation import Simulation
from frozen_conflict_sim.scenario import load_scenario


@pytest.fixture
def setting(monkeypatch):
    """A short scenario with few residents, of which nothing was asked yet but whose code is in the cache."""
    small = replace(load_scenario("georgia_2014").with_values({"public.residents": 50}), turns=8)
    Simulation(small, 2, compiled=True)
    monkeypatch.setattr(back_end, "_PLAYED", Counter())
    return small


def test_cached_code_plays_small_ensembles_too_once_it_pays(setting):
    played = [Simulation(setting, 4, seed=3).run_to_end() for _ in range(3)]
    assert [bool(one.compiled) for one in played] == [False, True, True]
    first, *others = (one.outcomes() for one in played)
    for other in others:
        assert all(np.array_equal(first[name], other[name], equal_nan=True) for name in first)


def test_few_runs_of_a_large_public_are_compiled(setting):
    large = setting.with_values({"public.residents": 20_000})
    assert not Simulation(setting, 50).compiled
    assert Simulation(large, 50).compiled


def test_words_and_policies_are_played_by_the_same_code(setting):
    programs = {
        id(Simulation(setting.with_values(values), 4, compiled=True).compiled.program)
        for values in (
            {},
            {"patron.policy": "swallow"},
            {"parent.channels": "off"},
            {"parent.grievance_channel": "threshold", "play.after_war": "goes_on"},
        )
    }
    assert len(programs) == 1
    other = Simulation(setting.with_values({"play.choice_rule": "satisficing"}), 4, compiled=True)
    assert id(other.compiled.program) not in programs


def test_a_small_mesa_model_asks_its_agents(setting):
    back_end._PLAYED[back_end.kind_of(setting)] = 10 * back_end.COMPILING
    assert not FrozenConflictModel(setting, 4, seed=3).compiled
    assert FrozenConflictModel(setting, 60, seed=3).compiled


def test_code_is_drafted_first_and_optimised_once_that_pays(setting, monkeypatch, tmp_path):
    monkeypatch.setattr(cache, "cache_folder", lambda: tmp_path)
    monkeypatch.setattr(machine_code, "_LOADED", loaded := {})
    source = Simulation(setting, 4, compiled=True).compiled.program.source
    assert source not in loaded
    back_end.foresee(setting, 1_000_000, 3)
    Simulation(setting, 4)
    assert source in loaded
