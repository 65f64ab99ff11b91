"""The split of a contribution by territory, voice, actor and clause, shown only where the parts sum to the contribution.

A rule that reads a sum over members is evaluated again with one member's part alone in it, a rule that reads acts with one
act alone, a rule that reads clauses with one clause alone. If the results, and what the rule gives with none of them, add up
to the contribution, they are its parts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ...engine.arrays.lanes import in_lanes
from ...engine.arrays.state import Moment, WorldState
from ...engine.declare.derived import Contribution
from ...engine.schedule import Kind
from ...model.columns import called
from ...model.simulation import Simulation
from ..decisions import actor_of, words
from ..names import Cell

EXACT = 1e-12
ADDITIVE = ("sum", "mean")


@dataclass(frozen=True)
class Part:
    """A part of a contribution: whose doing it is (``member``), through what, and by which clause (``item``)."""

    member: str = ""
    through: str = ""
    item: str = ""

    @property
    def says_nothing(self) -> bool:
        """Whether it is what no member, act or clause accounts for."""
        return not (self.member or self.item)


@dataclass(frozen=True)
class Source:
    """A name that a rule reads, with what stands under it if one part of it is alone; arrays ``(…, member, 1)``."""

    name: str
    alone: dict[Part, np.ndarray]
    nothing: np.ndarray


class Splitter:
    """Splits the contributions of a model that has played with receipts, for one of its runs."""

    def __init__(self, model: Simulation, run: int):
        self.model, self.run, self.world, self.declared = model, run, model.world, model.world.declared
        self._made_of = self.declared.computed_from()
        self._frontiers: dict[str, tuple[str, ...]] = {}
        self._compositions: dict[tuple, dict[str, float] | None] = {}

    def parts(self, contribution: Contribution, moment: Moment, cell: Cell, amount: float) -> dict[Part, float] | None:
        """The parts of an amount that a contribution added to a cell; None if they do not sum to it."""
        names = self._frontier(contribution)
        world = in_lanes(self.world, moment, self.run, 1)
        sources = [source for name in names if (source := self._source(world, moment, name))]
        wanted = [(source, part) for source in sources for part in source.alone]
        if not wanted:
            return {Part(): amount}
        many = in_lanes(self.world, moment, self.run, len(wanted) + 1)
        for source in sources:
            lanes = [source.alone[part] if mine is source else source.nothing for mine, part in wanted]
            many.frozen[source.name] = np.concatenate([*lanes, source.nothing], axis=-1)
        found = contribution.rule(many.view(contribution.role.level))
        by = len(cell.place) > 1
        shape = (*many.values[cell.name].shape[:-1], many.runs)
        values = np.broadcast_to(found, shape if by else shape[-2:])[cell.place]
        rest = float(values[-1])
        amounts = {part: float(value) - rest for (_, part), value in zip(wanted, values[:-1])}
        if abs(sum(amounts.values()) + rest - amount) > EXACT * max(1.0, abs(amount)):
            return None
        return {part: share for part, share in (amounts | {Part(): rest}).items() if share}

    def _frontier(self, contribution: Contribution) -> tuple[str, ...]:
        """What the rule reads that can be split, found through what is computed on the way: the nearest on every path."""
        key = f"{contribution.to}/{contribution.rule.name}"
        if key not in self._frontiers:
            found, fresh, seen = [], list(contribution.rule.reads), set()
            while fresh:
                name = fresh.pop(0)
                if name in seen:
                    continue
                seen.add(name)
                if self._splits(name):
                    found.append(name)
                else:
                    fresh += sorted(self._made_of.get(name, ()))
            self._frontiers[key] = tuple(found)
        return self._frontiers[key]

    def _splits(self, name: str) -> bool:
        of = self.declared.delays[name][0] if name in self.declared.delays else name
        aggregate = self.declared.aggregates.get(of)
        if aggregate:
            return aggregate.how in ADDITIVE
        return name in self._acts or (name in self.declared.derived and bool(self.declared.derived[name].by))

    @cached_property
    def _acts(self) -> dict:
        return self.declared.acts

    def _source(self, world: WorldState, moment: Moment, name: str) -> Source | None:
        if name in self._acts:
            return self._act(world, name)
        if name in self.declared.derived:
            return self._items(world, name)
        return self._members(world, moment, name)

    def _act(self, world: WorldState, name: str) -> Source | None:
        """An act, done about one member alone; the part is the actor."""
        values = np.array(world.own_level(name), float)
        role, level = self._acts[name].decision.role, self.declared.owners[name].level
        alone = {}
        for at, member in enumerate(world.members(level)):
            if values[at, 0]:
                only = np.zeros_like(values)
                only[at] = values[at]
                actor = actor_of(self.model.setting, self._acts[name].decision, member)
                about = "" if role.level == level else f", {called(self.model.setting, member)}"
                alone[Part(actor, f"{words(self._acts[name].name)}{about}")] = only
        return Source(name, alone, np.zeros_like(values)) if alone else None

    def _above(self, level: str, at: int, above: str) -> int:
        if level == above:
            return at
        belongs = self.world.setting.belongs.get((level, above))
        return belongs[at] if belongs else 0

    def _items(self, world: WorldState, name: str) -> Source | None:
        """A derived quantity by clause, of one clause alone."""
        values = np.array(world.own_level(name), float)
        alone = {}
        for row, item in enumerate(self.declared.items[self.declared.derived[name].by]):
            if values[row].any():
                only = np.zeros_like(values)
                only[row] = values[row]
                alone[Part("", words(name), item)] = only
        return Source(name, alone, np.zeros_like(values)) if alone else None

    def _members(self, world: WorldState, moment: Moment, name: str) -> Source | None:
        """A sum over members, or the one of some turns ago, with one member's part alone in it; by clause if that is known."""
        aggregate = self.declared.aggregates[self.declared.delays[name][0] if name in self.declared.delays else name]
        whole = np.array(world.own_level(name), float)
        if whole.shape[-1] != 1 or whole.ndim != 2:
            return None
        alone: dict[Part, np.ndarray] = {}
        level = self.declared.owners[aggregate.of].level
        for above in range(len(whole)):
            then = self._then(name, moment, above) if name in self.declared.delays else moment
            if then is None:
                continue
            below = in_lanes(self.world, then, self.run, 1) if then is not moment else world
            for at, member in enumerate(below.members(level)):
                if self._above(level, at, aggregate.role.level) == above:
                    for part, value in self._of_member(
                        below, then, aggregate.of, level, at, called(self.model.setting, member)
                    ):
                        only = np.zeros((len(below.members(level)), 1))
                        only[at] = value
                        array = below.aggregate(only, level, aggregate.role.level, aggregate.how)
                        if array.any():
                            alone[part] = array
        return Source(name, alone, np.zeros_like(whole)) if alone else None

    def _of_member(self, world: WorldState, moment: Moment, of: str, level: str, at: int, member: str) -> Iterator[tuple]:
        """The value of one member, by clause if it follows from a state that is made up of clauses."""
        values = np.broadcast_to(world.own_level(of), (len(world.members(level)), 1))
        value = float(values[at, 0])
        through = words(of)
        clauses = value and self._clauses(world, moment, of, at)
        if not clauses:
            yield Part(member, through), value
            return
        for item, share in clauses.items():
            yield Part(member, through, item), value * share

    def _clauses(self, world: WorldState, moment: Moment, of: str, at: int) -> dict[str, float] | None:
        """The shares of clauses in a derived value, if it is proportional to one state that this turn made up of clauses."""
        reads = self._made_of.get(of, ())
        states = [name for name in reads if getattr(self.declared.quantities.get(name), "state", False)]
        for state in states:
            made = self._composition(state, moment, at)
            if made and self._proportional(moment, of, state, at):
                whole = sum(made.values())
                return {item: amount / whole for item, amount in made.items() if amount}
        return None

    def _composition(self, state: str, moment: Moment, at: int) -> dict[str, float] | None:
        """A state by clauses, if all it holds was added in this turn by a rule that splits by clause."""
        if (state, moment.turn, at) not in self._compositions:
            self._compositions[state, moment.turn, at] = self._composed(state, moment, at)
        return self._compositions[state, moment.turn, at]

    def _composed(self, state: str, moment: Moment, at: int) -> dict[str, float] | None:
        moments = self._steps.get(moment.turn, ())
        cell = Cell(state, "", "", (at,), "")
        for step, then in moments:
            for contribution in step.about:
                if contribution.to != state or then.values is moment.values:
                    continue
                amount = float(np.broadcast_to(
                    contribution.rule(in_lanes(self.world, then, self.run, 1).view(contribution.role.level)),
                    (len(self.world.members(contribution.role.level)), 1),
                )[at, 0])  # fmt: skip
                parts = self.parts(contribution, then, cell, amount)
                before, now = (self._number(each.values[state], at) for each in (then, moment))
                made = {part.item: share for part, share in (parts or {}).items() if part.item}
                rest = (parts or {}).get(Part(), 0.0)
                if made and abs(before + rest) <= EXACT and abs(sum(made.values()) - now) <= EXACT:
                    return made
        return None

    @cached_property
    def _steps(self) -> dict[int, list]:
        found: dict[int, list] = {}
        for step, _, moment in self.model.moments:
            if step.kind is Kind.CONTRIBUTIONS:
                found.setdefault(moment.turn, []).append((step, moment))
        return found

    def _number(self, values: np.ndarray, at: int) -> float:
        return float(values[at, self.run if values.shape[-1] > 1 else 0])

    def _proportional(self, moment: Moment, of: str, state: str, at: int) -> bool:
        """Whether a derived value is proportional to a state: nothing without it, half with half of it."""
        world = in_lanes(self.world, moment, self.run, 3)
        world.values[state] = world.values[state] * np.array([1.0, 0.5, 0.0])
        whole, half, nothing = np.broadcast_to(world.own_level(of), (len(world.members(self.declared.owners[of].level)), 3))[at]
        return bool(nothing == 0.0 and abs(half * 2.0 - whole) <= EXACT)

    def _then(self, name: str, moment: Moment, above: int) -> Moment | None:
        """The moment from which a delayed value comes; None if it is older than the first turn."""
        world = in_lanes(self.world, moment, self.run, 1)
        turns = self.declared.delays[name][1]
        lags = world.own_level(turns) if isinstance(turns, str) else np.array([[float(turns)]])
        lag = float(np.broadcast_to(lags, (above + 1, 1))[above, 0]) if lags.shape[0] <= above else float(lags[above, 0])
        if lag < 0.5:
            return moment
        return self._ends.get(moment.turn - int(np.floor(lag + 0.5)))

    @cached_property
    def _ends(self) -> dict[int, Moment]:
        return {moment.turn: moment for step, _, moment in self.model.moments if step.kind is Kind.MEMORY}
