"""The process of a participant: it plays the work on request and measures the time.

``python -m benchmarks.player MODULE`` reads requests and writes answers, each one line of JSON. Only the work is timed;
imports, compiling and a first run happen before.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import resource
import sys
import time
from contextlib import nullcontext
from dataclasses import asdict

import numpy as np

from .memory import Watch
from .work import Size

WARM_UP = Size(residents=64, turns=4), 128, 1


def main(name: str) -> None:
    """Answer the requests on standard input."""
    answers, sys.stdout = sys.stdout, sys.stderr
    module = importlib.import_module(f".{name}", __package__)
    module.play(*WARM_UP)
    for line in sys.stdin:
        request = json.loads(line)
        answers.write(json.dumps(answer(module, **request)) + "\n")
        answers.flush()


def answer(module, size: dict, runs: int, seed: int, keep: str | None = None, watched: bool = False, **more) -> dict:
    """Play and measure: seconds of wall-clock time, of processor time (with children), and peak memory in MiB.

    If ``watched``, there is the largest ``memory`` of all its processes together, too.
    """
    size = Size(**size)
    if hasattr(module, "ready"):
        module.ready(size, runs)
    drop_earlier_runs()
    watch = Watch() if watched else nullcontext()
    with watch:
        wall, processor = time.perf_counter(), processor_time()
        trajectories = module.play(size, runs, seed, **more)
        taken = {"wall": time.perf_counter() - wall, "processor": processor_time() - processor}
    found = {"runs": runs, "size": asdict(size), **taken} | ({"memory": watch.most} if watched else {})
    if keep and trajectories is not None:
        np.save(keep, np.asarray(trajectories, np.float32))
    return found | {"peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def processor_time() -> float:
    """Processor time of this process and its finished children, in seconds."""
    return time.process_time() + sum(os.times()[2:4])


def drop_earlier_runs() -> None:
    """Free the memory of earlier runs, which Mesa keeps alive."""
    if "mesa" in sys.modules:
        getattr(sys.modules["mesa"].Agent, "_ids", {}).clear()  # Mesa 3.3 keeps them there
    gc.collect()


if __name__ == "__main__":
    main(*sys.argv[1:])
