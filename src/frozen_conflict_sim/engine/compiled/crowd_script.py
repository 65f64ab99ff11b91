"""What residents do, as straight lines over the residents of some runs, in single precision.

As many runs as fit into one vector stand together, so that all their residents fit into a processor's own cache, and what
a resident hears is a sum of a few whole cache lines.
"""

from __future__ import annotations

from contextlib import contextmanager

from ..crowd import Residents
from ..kernels import HEARD
from .crowd_frame import BLOCKS, CALL, FOLD, LANES, write_listening
from .lines import SINGLE, Body, Writer
from .logic import pick_at_least, pick_at_most, pick_either, picked
from .symbols import traced

PLAYING = "playing"
POINTERS = "ptr noalias %traits, ptr noalias %around, ptr noalias %network, ptr noalias %passing, ptr noalias %answer"
HEAD = f"({POINTERS}, i64 %residents)"


class CrowdScript:
    """Writes the functions of one kind of residents for a number of candidates in a vote and a number of ties."""

    def __init__(self, declared: Residents, candidates: int, voter: str, degree: int):
        self.declared, self.voter, self.degree = declared, voter, degree
        self.writer = Writer()
        self.traits = list(declared.traits)
        self.around: list[str] = [PLAYING]
        self.averages: list[str] = []
        self.phases = list(dict.fromkeys(phase for _, phase, _ in declared.changes))
        self.writer.text.append(FOLD)
        for observed in dict.fromkeys(observed.of for observed in declared.observed):
            if not self._listens(observed):
                self._average(observed)
        averages = [f"average_{name}" for name in self.averages]
        moving = [f"average_{name}" for name in self.averages if not self._stays(name)]
        for phase in self.phases:
            self._update(phase)
            self._in_all_blocks(f"live_{phase}", f"update_{phase}", *moving)
        if averages:
            self._in_all_blocks("observe", *averages)
        self.candidates = candidates
        if declared.appeals and candidates:
            self._vote()
            self._in_all_blocks("vote", "ballot")

    def _in_all_blocks(self, name: str, *called: str) -> None:
        calls = "\n".join(CALL.replace("NAME", one) for one in called)
        self.writer.text.append(BLOCKS.replace("NAME", name).replace("CALLS", calls))

    # What a resident sees

    def varies(self, name: str) -> bool:
        """Whether a name differs between the residents of a run."""
        own = name.removeprefix(HEARD)
        if own in self.declared.measures:
            return any(self.varies(read) for read in self.declared.measures[own].reads)
        return own in self.declared.traits

    def _listens(self, name: str) -> bool:
        """Whether what others say bears on a name."""
        if name in self.declared.measures:
            return any(self._listens(read) for read in self.declared.measures[name].reads)
        return name.startswith(HEARD) and self.varies(name)

    def _sees(self, body: Body, name: str, candidate: int | None = None):
        """What the resident at hand sees under a name."""
        key = f"{name} of {candidate}"
        if key not in body.seen:
            body.seen[key] = self._looks(body, name, candidate)
        return body.seen[key]

    def _looks(self, body, name, candidate):
        if name in self.declared.traits:
            return self._trait(body, name)
        if name in self.declared.measures:
            return self._judged(body, self.declared.measures[name], candidate)
        if name.startswith(HEARD):
            own = name.removeprefix(HEARD)
            if self.varies(own):
                raise LookupError(f"{name} is heard where nobody listens")
            return self._sees(body, own, candidate)
        if name in self.declared.candidates:
            return self._row(body, "%around", self._place(f"{name} of {candidate}"), "")
        return self._row(body, "%around", self._place(name), "")

    def _judged(self, body, rule, candidate=None):
        return traced(rule.function)(*(self._sees(body, name, candidate) for name in rule.reads))

    def _place(self, name: str) -> int:
        if name not in self.around:
            self.around.append(name)
        return self.around.index(name)

    def _address(self, body, pointer: str, row: str | int, array: str | int = "") -> str:
        """Where a row stands: of one array of many, ``residents`` rows each."""
        offset = str(row * LANES) if isinstance(row, int) else body.line(f"mul i64 {row}, {LANES}")
        if array != "":
            whole = body.line(f"mul i64 %residents, {array * LANES}")
            offset = body.line(f"add i64 {whole}, {offset}")
        return body.line(f"getelementptr float, ptr {pointer}, i64 {offset}")

    def _row(self, body, pointer, row, array=""):
        return body.symbol(f"load {SINGLE.number}, ptr {self._address(body, pointer, row, array)}, align 64")

    def _store(self, body, pointer, row, array, value):
        body.lines.append(
            f"  store {SINGLE.number} {body.operand(value)}, ptr {self._address(body, pointer, row, array)}, align 64"
        )

    def _trait(self, body, name):
        return self._row(body, "%traits", body.resident, self.traits.index(name))

    # Loops

    @contextmanager
    def _each_resident(self, note: str):
        """A loop over residents: yields its body."""
        self.writer.text.append(f"  ; {note}")
        with self.writer.counting("%residents", prefix="resident") as resident, self._lines(resident) as body:
            yield body

    @contextmanager
    def _lines(self, resident: str = ""):
        """Lines for one resident, or for none in particular."""
        body = Body(self.writer, SINGLE)
        body.resident, body.seen = resident, {}
        yield body
        self.writer.text += [*body.head, *body.lines]

    def _update(self, phase: str) -> None:
        changes = [(to, rule) for to, when, rule in self.declared.changes if when == phase]
        heard = self._heard_in([rule for _, rule in changes])
        with self.writer.function(f"@update_{phase}{HEAD}"):
            with self._each_resident("what residents say") as body:
                first = body.line(f"mul i64 {body.resident}, {len(heard)}") if heard else ""
                for array, name in enumerate(heard):
                    self._store(body, "%passing", body.line(f"add i64 {first}, {array}"), "", self._sees(body, name))
            self.writer.text.append("  ; what they hear, and what they make of it")
            with self.writer.counting("%residents", prefix="resident") as resident:
                sums = write_listening(self.writer, heard, resident, self.degree)
                with self._lines(resident) as body:
                    for name in heard:
                        body.seen[f"{HEARD}{name} of None"] = self._mean(body, sums[name], str(self.degree))
                    new: dict = {}
                    playing = self._sees(body, PLAYING)
                    for to, rule in changes:
                        new[to] = new.get(to, self._trait(body, to)) + self._judged(body, rule) * playing
                    for to, value in new.items():
                        trait = self.declared.traits[to]
                        held = pick_at_most(pick_at_least(value, trait.low), trait.high)
                        self._store(body, "%traits", body.resident, self.traits.index(to), held)

    def _heard_in(self, rules) -> list[str]:
        """What must be known of others to judge rules."""
        found: dict[str, None] = {}
        for rule in rules:
            for name in rule.reads:
                if name.startswith(HEARD) and self.varies(name):
                    found[name.removeprefix(HEARD)] = None
                elif name in self.declared.measures:
                    found |= dict.fromkeys(self._heard_in([self.declared.measures[name]]))
        return list(found)

    def _mean(self, body, amount: str, count: str):
        """A sum divided by a count."""
        wide = SINGLE.number
        single = body.line(f"uitofp i64 {count} to float")
        first = body.line(f"insertelement {wide} poison, float {single}, i64 0")
        every = body.line(f"shufflevector {wide} {first}, {wide} poison, <{LANES} x i32> zeroinitializer")
        return body.symbol(f"fdiv {wide} {amount}, {every}")

    def _call_fold(self, array: int) -> None:
        offset, place = self.writer.fresh(), self.writer.fresh()
        self.writer.text += [
            f"  {offset} = mul i64 %residents, {array * LANES}",
            f"  {place} = getelementptr float, ptr %passing, i64 {offset}",
            f"  call void @fold(ptr {place}, i64 %residents)",
        ]

    def _stays(self, name: str) -> bool:
        """Whether a name follows from traits that nothing changes."""
        if name in self.declared.measures:
            return all(self._stays(read) for read in self.declared.measures[name].reads)
        return name in self.declared.traits and name not in {to for to, _, _ in self.declared.changes}

    def _average(self, name: str) -> None:
        """The average of a name: the first halving is done while the residents are looked at."""
        place, writer = len(self.averages), self.writer
        self.averages.append(name)
        with writer.function(f"@average_{name}{HEAD}"):
            half, last, odd, left = (writer.fresh() for _ in range(4))
            writer.text += [f"  {half} = lshr i64 %residents, 1", f"  {last} = sub i64 %residents, 1"]
            with writer.counting(half, prefix="pair") as one, self._lines(one) as body:
                first = self._sees(body, name)
                body.resident, body.seen = body.line(f"add i64 {one}, {half}"), {}
                self._store(body, "%passing", one, "", first + self._sees(body, name))
            # Of an odd number the last stays as it is; of an even number it is not looked at.
            with self._lines(last) as body:
                self._store(body, "%passing", half, "", self._sees(body, name))
            writer.text += [
                f"  {odd} = and i64 %residents, 1",
                f"  {left} = add i64 {half}, {odd}",
                f"  call void @fold(ptr %passing, i64 {left})",
            ]
            with self._lines() as body:
                whole = self._row(body, "%passing", 0)
                self._store(body, "%answer", place, "", self._mean(body, whole.name, "%residents"))

    def _appeals(self, body) -> list:
        found = []
        for candidate in range(self.candidates):
            parts = [self._judged(body, rule, candidate) for rule in self.declared.appeals]
            found.append(sum(parts[1:], parts[0]))
        return found

    def _vote(self) -> None:
        """Everybody votes for the most appealing; the first two meet in a runoff, as in :meth:`~..kernels.Public.vote`."""
        count, everybody, row = self.candidates, self.candidates, len(self.averages)
        with self.writer.function(f"@ballot{HEAD}"):
            with self._each_resident("the ballot") as body:
                choice, votes = picked(self._appeals(body), [True] * count), self._trait(body, self.voter)
                for candidate in range(count):
                    mine = votes * pick_either(choice == float(candidate), 1.0, 0.0) if count > 1 else votes
                    self._store(body, "%passing", body.resident, candidate, mine)
                self._store(body, "%passing", body.resident, everybody, votes)
            for array in range(count + 1):
                self._call_fold(array)
            with self._lines() as body:
                votes = [self._row(body, "%passing", 0, candidate) for candidate in range(count)]
                first = picked(votes, [True] * count)
                second = picked(votes, [_other(first, candidate) for candidate in range(count)]) if count > 1 else first
                self._store(body, "%answer", row, "", first)
                self._store(body, "%answer", row + 1, "", second)
            with self._each_resident("the runoff") as body:
                appeals, votes = self._appeals(body), self._trait(body, self.voter)
                mine = [_of(appeals, self._row(body, "%answer", at)) for at in (row, row + 1)]
                self._store(body, "%passing", body.resident, 0, votes * pick_either(mine[0] >= mine[1], 1.0, 0.0))
            self._call_fold(0)
            with self._lines() as body:
                wins = self._row(body, "%passing", 0, 0) * 2.0 >= self._row(body, "%passing", 0, everybody)
                first, second = (self._row(body, "%answer", at) for at in (row, row + 1))
                self._store(body, "%answer", row, "", pick_either(wins, first, second))

    def source(self) -> str:
        """The whole text."""
        return self.writer.source()


def _other(first, candidate: int):
    return (first == float(candidate)).body.logic("xor", first == float(candidate), True)


def _of(appeals: list, which):
    """The appeal of the candidate whose number is given."""
    found = appeals[0]
    for candidate, appeal in enumerate(appeals[1:], 1):
        found = pick_either(which == float(candidate), appeal, found)
    return found
