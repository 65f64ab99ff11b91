"""The targets of speed, and whether they were reached."""

from __future__ import annotations

from dataclasses import dataclass, replace
from statistics import median

from .rounds import ratios
from .scaling import cost_growth
from .work import WHOLE, Size


@dataclass(frozen=True)
class Target:
    """A target and its measurement; ``reached`` is ``None`` if it could not be measured here."""

    what: str
    wanted: str
    reached: float | None
    shown: str
    met: bool | None

    @property
    def mark(self) -> str:
        """The verdict as text."""
        return "—" if self.met is None else "reached" if self.met else "NOT REACHED"


def targets(found: dict) -> list[Target]:
    """All targets."""
    played, curves = found["rounds"], found["curves"]
    measured = [
        _times("plain Mesa under `batch_run`", played, "engine", "mesa", 1000),
        _times("NumPy inside Mesa, tuned", played, "engine", "numpy", 40),
        _share("residents' update: this engine against C", played, "residents", "c", 0.6),
        _share("whole model against its own residents' update", played, "engine", "residents", 0.6),
        _workers(curves),
        _flat(curves),
        _seconds(found["whole"]),
    ]
    # The targets are set for the full work; smaller work is not judged.
    return measured if Size(**found["size"]) == WHOLE else [replace(target, met=None) for target in measured]


def spread(ratio: dict, digits: int) -> str:
    """A ratio as text, with its lowest and highest round."""
    return f"{ratio['median']:,.{digits}f} ({ratio['lowest']:,.{digits}f} to {ratio['highest']:,.{digits}f})"


def _times(what, played, one, other, wanted) -> Target:
    return _ratio(what, f"at least {wanted:,} times", played, one, other, wanted, 0)


def _share(what, played, one, other, wanted) -> Target:
    return _ratio(what, f"at least {wanted}", played, one, other, wanted, 2)


def _ratio(what, words, played, one, other, wanted, digits) -> Target:
    if not played.get(one) or not played.get(other):
        return Target(what, words, None, "not measured here", None)
    ratio = ratios(played[one], played[other])
    return Target(what, words, ratio["median"], spread(ratio, digits), ratio["median"] >= wanted)


def _workers(curves) -> Target:
    what, words = "two workers against one, by the wall clock", "at least 1.7"
    by_number = {one["at"]: one["speeds_by_the_wall"] for one in curves if one["curve"] == "workers"}
    if not {1, 2} <= set(by_number):
        return Target(what, words, None, "not measured here", None)
    each = [two / one for one, two in zip(by_number[1], by_number[2])]
    ratio = {"median": median(each), "lowest": min(each), "highest": max(each)}
    return Target(what, words, ratio["median"], spread(ratio, 2), ratio["median"] >= 1.7)


def _flat(curves) -> Target:
    difference = cost_growth(curves)
    what, words = "cost per run from 10³ to 10⁶ runs", "flat within 10 %"
    if difference is None:
        return Target(what, words, None, "not measured here", None)
    shown = f"{100 * difference['difference']:.0f} % from {difference['first']:,} to {difference['last']:,} runs"
    met = difference["difference"] <= 0.1
    # A curve that was not followed to its end is not judged flat.
    return Target(what, words, difference["difference"], shown, met if not met or difference["last"] >= 10**6 else None)


def _seconds(whole) -> Target:
    what, words = f"`run` of one scenario with {whole[0]['runs']} runs, warm cache, whole process", "under 3 s"
    wall, processor = (median(one[clock] for one in whole) for clock in ("wall", "processor"))
    return Target(what, words, wall, f"{wall:.1f} s ({processor:.1f} s of processor time)", wall < 3.0)
