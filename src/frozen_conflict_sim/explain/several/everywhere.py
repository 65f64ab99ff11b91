"""An act, a treaty, an event or a channel taken out of every run in which it occurred: what it changed, turn by turn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from ...analysis.intervals import clusters, means
from ...engine.setting import Setting
from ...experiment.errors import NotComparable
from ...experiment.study.rows import Rows, Task
from ...files.problems import InputError, Position, Problem
from ...model.columns import Column, columns, decision_columns
from ...model.simulation import Simulation
from ...results import Results
from ...scenario.schema import declarations
from ..names import refuse
from ..without import Removal, bars, removal_called, setting_without

MOST, AT_ONCE = 1000, 256
SHARES = (5, 25, 50, 75, 95)


@dataclass(frozen=True)
class Caused:
    """What was changed in one turn: mean, 90 % interval, quantiles over runs; ``changed`` is the share of runs that differ."""

    turn: int
    date: str
    mean: float
    interval: tuple[float, float] | None
    quantiles: dict[str, float]
    changed: float


@dataclass(frozen=True)
class Effect:
    """What was changed in one quantity: as it was minus without, by turn. ``values`` has one row for each run."""

    column: Column
    as_it_was: float
    without: float
    turns: tuple[Caused, ...]
    values: np.ndarray


@dataclass(frozen=True)
class TakenOut:
    """Runs without something that occurred in them, with the same random numbers, beside the same runs as they were.

    ``named`` is what was taken out, as it stands in a sentence. ``of_runs`` runs were looked at; ``runs`` are the numbers of
    those in which it occurred. ``classes`` counts runs by their class as it was and without.
    """

    what: str
    named: str
    runs: np.ndarray
    of_runs: int
    effects: tuple[Effect, ...]
    classes: dict[tuple[str, str], int]

    @property
    def turned(self) -> int:
        """The number of runs that end in another class."""
        return sum(count for (before, after), count in self.classes.items() if before != after)

    def effect(self, key: str) -> Effect:
        """What was changed in a quantity. Raises ``InputError`` with the nearest key."""
        known = {effect.column.name: effect for effect in self.effects}
        if key not in known:
            raise refuse("quantity", key, known)
        return known[key]

    def to_dict(self) -> dict:
        """Plain data, for machines; turns count from 1."""
        effects = [
            {
                "quantity": effect.column.name,
                "label": effect.column.label,
                "unit": effect.column.unit,
                "at_end": {"as_it_was": effect.as_it_was, "without": effect.without},
                "turns": [vars(caused) for caused in effect.turns],
            }
            for effect in self.effects
        ]
        classes = [{"as_it_was": one, "without": two, "runs": count} for (one, two), count in self.classes.items()]
        return {
            "without": self.what,
            "of_runs": self.of_runs,
            "runs": self.runs.tolist(),
            "effects": effects,
            "classes": classes,
        }


def without(
    results: Results, what: str, quantity: str = "", *, most: int = MOST, progress: Callable[[int], object] = lambda runs: None
) -> TakenOut:
    """Take something out of every run in which it occurred, and play these runs again without it.

    ``what`` is a text such as "abkhazia treaty", "ask 2014-Q4", an event or a channel. Effects are those on key quantities, and
    on the trajectory ``quantity``. Of more than ``most`` finished runs,
    evenly spaced ones are looked at; ``progress`` is called with the number just played. Raises ``InputError`` if ``what``
    means nothing or no run has it.
    """
    finished = results.table(["run", "status"])
    numbers = finished["run"][finished["status"] == "done"].to_numpy()
    chosen = numbers[np.unique(np.linspace(0, len(numbers) - 1, min(most, len(numbers))).astype(int))]
    removal, keys = removal_called(declarations(), results.scenario, what), _quantities(results.scenario, quantity)
    seed, found = results.manifest["seed"], []
    for task in results.tasks(chosen.tolist()):
        for begin in range(0, len(task.rows), AT_ONCE):
            some = Task(task.scenario, task.rows.take(slice(begin, begin + AT_ONCE)))
            found += _taken_out(some, seed, removal)
            progress(len(some.rows))
    if not found:
        why = f"none of {len(chosen):,} runs has anything to take out: no {removal.what}"
        raise InputError([Problem(Position("explain"), "", why)])
    if len({pair[1].setting.turns for pair in found}) > 1:
        raise NotComparable("these runs have turns of different length; explain them one by one")
    return _gathered(removal, found, len(chosen), keys)


def _quantities(setting: Setting, asked: str) -> list[Column]:
    """The key trajectories, and the one that is asked for; raises ``InputError`` with the nearest name."""
    known = {column.name: column for column in columns(setting) if column.kind == "trajectory"}
    if asked and asked not in known:
        raise refuse("quantity", asked, known)
    return [column for column in known.values() if column.key_outcome or column.name == asked]


Pair = tuple[Rows, Simulation, np.ndarray, Simulation]


def _taken_out(task: Task, seed: int, removal: Removal) -> Iterator[Pair]:
    """The runs of a task in which it occurred: their rows, the model as it was, their places in it, the model without."""
    before = _model(task.scenario, task.rows, seed, compiled=False if removal.event else None).run_to_end()
    places = np.flatnonzero(_occurred(before, removal))
    if len(places):
        rows = task.rows.take(places)
        after = _model(setting_without(task.scenario, removal), rows, seed, compiled=False if removal.options else None)
        after.decision_maker.barred = tuple(bars(after, removal))
        yield rows, before, places, after.run_to_end()


def _model(setting: Setting, rows: Rows, seed: int, compiled: bool | None) -> Simulation:
    return Simulation(setting, len(rows), seed, stream_numbers=rows.stream, given=rows.given, compiled=compiled)


def _occurred(model: Simulation, removal: Removal) -> np.ndarray:
    """In which runs what is to be taken out occurred."""
    if removal.channels:
        return np.ones(model.runs, bool)
    if removal.event:
        return np.broadcast_to(model.occurred.get(removal.event, False), (model.runs,))
    decisions, found = model.decisions(), np.zeros(model.runs, bool)
    for option in removal.options:
        index = option.decision.options.index(option)
        for at, name in enumerate(decision_columns(model.setting, option.decision)):
            turns = [turn for turn in range(model.setting.turns) if removal.concerns(option, at, turn)]
            found |= (decisions[name][:, turns] == index).any(axis=1)
    return found


def _gathered(removal: Removal, pairs: list[Pair], looked_at: int, keys: list[Column]) -> TakenOut:
    order = np.argsort(np.concatenate([rows.run for rows, *_ in pairs]))
    runs = np.concatenate([rows.run for rows, *_ in pairs])[order]
    cluster = clusters(np.concatenate([rows.stream for rows, *_ in pairs])[order])[0]
    setting = pairs[0][1].setting
    courses = [(before.trajectories(), places, after.trajectories()) for _, before, places, after in pairs]
    effects = []
    for column in keys:
        sides = [np.concatenate(side)[order].astype(float) for side in zip(
            *((before[column.name][places], after[column.name]) for before, places, after in courses)
        )]  # fmt: skip
        effects.append(_effect(column, *sides, cluster, setting))
    classes = Counter(
        pair for _, before, places, after in pairs for pair in zip(before.classes()[places].tolist(), after.classes().tolist())
    )
    return TakenOut(removal.what, removal.named, runs, looked_at, tuple(effects), dict(classes.most_common()))


def _effect(column: Column, before: np.ndarray, after: np.ndarray, cluster: np.ndarray, setting: Setting) -> Effect:
    caused = before - after
    found = means(caused, cluster)
    quantiles = np.quantile(caused, np.array(SHARES) / 100, axis=0)
    turns = tuple(
        Caused(
            turn + 1,
            setting.date(turn),
            float(found.values[turn]),
            found.interval(turn) if caused[:, turn].any() else None,
            {f"p{share}": float(quantiles[at, turn]) for at, share in enumerate(SHARES)},
            float(np.mean(caused[:, turn] != 0.0)),
        )
        for turn in range(setting.turns)
    )
    return Effect(column, float(before[:, -1].mean()), float(after[:, -1].mean()), turns, caused)
