"""The cost of a run by the number of runs, residents, turns, territories and workers."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field, replace
from statistics import median

from frozen_conflict_sim.experiment.execute.tasks import FULL

from .participants import ENGINE, PEERS, Participant, Running
from .work import GEORGIA, WHOLE, Size

LARGE_FROM = 1000
JUDGED = {
    "runs": (10**3, 10**4, 10**5, 10**6), "residents": (10**3, 10**5), "territories": (1, 8),
    "workers": (1, 2), "in memory": (1, 2),
}  # fmt: skip
LONG = 20.0  # seconds; a longer measurement is not repeated
MESA, NUMPY = PEERS[0], PEERS[1]


@dataclass(frozen=True)
class Point:
    """A point of a curve: a participant plays a number of runs of some size."""

    curve: str
    at: int
    runs: int
    size: Size = WHOLE
    who: Participant = ENGINE
    more: dict = field(default_factory=dict, hash=False)


def points(reach: str, before: Participant | None = None) -> list[Point]:
    """All points of all curves; of an engine ``before``, those of the targets. ``reach``: ``quick``, ``usual`` or ``long``."""
    if reach == "quick":
        small = Size(64, 8)
        two = [Point("in memory", workers, 512, small, more={"workers": workers}) for workers in (1, 2)]
        found = [*(Point("runs", runs, runs, small, more={"stored": True}) for runs in (128, 256)), *two]
        return found + [replace(point, who=before) for point in found if before]
    most = 10**6 if reach == "long" else 10**5
    found = [Point("runs", runs, runs, more={"stored": True}) for runs in (10**2, 10**3, 10**4, 10**5, 10**6) if runs <= most]
    for residents in (100, 316, 1000, 3162, 10**4, 31_623, 10**5):
        runs = max(FULL, min(4096, 2_000_000 // residents // FULL * FULL))
        found.append(Point("residents", residents, runs, Size(residents)))
    found += [Point("turns", turns, 2048, Size(turns=turns)) for turns in (15, 30, 60, 120, 240)]
    found += [Point("territories", number, 1024, Size(territories=number)) for number in (1, 2, 4, 8)]
    found += [Point("workers", workers, 131_072, more={"workers": workers, "stored": True}) for workers in (1, 2)]
    found += [Point("in memory", workers, 65_536, more={"workers": workers}) for workers in (1, 2)]
    found += [replace(point, who=before) for point in found if before and point.at in JUDGED.get(point.curve, ())]
    found += [
        Point("residents", residents, runs, Size(residents), NUMPY) for residents, runs in ((100, 20), (1000, 20), (10**4, 6))
    ]
    return found + [Point("residents", residents, runs, Size(residents), MESA) for residents, runs in ((100, 8), (1000, 2))]


def georgia(reach: str, before: Participant | None = None) -> list[Point]:
    """Georgian runs with all outcomes stored, by one worker and by two, which also show the memory of all processes."""
    size, runs = (Size(64, 8), 256) if reach == "quick" else (GEORGIA, 10**6 if reach == "long" else 131_072)
    one = Point("georgia", 1, min(runs, 32_768), size, more={"stored": True})
    two = Point("georgia", 2, runs, size, more={"stored": True, "workers": 2, "watched": True})
    return [replace(point, who=who) for point in (one, two) for who in filter(None, (ENGINE, before))]


def measure_curves(wanted: list[Point], rounds: int, log: Callable[[str], None] = lambda text: None) -> list[dict]:
    """Measure every point in several rounds, or once if it takes long.

    The points of a curve take turns, so that disturbances of the machine affect all equally.
    """
    found = []
    for curve in dict.fromkeys(point.curve for point in wanted):
        mine = [point for point in wanted if point.curve == curve]
        played: list[list[dict]] = [[] for _ in mine]
        with ExitStack() as stack:
            running = [stack.enter_context(Running(point.who)) for point in mine]
            for number in range(rounds):
                for point, process, taken in zip(mine, running, played):
                    if number and taken[0]["wall"] > LONG:
                        continue
                    log(f"{curve} {point.at:,}: {point.who.label}, round {number + 1}")
                    taken.append(process.play(size=asdict(point.size), runs=point.runs, seed=number + 1, **point.more))
        found += [_summary(point, taken) for point, taken in zip(mine, played)]
    return found


def _summary(point: Point, taken: list[dict]) -> dict:
    return {
        "curve": point.curve,
        "at": point.at,
        "who": point.who.name,
        "runs": point.runs,
        "rounds": len(taken),
        "wall_per_run": median(one["wall"] / one["runs"] for one in taken),
        "processor_per_run": median(one["processor"] / one["runs"] for one in taken),
        "speeds_by_the_wall": [one["runs"] / one["wall"] for one in taken],
        "peak": max(one["peak"] for one in taken),
    } | ({"memory": max(one["memory"] for one in taken)} if "memory" in taken[0] else {})


def cost_growth(curves: list[dict], who: str = "engine") -> dict | None:
    """The relative difference of the cost per run between large ensembles: highest over lowest, minus one."""
    large = [one for one in curves if one["curve"] == "runs" and one["at"] >= LARGE_FROM and one["who"] == who]
    if len(large) < 2:
        return None
    costs = [one["processor_per_run"] for one in large]
    return {"difference": max(costs) / min(costs) - 1.0, "first": large[0]["at"], "last": large[-1]["at"]}
