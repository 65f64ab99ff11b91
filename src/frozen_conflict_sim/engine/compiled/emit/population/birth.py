"""The function that creates the residents of one block: uniform draws for four residents at a time, then every trait."""

from __future__ import annotations

from contextlib import contextmanager

from ....declare.population import Population
from ....random_streams import scrambled, share_of
from ...ir.builder import DOUBLE, LANES, LoopBody, Precision
from ...ir.primitives import applied, traced
from ...ir.symbols import Symbol, Table
from .builder import PopulationBuilder

POINTERS = ("traits", "inputs", "streams", "keys", "table", "draws")


class _Within(LoopBody):
    """Code in another precision within the body of a loop."""

    def __init__(self, body: LoopBody, precision: Precision):
        super().__init__(body.module, precision)
        self.preheader, self.instructions, self.computed = body.preheader, body.instructions, body.computed


class BirthFunction:
    """Emits the function ``create``.

    Its inputs are rows in double precision: first the edges between the parts, then one row for each value, or ``parts`` rows
    for a value that each part has of its own. ``rows`` is the first row of each value, ``size`` the number of rows.
    Its results are the traits, and what ``functions`` keep from birth: derived quantities that nothing changes.
    """

    def __init__(self, functions: PopulationBuilder, population: Population, parts: int, width: int):
        self.functions, self.population, self.declared = functions, population, population.residents
        self.module, self.residents, self.precision = functions.module, functions.residents, functions.precision
        self.parts, self.width = parts, width
        module, residents = self.module, self.residents
        self.rows: dict[str, int] = {}
        self.tables: dict[str, None] = {}
        self.size = parts - 1
        pointers = ", ".join(f"ptr noalias %{pointer}" for pointer in POINTERS)
        with module.function(f"@create({pointers})"), module.counted_loop(str(-(-residents // 4)), prefix="group") as group:
            self._draw(group)
            first, remaining, is_short, count = (module.fresh_name() for _ in range(4))
            module.text += [
                f"  {first} = mul i64 {group}, 4",
                f"  {remaining} = sub i64 {residents}, {first}",
                f"  {is_short} = icmp ult i64 {remaining}, 4",
                f"  {count} = select i1 {is_short}, i64 {remaining}, i64 4",
            ]
            with module.counted_loop(count, prefix="resident") as offset, self._straight_line() as body:
                body.offset, body.resident, body.cached = offset, body.emit(f"add i64 {first}, {offset}"), {}
                row = body.emit(f"mul i64 {body.resident}, {LANES}")
                for place, name in enumerate(functions.stored):
                    at = body.emit(f"add i64 {row}, {place * residents * LANES}")
                    at = body.emit(f"getelementptr {self.precision.name}, ptr %traits, i64 {at}")
                    value = self._as_residents_read(body, name)
                    body.instructions.append(f"  store {self.precision.number} {value}, ptr {at}, align 64")

    @contextmanager
    def _straight_line(self):
        body = LoopBody(self.module, DOUBLE)
        yield body
        self.module.text += [*body.preheader, *body.instructions]

    def _draw(self, group: str) -> None:
        """Emit four uniform numbers of each stream."""
        with self._straight_line() as body:
            low, high = (self._stream_half(body, half) for half in (0, 1))
            place, turn = (Symbol(body, body.splat(word, "bits", "instructions"), "bits") for word in (group, "0"))
            for number in range(len(self.declared.draws)):
                key = []
                for half in (0, 1):
                    at = body.emit(f"getelementptr i64, ptr %keys, i64 {2 * number + half}")
                    key.append(Symbol(body, body.splat(body.emit(f"load i64, ptr {at}"), "bits", "instructions"), "bits"))
                for word, bits in enumerate(traced(scrambled)((place, turn, low, high), key)):
                    at = body.emit(f"getelementptr {DOUBLE.number}, ptr %draws, i64 {4 * number + word}")
                    share = traced(share_of)(body.as_number(bits))
                    body.instructions.append(f"  store {DOUBLE.number} {share.name}, ptr {at}, align 64")

    def _stream_half(self, body, half: int) -> Symbol:
        at = body.emit(f"getelementptr {DOUBLE.bits}, ptr %streams, i64 {half}")
        return body.symbol(f"load {DOUBLE.bits}, ptr {at}, align 64", "bits")

    def _trait(self, body, trait: str):
        rule = self.declared.at_birth.get(trait)
        return applied(rule, [self._read(body, name) for name in rule.reads]) if rule else self.declared.traits[trait].default

    def _as_residents_read(self, body, name: str) -> str:
        """The value of a trait, or of a derived quantity of those that nothing changes, in the precision of the residents."""
        if name not in self.declared.derived:
            return body.convert(self._read(body, name), self.precision)
        rule = self.declared.derived[name]
        own = _Within(body, self.precision)
        read = [Symbol(own, self._as_residents_read(body, other), "number") for other in rule.reads]
        return own.operand(applied(rule, read))

    def _read(self, body, name: str):
        if name not in body.cached:
            body.cached[name] = self._emit_read(body, name)
        return body.cached[name]

    def _emit_read(self, body, name):
        if name in self.declared.draws:
            number = list(self.declared.draws).index(name)
            at = body.emit(f"add i64 {body.offset}, {4 * number}")
            return self._loaded(body, "%draws", at)
        if name in self.declared.traits:
            return self._trait(body, name)
        if name in self.population.declared.tables:
            self.tables[name] = None
            return Table(body, "%table", self.width)
        of_parts = self.population.declared.owner(name).level == self.declared.composition.parts
        if name not in self.rows:
            self.rows[name] = self.size
            self.size += self.parts if of_parts else 1
        row = self.rows[name]
        value = self._loaded(body, "%inputs", row)
        for part in range(1, self.parts if of_parts else 1):
            value = body.select(self._after_edge(body, part - 1), self._loaded(body, "%inputs", row + part), value)
        return value

    def _after_edge(self, body, edge: int) -> Symbol:
        """Whether the resident belongs to a part after an edge."""
        place = body.emit(f"uitofp i64 {body.resident} to double")
        place = Symbol(body, body.splat(place, where="instructions"), "number")
        return (place + 0.5) / float(self.residents) > self._loaded(body, "%inputs", edge)

    def _loaded(self, body, pointer: str, row) -> Symbol:
        at = body.emit(f"getelementptr {DOUBLE.number}, ptr {pointer}, i64 {row}")
        return body.symbol(f"load {DOUBLE.number}, ptr {at}, align 64")
