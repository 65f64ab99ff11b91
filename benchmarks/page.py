"""The page ``docs/speed.md``: the results and how they were measured."""

from __future__ import annotations

from pathlib import Path

from .plot import draw
from .report import report

PAGE = """# Speed

How many runs per second this engine plays, compared with the frameworks that you might use instead, on the same work.
`python3 run.py bench` repeats the measurement (about {minutes} minutes; `--quick` for a first look, `--long` for up to
a million runs, `--publish` to rewrite this page).

![Runs per second on the same work](pictures/speed.svg)

{report}
## What is compared

Everybody plays `benchmarks/work.yaml`: the complete model, with the same residents, networks, turns and decisions. The
peers call the declared rules with floats; only the way of running them differs.

* **Plain Mesa**: one agent per resident, whose methods call the rules one after the other, under `mesa.batch_run`.
* **NumPy inside Mesa, tuned**: the same model, but one agent per public, which holds its residents in arrays; one run
  at a time.
* **AgentPy**: like plain Mesa, with AgentPy's lists and its experiment.
* **EMA Workbench**: its sequential evaluator around NumPy inside Mesa.
* **C**: the residents' update alone, the limit for that part. Vectors of runs on a shared network, one array per trait,
  `-O3 -march=native`. The C source is generated from the declared rules; a test holds that it gives the engine's
  numbers to the last bit. Residents draw no random numbers in this loop.

**The comparison favours the peers.** Their decisions and mechanisms are generated as straight-line Python with local
variables (`python -m benchmarks.plain` prints it), without look-ups, checks or layers; the engine's functions become
plain `max`, `min` and `if`; closed options cost nothing. They record nine numbers per turn, while this engine records
every quantity and computes all outcomes. Imports, compiling and a first run are not timed for anybody.

**How it is measured.** Every participant has its own process. They take turns, round by round, in rotating order.
Ratios are taken within a round. Speeds use processor time, which is disturbed least on a busy machine; what two workers
do uses the wall clock. An earlier commit (`--against REVISION`) is taken from the repository and played by the same
benchmark, in turn with this one.

**How we know that it is the same work.** Given the random numbers of an engine's run, the Mesa peers reproduce that
run, number for number. With their own random numbers, the distributions of all participants are compared by
Kolmogorov–Smirnov tests, corrected for the number of tests. With the few runs of a slow peer these detect only large
differences.
"""


def publish(found: dict, docs: Path) -> None:
    """Write the page and its plot."""
    from .__main__ import MINUTES

    (docs / "speed.md").write_text(PAGE.format(report=report(found), minutes=MINUTES), "utf-8")
    for path in draw(found, docs / "pictures", "speed"):
        if path.suffix == ".png":
            path.unlink()
