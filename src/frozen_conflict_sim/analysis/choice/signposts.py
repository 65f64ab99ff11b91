"""Signposts: what to watch for while one policy is followed, and when another one would be better.

For each trajectory and quarter, half of the streams choose the threshold that divides best where the other policy pays from
where it does not; the other half tell what following it is worth. The gain is that of having chosen the other policy from the
start where the signpost shows: an upper limit of what a switch brings. Test the switch itself with a policy that has ``when``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from ...experiment.errors import NoSuchColumn, ResultsError
from ...files.problems import listed, nearest
from ...results import Results
from ..doubt.choosers import Chooser, choosers
from ..groups import base_runs
from ..intervals import critical_value
from ..summary import CAVEAT

QUARTERS = (2, 4, 8, 12, 16)
CUTS = np.linspace(0.1, 0.9, 17)
FEWEST = 40


@dataclass(frozen=True)
class Signpost:
    """A trajectory at a quarter, and the threshold beyond which (``above`` or below) to switch.

    ``gain`` is what following it is worth over the better of the two policies, in the half of the streams that did not choose
    the threshold, with a 90 % interval; ``shows`` is the share of runs in which it shows.
    """

    trajectory: str
    turn: int
    date: str
    above: bool
    threshold: float
    gain: float
    interval: tuple[float, float]
    shows: float

    @property
    def side(self) -> str:
        """``above`` or ``below``."""
        return "above" if self.above else "below"


@dataclass(frozen=True)
class Signposts:
    """The signposts for leaving policy ``first`` for policy ``second``, the most valuable first."""

    question: str
    chooser: Chooser
    first: str
    second: str
    means: tuple[float, float]
    signposts: tuple[Signpost, ...]
    streams: int

    @property
    def certain(self) -> list[Signpost]:
        """Those whose gain is certain."""
        return [one for one in self.signposts if one.interval[0] > 0]

    @property
    def sentences(self) -> list[str]:
        """What was found."""
        return list(_sentences(self))

    def to_dict(self) -> dict:
        """Plain data, for machines."""
        return {
            "caveat": CAVEAT,
            "question": self.question,
            "actor": self.chooser.actor,
            "aim": self.chooser.aim,
            "first": self.first,
            "second": self.second,
            "means": dict(zip((self.first, self.second), self.means)),
            "streams": self.streams,
            "sentences": self.sentences,
            "signposts": [vars(one) | {"side": one.side} for one in self.signposts],
        }


def signposts(results: Results, first: str, second: str, outcome: str = "", better: str = "higher") -> Signposts:
    """The signposts for leaving ``first`` for ``second``, two values of one lever, in results that keep trajectories.

    Raises :class:`NoSuchColumn` for a value that no lever has, :class:`ResultsError` for fewer than 40 streams.
    """
    chooser = _chooser(choosers(results, outcome, better), first, second)
    runs = base_runs(results, "run", chooser.lever, *chooser.columns)
    runs = runs.assign(payoff=chooser.sign * runs[list(chooser.columns)].mean(axis=1))
    left, right = (runs[runs[chooser.lever].astype(str) == value].set_index("stream") for value in (first, second))
    left, right = (side[~side.index.duplicated()] for side in (left, right))
    shared = left.index.intersection(right.index)
    if len(shared) < FEWEST:
        raise ResultsError(f"{len(shared)} pairs of runs are too few for signposts: at least {FEWEST} are needed")
    left, right = left.loc[shared], right.loc[shared]
    more = (right["payoff"] - left["payoff"]).to_numpy(float)
    found = [
        signpost
        for name in results.names("trajectory")
        for turn in QUARTERS
        if turn < results.scenario.turns and (signpost := _best(results, name, turn, left["run"].to_numpy(), more))
    ]
    found.sort(key=lambda one: -one.interval[0])
    means = tuple(float(side["payoff"].mean()) * chooser.sign for side in (left, right))
    return Signposts(results.experiment.question, chooser, first, second, means, tuple(found), len(shared))


def _chooser(found: list[Chooser], first: str, second: str) -> Chooser:
    if first == second:
        raise ResultsError(f"signposts are for leaving one policy for another, and both are {first!r}")
    for chooser in found:
        if {first, second} <= {str(option) for option in chooser.options}:
            return chooser
    known = [str(option) for chooser in found for option in chooser.options]
    wrong = next((value for value in (first, second) if value not in known), second)
    hint = nearest(wrong, known) or f"; there are {listed(known)}"
    raise NoSuchColumn(f"no lever of these results has both values, {first!r} and {second!r}{hint}")


def _best(results: Results, name: str, turn: int, runs: np.ndarray, more: np.ndarray) -> Signpost | None:
    """The best threshold of a trajectory at a turn; None where it is the same in all runs."""
    arrays = results.arrays(name)
    watched = arrays[name][np.searchsorted(arrays.runs, runs), turn]
    shown = threshold_for(watched, more)
    if shown is None:
        return None
    above, threshold, gain, interval = shown
    shows = float(np.mean((watched > threshold) == above))
    return Signpost(name, turn, results.scenario.date(turn), above, threshold, gain, interval, shows)


def threshold_for(watched: np.ndarray, more: np.ndarray) -> tuple[bool, float, float, tuple[float, float]] | None:
    """Side, threshold, gain and its interval: chosen in the even streams, judged in the odd ones; None if nothing varies.

    ``more`` is what the second policy brings more in each stream, ``watched`` what is seen under the first.
    """
    train, test = slice(0, None, 2), slice(1, None, 2)
    cuts = np.unique(np.quantile(watched[train], CUTS))
    if len(cuts) < 2 or np.ptp(watched) == 0:
        return None
    sides = [(above, float(cut)) for above in (True, False) for cut in cuts]
    above, cut = max(sides, key=lambda side: float(np.sum(more[train][(watched[train] > side[1]) == side[0]])))
    follows = np.where((watched[test] > cut) == above, more[test], 0.0)
    better = max(0.0, float(more[test].mean()))
    gains = follows - (more[test] if better > 0 else 0.0)
    reach = critical_value(len(gains) - 1) * float(np.std(gains, ddof=1)) / np.sqrt(len(gains))
    mean = float(gains.mean())
    return above, cut, mean, (mean - reach, mean + reach)


def _sentences(found: Signposts) -> Iterator[str]:
    chooser, (left, right) = found.chooser, found.means
    yield (
        f"{chooser.actor}, wanting {chooser.aim}: {left:.3g} on average with {found.first}, {right:.3g} with {found.second}, "
        f"in {found.streams} pairs of runs with the same random numbers."
    )
    if not found.certain:
        yield f"Nothing that can be seen under {found.first} tells when {found.second} would be better: no signpost is certain."
        return
    one = found.certain[0]
    yield (
        f"Watch {one.trajectory} in {one.date}: where it is {one.side} {one.threshold:.3g} ({100 * one.shows:.0f} % of runs), "
        f"{found.second} is better; to know that from the start is worth {one.gain:.3g} "
        f"({one.interval[0]:.3g}–{one.interval[1]:.3g})."
    )
    others = list(dict.fromkeys(f"{other.trajectory} in {other.date}" for other in found.certain[1:]))
    if others:
        yield f"Other signposts: {', '.join(others[:4])}{f' and {len(others) - 4} more' if len(others) > 4 else ''}."
