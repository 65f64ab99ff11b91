"""The peers of the benchmark do the same work: equal runs with the same random numbers, equal distributions with their own."""

import json
import subprocess
import sys
from dataclasses import asdict
from functools import partial
from pathlib import Path

import mesa
import numpy as np
import pytest

from benchmarks import agreement, before, memory, participants, rounds, scaling
from benchmarks.c_limit import kernel
from benchmarks.c_limit.alone import ResidentsAlone
from benchmarks.c_limit.c_source import Source
from benchmarks.machine import machine
from benchmarks.peers import engine, mesa_numpy, mesa_objects
from benchmarks.plain.play import play_run
from benchmarks.plain.random_numbers import EngineStreams
from benchmarks.plot import draw
from benchmarks.report import report
from benchmarks.small_work import COMMANDS, SMALL, small_work
from benchmarks.targets import targets
from benchmarks.work import RECORDED, WHOLE, Size, work
from frozen_conflict_sim import FrozenConflictModel, load_scenario

FEW = Size(residents=60, turns=24)
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
    return trajectories_of(work(FEW), 8, seed=4)


@pytest.mark.parametrize("make", MODELS.values(), ids=MODELS)
def test_with_the_same_random_numbers_a_peer_plays_the_same_run(make, ours):
    for run, expected in enumerate(ours):
        found = agreement.course(make, FEW, EngineStreams(4, run))
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
    return engine.play(FEW, 400, 3)


def test_with_its_own_random_numbers_a_peer_has_the_same_distributions(many):
    theirs = mesa_numpy.play(FEW, 80, 1)
    assert theirs.shape == (80, FEW.turns, len(RECORDED))
    assert agreement.distributions(many, theirs)["probability"] > agreement.SIGNIFICANCE


def test_other_work_is_detected(many):
    other = work(FEW).with_values({"patron.incentives.control": 0.0, "elite.leaders_who_retire": 0.9})
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
        "before": "",
        "small": {"engine": {name: {"wall": 2.0, "processor": 1.5} for name in (*COMMANDS, *SMALL, "first runs")}},
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


def on_a_curve(curve, at, cost, *speeds, who="engine", **more):
    known = {"processor_per_run": cost, "wall_per_run": cost, "runs": 10**6, "memory": 1024.0}
    return {"curve": curve, "at": at, "who": who, **known, "speeds_by_the_wall": list(speeds)} | more


def all_small(seconds):
    return {name: {"wall": 9.0, "processor": seconds} for name in (*COMMANDS, *SMALL, "first runs")}


FOUND = {
    "size": asdict(WHOLE),
    "before": "this engine at abc",
    "rounds": {
        "engine": played(100, 110, 120), "mesa": played(0.1, 0.1, 0.1), "numpy": played(5, 5, 4),
        "residents": played(150, 150, 150),
    },
    "small": {"engine": all_small(0.25), "before": all_small(1.25)},
    "curves": [
        on_a_curve("runs", 10**3, 0.010), on_a_curve("runs", 10**6, 0.0105),
        on_a_curve("residents", 10**3, 0.010), on_a_curve("residents", 10**5, 1.4),
        on_a_curve("territories", 1, 0.010), on_a_curve("territories", 8, 0.079),
        on_a_curve("workers", 1, 0.0, 100, 100), on_a_curve("workers", 2, 0.0, 190, 180),
        on_a_curve("in memory", 1, 0.0, 100, 100), on_a_curve("in memory", 2, 0.0, 170, 160),
        on_a_curve("georgia", 1, 0.0002), on_a_curve("georgia", 2, 0.00005),
        on_a_curve("georgia", 1, 0.0006, who="before"), on_a_curve("georgia", 2, 0.0002, who="before", memory=2048.0),
    ],
}  # fmt: skip
JUDGED = {
    "plain Mesa": ("1,100 (1,000 to 1,200)", "", "reached"),
    "NumPy inside": ("22 (20 to 30)", "", "NOT REACHED"),
    "in terms of C": ("not measured here", "", "—"),
    "its residents' update": ("0.73 (0.67 to 0.80)", "", "reached"),
    "million runs": ("50", "200", "reached"),
    "GiB": ("1.00", "2.00", "reached"),
    "times less": ("3.00 (0.200 ms)", "1.00 (0.600 ms)", "reached"),
    "a resident among": ("1.40", "", "NOT REACHED"),
    "growth": ("5 % from 1,000 to 1,000,000 runs", "", "reached"),
    "two workers in terms": ("1.85 (1.80 to 1.90)", "", "reached"),
    "trajectories in memory": ("1.65 (1.60 to 1.70)", "", "NOT REACHED"),
    "eight territories": ("7.90", "", "reached"),
    "one run by": ("250", "1250", "NOT REACHED"),
    "200 runs by": ("250", "1250", "NOT REACHED"),
    "empty cache": ("0.25", "1.25", "reached"),
    "`run georgia_2014": ("0.25", "1.25", "reached"),
    "`check": ("0.25", "1.25", "reached"),
}


