"""The function that creates the residents of one block: uniform draws for four residents at a time, then every trait."""

from __future__ import annotations

from contextlib import contextmanager

from ....declare.population import Population
from ....random_streams import scrambled, share_of
from ...ir.builder import LANES, WIDE_DOUBLE, LoopBody, ModuleBuilder, Precision
from ...ir.symbols import Symbol, Table, traced

POINTERS = ("traits", "seen", "streams", "keys", "table", "lots")


class BirthFunction:
    """Emits the function ``create``.

    What residents see stands in rows of double precision, ``parts`` of them where each part has its own; the first rows say
    where one part ends and the next begins.
    """

    def __init__(self, module: ModuleBuilder, crowd: Population, residents: int, parts: int, width: int, precision: Precision):
        self.module, self.crowd, self.declared, self.residents = module, crowd, crowd.residents, residents
        self.parts, self.width = parts, width
        declared = self.declared
        self.rows: dict[str, int] = {}
        self.tables: dict[str, None] = {}
        self.size = parts - 1
        pointers = ", ".join(f"ptr noalias %{pointer}" for pointer in POINTERS)
        with module.function(f"@born({pointers})"), module.counted_loop(str(-(-residents // 4)), prefix="four") as four:
            self._draw(four)
            first, left, some, count = (module.fresh_name() for _ in range(4))
            module.text += [
                f"  {first} = mul i64 {four}, 4",
                f"  {left} = sub i64 {residents}, {first}",
                f"  {some} = icmp ult i64 {left}, 4",
                f"  {count} = select i1 {some}, i64 {left}, i64 4",
            ]
            with module.counted_loop(count, prefix="resident") as one, self._straight_line() as body:
                body.one, body.resident, body.seen = one, body.emit(f"add i64 {first}, {one}"), {}
                row = body.emit(f"mul i64 {body.resident}, {LANES}")
                for place, trait in enumerate(declared.traits):
                    at = body.emit(f"add i64 {row}, {place * residents * LANES}")
                    at = body.emit(f"getelementptr {precision.name}, ptr %traits, i64 {at}")
                    value = body.convert(self._begins(body, trait), precision)
                    body.instructions.append(f"  store {precision.number} {value}, ptr {at}, align 64")

    @contextmanager
    def _straight_line(self):
        body = LoopBody(self.module, WIDE_DOUBLE)
        yield body
        self.module.text += [*body.preheader, *body.instructions]

    def _draw(self, four: str) -> None:
        """Emit four uniform numbers of each stream."""
        with self._straight_line() as body:
            low, high = (self._stream_half(body, half) for half in (0, 1))
            place, turn = (Symbol(body, body.splat(word, "bits", "instructions"), "bits") for word in (four, "0"))
            for number in range(len(self.declared.draws)):
                key = []
                for half in (0, 1):
                    at = body.emit(f"getelementptr i64, ptr %keys, i64 {2 * number + half}")
                    key.append(Symbol(body, body.splat(body.emit(f"load i64, ptr {at}"), "bits", "instructions"), "bits"))
                for word, bits in enumerate(traced(scrambled)((place, turn, low, high), key)):
                    at = body.emit(f"getelementptr {WIDE_DOUBLE.number}, ptr %lots, i64 {4 * number + word}")
                    share = traced(share_of)(body.as_number(bits))
                    body.instructions.append(f"  store {WIDE_DOUBLE.number} {share.name}, ptr {at}, align 64")

    def _stream_half(self, body, half: int) -> Symbol:
        at = body.emit(f"getelementptr {WIDE_DOUBLE.bits}, ptr %streams, i64 {half}")
        return body.symbol(f"load {WIDE_DOUBLE.bits}, ptr {at}, align 64", "bits")

    def _begins(self, body, trait: str):
        rule = self.declared.at_birth.get(trait)
        return (
            traced(rule.function)(*(self._sees(body, name) for name in rule.reads))
            if rule
            else self.declared.traits[trait].default
        )

    def _sees(self, body, name: str):
        if name not in body.seen:
            body.seen[name] = self._emit_read(body, name)
        return body.seen[name]

    def _emit_read(self, body, name):
        if name in self.declared.draws:
            number = list(self.declared.draws).index(name)
            at = body.emit(f"add i64 {body.one}, {4 * number}")
            return self._loaded(body, "%lots", at)
        if name in self.declared.traits:
            return self._begins(body, name)
        if name in self.crowd.declared.tables:
            self.tables[name] = None
            return Table(body, "%table", self.width)
        of_parts = self.crowd.declared.owner(name).level == self.declared.composition.parts
        if name not in self.rows:
            self.rows[name] = self.size
            self.size += self.parts if of_parts else 1
        row = self.rows[name]
        value = self._loaded(body, "%seen", row)
        for part in range(1, self.parts if of_parts else 1):
            value = body.select(self._beyond(body, part - 1), self._loaded(body, "%seen", row + part), value)
        return value

    def _beyond(self, body, edge: int) -> Symbol:
        """Whether the resident belongs to a part after an edge."""
        place = body.emit(f"uitofp i64 {body.resident} to double")
        place = Symbol(body, body.splat(place, where="instructions"), "number")
        return (place + 0.5) / float(self.residents) > self._loaded(body, "%seen", edge)

    def _loaded(self, body, pointer: str, row) -> Symbol:
        at = body.emit(f"getelementptr {WIDE_DOUBLE.number}, ptr {pointer}, i64 {row}")
        return body.symbol(f"load {WIDE_DOUBLE.number}, ptr {at}, align 64")
