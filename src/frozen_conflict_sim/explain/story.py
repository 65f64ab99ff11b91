"""The story of a run: how it ended and how likely that was, its turning points, who made them, and at what odds.

Turning points are the turns around which the run moved most: by its position in the fan of all runs, or, without an ensemble,
by its own key quantities. In each stand the acts and chances that are rare in the run; what is done every turn makes no story.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass

import numpy as np

from ..model.columns import Column, columns
from ..model.simulation import Simulation
from ..politics.outcomes.classes import CLASSES
from ..politics.wording import CHANCE
from .decisions import actor_of, sentence, told
from .ledgers.ledger import Accounts
from .names import quantity_cells

TURNING_POINTS, ACTS_EACH = 5, 2
PAUSE = 4  # turns after which an act that is done again is news again
CERTAIN = 0.995
HORIZON = 2  # turns over which a turn's acts are taken to move the run


@dataclass(frozen=True)
class Ensemble:
    """The runs beside which a run is told: how many, the share of each class, and key trajectories ``(run, turn)``."""

    runs: int
    classes: dict[str, float]
    trajectories: dict[str, np.ndarray]


@dataclass(frozen=True)
class Happening:
    """Something that happened in a turn: a sentence, and its probability before the draw (None for what follows a rule)."""

    text: str
    odds: float | None
    kind: str
    actor: str


@dataclass(frozen=True)
class TurningPoint:
    """A turn around which the run moved: what happened, and the key quantity that moved most, before and after."""

    turn: int
    date: str
    happenings: tuple[Happening, ...]
    moved: str
    before: float
    after: float
    strength: float


@dataclass(frozen=True)
class Story:
    """A run in ten lines. Turns count from 1; ``share`` is how many of the ensemble's runs end in the class.

    ``ends`` are the key quantities at the start and at the end, those that moved most first.
    """

    title: str
    run: int | None
    end: str
    end_turn: int
    turns: int
    end_class: str
    meaning: str
    runs: int
    share: float | None
    turning_points: tuple[TurningPoint, ...]
    ends: tuple[tuple[str, float, float], ...]
    least_likely: tuple[str, Happening] | None

    def to_dict(self) -> dict:
        """Plain data, for machines."""
        return asdict(self)


def story(model: Simulation, run: int = 0, number: int | None = None, ensemble: Ensemble | None = None) -> Story:
    """The story of a run of a model that kept its receipts; ``number`` is the run's in the results."""
    setting, last = model.setting, min(int(model.ended_turn[run]), model.recorder.length)
    end_class = str(model.classes()[run])
    keys = {column.name: column for column in columns(setting) if column.kind == "trajectory" and column.key_outcome}
    own = {name: values[run] for name, values in model.trajectories().items() if name in keys}
    happened = dict(enumerate(_happened(model, run, last)))
    start = _at_start(model, run, keys)
    points = _turning_points(model, keys, own, start, happened, ensemble)
    acts = [(turn, one) for turn, found in happened.items() for one, _ in found if one.odds is not None]
    least = min(acts, key=lambda pair: pair[1].odds, default=None)
    ends = sorted(
        ((column.label, start[name], float(own[name][last - 1])) for name, column in keys.items()),
        key=lambda change: -abs(change[2] - change[1]),
    )
    return Story(
        setting.title, number, setting.date(last - 1), last, setting.turns, end_class, CLASSES[end_class],
        ensemble.runs if ensemble else 0, ensemble.classes.get(end_class, 0.0) if ensemble else None,
        points, tuple(ends), least and (setting.date(least[0]), least[1]),
    )  # fmt: skip


def _at_start(model: Simulation, run: int, keys: dict[str, Column]) -> dict[str, float]:
    """The key quantities before the first turn."""
    cells, books = quantity_cells(model.world.declared, model.setting), Accounts(model, run)
    return {name: books.start_of(cells[name]) for name in keys}


def _happened(model: Simulation, run: int, last: int) -> Iterator[list[tuple[Happening, float]]]:
    """For each turn what happened, each with how new it is: 1 if not done for some turns, less the more often it is done."""
    by_turn: dict[int, list] = {turn: [] for turn in range(last)}
    for turn, key, happening in (*_acts(model, run), *_chances(model, run)):
        by_turn.setdefault(turn, []).append((key, happening))
    count = Counter(key for found in by_turn.values() for key, _ in found)
    before: dict[tuple, int] = {}
    for turn in range(last):
        listed = []
        for key, happening in by_turn[turn]:
            fresh = turn - before.get(key, -PAUSE - 1) > PAUSE
            before[key] = turn
            if fresh:
                surprise = min(-np.log2(max(happening.odds or 1.0, 1e-3)), 4.0)
                listed.append((happening, (1.0 + surprise) / np.sqrt(count[key])))
        yield listed


