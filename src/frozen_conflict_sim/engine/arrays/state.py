"""The world of an ensemble: every quantity of every member in every run, and what each may see of it.

Arrays have the shape ``(…, member, run)``: clauses or factions in front, then the members of a level (territories), then the
runs. A role of which there is only one has one member, so that its values broadcast over everybody else's. Rules never
see these axes: they are called with whole arrays and written for one number.
"""

from __future__ import annotations

import numpy as np

from ..declare.names import WEIGHT
from ..declare.registry import Declarations
from ..numerics import ordered_mean, ordered_sum
from ..random_streams import RandomStreams
from ..setting import Setting
from ..time_step import by_the_quarter, scaled
from .starting_values import resolve

AGGREGATE = {"sum": ordered_sum, "mean": ordered_mean, "largest": lambda values: np.max(values, axis=0)}


class View:
    """What a member of one level sees: ``sight[name]`` is the value under that name, as it bears on that level."""

    def __init__(self, world: WorldState, level: str):
        self.world, self.level = world, level
        self.seen: dict[str, np.ndarray] = {}

    def __getitem__(self, name: str):
        if name not in self.seen:
            self.seen[name] = self.world.broadcast(
                self.world.own_level(name), self.world.declared.owner(name).level, self.level
            )
        return self.seen[name]


