"""Contrasts of the levers of a study: each value minus the first, by outcome and horizon, within the other levers and the arms.

All differences are within pairs of runs with the same random numbers. Where two levers cross, the contrast of one is compared
between the values of the other: so a mean over the other lever is never shown without saying whether it hides a difference.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ...engine.time_step import MONTHS
from ...experiment.errors import NotComparable
from ...experiment.spec import BASE
from ...results import Results
from .difference_results import ARM, ContrastOf, check_compared, identifying_columns, paired_rows
from .exchange_rate import AT_END, ON_AVERAGE
from .interactions import Interaction, interactions
from .pairing import Difference, Pairs, differences

if TYPE_CHECKING:
    from ...model.columns import Column

AT_THE_END, OVER_THE_RUN = "at the end", "over the run"
WHEN = {AT_THE_END: AT_END, "on average": ON_AVERAGE}
MOST_VALUES = 8
MOST_TURNS_READ = 4_000_000  # trajectories of larger studies are not read for a table


@dataclass(frozen=True)
class LeverContrast:
    """What ``choice`` adds to ``reference``, two values of ``column`` (a lever, or ``arm``), in some outcomes.

    ``within`` says in which part of the study both are compared, by column; everything else is averaged over, the levers in
    ``averaged_over`` among it. Each difference has its 90 % interval; ``horizons`` says when each is measured.
    """

    column: str
    choice: object
    reference: object
    within: dict[str, object]
    averaged_over: tuple[str, ...]
    differences: tuple[Difference, ...]
    horizons: tuple[str, ...]

    @property
    def table(self) -> pd.DataFrame:
        """A row for each outcome and horizon: both means (or shares), the difference, its interval, the number of pairs."""
        rows = [
            {
                "outcome": line.outcome, "horizon": horizon, str(self.reference): line.left, str(self.choice): line.right,
                "difference": line.difference, "low": line.interval[0] if line.interval else np.nan,
                "high": line.interval[1] if line.interval else np.nan, "pairs": line.pairs, "unit": line.unit,
            }
            for line, horizon in zip(self.differences, self.horizons)
        ]  # fmt: skip
        return pd.DataFrame(rows)

    def to_dict(self) -> dict:
        """Plain data for JSON."""
        return asdict(self)


@dataclass(frozen=True)
class TwoWay:
    """The contrast of one lever at each value of another, in one outcome: where two levers cross.

    ``cells`` has the difference at each value of ``across``; ``interactions`` compare every two of them, and their intervals
    hold together in 95 of 100 studies.
    """

    column: str
    choice: object
    reference: object
    across: str
    outcome: str
    label: str
    unit: str
    cells: dict[str, Difference]
    interactions: tuple[Interaction, ...]

    @property
    def differs(self) -> bool:
        """Whether the contrast depends on the other lever."""
        return any(each.differs() for each in self.interactions)

    @property
    def span(self) -> float:
        """The distance between the largest and the smallest difference."""
        values = [line.difference for line in self.cells.values() if line.difference is not None]
        return max(values) - min(values) if values else 0.0


def contrast(
    results: Results,
    column: str,
    choice: object,
    reference: object,
    outcomes: Sequence[str] = (),
    *,
    quarters: Sequence[int] = (),
    within: dict[str, object] | None = None,
) -> LeverContrast:
    """What one value of a lever (or ``arm``) adds to another within pairs of runs: ``contrast(results, "patron.policy", …)``.

    ``outcomes`` are names of outcomes, by default those that the experiment names, at both horizons: at the end, and on average
    over the run. For each of ``quarters``, counted from 1, the stored trajectories give the same after that quarter. ``within``
    restricts the pairs by column; a study with arms is compared in its base unless ``within`` names another. Raises
    ``NoSuchColumn`` for a column that is not compared, ``ResultsError`` for a value that no run has.
    """
    asked = ContrastOf(check_compared(results, column), choice, reference)
    chosen = dict(within or {})
    if results.experiment.arms and column != ARM:
        chosen.setdefault(ARM, BASE)
    measures = Measures(results, results.outcomes_called(outcomes), quarters)
    pairs = measures.pairs(asked)
    for name, value in chosen.items():
        pairs = some(pairs, (pairs.left[check_compared(results, name)] == value).to_numpy())
    others = tuple(name for name in results.names("lever") if name not in chosen and name != column)
    averaged = tuple(name for name in others if pairs.left[name].nunique() > 1)
    return LeverContrast(column, choice, reference, chosen, averaged, differences(pairs, measures.columns), measures.horizons)


class Measures:
    """The outcomes of a study at their horizons, and after some quarters as far as trajectories are stored."""

    def __init__(self, results: Results, outcomes: Sequence[str] = (), quarters: Sequence[int] = ()):
        self.results = results
        named = list(outcomes) or list(results.experiment.outcomes) or results.names("outcome", key_outcomes=True)
        stems = list(dict.fromkeys(_stem(name) for name in named))
        stored = set(results.names("trajectory"))
        self.turns: dict[str, tuple[str, int]] = {}
        found: list[tuple[Column, str]] = []
        for stem in stems:
            found += [(self._at(stem, quarter), f"after quarter {quarter}") for quarter in quarters if stem in stored]
            both = {when: f"{stem}{suffix}" for when, suffix in WHEN.items() if f"{stem}{suffix}" in results.columns}
            found += [(results.columns[name], when) for when, name in both.items()]
            found += [] if both else [(results.columns[stem], OVER_THE_RUN)]
        self.columns, self.horizons = tuple(column for column, _ in found), tuple(when for _, when in found)

    def _at(self, stem: str, quarter: int) -> Column:
        setting = self.results.scenario
        turn = min(max(quarter * MONTHS["quarter"] // MONTHS[setting.time_step] - 1, 0), setting.turns - 1)
        name = f"{stem}, quarter {quarter}"
        self.turns[name] = (stem, turn)
        return replace(self.results.variables[stem], name=name)

    def pairs(self, asked: ContrastOf) -> Pairs:
        """The pairs of a contrast with all measures, and the columns by which they can be told apart."""
        reference, choice = paired_rows(self.results, asked)
        about = list(dict.fromkeys([*identifying_columns(self.results), "stream", "point", "run"]))
        stored = [column.name for column in self.columns if column.name not in self.turns]
        table = self.results.table([*about, *stored])
        sides = [table.iloc[rows].reset_index(drop=True) for rows in (reference, choice)]
        for stem in dict.fromkeys(stem for stem, _ in self.turns.values()):
            found = self.results.arrays(stem)
            wanted = {name: turn for name, (of, turn) in self.turns.items() if of == stem}
            for at, side in enumerate(sides):
                rows = np.searchsorted(found.runs, side["run"].to_numpy())
                sides[at] = side.assign(**{name: found[stem][rows, turn] for name, turn in wanted.items()})
        return Pairs(*sides, (0, 0))


def _stem(name: str) -> str:
    return next((name.removesuffix(suffix) for suffix in WHEN.values() if name.endswith(suffix)), name)


def some(pairs: Pairs, mask: np.ndarray) -> Pairs:
    """The pairs of a mask."""
    return Pairs(*(side[mask].reset_index(drop=True) for side in (pairs.left, pairs.right)), pairs.unpaired)


def lever_contrasts(results: Results, outcomes: Sequence[str] = ()) -> tuple[tuple[LeverContrast, ...], tuple[TwoWay, ...]]:
    """Every value of every lever minus its first, in the base and in each arm; and each of them at the values of other levers.

    Levers with more than eight values are left out: numbers that a design samples are no choices to compare; and so are values
    between which no runs can be paired, because other levers change with them.
    """
    if "changed" in results.columns:
        return (), ()
    measures = Measures(results, outcomes, _interim(results))
    levers = {name: values for name in results.names("lever") if 1 < len(values := _values(results, name)) <= MOST_VALUES}
    lines, crossings = [], []
    for lever, (first, *others) in levers.items():
        for value in others:
            try:
                pairs = measures.pairs(ContrastOf(lever, value, first))
            except NotComparable:
                continue
            averaged = tuple(name for name in levers if name != lever and pairs.left[name].nunique() > 1)
            parts = _by(pairs, ARM) if results.experiment.arms else {BASE: pairs}
            for arm, part in parts.items():
                within = {ARM: arm} if results.experiment.arms else {}
                found = differences(part, measures.columns)
                lines.append(LeverContrast(lever, value, first, within, averaged, found, measures.horizons))
            crossings += [
                two_way for across in averaged for two_way in _crossed(parts[BASE], (lever, value, first), across, measures)
            ]
    return tuple(lines), tuple(crossings)


def _interim(results: Results) -> tuple[int, ...]:
    """The quarter after a fourth of the run, unless there are too many trajectories to read for a table."""
    turns = results.scenario.turns * results.manifest["counts"]["finished"]
    quarters = results.scenario.turns * MONTHS[results.scenario.time_step] // MONTHS["quarter"]
    return (max(quarters // 4, 1),) if turns <= MOST_TURNS_READ else ()


def _values(results: Results, lever: str) -> list:
    """The values of a lever that occur, in the order of the experiment."""
    found = list(pd.unique(results.table([lever])[lever].dropna()))
    listed = results.experiment.levers.get(lever, ())
    order = [value for value in listed if value in found] if isinstance(listed, tuple) else []
    return order if len(order) == len(found) else found


def _by(pairs: Pairs, column: str) -> dict:
    return {value: some(pairs, (pairs.left[column] == value).to_numpy()) for value in pd.unique(pairs.left[column])}


def _crossed(pairs: Pairs, about: tuple, across: str, measures: Measures) -> Iterator[TwoWay]:
    """The contrast of a lever at each value of another, in every outcome at its last horizon but the average."""
    parts = {str(value): part for value, part in _by(pairs, across).items()}
    on = [name for name in identifying_columns(measures.results) if name not in (about[0], across, ARM)]
    for column, when in zip(measures.columns, measures.horizons):
        if when not in (AT_THE_END, OVER_THE_RUN) or len(parts) < 2:
            continue
        cells = {value: differences(part, [column])[0] for value, part in parts.items()}
        found = interactions(parts, column.name, on)
        yield TwoWay(*about, across, column.name, column.label, column.unit, cells, found)
