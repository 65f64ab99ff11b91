"""The targets of speed, and whether they were reached; beside each what an earlier commit takes, if one took part."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from typing import NamedTuple

from .rounds import ratios
from .scaling import cost_growth
from .work import WHOLE, Size

MILLION = 10**6


class Measured(NamedTuple):
    """A measurement as a number and as text; unless it is ``whole``, it can miss its target but not reach it."""

    value: float
    shown: str
    whole: bool = True


@dataclass(frozen=True)
class Target:
    """A target and its measurements; ``met`` is ``None`` if it could not be judged here."""

    what: str
    wanted: str
    shown: str
    before: str
    met: bool | None

    @property
    def mark(self) -> str:
        """The verdict as text."""
        return "—" if self.met is None else "reached" if self.met else "NOT REACHED"


def targets(found: dict) -> list[Target]:
    """All targets. They are set for the full work; smaller work is not judged."""
    return [_target(*each, found) for each in TARGETS]


def at_least(bound: float) -> tuple[str, Callable[[float], bool]]:
    """A bound from below: as text, and as a test."""
    return f"at least {bound:,}", lambda value: value >= bound


def at_most(bound: float, unit: str = "") -> tuple[str, Callable[[float], bool]]:
    """A bound from above."""
    return f"at most {bound:,}{unit}", lambda value: value <= bound


def spread(ratio: dict, digits: int) -> str:
    """A ratio as text, with its lowest and highest round."""
    return f"{ratio['median']:,.{digits}f} ({ratio['lowest']:,.{digits}f} to {ratio['highest']:,.{digits}f})"


def _target(what: str, wanted: tuple, measure: Callable[[dict, str], Measured | None], found: dict) -> Target:
    now, before = measure(found, "engine"), measure(found, "before")
    met = wanted[1](now.value) if now and Size(**found["size"]) == WHOLE else None
    if met and not now.whole:
        met = None
    return Target(what, wanted[0], now.shown if now else "not measured here", before.shown if before else "", met)


def _speed(other: str, digits: int):
    """The speed in terms of another participant, round by round."""

    def measure(found: dict, who: str) -> Measured | None:
        one, that = found["rounds"].get(who), found["rounds"].get(other)
        if not one or not that:
            return None
        ratio = ratios(one, that)
        return Measured(ratio["median"], spread(ratio, digits))

    return measure


def _residents_in_terms_of_c(found: dict, who: str) -> Measured | None:
    return _speed("c", 2)(found, "residents") if who == "engine" else None


def _at(found: dict, curve: str, at: int, who: str) -> dict | None:
    """The measurement of a point of a curve."""
    return next((one for one in found["curves"] if (one["curve"], one["at"], one["who"]) == (curve, at, who)), None)


def _times_as_much(curve: str, large: int, small: int, each: float = 1.0):
    """What a large point costs in terms of a small one, divided by ``each``."""

    def measure(found: dict, who: str) -> Measured | None:
        points = [_at(found, curve, at, who) for at in (large, small)]
        if not all(points):
            return None
        times = points[0]["processor_per_run"] / points[1]["processor_per_run"] / each
        return Measured(times, f"{times:.2f}")

    return measure


def _two_workers(curve: str):
    """The speed of two workers in terms of one, round by round."""

    def measure(found: dict, who: str) -> Measured | None:
        one, two = (_at(found, curve, workers, who) for workers in (1, 2))
        if not one or not two:
            return None
        each = [faster / slower for slower, faster in zip(one["speeds_by_the_wall"], two["speeds_by_the_wall"])]
        ratio = {"median": median(each), "lowest": min(each), "highest": max(each)}
        return Measured(ratio["median"], spread(ratio, 2))

    return measure


def _growth(found: dict, who: str) -> Measured | None:
    """The growth of the cost of a run; a curve that was not followed to its end is not judged flat."""
    growth = cost_growth(found["curves"], who)
    if growth is None:
        return None
    percent = 100 * growth["difference"]
    shown = f"{percent:.0f} % from {growth['first']:,} to {growth['last']:,} runs"
    return Measured(percent, shown, whole=growth["last"] >= MILLION)


def _million(found: dict, who: str) -> Measured | None:
    if not (point := _at(found, "georgia", 2, who)):
        return None
    seconds = point["wall_per_run"] * MILLION
    return Measured(seconds, f"{seconds:.0f}" + ("" if point["runs"] >= MILLION else f", by {point['runs']:,} runs"))


def _memory(found: dict, who: str) -> Measured | None:
    point = _at(found, "georgia", 2, who)
    if not point or not point["memory"]:
        return None
    return Measured(point["memory"] / 1024, f"{point['memory'] / 1024:.2f}", whole=point["runs"] >= MILLION)


def _times_less(found: dict, who: str) -> Measured | None:
    """How many times less processor time a Georgian run takes than before, and how much."""
    points = {one: _at(found, "georgia", 1, one) for one in ("engine", "before")}
    if not all(points.values()):
        return None
    cost = points[who]["processor_per_run"]
    times = points["before"]["processor_per_run"] / cost
    return Measured(times, f"{times:.2f} ({1e3 * cost:.3f} ms)")


def _small(name: str, unit: float = 1.0, digits: int = 2):
    """The processor time of something small."""

    def measure(found: dict, who: str) -> Measured | None:
        if who not in found["small"]:
            return None
        taken = found["small"][who][name]["processor"] * unit
        return Measured(taken, f"{taken:.{digits}f}")

    return measure


TARGETS = (
    ("speed in terms of plain Mesa under `batch_run`", at_least(1000), _speed("mesa", 0)),
    ("speed in terms of NumPy inside Mesa, tuned", at_least(40), _speed("numpy", 0)),
    ("speed of the residents' update in terms of C", at_least(0.6), _residents_in_terms_of_c),
    ("speed of the whole model in terms of its residents' update", at_least(0.6), _speed("residents", 2)),
    ("seconds of a million runs of `georgia_2014`, outcomes stored, two workers", at_most(60), _million),
    ("GiB that all their processes take together", at_most(1.5), _memory),
    ("times less processor time for such a run than before", at_least(2.5), _times_less),
    ("cost of a resident among 100,000 in terms of 1,000", at_most(1.3), _times_as_much("residents", 10**5, 10**3, each=100)),
    ("growth of the cost of a run from 10³ to 10⁶ runs", at_most(15, " %"), _growth),
    ("speed of two workers in terms of one, by the wall clock", at_least(1.85), _two_workers("workers")),
    ("the same with results and trajectories in memory", at_least(1.85), _two_workers("in memory")),
    ("cost of eight territories in terms of one", at_most(8), _times_as_much("territories", 8, 1)),
    ("ms of the processor for one run by `fcs.run`", at_most(20), _small("one run", 1e3, 0)),
    ("ms of the processor for 200 runs by `fcs.run`", at_most(60), _small("few runs", 1e3, 0)),
    ("s of the processor for the first 200 of them, empty cache", at_most(1.0), _small("first runs")),
    ("s of the processor for `run georgia_2014 --runs 200`", at_most(1.5), _small("run")),
    ("s of the processor for `check georgia_2014`", at_most(0.3), _small("check")),
)