class WorldState:
    """All quantities of an ensemble of ``runs`` runs of one setting."""

    def __init__(self, declared: Declarations, setting: Setting, streams: RandomStreams, given: dict | None = None):
        self.declared, self.setting, self.streams = declared, setting, streams
        self.runs = len(streams.stream_numbers)
        self.turn = 0
        self.active = np.ones(self.runs, bool)
        self.given, self.weights, self.categories = resolve(declared, setting, streams, given or {})
        self.values = self._in_turns(self.given)
        self.fixed: dict[str, np.ndarray] = {}
        self.constant = self._constant_names()
        self.frozen: dict[str, np.ndarray] = {}
        self.tables: dict[str, np.ndarray] = {}
        self.past: dict[str, list[np.ndarray]] = {}
        self.utility_of = None
        self.ledger: list | None = None
        self._dependents: dict[str, set[str]] = {}
        self.refresh()

    def _in_turns(self, given: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
        """Values as they are played in turns of this setting's length; those that are given go by the quarter."""
        units = {name: self.declared.quantities[name].unit for name in given}
        hold = {name: scaled(unit, given[name], self.setting.time_step) for name, unit in units.items() if by_the_quarter(unit)}
        return given | hold

    def members(self, level: str) -> tuple[str, ...]:
        """The members of a level."""
        return self.setting.entities[level]

    def items(self, by: str) -> tuple[str, ...]:
        """The items of that name, or the members of the level of that name."""
        return self.declared.items[by] if by in self.declared.items else self.members(by)

    def shape(self, name: str) -> tuple[int, ...]:
        """The shape of the values under a name without the runs: items, then members."""
        declared, found = self.declared, self.values.get(name)
        if found is not None:
            return found.shape[:-1]
        members = len(self.members(declared.owner(name).level))
        if name in declared.aggregates:
            return (*self.shape(declared.aggregates[name].of)[:-1], members)
        by = declared.derived[name].by if name in declared.derived else ""
        return (len(declared.items[by]), members) if by else (members,)

    def refresh(self) -> None:
        """Forget what was derived from a state that has changed."""
        self._views: dict[str, View] = {}
        self._derived: dict[str, np.ndarray] = {}

    def freeze(self, found: dict[str, np.ndarray]) -> None:
        """Remember values and tables that stay as they are."""
        for name, values in found.items():
            (self.tables if name in self.declared.tables else self.frozen)[name] = values
        self.refresh()

    def view(self, level: str) -> View:
        """What the members of a level see at this moment."""
        return self._views.setdefault(level, View(self, level))

    def broadcast(self, values, level: str, to: str):
        """Values of one level as they bear on the members of a level below it; a word that all have in common is itself."""
        if isinstance(values, str) or level == to or len(self.members(level)) == 1:
            return values
        if (to, level) not in self.setting.belongs:
            raise LookupError(f"a member of level {to!r} cannot see the level {level!r}")
        return np.take(values, self.setting.belongs[to, level], axis=-2)

    def aggregate(self, values, level: str, to: str, how: str = "sum"):
        """Values of a level gathered to the level above: summed, averaged, or the largest of them."""
        members = np.moveaxis(np.broadcast_to(values, (*values.shape[:-1], self.runs)), -2, 0)
        if (level, to) not in self.setting.belongs:
            return AGGREGATE[how](members)[..., None, :]
        belongs = np.array(self.setting.belongs[level, to])
        blank = np.zeros(members.shape[1:])
        groups = [members[belongs == above] for above in range(len(self.members(to)))]
        return np.stack([AGGREGATE[how](group) if len(group) else blank for group in groups], axis=-2)

    def own_level(self, name: str):
        """The value under a name, at the level of its own role."""
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
            # A measure that reads only what all members share still belongs to each of them.
            return np.broadcast_to(found, np.broadcast_shapes(found.shape, (len(self.members(role.level)), 1)))
        if name in declared.aggregates:
            gathered = declared.aggregates[name]
            below = declared.owners[gathered.of].level
            return self.aggregate(self.own_level(gathered.of), below, gathered.role.level, gathered.how)
        if name in declared.noises:
            return self._noise(declared.noises[name])
        if name in declared.quantities:
            said = [self.categories[name, member] for member in self.members(declared.owners[name].level)]
            return said[0] if len(set(said)) == 1 else np.array(said)[:, None]
        if name in declared.option_utilities:
            return self.utility_of(*declared.option_utilities[name][:2])
        if name in declared.delays:
            return self._some_turns_ago(name)
        if name in self.fixed:
            return self.fixed[name]
        return np.zeros((len(self.members(declared.owners[name].level)), self.runs))

    def fix(self, name: str, values) -> None:
        """Let everybody see, for the rest of the turn, what has just been decided or has happened."""
        self.fixed[name] = values
        for stale in self.dependents(name):
            self._derived.pop(stale, None)
            for view in self._views.values():
                view.seen.pop(stale, None)

    def dependents(self, name: str) -> set[str]:
        """The name itself and everything that is derived from it."""
        if name not in self._dependents:
            derived = self.declared.computed_from().items()
            found, fresh = set(), {name}
            while fresh:
                found |= fresh
                fresh = {follower for follower, sources in derived if sources & fresh} - found
            self._dependents[name] = found
        return self._dependents[name]

    def end_turn(self, kept: tuple[str, ...]) -> None:
        """Keep the values under some names for delays, forget what holds within the turn, and go on to the next turn."""
        for name in kept:
            self.past.setdefault(name, []).append(np.array(self.own_level(name)))
        self.fixed.clear()
        self.turn += 1
        self.refresh()

    def _some_turns_ago(self, name: str):
        of, turns = self.declared.delays[name]
        lags = self.own_level(turns) if isinstance(turns, str) else float(turns)
        return np.where(lags < 0.5, self.own_level(of), self.looked_back(name))

    def looked_back(self, name: str) -> np.ndarray:
        """The past value of a delayed name, zero where it lies before the first turn."""
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

    def _constant_names(self) -> set[str]:
        """The measures that follow from fixed quantities and words alone: they are computed once."""
        declared = self.declared
        constant = {name for name, quantity in declared.quantities.items() if not getattr(quantity, "state", False)}
        found: set[str] = set()
        while True:
            new = {
                name
                for name, measure in declared.derived.items()
                if name not in found and all(read in constant for read in measure.rule.reads)
            } | {name for name, gathered in declared.aggregates.items() if name not in found and gathered.of in constant}
            if not new:
                return found
            found, constant = found | new, constant | new

    def draw_hazard(self, name: str, probability, level: str):
        """Draw a chance event; 1 in the runs in which it happens."""
        drawn = [self.streams.uniform(f"{name}/{member}", self.turn, 1) for member in self.members(level)]
        return ((np.concatenate(drawn or [np.empty((0, self.runs))]) < probability) & self.active).astype(float)

    def change(self, contributions) -> None:
        """Add the contributions ``(to, name, amount)`` to the quantities, all judged on the same state, then hold the bounds.

        What a bound takes away is a contribution too, so that the contributions of a turn add up to the change exactly.
        """
        before: dict[str, np.ndarray] = {}
        for to, name, amount in list(contributions):
            before.setdefault(to, self.values[to])
            amount = np.where(self.active, amount, 0.0)
            self.values[to] = self.values[to] + amount
            self.note(to, name, amount)
        for to, old in before.items():
            declared = self.declared.quantities[to]
            reached = self.values[to]
            excess = np.clip(reached, declared.low, declared.high) - reached
            self.values[to] = np.where(self.active, reached + excess, old)
            self.note(to, "bounds", np.where(self.active, excess, 0.0))
        self.refresh()

    def note(self, to: str, name: str, amount) -> None:
        """Enter a contribution in the ledger, if one is kept."""
        if self.ledger is not None:
            self.ledger.append((self.turn, to, name, np.broadcast_to(amount, self.values[to].shape)))
