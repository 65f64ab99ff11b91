"""The peers of the benchmark do the same work: equal runs with the same random numbers, equal distributions with their own."""

import json
from dataclasses import asdict
from functools import partial

import mesa
import numpy as np
import pytest

from benchmarks import agreement, participants, rounds, scaling
from benchmarks.c_limit import kernel
from benchmarks.c_limit.alone import ResidentsAlone
from benchmarks.c_limit.c_source import Source
from benchmarks.machine import machine
from benchmarks.peers import engine, mesa_numpy, mesa_objects
from benchmarks.plain.play import play_run
from benchmarks.plain.random_numbers import EngineStreams
from benchmarks.plot import draw
from benchmarks.report import report
from benchmarks.targets import targets
from benchmarks.work import RECORDED, WHOLE, Size, work
from frozen_conflict_sim import FrozenConflictModel, load_scenario

SMALL = Size(residents=60, turns=24)
MODELS = {"objects": mesa_objects.Conflict, "arrays": mesa_numpy.ArrayConflict}


@pytest.fixture(autouse=True)
def _own_cache(tmp_path_factory, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "kernels"))


def trajectories_of(scenario, runs, seed):
    model = FrozenConflictModel(scenario, runs=runs, seed=seed, compiled=False).run_to_end()
    found = model.trajectories()
    model.release()
    return np.stack([found[column] for column in RECORDED], axis=-1)


@pytest.fixture(scope="module")
def ours():
    """The engine's trajectories of some runs, ``(run, turn, recorded)``."""
    return trajectories_of(work(SMALL), 8, seed=4)


@pytest.mark.parametrize("make", MODELS.values(), ids=MODELS)
def test_with_the_same_random_numbers_a_peer_plays_the_same_run(make, ours):
    for run, expected in enumerate(ours):
        found = agreement.course(make, SMALL, EngineStreams(4, run))
        assert agreement.largest_difference(expected, found) < 1e-4


def test_peers_play_several_territories_too():
    scenario = load_scenario("georgia_2014", {"public.residents": 60, "quarters": 16})
    expected = trajectories_of(scenario, 3, seed=9)
    for run in range(3):
        public = partial(mesa_numpy.Public, mesa.Model())
        found = np.array([now for _, now in play_run(scenario, EngineStreams(9, run), public, tuple(RECORDED.values()))])
        assert agreement.largest_difference(expected[run], found) < 1e-4


@pytest.fixture(scope="module")
def many():
    """The engine's trajectories of many runs."""
    return engine.play(SMALL, 400, 3)


def test_with_its_own_random_numbers_a_peer_has_the_same_distributions(many):
    theirs = mesa_numpy.play(SMALL, 80, 1)
    assert theirs.shape == (80, SMALL.turns, len(RECORDED))
    assert agreement.distributions(many, theirs)["probability"] > agreement.SIGNIFICANCE


def test_other_work_is_detected(many):
    other = work(SMALL).with_values({"patron.incentives.control": 0.0, "elite.leaders_who_retire": 0.9})
    assert agreement.distributions(many, trajectories_of(other, 80, seed=3))["probability"] < agreement.SIGNIFICANCE


@pytest.mark.parametrize("flags", [kernel.EXACT] if kernel.compiler() else [])
def test_residents_in_c_are_those_of_the_engine_to_the_last_bit(flags, tmp_path):
    alone = ResidentsAlone(Size(residents=61, turns=20), runs=128)
    before, networks = alone.columns()
    population = kernel.Population(before, alone.around(Source(networks[0].shape[1]).around), networks, tmp_path, flags)
    population.live(3)
    alone.live(3)
    after, _ = alone.columns()
    assert any((before[name] != after[name]).any() for name in after)
    for name, values in after.items():
        assert np.array_equal(population.trait(name), values), name
    means = [population.seen[:, population.source.seen.index(name)].ravel() for name in ("mean_support", "mobilisation")]
    for mean, name in zip(means, ("support", "taking_part")):
        np.testing.assert_allclose(mean, after[name].mean(axis=0), atol=1e-5)


