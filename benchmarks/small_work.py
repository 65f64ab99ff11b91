"""What a user waits for: commands, single runs and small ensembles, each from its beginning to its end."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import count
from statistics import median

from .participants import ENGINE, Participant

SCENARIO, FEW = "georgia_2014", 200
COMMANDS = {
    "check": ("check", SCENARIO),
    "run": ("run", SCENARIO, "--runs", str(FEW), "--seed", "1", "--out", "{folder}/out"),
}
SMALL = {"one run": 1, "few runs": FEW}


def small_work(times: int, participant: Participant = ENGINE) -> dict[str, dict[str, float]]:
    """Seconds of processor time and of the wall clock, by what is done: medians of several times, after one that is dropped."""
    in_one_process = json.loads(_python(participant, "-m", __name__, str(times)))
    fresh = [_in_a_fresh_cache(participant) for _ in range(times)]
    found = {name: _middle(lambda words=words: _command(participant, words), times) for name, words in COMMANDS.items()}
    return found | in_one_process | {"first runs": _medians(fresh)}


def inside(times: int) -> dict[str, dict[str, float]]:
    """The same of runs in a process that has the code already, each with random numbers of its own."""
    from frozen_conflict_sim import run

    seeds = count(1)
    for _ in range(3):
        run(SCENARIO, runs=FEW, seed=next(seeds))
    return {
        name: _middle(lambda runs=runs: _timed(lambda: run(SCENARIO, runs, next(seeds))), times) for name, runs in SMALL.items()
    }


def first(runs: int = FEW) -> dict[str, float]:
    """The first runs of a process, in a cache that has no code yet; the imports are over."""
    from frozen_conflict_sim import load_scenario, run

    scenario = load_scenario(SCENARIO)
    return _timed(lambda: run(scenario, runs=runs, seed=1))


def _middle(measure: Callable[[], dict], times: int) -> dict[str, float]:
    return _medians([measure() for _ in range(times + 1)][1:])


def _medians(each: list[dict[str, float]]) -> dict[str, float]:
    return {clock: median(one[clock] for one in each) for clock in each[0]}


def _timed(call: Callable[[], object]) -> dict[str, float]:
    wall, processor = time.perf_counter(), time.process_time()
    call()
    return {"wall": time.perf_counter() - wall, "processor": time.process_time() - processor}


def _command(participant: Participant, words: tuple[str, ...]) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        before, wall = _children(), time.perf_counter()
        _python(participant, "-m", "frozen_conflict_sim", *(word.format(folder=folder) for word in words))
        return {"wall": time.perf_counter() - wall, "processor": _children() - before}


def _in_a_fresh_cache(participant: Participant) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        return json.loads(_python(participant, "-m", __name__, "first", XDG_CACHE_HOME=folder))


def _python(participant: Participant, *words: str, **more: str) -> str:
    done = subprocess.run(
        [sys.executable, *words], env=participant.environment | more, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{participant.label} could not do {' '.join(words)}:\n{done.stderr[-2000:]}")
    return done.stdout


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    print(json.dumps(first() if sys.argv[1] == "first" else inside(int(sys.argv[1]))))
