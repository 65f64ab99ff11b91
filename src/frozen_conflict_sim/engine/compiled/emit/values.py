"""Reading and writing values in lines: where they stand, and what a member of a level sees of them."""

from __future__ import annotations

from contextlib import contextmanager

from ...declare.parameter import Category
from ..ir.builder import LANES, Writer, numbers
from ..ir.symbols import Stack, Symbol, Word, traced
from ..layout.fields import ACTIVE, Place, Places


class Reading:
    """Lines that read and write the values of a world."""

    def __init__(self, world):
        self.world, self.declared = world, world.declared
        self.writer, self.places = Writer(), Places(world)

    def row(self, body, pointer, row, slot) -> str:
        """The address of a slot, some rows further on."""
        at = body.line(f"getelementptr double, ptr {pointer}, i64 {row}", "head") if row else pointer
        at = body.line(f"getelementptr double, ptr {at}, i64 {slot * LANES}", "head")
        return body.line(f"getelementptr double, ptr {at}, i64 {body.run}")

    def loaded(self, body, address) -> Symbol:
        """What stands at an address."""
        return body.symbol(f"load {body.precision.number}, ptr {address}, align 64")

    def store(self, body, address, value) -> None:
        """Put a value at an address."""
        body.lines.append(f"  store {body.precision.number} {body.operand(value)}, ptr {address}, align 64")

    def address(self, body, place: Place, index, member) -> str:
        """Where one item of one member stands."""
        pointer = f"%{place.space}"
        if isinstance(member, int):
            return self.row(body, pointer, "", place.slot(index, member))
        row = body.line(f"mul i64 {member}, {place.member_step * LANES}", "head")
        return self.row(body, pointer, row, place.slot(index))

    def load(self, body, place: Place, index=(), member=0) -> Symbol:
        """The value of one item of one member."""
        if place.space != "fixed":
            return self.loaded(body, self.address(body, place, index, member))
        at = body.line(
            f"getelementptr double, ptr %fixed, i64 {place.slot(index, member if isinstance(member, int) else 0)}", "head"
        )
        if not isinstance(member, int):
            at = body.line(f"getelementptr double, ptr {at}, i64 {member}", "head")
        return Symbol(body, body.splat(body.line(f"load double, ptr {at}", "head")), "number")

    def save(self, body, place: Place, member, value) -> None:
        """Store a value, or one for each item; one value serves all items."""
        values, indices = numbers(value), list(place.indices())
        values = values * len(indices) if len(values) == 1 else values
        if len(values) != len(indices):
            raise ValueError(f"{len(values)} values for {len(indices)} items")
        for index, single in zip(indices, values):
            self.store(body, self.address(body, place, index, member), single)

    @contextmanager
    def each(self, level: str, note: str):
        """A loop over the members of a level and the runs of the block: yields body and member."""
        count, writer = len(self.world.members(level)), self.writer
        if count == 1:
            with writer.over_runs(note) as body:
                yield body, 0
            return
        before, label = len(writer.text), writer.at
        with writer.counting(str(count), prefix="member") as member, writer.over_runs(note) as body:
            yield body, member
        if not count:  # A loop runs at least once; where there is nobody, it is taken back.
            del writer.text[before:]
            writer.at = label

    def above(self, body, level: str, to: str, member):
        """The member of another level that a member of a level sees."""
        if level == to:
            return member
        if len(self.world.members(to)) == 1:
            return 0
        belongs = self.world.setting.belongs[level, to]
        if isinstance(member, int):
            return belongs[member]
        table = f"@{level}_in_{to}"
        listed = ", ".join(f"i64 {place}" for place in belongs)
        self.writer.declare(f"{table} = internal constant [{len(belongs)} x i64] [{listed}]")
        at = body.line(f"getelementptr i64, ptr {table}, i64 {member}", "head")
        return body.line(f"load i64, ptr {at}", "head")

    def sees(self, body, name: str, level: str, member):
        """What a member of a level sees under a name; a word that all have in common is itself."""
        words = self._words(name)
        if len(words) == 1:
            return words.pop()
        place = self.place(name)
        return self._stacked(body, name, place, self.above(body, level, self.declared.owner(name).level, member), ())

    def _stacked(self, body, name, place, member, index):
        if len(index) < len(place.shape):
            return Stack(self._stacked(body, name, place, member, (*index, at)) for at in range(place.shape[len(index)]))
        value = self.load(body, place, index, member)
        options = getattr(self.declared.quantities.get(name), "options", None)
        return Word(body, value.name, options) if options else value

    def _words(self, name: str) -> set[str]:
        if not isinstance(self.declared.quantities.get(name), Category):
            return set()
        return {self.world.categories[name, member] for member in self.world.members(self.declared.owners[name].level)}

    def judged(self, body, rule, level: str, member):
        """What a rule gives for a member."""
        return traced(rule.function)(*(self.sees(body, name, level, member) for name in rule.reads))

    def active(self, body) -> Symbol:
        """In which runs the play goes on."""
        return self.load(body, self.places.known[ACTIVE]) > 0.5
