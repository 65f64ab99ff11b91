"""Emit loads and stores of values: addresses of fields, loops over members, and what a member reads under a name."""

from __future__ import annotations

from contextlib import contextmanager

from ..ir.builder import LANES, ModuleBuilder
from ..ir.operations import select
from ..ir.primitives import applied
from ..ir.symbols import CategorySymbol, Stack, Symbol, flattened
from ..layout.fields import ACTIVE, FAULT, Field, Layout


class ValueEmitter:
    """Emits loads and stores of the values of a world."""

    def __init__(self, world):
        self.world, self.declared = world, world.declared
        self.module, self.layout = ModuleBuilder(), Layout(world)

    def row(self, body, pointer, row, slot) -> str:
        """The address of a slot, after an offset of some rows."""
        at = body.emit(f"getelementptr double, ptr {pointer}, i64 {row}", "preheader") if row else pointer
        return body.emit(f"getelementptr double, ptr {at}, i64 {slot * LANES}", "preheader")

    def loaded(self, body, address) -> Symbol:
        """Load the value at an address."""
        return body.symbol(f"load {body.precision.number}, ptr {address}, align 64")

    def store(self, body, address, value) -> None:
        """Store a value at an address."""
        body.instructions.append(f"  store {body.precision.number} {body.operand(value)}, ptr {address}, align 64")

    def address(self, body, field: Field, index, member) -> str:
        """The address of one item of one member."""
        pointer = f"%{field.buffer}"
        if isinstance(member, int):
            return self.row(body, pointer, "", field.slot(index, member))
        row = body.emit(f"mul i64 {member}, {field.member_step * LANES}", "preheader")
        return self.row(body, pointer, row, field.slot(index))

    def load(self, body, field: Field, index=(), member=0) -> Symbol:
        """Load one item of one member."""
        if field.buffer != "constants":
            return self.loaded(body, self.address(body, field, index, member))
        at = body.emit(
            f"getelementptr double, ptr %constants, i64 {field.slot(index, member if isinstance(member, int) else 0)}",
            "preheader",
        )
        if not isinstance(member, int):
            at = body.emit(f"getelementptr double, ptr {at}, i64 {member}", "preheader")
        return Symbol(body, body.splat(body.emit(f"load double, ptr {at}", "preheader")), "number")

    def save(self, body, field: Field, member, value) -> None:
        """Store one value for each item, or one value in all items. Raise ``ValueError`` if the number of values is another."""
        values, indices = flattened(value), list(field.indices())
        values = values * len(indices) if len(values) == 1 else values
        if len(values) != len(indices):
            raise ValueError(f"{len(values)} values for {len(indices)} items")
        for index, single in zip(indices, values):
            self.store(body, self.address(body, field, index, member), single)

    @contextmanager
    def loop_over_members(self, level: str, note: str):
        """Open a loop over the members of a level and the runs of a block; yield the body and the member."""
        count, module = len(self.world.members(level)), self.module
        if count == 1:
            with module.over_runs(note) as body:
                yield body, 0
            return
        before, label = len(module.text), module.at
        with module.counted_loop(str(count), prefix="member") as member, module.over_runs(note) as body:
            yield body, member
        if not count:  # A loop runs at least once; without members it is removed.
            del module.text[before:]
            module.at = label

    def member_above(self, body, level: str, to: str, member):
        """The member of another level to which a member belongs."""
        if level == to:
            return member
        if len(self.world.members(to)) == 1:
            return 0
        belongs = self.world.setting.belongs[level, to]
        if isinstance(member, int):
            return belongs[member]
        table = f"@{level}_in_{to}"
        listed = ", ".join(f"i64 {one}" for one in belongs)
        self.module.declare(f"{table} = internal constant [{len(belongs)} x i64] [{listed}]")
        at = body.emit(f"getelementptr i64, ptr {table}, i64 {member}", "preheader")
        return body.emit(f"load i64, ptr {at}", "preheader")

    def read(self, body, name: str, level: str, member):
        """The value that a member of a level reads under a name; a word is looked up in memory, or a string if structural."""
        if getattr(self.declared.quantities.get(name), "structural", False):
            (word,) = {self.world.categories[name, owner] for owner in self.world.members(self.declared.owner(name).level)}
            return word
        field = self.field(name)
        return self._stacked(body, name, field, self.member_above(body, level, self.declared.owner(name).level, member), ())

    def _stacked(self, body, name, field, member, index):
        if len(index) < len(field.shape):
            return Stack(self._stacked(body, name, field, member, (*index, at)) for at in range(field.shape[len(index)]))
        value = self.load(body, field, index, member)
        options = getattr(self.declared.quantities.get(name), "options", None)
        return CategorySymbol(body, value.name, options) if options else value

    def apply(self, body, rule, level: str, member):
        """Apply a rule for a member."""
        return applied(rule, [self.read(body, name, level, member) for name in rule.reads])

    def active(self, body) -> Symbol:
        """The mask of the runs that have not ended."""
        return self.load(body, self.layout.fields[ACTIVE]) > 0.5

    def note_fault(self, body, values, counts) -> None:
        """Mark the runs in which a value is no finite number where it counts."""
        field = self.layout.fields[FAULT]
        fault = self.load(body, field)
        for value, where in zip(values, counts):
            if isinstance(value, Symbol) and value.kind == "number" and where is not False:
                fault = fault + select(where, value - value, 0.0)
        self.save(body, field, 0, fault)
