"""A complete ``run`` command as a user starts it, from the start of the process to its end, with plots."""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time

SCENARIO, RUNS = "georgia_2014", 200


def whole_command(times: int, runs: int = RUNS) -> list[dict]:
    """Seconds of wall-clock and processor time; a first run, which may have to compile, is dropped."""
    return [_once(runs) for _ in range(times + 1)][1:]


def _once(runs: int) -> dict:
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "frozen_conflict_sim", "run", SCENARIO, "--runs", str(runs), "--seed", "1"]
        before, wall = _children(), time.perf_counter()
        subprocess.run([*command, "--out", f"{folder}/out"], capture_output=True, check=True)
        return {"runs": runs, "wall": time.perf_counter() - wall, "processor": _children() - before}


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
