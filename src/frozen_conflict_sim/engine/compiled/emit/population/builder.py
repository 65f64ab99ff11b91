"""Building blocks of the code of residents: what a resident reads, for ``LANES`` runs at once.

A block has as many runs as fit into a cache line in single precision. All its residents fit into the cache of a core, and an
average over neighbours is a sum of a few whole cache lines.
"""

from __future__ import annotations

from contextlib import contextmanager

from ....declare.parameter import Quantity
from ....declare.population import NEIGHBOURS, ResidentDeclarations
from ...ir.builder import LANES, LoopBody, ModuleBuilder, Precision
from ...ir.pairwise_sum import PairwiseSum
from ...ir.primitives import applied
from ...ir.symbols import Symbol
from .neighbours import PREFETCH, neighbour_averages

PLAYING, HELD = "playing", "held"  # what residents read besides names: whether their run is played, and a vote held
POINTERS = ("traits", "surroundings", "network", "published", "sums", "result")
REDUCE = """
; Pairwise sum of rows, as numerics.ordered_sum; the sum is left in the first row.
define internal void @reduce(ptr %rows, i64 %count) {
entry:
  %any = icmp ugt i64 %count, 1
  br i1 %any, label %round, label %done
round:
  %left = phi i64 [ %count, %entry ], [ %rest, %next ]
  %half = lshr i64 %left, 1
  br label %add
add:
  %at = phi i64 [ 0, %round ], [ %further, %add ]
  %first = shl i64 %at, 1
  %second = or i64 %first, 1
  %from_one = getelementptr NUMBER, ptr %rows, i64 %first
  %from_two = getelementptr NUMBER, ptr %rows, i64 %second
  %here = getelementptr NUMBER, ptr %rows, i64 %at
  %one = load NUMBER, ptr %from_one, align 64
  %two = load NUMBER, ptr %from_two, align 64
  %both = fadd NUMBER %one, %two
  store NUMBER %both, ptr %here, align 64
  %further = add nuw nsw i64 %at, 1
  %more = icmp ult i64 %further, %half
  br i1 %more, label %add, label %tail
tail:
  %odd = and i64 %left, 1
  %is_odd = icmp ne i64 %odd, 0
  br i1 %is_odd, label %move, label %next
move:
  %end = sub i64 %left, 1
  %from = getelementptr NUMBER, ptr %rows, i64 %end
  %into = getelementptr NUMBER, ptr %rows, i64 %half
  %moved = load NUMBER, ptr %from, align 64
  store NUMBER %moved, ptr %into, align 64
  br label %next
next:
  %rest = add i64 %half, %odd
  %again = icmp ugt i64 %rest, 1
  br i1 %again, label %round, label %done
done:
  ret void
}
"""

CALL_BLOCKS = """
; Calls a function a number of times for each block; the table has a row of pointers for each.
define void @call_blocks(ptr %function, ptr %table, i64 %count, i64 %times) {
entry:
  br label %block
block:
  %at = phi i64 [ 0, %entry ], [ %next, %again ]
  %row = mul i64 %at, 6
  %here = getelementptr ptr, ptr %table, i64 %row
LOADS
  br label %call
call:
  %time = phi i64 [ 0, %block ], [ %later, %call ]
  call void %function(ptr %p0, ptr %p1, ptr %p2, ptr %p3, ptr %p4, ptr %p5)
  %later = add nuw nsw i64 %time, 1
  %once_more = icmp ult i64 %later, %times
  br i1 %once_more, label %call, label %again
again:
  %next = add nuw nsw i64 %at, 1
  %more = icmp ult i64 %next, %count
  br i1 %more, label %block, label %done
done:
  ret void
}
"""
LOADS = "\n".join(
    f"  %a{at} = getelementptr ptr, ptr %here, i64 {at}\n  %p{at} = load ptr, ptr %a{at}, align 8" for at in range(6)
)


