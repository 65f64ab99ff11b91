"""The story of a run: how it ended and how likely that was, its turning points, who made them, and at what odds.

Turning points are the turns around which the run moved most: by its position in the fan of all runs, or, without an ensemble,
by its own key quantities. In each stand the acts and chances that are rare in the run; what is done every turn makes no story.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass

import numpy as np

from ..engine.declare.role import Role
from ..engine.schedule import Kind
from ..engine.setting import Setting
from ..engine.time_step import PLURAL
from ..model.columns import Column, called, key_trajectories
from ..model.simulation import Simulation
from ..politics.outcomes.classes import CLASSES
from ..politics.roles import parent, patron, voice
from ..politics.wording import CHANCE, DECISIVE, ENDINGS
from .chances import chance_account, chances
from .decisions import actor_of, sentence, told
from .ledgers.ledger import Accounts
from .names import quantity_cells

TURNING_POINTS, ACTS_EACH = 5, 2
PAUSE = 4  # turns after which an act that is done again is news again
HORIZON = 2  # turns over which a turn's acts are taken to move the run
RARE = 0.45  # odds below which an act is worth calling unlikely
DECIDES = 100.0  # how new it is what first made the run one of its class


@dataclass(frozen=True)
class Ensemble:
    """The runs beside which a run is told: how many, the share of each class, and key trajectories ``(run, turn)``."""

    runs: int
    classes: dict[str, float]
    trajectories: dict[str, np.ndarray]


@dataclass(frozen=True)
class Happening:
    """Something that happened in a turn: a sentence, and its probability before the draw (None for what follows a rule).

    ``kind`` is act, chance or event; ``concerns`` are the members, by key, whose quantities it may move: all, if it is empty.
    """

    text: str
    odds: float | None
    kind: str
    actor: str
    name: str
    concerns: tuple[str, ...]


@dataclass(frozen=True)
class TurningPoint:
    """A turn around which the run moved: what happened, and the key quantity of those concerned that moved most.

    ``moved`` is its label, empty if none moved.
    """

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

    ``ending`` says how it ends, such as "ends in war"; ``meaning`` explains that and stands after a colon. ``ends`` are the key
    quantities at the start and at the end, those that moved most first; ``scale`` is their common range, if they have one.
    ``turn_name`` is what turns are, in the plural.
    """

    title: str
    run: int | None
    end: str
    end_turn: int
    turns: int
    end_class: str
    ending: str
    meaning: str
    runs: int
    share: float | None
    turning_points: tuple[TurningPoint, ...]
    ends: tuple[tuple[str, float, float], ...]
    least_likely: tuple[str, Happening] | None
    scale: tuple[float, float] | None
    turn_name: str

    def to_dict(self) -> dict:
        """Plain data, for machines."""
        return asdict(self)


def story(model: Simulation, run: int = 0, number: int | None = None, ensemble: Ensemble | None = None) -> Story:
    """The story of a run of a model that kept its receipts; ``number`` is the run's in the results."""
    setting, last = model.setting, min(int(model.ended_turn[run]), model.recorder.length)
    end_class, keys = str(model.classes()[run]), key_trajectories(setting)
    own = {name: values[run] for name, values in model.trajectories().items() if name in keys}
    happened = dict(enumerate(_happened(model, run, last, end_class)))
    start = _at_start(model, run, keys)
    points = _turning_points(model, keys, own, start, happened, ensemble)
    acts = [(turn, one) for turn, found in happened.items() for one, _ in found if one.kind == "act"]
    least = min(acts, key=lambda pair: pair[1].odds, default=None)
    ends = sorted(
        ((column.label, start[name], float(own[name][last - 1])) for name, column in keys.items()),
        key=lambda change: -abs(change[2] - change[1]),
    )
    scales = {(column.low, column.high) for column in keys.values()}
    return Story(
        setting.title, number, setting.date(last - 1), last, setting.turns,
        end_class, ending(end_class), meaning_of_ending(setting, end_class),
        ensemble.runs if ensemble else 0, ensemble.classes.get(end_class, 0.0) if ensemble else None,
        points, tuple(ends), least and (setting.date(least[0]), least[1]),
        scales.pop() if len(scales) == 1 else None, PLURAL[setting.time_step],
    )  # fmt: skip


def meaning_of_ending(setting: Setting, end_class: str) -> str:
    """What a class means, after a colon, with the name of the patron, and of the parent state if there is one only."""
    names = {"the patron": called(setting, setting.entities[patron.level][0])}
    if len(setting.entities[parent.level]) == 1:
        names |= dict.fromkeys(("a parent state", "its parent state"), called(setting, setting.entities[parent.level][0]))
    meaning = CLASSES[end_class]
    meaning = meaning[:1].lower() + meaning[1:]
    for words, name in names.items():
        meaning = meaning.replace(words, name)
    return meaning


def _at_start(model: Simulation, run: int, keys: dict[str, Column]) -> dict[str, float]:
    """The key quantities before the first turn."""
    cells, books = quantity_cells(model.world.declared, model.setting, set(keys)), Accounts(model, run)
    return {name: books.start_of(cells[name]) for name in keys}


