"""What a study is: the name of a shipped experiment, a function that answers its question, and the pictures to draw."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ...analysis.comparison.pairing import Difference
from ...analysis.groups import base_runs
from ...analysis.summary import mean_or_share
from ...analysis.wording import share_with_interval
from ...experiment.errors import NoSuchColumn
from ...files.problems import listed, nearest
from ...results import Results

IN_THIS_MODEL = "In this model, under these assumptions"


@dataclass(frozen=True)
class Picture:
    """A picture of a study: the plot, its target, and the contrast that it is of, if any.

    The plot ``atlas`` is of a contrast over ``plane``; ``discovery`` of a contrast where ``where`` holds.
    """

    plot: str
    target: str = ""
    contrast: tuple[str, object, object] | None = None
    where: str = ""
    plane: tuple[str, str] | None = None
    by: str | None = None


@dataclass(frozen=True)
class Answer:
    """The finding of a study: its sentences, the shortest answer first, and the numbers in them by name."""

    sentences: tuple[str, ...]
    numbers: dict[str, float | None]


@dataclass(frozen=True)
class Study:
    """A shipped study: an experiment of that name, its answer, and its pictures, the first of them the main one."""

    name: str
    answer: Callable[[Results], Answer]
    pictures: tuple[Picture, ...]


STUDIES: dict[str, Study] = {}


def study(*pictures: Picture):
    """Register a function that answers the question of the experiment of its name."""

    def register(answer: Callable[[Results], Answer]) -> Callable[[Results], Answer]:
        STUDIES[answer.__name__] = Study(answer.__name__, answer, pictures)
        return answer

    return register


def study_called(name: str) -> Study:
    """The study of that name; raises ``NoSuchColumn`` with the nearest name for any other."""
    if name not in STUDIES:
        raise NoSuchColumn(f"there is no study {name!r}{nearest(name, STUDIES) or f'; there are {listed(STUDIES)}'}")
    return STUDIES[name]


def amount(line: Difference) -> str:
    """A difference with its 90 % interval; of what happens or not, in percentage points."""
    if line.difference is None:
        return "undefined"
    if line.unit == "yes or no":
        ends = "" if line.interval is None else f" ({100 * line.interval[0]:+.0f} to {100 * line.interval[1]:+.0f})"
        return f"{100 * line.difference:+.0f} points{ends}"
    ends = "" if line.interval is None else f" ({line.interval[0]:+.3f} to {line.interval[1]:+.3f})"
    return f"{line.difference:+.3f}{ends}"


def share_of(results: Results, outcome: str) -> str:
    """The share of the runs of the base in which something happens, with its 90 % interval."""
    column = results.columns[outcome]
    share, interval, _ = mean_or_share(column, base_runs(results, outcome))
    return share_with_interval(share or 0.0, interval)


def way(line: Difference) -> str:
    """Which way a difference goes: ``raises``, ``lowers``, or that it cannot be told."""
    low, high = line.interval or (0.0, 0.0)
    return "raises" if low > 0 else "lowers" if high < 0 else "does not measurably change"


def line_of(results: Results, contrast: tuple[str, object, object], outcome: str, **within: object) -> Difference:
    """The paired difference of one outcome."""
    found = results.contrast(*contrast, [outcome], within=dict(within))
    return next(line for line in found.differences if line.outcome == outcome)