def test_the_c_source_has_every_rule_that_residents_live_by():
    source = Source(8)
    assert {"own_mind", "others_heard", "joins", "goes_home", "tires", "rests"} <= set(source.text.replace("(", " ").split())
    moving = ["mean_support", "accession_share", "mobilisation", "dissatisfied_in_the_street", "accession_voters"]
    assert source.seen == moving


@pytest.fixture(scope="module")
def measured(tmp_path_factory):
    """A benchmark of two participants on next to nothing, each in its own process."""
    folder, size = tmp_path_factory.mktemp("bench"), Size(60, 4)
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(rounds.FIXED_RUNS, "engine", 256)
        held = rounds.play_rounds([participants.ENGINE, participants.PEERS[1]], size, 2, 0.02, folder=folder)
    places = [scaling.Point("turns", size.turns, runs, size, participants.PEERS[1]) for runs in (2, 3)]
    return {
        "machine": machine(),
        "size": asdict(size),
        "rounds": held,
        "distributions": agreement.of_files(folder, list(held)),
        "same_random_numbers": {"arrays": 1e-8},
        "parts": {"set-up": 1e-4, "residents, turn by turn": 2e-4},
        "whole": [{"runs": 200, "wall": 2.0, "processor": 1.5}],
        "curves": scaling.measure_curves(places, 1),
    }


def test_participants_take_turns_in_processes_of_their_own(measured):
    assert [len(played) for played in measured["rounds"].values()] == [2, 2]
    for played in measured["rounds"].values():
        assert all(one["wall"] > 0 and one["peak"] > 50 and one["runs"] >= 2 for one in played)
    assert measured["distributions"]["numpy"]["runs"] == sum(one["runs"] for one in measured["rounds"]["numpy"])
    assert [(one["at"], one["runs"], one["rounds"]) for one in measured["curves"]] == [(4, 2, 1), (4, 3, 1)]
    assert json.loads(json.dumps(measured)) == measured


def test_results_are_reported_and_plotted(measured, tmp_path):
    text = report(measured)
    assert "NumPy inside Mesa, tuned" in text
    assert "Not installed here: plain Mesa" in text  # here: did not take part
    drawn = draw(measured, tmp_path)
    assert [path.suffix for path in drawn] == [".svg", ".png"]
    assert all(path.stat().st_size > 10_000 for path in drawn)


def played(*speeds):
    return [
        {"runs": 1000, "wall": 1000 / speed, "processor": 1000 / speed, "size": asdict(WHOLE), "peak": 200} for speed in speeds
    ]


def on_a_curve(curve, at, cost, *speeds):
    return {"curve": curve, "at": at, "who": "engine", "processor_per_run": cost, "speeds_by_the_wall": list(speeds)}


def test_targets_are_judged():
    found = {
        "size": asdict(WHOLE),
        "rounds": {"engine": played(100, 110, 120), "mesa": played(0.1, 0.1, 0.1), "numpy": played(5, 5, 4)},
        "curves": [
            on_a_curve("runs", 10**3, 0.010), on_a_curve("runs", 10**6, 0.0105),
            on_a_curve("workers", 1, 0.0, 100, 100), on_a_curve("workers", 2, 0.0, 190, 180),
        ],
        "whole": [{"runs": 200, "wall": 3.5, "processor": 3.0}],
    }  # fmt: skip
    judged = targets(found)
    reached = {target.what.split(",")[0].split(" under")[0]: target.mark for target in judged}
    assert list(reached.values()) == ["reached", "NOT REACHED", "—", "—", "reached", "reached", "NOT REACHED"]
    assert judged[0].shown == "1,100 (1,000 to 1,200)"
    assert judged[1].shown == "22 (20 to 30)"
    assert {target.mark for target in targets(found | {"size": asdict(SMALL)})} == {"—"}


def test_a_curve_that_is_not_followed_to_its_end_is_not_judged():
    found = {"size": asdict(WHOLE), "rounds": {}, "whole": [{"runs": 200, "wall": 2.0, "processor": 2.0}]}
    curve = [on_a_curve("runs", 10**3, 0.010), on_a_curve("runs", 10**5, 0.0101)]
    flat = next(target for target in targets(found | {"curves": curve}) if "flat" in target.wanted)
    assert (flat.mark, flat.shown) == ("—", "1 % from 1,000 to 100,000 runs")