def test_targets_are_judged_beside_what_an_earlier_commit_takes():
    judged = {target.what: (target.shown, target.before, target.mark) for target in targets(FOUND)}
    assert len(judged) == len(JUDGED)
    for (what, found), (words, expected) in zip(judged.items(), JUDGED.items()):
        assert words in what
        assert found == expected, what
    assert {target.mark for target in targets(FOUND | {"size": asdict(FEW)})} == {"—"}


def test_what_was_not_followed_to_its_end_is_not_judged():
    curve = [on_a_curve("runs", 10**3, 0.010), on_a_curve("runs", 10**5, 0.0101), on_a_curve("georgia", 2, 0.00005, runs=4_000)]
    judged = {target.what.split(" ")[0]: target for target in targets(FOUND | {"rounds": {}, "small": {}, "curves": curve})}
    assert (judged["growth"].mark, judged["growth"].shown) == ("—", "1 % from 1,000 to 100,000 runs")
    assert (judged["GiB"].mark, judged["GiB"].shown) == ("—", "1.00")
    assert judged["seconds"].shown == "50, by 4,000 runs"


def test_an_earlier_commit_plays_beside_this_one(tmp_path, monkeypatch):
    """A process of its participant imports the files of that commit, which are gone afterwards."""
    place = tmp_path / "project"
    (place / "src" / "frozen_conflict_sim").mkdir(parents=True)
    (place / "src" / "frozen_conflict_sim" / "__init__.py").write_text("SAYS = 'earlier'\n", "utf-8")
    for words in (("init", "-q"), ("add", "."), ("-c", "user.name=a", "-c", "user.email=a@b.c", "commit", "-qm", "First")):
        subprocess.run(["git", *words], cwd=place, check=True)
    monkeypatch.setattr(before, "ROOT", place)
    with before.engine_at("HEAD") as earlier:
        said = subprocess.run(
            [sys.executable, "-c", "import frozen_conflict_sim as one; print(one.SAYS)"],
            env=earlier.environment, cwd=tmp_path, capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip
        folder = Path(earlier.sources)
    assert said == "earlier\n"
    assert not folder.exists()
    with pytest.raises(RuntimeError, match=r"no earlier commit .* bad revision.*nowhere"), before.engine_at("nowhere"):
        pass


def test_small_work_is_timed_from_beginning_to_end():
    found = small_work(1)
    assert found.keys() == {*COMMANDS, *SMALL, "first runs"}
    assert all(one["processor"] > 0.0 and one["wall"] > 0.0 for one in found.values())


def test_the_memory_of_all_processes_is_watched(monkeypatch):
    monkeypatch.setattr(memory, "PAUSE", 0.05)
    holding = "import time; held = bytearray(150 << 20); held[::4096] = b'x' * len(held[::4096]); time.sleep(2)"
    with memory.Watch() as watch:
        subprocess.run([sys.executable, "-c", holding], check=True)
    assert watch.most > 150
