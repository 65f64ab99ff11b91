"""The arithmetic of a large study on the screen."""

from __future__ import annotations

from ..experiment.plan import Estimate
from ..experiment.study.scale import advised, scale
from .screen.plan_text import duration, size

CORES = (1, 8, 64, 512, 4096)


def lines(runs: int, expected: Estimate, chunk: int) -> list[str]:
    """How many chunks and files, how long by cores and how busy the scheduler is, and which size of chunks would be better."""
    whole = scale(runs, chunk, expected.time, expected.disk)
    of_one = f"{size(whole.bytes / whole.chunks)} and {duration(whole.seconds / whole.chunks)} of a core"
    told = [
        f"  chunks      {whole.chunks:,} of {chunk:,} runs, each about {of_one}; {whole.files:,} files",
        "  cores           time        to the scheduler, a second",
    ]
    for cores in (*(cores for cores in CORES if cores < whole.cores), whole.cores):
        seconds = whole.lasts(cores)
        tasks, sent = f"{whole.chunks / seconds:.1f} tasks", size(whole.bytes / seconds)
        told.append(f"  {cores:>9,}   {duration(seconds):>13}   {tasks:>12}, {sent}")
    told.append("              more cores would wait for the one process that writes (docs/cluster.md)")
    better = advised(runs, expected.time, expected.disk)
    if better > chunk:
        then = scale(runs, better, expected.time, expected.disk)
        shortest = duration(then.lasts(then.cores))
        told.append(f"  advice      --chunk {better}: {then.files:,} files, and in {shortest} with {then.cores:,} cores")
    return told