class PopulationBuilder:
    """Emits loops over a number of residents with a number of ties each."""

    def __init__(self, declared: ResidentDeclarations, residents: int, degree: int, precision: Precision):
        self.declared, self.residents, self.degree, self.precision = declared, residents, degree, precision
        self.module = ModuleBuilder()
        self.module.text += [PREFETCH, REDUCE.replace("NUMBER", precision.number), CALL_BLOCKS.replace("LOADS", LOADS)]
        self.traits = list(declared.traits)
        self.kept = [name for name in declared.derived if self.varies(name) and self.stays(name) and self._is_common(name)]
        self.surroundings: list[str] = []
        self.sums = PairwiseSum(residents, rounds=2)
        self.max_published = self.max_sums = 0

    # What a resident reads

    @property
    def stored(self) -> list[str]:
        """What has a row in memory for each resident: the traits, and what is kept from birth."""
        return self.traits + self.kept

    def varies(self, name: str) -> bool:
        """Whether a name differs between the residents of a run."""
        own = name.removeprefix(NEIGHBOURS)
        if own in self.declared.derived:
            return any(self.varies(read) for read in self.declared.derived[own].reads)
        return own in self.declared.traits

    def stays(self, name: str) -> bool:
        """Whether nothing changes the value of a name during a run: it depends on no state."""
        if name in self.declared.derived:
            return all(self.stays(read) for read in self.declared.derived[name].reads)
        if name in self.declared.traits:
            return name not in {to for to, _, _ in self.declared.changes}
        registry, parts = self.declared.owner.declared, self.declared.composition.parts
        known = registry.quantities.get(name)
        return isinstance(known, Quantity) and not known.state and registry.owners[name].level != parts

    def _is_common(self, name: str) -> bool:
        """Whether several rules of what changes read a name, so that it pays to compute it once, at birth."""
        changing = [rule for own, rule in self.declared.derived.items() if not self.stays(own)]
        return sum(name in rule.reads for rule in (*changing, *(rule for _, _, rule in self.declared.changes))) > 1

    def published_names(self, names) -> list[str]:
        """The names whose values neighbours must read to compute ``names``."""
        found: dict[str, None] = {}
        for name in names:
            if name.startswith(NEIGHBOURS) and self.varies(name):
                found[name.removeprefix(NEIGHBOURS)] = None
            elif name in self.declared.derived:
                found |= dict.fromkeys(self.published_names(self.declared.derived[name].reads))
        return list(found)

    def read(self, body: LoopBody, name: str, candidate: int | None = None) -> Symbol:
        """The value that the current resident reads under a name."""
        key = f"{name} of {candidate}"
        if key not in body.cached:
            body.cached[key] = self._emit_read(body, name, candidate)
        return body.cached[key]

    def _emit_read(self, body, name, candidate):
        if name in self.stored:
            return self.row(body, "%traits", self.residents * self.stored.index(name), body.resident)
        if name in self.declared.derived:
            return self.apply(body, self.declared.derived[name], candidate)
        if name.startswith(NEIGHBOURS):
            own = name.removeprefix(NEIGHBOURS)
            if self.varies(own):
                raise LookupError(f"{name} is read where no average over neighbours is computed")
            return self.read(body, own, candidate)
        if name in self.declared.candidates:
            return self.row(body, "%surroundings", self.input_row(f"{name} of {candidate}"))
        return self.row(body, "%surroundings", self.input_row(name))

    def apply(self, body, rule, candidate: int | None = None):
        """Apply a rule for the current resident."""
        return applied(rule, [self.read(body, name, candidate) for name in rule.reads])

    def input_row(self, name: str) -> int:
        """The row of an input from the world; a new one if needed."""
        self.looked_up[name] = None
        if name not in self.surroundings:
            self.surroundings.append(name)
        return self.surroundings.index(name)

    # Rows

    def address(self, body, pointer: str, first: int, row: str | int = 0, step: int = 1) -> str:
        """The address of a row: ``first`` plus ``row`` steps."""
        offset = str((first + (row * step if isinstance(row, int) else 0)) * LANES)
        if not isinstance(row, int):
            offset = body.emit(f"add i64 {body.emit(f'mul i64 {row}, {step * LANES}')}, {offset}")
        return body.emit(f"getelementptr {self.precision.name}, ptr {pointer}, i64 {offset}")

    def row(self, body, pointer, first, row: str | int = 0) -> Symbol:
        """Load a row."""
        return body.symbol(f"load {self.precision.number}, ptr {self.address(body, pointer, first, row)}, align 64")

    def store(self, body, pointer, first, value, row: str | int = 0, step: int = 1) -> None:
        """Store a value in a row."""
        address = self.address(body, pointer, first, row, step)
        body.instructions.append(f"  store {self.precision.number} {body.operand(value)}, ptr {address}, align 64")

    def as_number(self, body, index: str | int):
        """An index as a number."""
        if isinstance(index, int):
            return float(index)
        single = body.emit(f"uitofp i64 {index} to {self.precision.name}")
        return Symbol(body, body.splat(single, where="instructions"), "number")

    # Functions and loops

    @contextmanager
    def function(self, name: str, pointers: tuple[str, ...] = POINTERS):
        """Open a function for the residents of one block; ``looked_up`` collects its inputs from the world."""
        self.looked_up: dict[str, None] = {}
        with self.module.function(f"@{name}({', '.join(f'ptr noalias %{pointer}' for pointer in pointers)})"):
            yield

    @contextmanager
    def straight_line(self, resident: str | int = ""):
        """Open straight-line code, for one resident or for none."""
        body = LoopBody(self.module, self.precision)
        body.resident, body.cached = resident, {}
        yield body
        self.module.text += [*body.preheader, *body.instructions]

    @contextmanager
    def each_resident(self, note: str):
        """Open a loop over residents; yield its body."""
        self.module.text.append(f"  ; {note}")
        with self.module.counted_loop(str(self.residents), prefix="resident") as resident, self.straight_line(resident) as body:
            yield body

    def emit_published(self, published: list[str]) -> None:
        """Emit the values of every resident that its neighbours read: those of one resident are contiguous."""
        self.max_published = max(self.max_published, len(published))
        if published:
            with self.each_resident("values that neighbours read") as body:
                for number, name in enumerate(published):
                    self.store(body, "%published", number, self.read(body, name), body.resident, len(published))

    def emit_neighbour_averages(self, body, published: list[str]) -> None:
        """Emit averages over the neighbours of the current resident: what the rules of this resident read about others."""
        for name, average in neighbour_averages(self, body, published).items():
            body.cached[f"{NEIGHBOURS}{name} of None"] = average

    def emit_sums(self, note: str, values) -> None:
        """Emit the pairwise sums over residents of ``values(body)``; :meth:`sum_of` loads them."""
        self.module.text.append(f"  ; {note}")
        regular, count = self.sums.regular, 0
        if regular:
            with self.module.counted_loop(str(regular), prefix="term") as position:
                first = self.module.emit(f"mul i64 {position}, {self.sums.step}")
                count = self._emit_terms(self.sums.term(0), first, position, values)
        for position in range(regular, self.sums.remaining):
            count = self._emit_terms(self.sums.term(position), "", position, values)
        self.max_sums = max(self.max_sums, count)
        for array in range(count):
            with self.straight_line() as body:
                body.instructions.append(f"  call void @reduce(ptr {self._sums(body, array)}, i64 {self.sums.remaining})")

    def _emit_terms(self, term, start: str, position: str | int, values) -> int:
        totals = self._emit_term(term, start, values)
        with self.straight_line() as body:
            for array, total in enumerate(totals):
                address = body.emit(f"getelementptr {self.precision.number}, ptr {self._sums(body, array)}, i64 {position}")
                body.instructions.append(f"  store {self.precision.number} {total.name}, ptr {address}, align 64")
        return len(totals)

    def _emit_term(self, term, start: str, values) -> list[Symbol]:
        if isinstance(term, tuple):
            one, other = (self._emit_term(part, start, values) for part in term)
            with self.straight_line() as body:
                return [body.arithmetic("add", this, that) for this, that in zip(one, other)]
        with self.straight_line() as body:
            body.resident = body.emit(f"add i64 {start}, {term}") if start else term
            return values(body)

    def _sums(self, body, array: int) -> str:
        return body.emit(f"getelementptr {self.precision.number}, ptr %sums, i64 {array * self.sums.remaining}")

    def sum_of(self, body, array: int) -> Symbol:
        """Load one of the sums."""
        return body.symbol(f"load {self.precision.number}, ptr {self._sums(body, array)}, align 64")

    def mean_at(self, body, array: int) -> Symbol:
        """One of the sums divided by the number of residents."""
        return self.sum_of(body, array) / float(self.residents)
