"""The strategic part of a turn as straight lines: what is declared, in the order in which a turn needs it."""

from __future__ import annotations

from contextlib import contextmanager

from ..ir.builder import LANES, numbers
from ..ir.operations import and_, pick_at_least, pick_at_most, pick_either
from ..ir.symbols import Symbol
from ..layout.fields import Place
from .derived import Deriving
from .random_numbers import write_chance

POINTERS = ("block", "fixed", "passing", "around", "answers", "notes")
ENDED = "turn after which the run ended"


class Script(Deriving):
    """Writes functions that play parts of a turn for one block of runs."""

    def __init__(self, world, decision_maker):
        super().__init__(world, decision_maker)
        self.streams: list[tuple[str, int]] = []
        write_chance(self)

    def draw_hazard(self, name: str) -> None:
        """Draw a chance event."""
        hazard = self.declared.hazards[name]
        level = hazard.role.level
        self.need(*hazard.rule.reads)
        with self.each(level, name) as (body, member):
            drawn = self.load(body, self.places.known[f"chance of {name}"], (), member)
            comes = and_(drawn < self.judged(body, hazard.rule, level, member), self.active(body))
            self.save(body, self.place(name), member, pick_either(comes, 1.0, 0.0))
        self.stale(name)

    def finds_out(self, name: str) -> None:
        """Find something out, for the rest of the turn."""
        announcement = self.declared.fixed_values[name]
        self.need(*announcement.determined_by.reads)
        with self.each(announcement.role.level, name) as (body, member):
            found = self.judged(body, announcement.determined_by, announcement.role.level, member)
            self.save(body, self.place(name), member, pick_either(self.active(body), found, 0.0))
        self.stale(name)

    def change(self, contributions) -> None:
        """Add contributions, all judged on the same state, then hold the bounds, as :meth:`~..world.World.change` does."""
        self.need(*(read for contribution in contributions for read in contribution.rule.reads))
        targets: dict[str, list[Place]] = {}
        for contribution in contributions:
            level, to = contribution.role.level, self.place(contribution.to)
            if level != self.declared.owners[contribution.to].level:
                raise LookupError(f"{contribution.rule.name} changes {contribution.to} of another level")
            amount = self.temporary(f"{contribution.rule.name} to {contribution.to}", to.shape, to.members)
            with self.each(level, f"{contribution.to} <- {contribution.rule.name}") as (body, member):
                active, given = self.active(body), self.judged(body, contribution.rule, level, member)
                self.save(body, amount, member, [pick_either(active, value, 0.0) for value in numbers(given)])
            targets.setdefault(contribution.to, []).append(amount)
        for name, amounts in targets.items():
            quantity, place = self.declared.quantities[name], self.place(name)
            with self.each(self.declared.owners[name].level, f"bounds of {name}") as (body, member):
                active = self.active(body)
                for index in place.indices():
                    old = reached = self.load(body, place, index, member)
                    for amount in amounts:
                        reached = reached + self.load(body, amount, index, member)
                    held = pick_at_most(pick_at_least(reached, quantity.low), quantity.high)
                    new = pick_either(active, reached + (held - reached), old)
                    self.store(body, self.address(body, place, index, member), new)
        for name in targets:
            self.stale(name)

    def counted(self, body, count: str) -> Symbol:
        """What a loop, or the game, has counted, as a number."""
        return Symbol(body, body.splat(body.line(f"uitofp i64 {count} to double", "head")), "number")

    def in_turn(self, body, past: Place, turn: str, member) -> str:
        """Where the value of a turn stands among those that are remembered."""
        row = body.line(f"mul i64 {turn}, {past.members * LANES}", "head")
        if not isinstance(member, int):
            row = body.line(f"add i64 {row}, {body.line(f'mul i64 {member}, {LANES}', 'head')}", "head")
        return self.row(body, "%block", row, past.base + (member if isinstance(member, int) else 0))

    @contextmanager
    def function(self, name: str):
        """A function that plays a part of the turn for one block."""
        pointers = ", ".join(f"ptr noalias %{pointer}" for pointer in POINTERS)
        with self.writer.function(f"@{name}({pointers}, i64 %turn)"):
            yield

    def source(self) -> str:
        """The whole text."""
        return self.writer.source()
