"""Emit chance events, values fixed within the turn, and contributions."""

from __future__ import annotations

from contextlib import contextmanager

from ..ir.builder import LANES
from ..ir.operations import and_, at_least, at_most, select
from ..ir.symbols import Symbol, flattened
from ..layout.fields import Field
from .derived import DerivedEmitter
from .random_numbers import emit_random_numbers

POINTERS = ("block", "constants", "scratch", "surroundings", "results", "records")
ENDED = "turn after which the run ended"


class StepEmitter(DerivedEmitter):
    """Emits functions that play sections of a turn for one block of runs."""

    def __init__(self, world, decision_maker):
        super().__init__(world, decision_maker)
        self.streams: list[tuple[str, int]] = []
        emit_random_numbers(self)

    def emit_hazard(self, name: str) -> None:
        """Emit a chance event."""
        hazard = self.declared.hazards[name]
        level = hazard.role.level
        self.require(*hazard.rule.reads)
        with self.loop_over_members(level, name) as (body, member):
            drawn = self.load(body, self.layout.fields[f"chance of {name}"], (), member)
            chance, active = self.apply(body, hazard.rule, level, member), self.active(body)
            self.note_fault(body, [chance], [active])
            comes = and_(drawn < chance, active)
            self.save(body, self.field(name), member, select(comes, 1.0, 0.0))
        self.invalidate(name)

    def emit_fixed_value(self, name: str) -> None:
        """Emit a value that is fixed for the rest of the turn."""
        value = self.declared.fixed_values[name]
        self.require(*value.determined_by.reads)
        with self.loop_over_members(value.role.level, name) as (body, member):
            found, active = self.apply(body, value.determined_by, value.role.level, member), self.active(body)
            self.note_fault(body, [found], [active])
            self.save(body, self.field(name), member, select(active, found, 0.0))
        self.invalidate(name)

    def emit_contributions(self, contributions) -> None:
        """Emit contributions, all computed from the same state, and the clipping to bounds, as in :meth:`WorldState.change`."""
        self.require(*(read for contribution in contributions for read in contribution.rule.reads))
        targets: dict[str, list[Field]] = {}
        for contribution in contributions:
            level, to = contribution.role.level, self.field(contribution.to)
            if level != self.declared.owners[contribution.to].level:
                raise LookupError(f"{contribution.rule.name} changes {contribution.to} of another level")
            amount = self.temporary(f"{contribution.rule.name} to {contribution.to}", to.shape, to.members)
            with self.loop_over_members(level, f"{contribution.to} <- {contribution.rule.name}") as (body, member):
                active, given = self.active(body), self.apply(body, contribution.rule, level, member)
                self.save(body, amount, member, [select(active, single, 0.0) for single in flattened(given)])
            targets.setdefault(contribution.to, []).append(amount)
        for name, amounts in targets.items():
            quantity, field = self.declared.quantities[name], self.field(name)
            with self.loop_over_members(self.declared.owners[name].level, f"bounds of {name}") as (body, member):
                active = self.active(body)
                for index in field.indices():
                    old = reached = self.load(body, field, index, member)
                    for amount in amounts:
                        reached = reached + self.load(body, amount, index, member)
                    held = at_most(at_least(reached, quantity.low), quantity.high)
                    new = select(active, reached + (held - reached), old)
                    self.store(body, self.address(body, field, index, member), new)
        for name in targets:
            self.invalidate(name)

    def as_number(self, body, count: str) -> Symbol:
        """A counter as a number."""
        return Symbol(body, body.splat(body.emit(f"uitofp i64 {count} to double", "preheader")), "number")

    def past_address(self, body, past: Field, turn: str, member) -> str:
        """The address of the value of a turn among those that are kept for delays."""
        row = body.emit(f"mul i64 {turn}, {past.members * LANES}", "preheader")
        if not isinstance(member, int):
            row = body.emit(f"add i64 {row}, {body.emit(f'mul i64 {member}, {LANES}', 'preheader')}", "preheader")
        return self.row(body, "%block", row, past.offset + (member if isinstance(member, int) else 0))

    @contextmanager
    def function(self, name: str):
        """Open a function that plays a section of the turn for one block."""
        pointers = ", ".join(f"ptr noalias %{pointer}" for pointer in POINTERS)
        with self.module.function(f"@{name}({pointers}, i64 %turn)"):
            yield

    def source(self) -> str:
        """The source of the module."""
        return self.module.source()
