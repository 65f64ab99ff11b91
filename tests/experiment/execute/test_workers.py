"""Worker processes: one thread each, and none outlives its parent. What they compute is tested with the results."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from frozen_conflict_sim.experiment.execute.workers import processors, spread


def test_workers_compute_with_one_thread_each_and_the_caller_keeps_its_own():
    names = ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS"]
    before = dict(os.environ)
    assert list(spread(os.getenv, names, 2, str)) == ["1"] * 4
    assert dict(os.environ) == before


def test_a_job_that_kills_every_worker_is_given_up_and_the_others_are_done():
    jobs = [0, 0, int(signal.SIGKILL), 0, 0]
    done = list(spread(signal.raise_signal, jobs, 2, lambda job: f"lost {job}"))
    assert sorted(done, key=str) == [None, None, None, None, "lost 9"]


def test_one_worker_is_this_process():
    assert list(spread(lambda job: os.getpid(), [1, 2], 1, str)) == [os.getpid()] * 2
    assert processors() >= 1


def children(pid: int) -> set[int]:
    """All processes that descend from one."""
    found: set[int] = set()
    for listed in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            for child in map(int, listed.read_text().split()):
                found |= {child} | children(child)
        except OSError:
            continue
    return found


def alive(pids: set[int]) -> set[int]:
    """Those that still run; a zombie does not."""
    running = set()
    for pid in pids:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            continue
        if state != "Z":
            running.add(pid)
    return running


def eventually(condition, seconds=60):
    """Wait until something holds."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it never came about"
        time.sleep(0.02)


LONG = """
import time
from frozen_conflict_sim.experiment.execute.workers import spread
list(spread(time.sleep, [600] * 4, 2, str))
"""


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT], ids=["killed", "ended", "interrupted"])
def test_busy_workers_die_with_their_parent(how):
    parent = subprocess.Popen([sys.executable, "-c", LONG], stderr=subprocess.DEVNULL)
    try:
        # The helper that starts processes, the one that keeps track of what they share, and two workers.
        eventually(lambda: len(children(parent.pid)) >= 4)
        family = children(parent.pid)
        assert alive(family) == family
        parent.send_signal(how)
        parent.wait(60)
        eventually(lambda: not alive(family))
    finally:
        parent.kill()


INTERRUPTED_WHILE_STARTING = """
import os, signal, threading, time
from frozen_conflict_sim.experiment.execute.workers import spread
threading.Timer({delay}, os.kill, (os.getpid(), signal.SIGINT)).start()
try:
    list(spread(time.sleep, [600] * 4, 2, str))
except KeyboardInterrupt:
    print("interrupted", flush=True)
"""


@pytest.mark.parametrize("delay", [0.02, 0.1, 0.4])
def test_an_interruption_while_workers_start_leaves_neither_noise_nor_orphans(delay):
    parent = subprocess.run(
        [sys.executable, "-c", INTERRUPTED_WHILE_STARTING.format(delay=delay)],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert (parent.stdout, parent.stderr) == ("interrupted\n", "")


PLAYED = """
import sys
from pathlib import Path
from frozen_conflict_sim.ensemble import ensemble_of
from frozen_conflict_sim.experiment.perform import perform_into
from frozen_conflict_sim.experiment.study.study import Study
from frozen_conflict_sim.scenario import load_scenario

small = load_scenario("georgia_2014").with_values({"public.residents": 50, "quarters": 2})
perform_into(Path(sys.argv[1]), Study(ensemble_of(small, 4, seed=1)))
print(*sorted({"pandas", "mesa", "matplotlib", "scipy"} & sys.modules.keys()))
"""


def test_whoever_plays_tasks_imports_no_library_for_it_that_others_need(tmp_path):
    """Each of these takes a worker longer to start than a thousand runs take to play."""
    done = subprocess.run([sys.executable, "-c", PLAYED, tmp_path / "out"], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
    assert [*(tmp_path / "out").glob("**/*.parquet")]


RUN = """
import sys
from frozen_conflict_sim.cli import main

sys.argv = ["frozen-conflict-sim", "run", "georgia_2014", "--runs", "4", "--set", "quarters=4", "--quiet", "--out", sys.argv[1]]
try:
    main()
finally:
    print(*sorted({"pandas", "xarray", "scipy"} & sys.modules.keys()))
"""


def test_to_run_a_scenario_and_draw_its_plots_takes_no_library_of_tables(tmp_path):
    """Each would take a tenth of the command."""
    done = subprocess.run([sys.executable, "-c", RUN, tmp_path / "out"], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == ""
    assert len([*(tmp_path / "out" / "plots").iterdir()]) == 5
