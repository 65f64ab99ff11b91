"""A participant: a process of its own that plays the work when told to, and says how long it took.

``python -m benchmarks.participant NAME`` reads requests and writes answers, each a line of JSON. Nothing but the work itself is
timed: imports, compiling and the first run come before.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import resource
import sys
import time
from dataclasses import asdict

import numpy as np

from .work import Size

WARM_UP = Size(residents=64, turns=4), 128, 1


def main(name: str) -> None:
    """Answer requests until there are no more."""
    answers, sys.stdout = sys.stdout, sys.stderr
    module = importlib.import_module(f".{name}", __package__)
    module.play(*WARM_UP)
    for line in sys.stdin:
        request = json.loads(line)
        answers.write(json.dumps(answer(module, **request)) + "\n")
        answers.flush()


def answer(module, size: dict, runs: int, seed: int, keep: str | None = None, **more) -> dict:
    """Play and tell: seconds of wall clock and of this process and its children, the peak of memory in MiB."""
    size = Size(**size)
    if hasattr(module, "ready"):
        module.ready(size, runs)
    drop_earlier_runs()
    wall, processor = time.perf_counter(), processor_time()
    trajectories = module.play(size, runs, seed, **more)
    found = {"runs": runs, "size": asdict(size), "wall": time.perf_counter() - wall, "processor": processor_time() - processor}
    if keep and trajectories is not None:
        np.save(keep, np.asarray(trajectories, np.float32))
    return found | {"peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def processor_time() -> float:
    """Processor time of this process and of those it has waited for."""
    return time.process_time() + sum(os.times()[2:4])


def drop_earlier_runs() -> None:
    """Let go of earlier runs: Mesa keeps every model alive."""
    if "mesa" in sys.modules:
        sys.modules["mesa"].Agent._ids.clear()
    gc.collect()


if __name__ == "__main__":
    main(*sys.argv[1:])
