"""The page ``docs/speed.md``: what was measured, and what to make of it; every number comes from one benchmark."""

from __future__ import annotations

from pathlib import Path

from .plot import draw
from .report import report

PAGE = """# Speed

What this engine does in a second, beside what one would pick instead, on the same work. `python3 run.py bench` measures it
anew (about {minutes} minutes; `--quick` for a look, `--long` for a million runs, `--publish` to write this page).

![Runs per second on the same work](pictures/speed.svg)

{report}
## What is compared

Everybody plays `benchmarks/work.yaml`: the whole politics of the shipped model, with the same residents, networks, turns and
decisions. The peers call the declared rules themselves, with floats; only the way of running them differs.

* **Plain Mesa**: one agent for each resident, whose methods call the rules one after the other, under `mesa.batch_run`.
* **NumPy inside Mesa, tuned**: the same model, but a public is one agent that holds its residents in arrays; one run at a time.
* **AgentPy**: as plain Mesa, in AgentPy's lists and its experiment.
* **EMA Workbench**: its sequential evaluator around NumPy inside Mesa.
* **C**: the residents' update alone, the limit for that part. Vectors of runs on a shared network, every trait a stream of
  its own, `-O3 -march=native`. Its rules are written out from the declarations too, and a test holds that it gives the
  engine's numbers to the last bit. Residents draw nothing at random while they live, so there is no generator in this loop.

What the peers are spared: decisions, mechanisms and what follows from them are written out as straight lines of Python with
local variables (`python -m benchmarks.plain` shows them), without a look-up, a check or a layer in between; the engine's
words become plain `max`, `min` and `if`; an option that is closed costs nothing. They write down nine numbers a turn, where
this engine keeps every quantity and works out all outcomes. Imports, compiling and a first run are timed for nobody.

Everybody has a process of its own, and they take turns, round by round, in an order that moves on. A ratio is taken within
a round. Speeds are by processor time, which a busy machine disturbs least; two workers and the whole process are by the wall
clock.

Two checks say that it is the same work. With the very random numbers of an engine's run, the peers under Mesa give that run, number for
number. And with random numbers of their own everybody's distributions are compared (Kolmogorov and Smirnov; the probability is
corrected for how many are compared; few runs of a slow peer show only large differences).
"""


def publish(found: dict, docs: Path) -> None:
    """Write the page and its picture."""
    from .__main__ import MINUTES

    (docs / "speed.md").write_text(PAGE.format(report=report(found), minutes=MINUTES), "utf-8")
    for path in draw(found, docs / "pictures", "speed"):
        if path.suffix == ".png":
            path.unlink()
