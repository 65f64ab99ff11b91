"""Compare two results within pairs: differences of outcomes, first divergence of decisions, the price of integration."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from os import PathLike
from typing import TYPE_CHECKING

import numpy as np

from ...experiment.errors import NotComparable
from ...files.html import heading, table
from ...files.problems import listed
from ...results import Results, open_results
from ..intervals import LEVEL
from ..numbers import interval, number, percent
from ..summary import CAVEAT, COLUMNS_AT_A_TIME
from .exchange_rate import HORIZONS, ExchangeRate, exchange_rates
from .first_divergence import FirstDivergence, first_divergence, order_of_decisions
from .inputs import Change, experiment_changes, filter_changes
from .pairing import ARM, Difference, Pairs, differences, notes_about_arms, of_base, pair, shared_by_partners, where

if TYPE_CHECKING:
    import pandas as pd

SHOWN = 20  # differences in a notebook
MOST_AT_A_TIME = 50_000_000  # bytes that are read together, if it can be: to open the files anew takes its time
BYTES_OF_A_PAIR = 16  # of an outcome, on both sides; the code of a decision has one


@dataclass(frozen=True)
class Comparison:
    """A comparison of two results; all differences are right minus left. ``inputs`` are what differs between the requests."""

    left: str
    right: str
    inputs: tuple[Change, ...]
    pairs: int
    differences: tuple[Difference, ...]
    first_divergence: FirstDivergence | None
    exchange_rates: tuple[ExchangeRate, ...]
    notes: tuple[str, ...]

    def __repr__(self) -> str:
        return f"<Comparison of {self.left} and {self.right}: {self.pairs} pairs, {len(self.differences)} outcomes>"

    def _repr_html_(self) -> str:
        """The comparison for a notebook: the differences that are clear, and where pairs first diverge."""
        return _html(self)

    def to_dict(self) -> dict:
        """Plain data for JSON."""
        return {**asdict(self), "level": LEVEL, "caveat": CAVEAT}


def _html(found: Comparison) -> str:
    clear = [line for line in found.differences if line.interval and (line.interval[0] > 0 or line.interval[1] < 0)]
    rows = [
        (line.label, *(number(value) for value in (line.left, line.right, line.difference)), interval(line.interval), line.unit)
        for line in sorted(clear, key=lambda line: -abs(line.difference) / (line.interval[1] - line.interval[0] or 1.0))
    ]
    about = (
        f"{found.pairs:,} pairs of runs with the same random numbers; {len(clear)} of {len(found.differences)} outcomes differ"
    )
    parts = [heading(f"A {found.left}, B {found.right}", about)]
    parts.append(table(("outcome", "A", "B", "B − A", "90 % interval", "unit"), rows[:SHOWN], "The clearest differences"))
    if found.first_divergence:
        first = [(each.label, each.date, percent(each.share), each.left, each.right) for each in found.first_divergence.first]
        caption = f"{percent(found.first_divergence.share)} of pairs diverge, most often first at"
        parts.append(table(("decision", "turn", "of pairs", "A mostly", "B mostly"), first, caption))
    return "".join(parts)


def compare(
    left: Results | str | PathLike,
    right: Results | str | PathLike,
    *,
    among: tuple[pd.Series | None, pd.Series | None] = (None, None),
    filters: tuple[Mapping[str, object], Mapping[str, object]] = ({}, {}),
    on: Sequence[str] | None = None,
) -> Comparison:
    """Compare two results run by run, each with the run of the other that uses the same random numbers.

    ``filters`` restrict each side to the runs with these values of columns, so that two policies of one study can be compared;
    ``among`` does so by a mask over its ``runs``. Of a study with arms the base is compared, unless an arm is chosen.
    ``on`` names what partners share, by default their stream number and what else varies within a side by design.
    """
    sides = [side if isinstance(side, Results) else open_results(side) for side in (left, right)]
    _same_chance(*sides)
    as_asked = [mask is not None or ARM in (on or ()) for mask in among]
    chosen = [own if asked else of_base(side, own) for side, own, asked in zip(sides, filters, as_asked)]
    masks = [_both(mask, where(side, values)) for side, mask, values in zip(sides, among, chosen)]
    pairs = _paired(sides, masks, on)
    if not len(pairs):
        raise NotComparable(
            f"no finished run of {_called(sides[0])} uses the same random numbers as one of {_called(sides[1])}"
        )
    known = set(sides[1].names("outcome"))
    common = [name for name in sides[0].names("outcome") if name in known]
    return Comparison(
        *(_called(side) for side in sides),
        (*_inputs(*sides), *filter_changes(*chosen)),
        len(pairs),
        _differences(pairs, sides, common),
        _first_divergence(pairs, *sides),
        exchange_rates(_with(pairs, sides, [name for name in common if _is_rated(name)]), sides[0].scenario),
        (*notes_about_arms(sides, filters, chosen), *_notes(pairs, *sides)),
    )


def _paired(sides: Sequence[Results], masks: Sequence[pd.Series | None], on: Sequence[str] | None) -> Pairs:
    """The pairs of runs, with the columns that identify them; uncertain values are read only where others do not suffice."""
    for kinds in (("about", "lever"), ("about", "lever", "uncertainty")):
        names = [[name for kind in kinds for name in side.names(kind)] for side in sides]
        names = [[*dict.fromkeys([*each, *(on or ())])] for each in names]
        tables = [side.table(each) for side, each in zip(sides, names)]
        runs = [table if mask is None else table[mask] for table, mask in zip(tables, masks)]
        shared = list(on) if on else shared_by_partners(*sides, *runs)
        if not any(each[each["status"] == "done"].duplicated(shared).any() for each in runs):
            break
    return pair(*runs, shared)


def _with(pairs: Pairs, sides: Sequence[Results], names: Sequence[str]) -> Pairs:
    """The pairs with some columns of ``runs`` besides."""
    import pandas as pd

    tables, whole = [], None
    for side, runs in zip(sides, (pairs.left, pairs.right)):
        if whole is None or side is not sides[0]:
            whole = side.series(["run", *names])
        rows = np.searchsorted(whole["run"], runs["run"].to_numpy())
        about = {name: runs[name] for name in ("run", "stream", "point") if name in runs}
        tables.append(pd.DataFrame(about | {name: whole[name].to_numpy()[rows] for name in names}, copy=False))
    return Pairs(*tables, pairs.unpaired)


def _differences(pairs: Pairs, sides: Sequence[Results], names: Sequence[str]) -> tuple[Difference, ...]:
    """The differences of all outcomes, of which a few are read at a time."""
    found: list[Difference] = []
    at_a_time = max(COLUMNS_AT_A_TIME, MOST_AT_A_TIME // (BYTES_OF_A_PAIR * len(pairs)))
    for at in range(0, len(names), at_a_time):
        some = names[at : at + at_a_time]
        found += differences(_with(pairs, sides, some), [sides[0].columns[name] for name in some])
    return tuple(found)


def _is_rated(name: str) -> bool:
    return any(name.endswith((f".western_alignment{suffix}", f".integration{suffix}")) for suffix in HORIZONS.values())


def _both(mask: pd.Series | None, chosen: pd.Series | None) -> pd.Series | None:
    return chosen if mask is None else mask if chosen is None else mask & chosen


def _inputs(left: Results, right: Results) -> tuple[Change, ...]:
    return () if left is right else experiment_changes(left.experiment, right.experiment)


def _called(side: Results) -> str:
    return str(side.path or side.title)


def _same_chance(left: Results, right: Results) -> None:
    seeds = left.manifest["seed"], right.manifest["seed"]
    if seeds[0] != seeds[1]:
        message = f"{_called(left)} was run with seed {seeds[0]} and {_called(right)} with seed {seeds[1]}"
        raise NotComparable(
            f"{message}, so their runs share no random numbers; run one of them again with the seed of the other"
        )


def _stored_decisions(left: Results, right: Results) -> list[str]:
    stored = set(right.names("decision"))
    return [name for name in left.names("decision") if name in stored]


def _first_divergence(pairs: Pairs, left: Results, right: Results) -> FirstDivergence | None:
    stored = _stored_decisions(left, right)
    names = [name for name in order_of_decisions(left.scenario) if name in stored]
    if not names:
        return None
    turns = min(left.scenario.turns, right.scenario.turns)
    sides = ((left, pairs.left["run"]), (right, pairs.right["run"]))
    codes = (_Codes(side, runs.to_numpy(), tuple(names), turns) for side, runs in sides)
    return first_divergence(*codes, left.variables, left.scenario)


@dataclass(frozen=True)
class _Codes(Mapping):
    """The codes of decisions in some runs, read a few decisions at a time: together they may not fit into memory."""

    side: Results
    runs: np.ndarray
    names: tuple[str, ...]
    turns: int
    held: dict[str, np.ndarray] = field(default_factory=dict)

    def __getitem__(self, name: str) -> np.ndarray:
        if name not in self.held:
            some = max(1, MOST_AT_A_TIME // (len(self.runs) * self.turns))
            first = self.names.index(name)
            series = self.side.arrays(*self.names[first : first + some])
            rows = np.searchsorted(series.runs, self.runs)
            self.held.clear()
            self.held.update({one: values[rows, : self.turns] for one, values in series.values.items()})
        return self.held[name]

    def __contains__(self, name: object) -> bool:
        return name in self.names

    def __iter__(self) -> Iterator[str]:
        return iter(self.names)

    def __len__(self) -> int:
        return len(self.names)


def _notes(pairs: Pairs, left: Results, right: Results):
    """What a reader of the comparison should know."""
    for side, unpaired in zip((left, right), pairs.unpaired):
        if unpaired:
            yield f"{unpaired:,} finished runs of {_called(side)} have no partner and are left out"
        if side.manifest["status"] != "complete":
            yield f"{_called(side)} is not complete: its study is {side.manifest['status']}"
    if left.manifest["study"] == right.manifest["study"] and pairs.left["run"].equals(pairs.right["run"]):
        yield "both sides are the same runs of the same study, so nothing differs"
    layouts = [(side.manifest["design"], side.manifest["points"]) for side in (left, right)]
    if layouts[0] != layouts[1]:
        yield "they are laid out by different designs, so partners use the same random numbers but not what is uncertain"
    if left.manifest["code"]["fingerprint"] != right.manifest["code"]["fingerprint"]:
        yield "they were run by different versions of the model, so differences may come from the rules"
    spans = [f"{side.scenario.turns} turns from {side.scenario.date(0)}" for side in (left, right)]
    if spans[0] != spans[1]:
        yield f"their spans differ ({spans[0]}, and {spans[1]}), so turns are compared by number and not by date"
    for side, other in ((left, right), (right, left)):
        only = [name for name in side.names("outcome") if name not in other.columns]
        if only:
            yield f"only {_called(side)} has {listed(only, 4)}"
    if not _stored_decisions(left, right):
        yield "decisions are not stored in both, so the first divergence is unknown; the command run stores them"