def _happened(model: Simulation, run: int, last: int, end_class: str) -> Iterator[list[tuple[Happening, float]]]:
    """For each turn what happened, each with how new it is: 1 if not done for some turns, less the more often it is done.

    What first made the run one of its class is new beyond all else.
    """
    by_turn: dict[int, list] = {turn: [] for turn in range(last)}
    for turn, key, happening in (*_events(model, run), *_acts(model, run), *_chances(model, run)):
        by_turn.setdefault(turn, []).append((key, happening))
    count = Counter(key for found in by_turn.values() for key, _ in found)
    names = {happening.name for found in by_turn.values() for _, happening in found}
    decisive = next((name for name in DECISIVE.get(end_class, ()) if name in names), None)
    before: dict[tuple, int] = {}
    for turn in range(last):
        listed = []
        for key, happening in by_turn[turn]:
            fresh = turn - before.get(key, -PAUSE - 1) > PAUSE
            before[key] = turn
            if happening.name == decisive:
                decisive = None  # only the first time
                listed.append((happening, DECIDES))
            elif fresh:
                surprise = min(-np.log2(max(happening.odds, 1e-3)), 4.0) if happening.kind == "act" else 0.0
                listed.append((happening, (1.0 + surprise) / np.sqrt(count[key])))
        yield listed


def _acts(model: Simulation, run: int) -> Iterator[tuple[int, tuple, Happening]]:
    setting = model.setting
    for receipt in model.decision_maker.receipts:
        if not receipt.moment.active[run]:
            continue
        for at, member in enumerate(receipt.members):
            index = int(receipt.chosen[at, run])
            option = receipt.decision.options[index]
            if not option.nothing:
                odds, actor = float(receipt.probabilities[index, at, run]), actor_of(setting, receipt.decision, member)
                concerns = _concerned(setting, receipt.decision.role, receipt.decision.level, member)
                yield (
                    receipt.turn,
                    (option.act, member),
                    Happening(told(model, receipt, member, run), odds, "act", actor, option.act, concerns),
                )


def _concerned(setting: Setting, role: Role, level: str, member: str) -> tuple[str, ...]:
    """Whose quantities an act may move: those whom it is about, and those who act; of what the West does, the parent states."""
    if level == voice.level:
        return setting.entities[parent.level]
    at = setting.entities[level].index(member)
    above = setting.belongs.get((level, role.level)) if role is not patron else None
    return (member, setting.entities[role.level][above[at]]) if above else (member,)


def _chances(model: Simulation, run: int) -> Iterator[tuple[int, tuple, Happening]]:
    """Chance events, and what voters decided."""
    for receipt, at in chances(model, run):
        if receipt.happened(at, run):
            one = chance_account(model, receipt, at, run)
            member = receipt.members[at]
            yield receipt.turn, (one.name, member), Happening(one.told, one.probability, "chance", "", one.name, (member,))
    declared, setting = model.world.declared, model.setting
    voted = [name for name in CHANCE if name not in declared.hazards]
    for moment in (moment for step, _, moment in model.moments if step.kind is Kind.RECORDING and moment.active[run]):
        for name in voted:
            values = moment.fixed.get(name)
            for at in np.flatnonzero(values[:, run] > 0.5) if values is not None else ():
                level = declared.owners[name].level
                member = setting.entities[level][at]
                text = sentence(CHANCE[name], setting, level, member)
                yield moment.turn, (name, member), Happening(text, None, "chance", "", name, (member,))


def _events(model: Simulation, run: int) -> Iterator[tuple[int, tuple, Happening]]:
    """Events of the scenario; one that raises a state that makes a class has the name of the state."""
    telling = set().union(*DECISIVE.values())
    found: dict[tuple[int, str], str] = {}
    for turn, to, cause, amount in model.world.ledger:
        if cause in model.occurred and np.any(amount[..., run]):
            raises = to in telling and np.any(amount[..., run] > 0.0)
            found[turn, cause] = to if raises else found.get((turn, cause), cause)
    for (turn, cause), name in found.items():
        yield turn, (cause,), Happening(f"Event: {cause}", None, "event", "", name, ())


def _turning_points(model, keys: dict[str, Column], own: dict, start: dict, happened: dict, ensemble: Ensemble | None):
    moves = _moves(keys, own, ensemble)[:, : len(happened)]
    names, owners = list(keys), np.array([column.owner for column in keys.values()])
    typical = float(np.median(moves.sum(axis=0))) or 1.0

    def concerned(found) -> np.ndarray:
        """Which key quantities what happened may have moved."""
        return np.any([np.isin(owners, one.concerns) | (not one.concerns) for one in found], axis=0)

    def score(one: Happening, weight: float, turn: int) -> float:
        return weight * (0.3 + float(moves[concerned([one]), turn].sum()) / typical)

    scored = {turn: max(score(*pair, turn) for pair in found) for turn, found in happened.items() if found}
    points = []
    for turn in sorted(sorted(scored, key=lambda turn: -scored[turn])[:TURNING_POINTS]):
        told_here = _told_of(happened[turn])
        those = np.flatnonzero(concerned(told_here) & (moves[:, turn] > 0.0))
        name = names[those[moves[those, turn].argmax()]] if len(those) else ""
        after = float(own[name][min(turn + HORIZON - 1, len(happened) - 1)]) if name else 0.0
        before = (float(own[name][turn - 1]) if turn else start[name]) if name else 0.0
        label = keys[name].label if name else ""
        points.append(TurningPoint(turn + 1, model.setting.date(turn), told_here, label, before, after, scored[turn]))
    return tuple(points)


def _told_of(found: list[tuple[Happening, float]]) -> tuple[Happening, ...]:
    """What is told of a turn: what is newest, in the order in which it happened."""
    order = sorted(found, key=lambda pair: -pair[1])
    usual = max((weight for _, weight in order if weight < DECIDES), default=0.0)
    best = [one for one, weight in order[:ACTS_EACH] if weight >= usual / 2]
    return tuple(one for one, _ in found if one in best)


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


def ending(name: str, runs: int = 1) -> str:
    """How a run of a class, or several, is said to end.

    >>> ending("frozen"), ending("war"), ending("war", 3)
    ('ends frozen', 'ends in war', 'end in war')
    """
    told = ENDINGS.get(name, f"ends in {name}")
    return told if runs == 1 else told.replace("ends", "end", 1)
