"""The cost of each part of a run of this engine, measured in an ensemble of a thousand runs in its own process."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from dataclasses import asdict
from itertools import pairwise
from statistics import median

from .participants import ENGINE
from .work import Size

RUNS = 1024


def breakdown(size: Size, times: int) -> dict[str, float]:
    """Seconds of processor time per run, by part."""
    command = [sys.executable, "-m", f"{__package__}.breakdown", json.dumps(asdict(size)), str(times)]
    done = subprocess.run(command, env=ENGINE.environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"the breakdown of a run could not be measured:\n{done.stderr[-2000:]}")
    return json.loads(done.stdout)


def measured(size: Size, times: int) -> dict[str, float]:
    """The medians of several measurements; a first one is dropped."""
    each = [_once(size, seed) for seed in range(times + 1)][1:]
    return {part: median(one[part] for one in each) / RUNS for part in each[0]}


def _once(size: Size, seed: int) -> dict[str, float]:
    from frozen_conflict_sim import FrozenConflictModel

    from .c_limit import residents
    from .work import work

    residents.ready(size, RUNS)  # which has all code optimised
    clock = [time.process_time()]
    model = FrozenConflictModel(work(size), runs=RUNS, seed=seed, compiled=True)
    clock.append(time.process_time())
    model.run_to_end()
    clock.append(time.process_time())
    model.outcomes(), model.classes(), model.trajectories(), model.decisions(), model.drawn()
    clock.append(time.process_time())
    model.release()
    before = time.process_time()
    residents.play(size, RUNS, seed)
    alone = time.process_time() - before
    setup, turns, outcomes = (after - before for before, after in pairwise(clock))
    return {
        "set-up": setup,
        "residents, turn by turn": alone,
        "everybody else, turn by turn": turns - alone,
        "outcomes": outcomes,
    }


if __name__ == "__main__":
    print(json.dumps(measured(Size(**json.loads(sys.argv[1])), int(sys.argv[2]))))
