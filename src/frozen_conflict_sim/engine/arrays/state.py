"""The state of the world in an ensemble: every quantity of every member in every run, and views of it for each level.

Arrays have the shape ``(…, member, run)``: items (clauses) in front, then the members of a level (territories), then the runs.
A role of which there is only one has one member, so that its values broadcast over all others. Rules never handle these axes:
they are written for one number and called with whole arrays.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ..declare.names import WEIGHT
from ..declare.registry import Declarations
from ..numerics import of_shape, ordered_mean, ordered_sum
from ..random_streams import RandomStreams
from ..setting import Setting
from ..time_step import by_the_quarter, scaled
from .starting_values import resolve, resolve_events

AGGREGATE = {"sum": ordered_sum, "mean": ordered_mean, "largest": lambda values: np.max(values, axis=0)}


def constant_names(declared: Declarations) -> set[str]:
    """The derived quantities and aggregates of fixed quantities and categories alone, which are computed once."""
    constant = {name for name, quantity in declared.quantities.items() if not getattr(quantity, "state", False)}
    sources = {name: set(one.rule.reads) for name, one in declared.derived.items()}
    sources |= {name: {one.of} for name, one in declared.aggregates.items()}
    found: set[str] = set()
    while new := {name for name, reads in sources.items() if name not in found and reads <= constant}:
        found, constant = found | new, constant | new
    return found


class Moment(NamedTuple):
    """The state at one moment of a turn: all values, what is fixed within the turn, and which runs are still played."""

    turn: int
    values: dict[str, np.ndarray]
    fixed: dict[str, np.ndarray]
    active: np.ndarray


class View:
    """What the rules of one level read: ``view[name]`` has the values of that name, broadcast to the members of the level."""

    def __init__(self, world: WorldState, level: str):
        self.world, self.level = world, level
        self.seen: dict[str, np.ndarray] = {}

    def __getitem__(self, name: str):
        if name not in self.seen:
            self.seen[name] = self.world.broadcast(
                self.world.own_level(name), self.world.declared.owner(name).level, self.level
            )
        return self.seen[name]


class NotedReads(dict):
    """A dictionary that adds every key whose value is looked up to the set ``read``."""

    def __init__(self, values: dict, read: set):
        super().__init__(values)
        self.read = read

    def __getitem__(self, key):
        self.read.add(key)
        return super().__getitem__(key)

    def __reduce__(self):
        return dict, (dict(self),)


class WorldState:
    """All quantities of an ensemble of runs of one setting.

    ``given`` overrides values by address ``(role, member, name, item)``, with one number a run. ``events`` are those of
    the setting in turns, with their numbers drawn. With ``every_run`` the arrays have the same shapes whatever the values are,
    see :func:`resolve`, and ``read`` has the names of the values that were read.
    """

    def __init__(
        self,
        declared: Declarations,
        setting: Setting,
        streams: RandomStreams,
        given: dict | None = None,
        every_run: bool = False,
    ):
        self.declared, self.setting, self.streams = declared, setting, streams
        self.runs = len(streams.stream_numbers)
        self.turn = 0
        self.active = np.ones(self.runs, bool)
        self.given, self.weights, self.categories = resolve(declared, setting, streams, given or {}, every_run)
        self.values = self.in_turns(self.given)
        self.events, self.event_numbers = resolve_events(declared, setting, streams, given or {}, every_run)
        self.read: set[str] = set()
        if every_run:
            self.values, self.weights = NotedReads(self.values, self.read), NotedReads(self.weights, self.read)
        self.fixed: dict[str, np.ndarray] = {}
        self.constant = declared.cached(constant_names)
        self.frozen: dict[str, np.ndarray] = {}
        self.tables: dict[str, np.ndarray] = {}
        self.past: dict[str, list[np.ndarray]] = {}
        self.decision_maker = None
        self.ledger: list | None = None
        self._dependents: dict[str, set[str]] = {}
        self.refresh()

    def in_turns(self, given: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
        """Values given by the quarter, scaled to the setting's time step."""
        units = {name: self.declared.quantities[name].unit for name in given}
        step = self.setting.time_step
        return given | {name: scaled(unit, given[name], step) for name, unit in units.items() if by_the_quarter(unit)}

    def members(self, level: str) -> tuple[str, ...]:
        """The members of a level."""
        return self.setting.entities[level]

    def items(self, by: str) -> tuple[str, ...]:
        """The items that are declared as ``by``, or the members of the level ``by``."""
        return self.declared.items[by] if by in self.declared.items else self.members(by)

    def shape(self, name: str) -> tuple[int, ...]:
        """The shape of a name's values without the axis of runs: items, then members."""
        declared, found = self.declared, self.values.get(name)
        if found is not None:
            return found.shape[:-1]
        members = len(self.members(declared.owner(name).level))
        if name in declared.aggregates:
            return (*self.shape(declared.aggregates[name].of)[:-1], members)
        by = declared.derived[name].by if name in declared.derived else ""
        return (len(declared.items[by]), members) if by else (members,)

    def refresh(self) -> None:
        """Drop all derived values, because the state has changed."""
        self._views: dict[str, View] = {}
        self._derived: dict[str, np.ndarray] = {}
        self._kept: dict[str, np.ndarray] = {}

    def freeze(self, found: dict[str, np.ndarray]) -> None:
        """Take values and tables that are constant from now on."""
        for name, values in found.items():
            (self.tables if name in self.declared.tables else self.frozen)[name] = values
        self.refresh()

    def view(self, level: str) -> View:
        """The view of a level in the present state."""
        return self._views.setdefault(level, View(self, level))

    def broadcast(self, values, level: str, to: str):
        """Values of one level for the members of a level below; a string stands for all members.

        Raise ``LookupError`` if the level ``to`` is not below ``level``.
        """
        if isinstance(values, str) or level == to or len(self.members(level)) == 1:
            return values
        if (to, level) not in self.setting.belongs:
            raise LookupError(f"rules of the level {to!r} cannot read values of the level {level!r}, which is not above it")
        return np.take(values, self.setting.belongs[to, level], axis=-2)

    def aggregate(self, values, level: str, to: str, how: str = "sum"):
        """The sum, mean or largest value (``how``) over the members of a level, for each member of a level above."""
        members = values if values.shape[-1] == self.runs else np.broadcast_to(values, (*values.shape[:-1], self.runs))
        members = np.moveaxis(members, -2, 0) if members.ndim > 2 else members
        if (level, to) not in self.setting.belongs:
            return AGGREGATE[how](members)[..., None, :]
        belongs = np.array(self.setting.belongs[level, to])
        nobody = np.zeros(members.shape[1:])
        groups = [members[belongs == above] for above in range(len(self.members(to)))]
        return np.stack([AGGREGATE[how](group) if len(group) else nobody for group in groups], axis=-2)

    def own_level(self, name: str):
        """The values of a name for the members of its own role."""
        if name in self.values:
            return self.values[name]
        if name.startswith(WEIGHT):
            return self.weights[self.declared.owner(name).name, name.removeprefix(WEIGHT)]
        if name in self.frozen:
            return self.frozen[name]
        if name not in self._derived:
            self._derived[name] = self._derive(name)
            if name in self.constant:
                self.frozen[name] = self._derived[name]
        return self._derived[name]

    def _derive(self, name: str):
        declared = self.declared
        if name in declared.derived:
            role = declared.derived[name].role
            found = np.asarray(declared.derived[name].rule(self.view(role.level)))
            # A rule that reads only what all members share still gives a value for each of them.
            members = len(self.members(role.level))
            if found.ndim > 1 and found.shape[-2] == members:
                return found
            return np.broadcast_to(found, np.broadcast_shapes(found.shape, (members, 1)))
        if name in declared.aggregates:
            one = declared.aggregates[name]
            return self.aggregate(self.own_level(one.of), declared.owners[one.of].level, one.role.level, one.how)
        if name in declared.noises:
            return self._noise(declared.noises[name])
        if name in declared.quantities:
            chosen = [self.categories[name, member] for member in self.members(declared.owners[name].level)]
            return chosen[0] if len(set(chosen)) == 1 else np.array(chosen)[:, None]
        if name in declared.option_utilities:
            return self.decision_maker.utility_of(*declared.option_utilities[name][:2])
        if name in declared.delays:
            return self._delayed(name)
        if name in self.fixed:
            return self.fixed[name]
        return np.zeros((len(self.members(declared.owners[name].level)), self.runs))

    def fix(self, name: str, values) -> None:
        """Fix the values of a name until the end of the turn: a decision, a chance event, a fixed value."""
        self.fixed[name] = values
        for stale in self.dependents(name):
            self._derived.pop(stale, None)
            for view in self._views.values():
                view.seen.pop(stale, None)

    def dependents(self, name: str) -> set[str]:
        """The name itself and every name that is derived from it."""
        if name not in self._dependents:
            derived = self.declared.computed_from().items()
            found, fresh = set(), {name}
            while fresh:
                found |= fresh
                fresh = {follower for follower, sources in derived if sources & fresh} - found
            self._dependents[name] = found
        return self._dependents[name]

    def end_turn(self, kept: tuple[str, ...]) -> None:
        """Store the values of ``kept`` for delays, drop what is fixed within the turn, and go to the next turn."""
        for name in kept:
            self.past.setdefault(name, []).append(np.array(self.own_level(name)))
        self.fixed.clear()
        self.turn += 1
        self.refresh()

    def _delayed(self, name: str):
        of, turns = self.declared.delays[name]
        lags = self.own_level(turns) if isinstance(turns, str) else float(turns)
        return np.where(lags < 0.5, self.own_level(of), self.past_value(name))

    def past_value(self, name: str) -> np.ndarray:
        """The past values of a delayed name, 0 where they are older than the first turn."""
        of, turns = self.declared.delays[name]
        shape = (len(self.members(self.declared.owner(of).level)), self.runs)
        lags = np.broadcast_to(np.floor((self.own_level(turns) if isinstance(turns, str) else float(turns)) + 0.5), shape)
        past = self.past.get(of, [])
        value = np.zeros(shape)
        for lag in np.unique(lags).astype(int):
            if 1 <= lag <= len(past):
                value = np.where(lags == lag, past[-lag], value)
        return value

    def _noise(self, noise):
        draw = getattr(self.streams, noise.law)
        streams = [noise.stream_of(member) for member in self.members(noise.role.level)]
        drawn = [draw(stream, self.turn, len(self.items(noise.by)) if noise.by else 1) for stream in streams]
        return np.stack(drawn, axis=1) if noise.by else np.concatenate(drawn)

    def draw_hazard(self, name: str, probability, level: str):
        """Draw a chance event for the members of a level: 1 in the runs in which it happens, else 0; ``(member, run)``."""
        return ((self.hazard_numbers(name, level) < probability) & self.active).astype(float)

    def hazard_numbers(self, name: str, level: str) -> np.ndarray:
        """The numbers that decide in this turn whether a chance event happens to the members of a level; ``(member, run)``."""
        drawn = [self.streams.uniform(f"{name}/{member}", self.turn, 1) for member in self.members(level)]
        return np.concatenate(drawn or [np.empty((0, self.runs))])

    def change(self, contributions) -> None:
        """Add contributions ``(to, cause, amount)`` to the quantities, all computed from the same state, then hold the bounds.

        The amount that a bound cuts off is a contribution too, so that the contributions of a turn sum exactly to the change.
        """
        before: dict[str, np.ndarray] = {}
        for to, cause, amount in list(contributions):
            before.setdefault(to, self.values[to])
            amount = np.where(self.active, amount, 0.0)
            self.values[to] = self.values[to] + amount
            self.note(to, cause, amount)
        for to, old in before.items():
            declared = self.declared.quantities[to]
            reached = self.values[to]
            excess = np.clip(reached, declared.low, declared.high) - reached
            self.values[to] = np.where(self.active, reached + excess, old)
            self.note(to, "bounds", np.where(self.active, excess, 0.0))
        self.refresh()

    def moment(self) -> Moment:
        """The present state, to which a question about it can return; its arrays are shared, since none is ever written to."""
        self._kept = self._kept or dict(self.values)
        return Moment(self.turn, self._kept, dict(self.fixed), self.active.copy())

    def note(self, to: str, cause: str, amount) -> None:
        """Enter a contribution in the ledger, if there is one."""
        if self.ledger is not None:
            self.ledger.append((self.turn, to, cause, of_shape(amount, self.values[to].shape)))