def _acts(model: Simulation, run: int) -> Iterator[tuple[int, tuple, Happening]]:
    for receipt in model.decision_maker.receipts:
        if not receipt.moment.active[run]:
            continue
        for at, member in enumerate(receipt.members):
            index = int(receipt.chosen[at, run])
            option = receipt.decision.options[index]
            if not option.nothing:
                odds, actor = float(receipt.probabilities[index, at, run]), actor_of(model.setting, receipt.decision, member)
                yield receipt.turn, (option.act, member), Happening(told(model, receipt, member, run), odds, "act", actor)


def _chances(model: Simulation, run: int) -> Iterator[tuple[int, tuple, Happening]]:
    """Chance events and events of the scenario, by the state before the turn is recorded."""
    declared, setting = model.world.declared, model.setting
    for moment in (moment for step, _, moment in model.moments if step.kind.name == "RECORDING"):
        if not moment.active[run]:
            continue
        for name in CHANCE:
            values = moment.fixed.get(name)
            for at in np.flatnonzero(values[:, run] > 0.5) if values is not None else ():
                level = declared.owners[name].level
                text = sentence(CHANCE[name], setting, level, setting.entities[level][at])
                yield moment.turn, (name, at), Happening(text, None, "chance", "")
    seen = set()
    for turn, _, cause, amount in model.world.ledger:
        if (turn, cause) not in seen and cause in model.occurred and np.any(amount[..., run]):
            seen.add((turn, cause))
            yield turn, (cause,), Happening(f"Event: {cause}", None, "event", "")


def _turning_points(model, keys: dict[str, Column], own: dict, start: dict, happened: dict, ensemble: Ensemble | None):
    moves = _moves(keys, own, ensemble)[:, : len(happened)]
    strength = moves.sum(axis=0)
    typical = float(np.median(strength)) or 1.0
    scored = {
        turn: max(weight for _, weight in found) * (0.3 + float(strength[turn]) / typical)
        for turn, found in happened.items()
        if found
    }
    best = sorted(sorted(scored, key=lambda turn: -scored[turn])[:TURNING_POINTS])
    names = list(keys)
    points = []
    for turn in best:
        found = sorted(happened[turn], key=lambda pair: -pair[1])
        best_here = [one for one, weight in found[:ACTS_EACH] if weight >= found[0][1] / 2]
        told_here = tuple(one for one, _ in happened[turn] if one in best_here)
        name = names[int(moves[:, turn].argmax())]
        after = min(turn + HORIZON - 1, len(happened) - 1)
        before = float(own[name][turn - 1]) if turn else start[name]
        points.append(
            TurningPoint(
                turn + 1, model.setting.date(turn), told_here, keys[name].label, before, float(own[name][after]), scored[turn]
            )
        )
    return tuple(points)


def _moves(keys: dict[str, Column], own: dict[str, np.ndarray], ensemble: Ensemble | None) -> np.ndarray:
    """How far each key quantity moved around each turn: in the fan of the ensemble, or relative to its bounds."""
    rows = []
    for name, column in keys.items():
        values = np.asarray(own[name], float)
        if ensemble and name in ensemble.trajectories:
            others = ensemble.trajectories[name]
            position = ((others < values).mean(axis=0) + (others <= values).mean(axis=0)) / 2
        else:
            position = values / ((column.high or 1.0) - (column.low or 0.0))
        before = np.concatenate([position[:1], position[:-1]])
        after = np.concatenate([position[HORIZON - 1 :], np.repeat(position[-1:], HORIZON - 1)])
        moved = np.abs(after - before)
        rows.append(np.maximum(moved - np.median(moved), 0.0))
    return np.stack(rows)


def in_words(odds: float | None) -> str:
    """Odds as a reader takes them.

    >>> in_words(0.999), in_words(0.61), in_words(0.004), in_words(None)
    ('nearly certain', 'odds 61 %', 'odds under 1 %', '')
    """
    if odds is None:
        return ""
    if odds > CERTAIN:
        return "nearly certain"
    return "odds under 1 %" if odds < 0.01 else f"odds {100 * odds:.0f} %"
