"""Peers of the benchmark do the same work: run for run with the same luck, and the same distributions with their own."""

from functools import partial

import mesa
import numpy as np
import pytest

from benchmarks import agreement
from benchmarks.limit import kernel
from benchmarks.limit.alone import Alone
from benchmarks.limit.written import Source
from benchmarks.peers import engine, mesa_numpy, mesa_objects
from benchmarks.plain.chance import SameChance
from benchmarks.plain.play import course
from benchmarks.work import RECORDED, Size, work
from frozen_conflict_sim import FrozenConflictModel, load_scenario

SMALL = Size(residents=60, turns=24)
MODELS = {"objects": mesa_objects.Conflict, "arrays": mesa_numpy.ArrayConflict}


@pytest.fixture(autouse=True)
def _own_cache(tmp_path_factory, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "kernels"))


def courses_of(scenario, runs, seed):
    model = FrozenConflictModel(scenario, runs=runs, seed=seed, compiled=False).run_to_end()
    found = model.trajectories()
    model.release()
    return np.stack([found[column] for column in RECORDED], axis=-1)


@pytest.fixture(scope="module")
def ours():
    """The engine's courses of some runs, ``(run, turn, recorded)``."""
    return courses_of(work(SMALL), 8, seed=4)


@pytest.mark.parametrize("make", MODELS.values(), ids=MODELS)
def test_with_the_same_luck_a_peer_plays_the_same_run(make, ours):
    for run, expected in enumerate(ours):
        model = make(SMALL.residents, SMALL.turns, seed=1, chance=SameChance(4, run))
        while model.running:
            model.step()
        columns = model.datacollector.model_vars
        found = np.stack([columns[name] for name in RECORDED], axis=-1)
        assert agreement.largest_difference(expected[: len(found)], found) < 1e-4


def test_peers_play_several_territories_too():
    scenario = load_scenario("georgia_2014", {"public.residents": 60, "turns": 16})
    expected = courses_of(scenario, 3, seed=9)
    for run in range(3):
        crowd = partial(mesa_numpy.Public, mesa.Model())
        found = np.array([now for _, now in course(scenario, SameChance(9, run), crowd, tuple(RECORDED.values()))])
        assert agreement.largest_difference(expected[run, : len(found)], found) < 1e-4


@pytest.fixture(scope="module")
def many():
    """The engine's courses of many runs."""
    return engine.play(SMALL, 400, 3)


def test_with_luck_of_its_own_a_peer_has_the_same_distributions(many):
    theirs = mesa_numpy.play(SMALL, 80, 1)
    assert theirs.shape == (80, SMALL.turns, len(RECORDED))
    assert agreement.distributions(many, theirs)["probability"] > agreement.LIKELY


def test_other_work_is_found_out(many):
    other = work(SMALL).with_values({"patron.incentives.control": 0.0, "elite.leaders_who_stop": 0.9})
    assert agreement.distributions(many, courses_of(other, 80, seed=3))["probability"] < agreement.LIKELY


@pytest.mark.parametrize("flags", [kernel.EXACT] if kernel.compiler() else [])
def test_residents_in_c_are_those_of_the_engine_to_the_last_bit(flags, tmp_path):
    alone = Alone(Size(residents=61, turns=20), runs=128)
    before, networks = alone.columns()
    crowd = kernel.Crowd(before, alone.around(Source(networks[0].shape[1]).around), networks, tmp_path, flags)
    crowd.live(3)
    alone.live(3)
    after, _ = alone.columns()
    assert any((before[name] != after[name]).any() for name in after)
    for name, values in after.items():
        assert np.array_equal(crowd.trait(name), values), name
    means = [crowd.seen[:, crowd.source.seen.index(name)].ravel() for name in ("mean_support", "mobilisation")]
    for mean, name in zip(means, ("support", "taking_part")):
        np.testing.assert_allclose(mean, after[name].mean(axis=0), atol=1e-5)


def test_the_c_source_has_every_rule_that_residents_live_by():
    source = Source(8)
    assert {"own_mind", "others_heard", "joins", "goes_home", "tires", "rests"} <= set(source.text.replace("(", " ").split())
    assert source.seen == ["mean_support", "accession_share", "mobilisation"]
