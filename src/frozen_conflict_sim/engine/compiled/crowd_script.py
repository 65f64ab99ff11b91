"""What residents do, as straight lines over the residents of one block: sixty-four runs at a time, in single precision."""

from __future__ import annotations

from contextlib import contextmanager

from ..crowd import Residents
from ..kernels import HEARD
from ..words import at_least, at_most, either
from .lines import LANES, SINGLE, Body, Writer
from .script import picked
from .symbols import MEANINGS, traced

_either, _at_least, _at_most = (MEANINGS[word] for word in (either, at_least, at_most))
PLAYING = "playing"
CHUNKS = range(0, LANES, SINGLE.width)
POINTERS = "ptr noalias %traits, ptr noalias %around, ptr noalias %network, ptr noalias %passing, ptr noalias %answer"
HEAD = f"({POINTERS}, i64 %residents, i64 %degree)"

FOLD = """
; Sums rows by halving, as words.ordered_sum does; the sum is left in the first row.
define internal void @fold(ptr %rows, i64 %count) {
entry:
  %any = icmp ugt i64 %count, 1
  br i1 %any, label %round, label %done
round:
  %left = phi i64 [ %count, %entry ], [ %rest, %next ]
  %half = lshr i64 %left, 1
  br label %add
add:
  %at = phi i64 [ 0, %round ], [ %further, %add ]
  %other = add i64 %at, %half
CHUNKS
  %further = add nuw nsw i64 %at, 1
  %more = icmp ult i64 %further, %half
  br i1 %more, label %add, label %tail
tail:
  %odd = and i64 %left, 1
  %is_odd = icmp ne i64 %odd, 0
  br i1 %is_odd, label %move, label %next
move:
  %last = sub i64 %left, 1
MOVES
  br label %next
next:
  %rest = add i64 %half, %odd
  %again = icmp ugt i64 %rest, 1
  br i1 %again, label %round, label %done
done:
  ret void
}
"""


def _fold() -> str:
    wide, adds, moves = SINGLE.number, [], []
    for at in CHUNKS:
        for name, row in (("a", "%at"), ("b", "%other")):
            adds.append(f"  %{name}r{at} = mul i64 %{row[1:]}, {LANES}")
            adds.append(f"  %{name}o{at} = add i64 %{name}r{at}, {at}")
            adds.append(f"  %{name}p{at} = getelementptr float, ptr %rows, i64 %{name}o{at}")
            adds.append(f"  %{name}{at} = load {wide}, ptr %{name}p{at}, align 64")
        adds.append(f"  %s{at} = fadd {wide} %a{at}, %b{at}")
        adds.append(f"  store {wide} %s{at}, ptr %ap{at}, align 64")
        for name, row in (("m", "last"), ("h", "half")):
            moves.append(f"  %{name}r{at} = mul i64 %{row}, {LANES}")
            moves.append(f"  %{name}o{at} = add i64 %{name}r{at}, {at}")
            moves.append(f"  %{name}p{at} = getelementptr float, ptr %rows, i64 %{name}o{at}")
        moves.append(f"  %m{at} = load {wide}, ptr %mp{at}, align 64")
        moves.append(f"  store {wide} %m{at}, ptr %hp{at}, align 64")
    return FOLD.replace("CHUNKS", "\n".join(adds)).replace("MOVES", "\n".join(moves))


class CrowdScript:
    """Writes the functions of one kind of residents for a number of candidates in a vote."""

    def __init__(self, declared: Residents, candidates: int, voter: str):
        self.declared, self.voter = declared, voter
        self.writer = Writer()
        self.traits = list(declared.traits)
        self.around: list[str] = [PLAYING]
        self.averages: list[str] = []
        self.phases = list(dict.fromkeys(phase for _, phase, _ in declared.changes))
        self.writer.text.append(_fold())
        for phase in self.phases:
            self._update(phase)
        for observed in dict.fromkeys(observed.of for observed in declared.observed):
            if not self._listens(observed):
                self._average(observed)
        self.candidates = candidates
        if declared.appeals and candidates:
            self._vote()

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
        if isinstance(row, int):
            offset = str(row * LANES + body.chunk)
        else:
            offset = body.line(f"add i64 {body.line(f'mul i64 {row}, {LANES}')}, {body.chunk}")
        if array != "":
            whole = body.line(f"mul i64 %residents, {array * LANES}")
            offset = body.line(f"add i64 {whole}, {offset}")
        return body.line(f"getelementptr float, ptr {pointer}, i64 {offset}")

    def _row(self, body, pointer, row, array=""):
        return body.symbol(f"load {SINGLE.number}, ptr {self._address(body, pointer, row, array)}, align 64")

    def _store(self, body, pointer, row, array, value):
        body.lines.append(f"  store {SINGLE.number} {body.operand(value)}, ptr {self._address(body, pointer, row, array)}, align 64")

    def _trait(self, body, name):
        return self._row(body, "%traits", body.resident, self.traits.index(name))

    # Loops

    @contextmanager
    def _each_resident(self, note: str):
        """A loop over residents: yields one body for each vector of runs."""
        self.writer.text.append(f"  ; {note}")
        with self.writer.counting("%residents", prefix="resident") as resident:
            yield self._bodies(resident)

    def _bodies(self, resident: str):
        for chunk in CHUNKS:
            body = Body(self.writer, SINGLE)
            body.resident, body.chunk, body.seen = resident, chunk, {}
            yield body
            self.writer.text += [*body.head, *body.lines]

    def _update(self, phase: str) -> None:
        changes = [(to, rule) for to, when, rule in self.declared.changes if when == phase]
        heard = self._heard_in([rule for _, rule in changes])
        with self.writer.function(f"@update_{phase}{HEAD}"):
            with self._each_resident("what residents say") as bodies:
                for body in bodies:
                    for array, name in enumerate(heard):
                        self._store(body, "%passing", body.resident, array, self._sees(body, name))
            self.writer.text.append("  ; what they hear, and what they make of it")
            with self.writer.counting("%residents", prefix="resident") as resident:
                sums = self._listen(heard, resident)
                for body in self._bodies(resident):
                    for name in heard:
                        body.seen[f"{HEARD}{name} of None"] = self._told(body, sums[name])
                    new: dict = {}
                    playing = self._sees(body, PLAYING)
                    for to, rule in changes:
                        new[to] = new.get(to, self._trait(body, to)) + self._judged(body, rule) * playing
                    for to, value in new.items():
                        trait = self.declared.traits[to]
                        held = _at_most(_at_least(value, trait.low), trait.high)
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

    def _listen(self, heard: list[str], resident: str) -> dict[str, list[str]]:
        """A loop over those a resident listens to, which adds up what they say: the sums, a vector of runs each."""
        writer, wide = self.writer, SINGLE.number
        start, sums = writer.fresh(), {name: [writer.fresh() for _ in CHUNKS] for name in heard}
        writer.text.append(f"  {start} = mul i64 {resident}, %degree")

        def said(tie: str) -> dict[str, list[str]]:
            at, address, other, row = (writer.fresh() for _ in range(4))
            writer.text += [
                f"  {at} = add i64 {start}, {tie}",
                f"  {address} = getelementptr i64, ptr %network, i64 {at}",
                f"  {other} = load i64, ptr {address}, align 8",
                f"  {row} = mul i64 {other}, {LANES}",
            ]
            values = {}
            for array, name in enumerate(heard):
                values[name] = []
                for chunk in CHUNKS:
                    whole, inside, offset, place, value = (writer.fresh() for _ in range(5))
                    writer.text += [
                        f"  {whole} = mul i64 %residents, {array * LANES}",
                        f"  {inside} = add i64 {whole}, {chunk}",
                        f"  {offset} = add i64 {inside}, {row}",
                        f"  {place} = getelementptr float, ptr %passing, i64 {offset}",
                        f"  {value} = load {wide}, ptr {place}, align 64",
                    ]
                    values[name].append(value)
            return values

        if not heard:
            return sums
        first = said("0")
        before, label = writer.at, writer.fresh("ties")
        writer.text += [f"  br label %{label}", f"{label}:"]
        place = len(writer.text)
        tie, further, more = (writer.fresh() for _ in range(3))
        others = said(tie)
        totals = {name: [writer.fresh() for _ in CHUNKS] for name in heard}
        phis = [f"  {tie} = phi i64 [ 1, %{before} ], [ {further}, %{label} ]"]
        for name in heard:
            for begin, running, other, total in zip(first[name], sums[name], others[name], totals[name]):
                phis.append(f"  {running} = phi {wide} [ {begin}, %{before} ], [ {total}, %{label} ]")
                writer.text.append(f"  {total} = fadd {wide} {running}, {other}")
        writer.text[place:place] = phis
        writer.text += [
            f"  {further} = add nuw nsw i64 {tie}, 1",
            f"  {more} = icmp ult i64 {further}, %degree",
            f"  br i1 {more}, label %{label}, label %{label}.end",
            f"{label}.end:",
        ]
        writer.at = f"{label}.end"
        return totals

    def _told(self, body, sums: list[str]):
        """The average over the ties, from its sum."""
        wide = SINGLE.number
        degree = body.line("uitofp i64 %degree to float")
        first = body.line(f"insertelement {wide} poison, float {degree}, i64 0")
        degree = body.line(f"shufflevector {wide} {first}, {wide} poison, <{SINGLE.width} x i32> zeroinitializer")
        return body.symbol(f"fdiv {wide} {sums[body.chunk // SINGLE.width]}, {degree}")

    def _call_fold(self, array: int) -> None:
        offset, place = self.writer.fresh(), self.writer.fresh()
        self.writer.text += [
            f"  {offset} = mul i64 %residents, {array * LANES}",
            f"  {place} = getelementptr float, ptr %passing, i64 {offset}",
            f"  call void @fold(ptr {place}, i64 %residents)",
        ]

    def _average(self, name: str) -> None:
        self.averages.append(name)
        with self.writer.function(f"@average_{name}{HEAD}"):
            with self._each_resident(name) as bodies:
                for body in bodies:
                    self._store(body, "%passing", body.resident, 0, self._sees(body, name))
            self._call_fold(0)
            for body in self._bodies("0"):
                count = body.line("uitofp i64 %residents to float")
                first = body.line(f"insertelement {SINGLE.number} poison, float {count}, i64 0")
                every = body.line(f"shufflevector {SINGLE.number} {first}, {SINGLE.number} poison, <{SINGLE.width} x i32> zeroinitializer")
                whole = self._row(body, "%passing", 0)
                self._store(body, "%answer", 0, "", body.symbol(f"fdiv {SINGLE.number} {whole.name}, {every}"))

    def _appeals(self, body) -> list:
        found = []
        for candidate in range(self.candidates):
            parts = [self._judged(body, rule, candidate) for rule in self.declared.appeals]
            found.append(sum(parts[1:], parts[0]))
        return found

    def _vote(self) -> None:
        """Everybody votes for the most appealing; the first two meet in a runoff, as in :meth:`~..kernels.Public.vote`."""
        count, everybody = self.candidates, self.candidates
        with self.writer.function(f"@vote{HEAD}"):
            with self._each_resident("the ballot") as bodies:
                for body in bodies:
                    choice, votes = picked(self._appeals(body), [True] * count), self._trait(body, self.voter)
                    for candidate in range(count):
                        mine = votes * _either(choice == float(candidate), 1.0, 0.0) if count > 1 else votes
                        self._store(body, "%passing", body.resident, candidate, mine)
                    self._store(body, "%passing", body.resident, everybody, votes)
            for array in range(count + 1):
                self._call_fold(array)
            for body in self._bodies("0"):
                votes = [self._row(body, "%passing", 0, candidate) for candidate in range(count)]
                first = picked(votes, [True] * count)
                second = picked(votes, [_other(first, candidate) for candidate in range(count)]) if count > 1 else first
                self._store(body, "%answer", 0, "", first)
                self._store(body, "%answer", 1, "", second)
            with self._each_resident("the runoff") as bodies:
                for body in bodies:
                    appeals, votes = self._appeals(body), self._trait(body, self.voter)
                    mine = [_of(appeals, self._row(body, "%answer", row)) for row in (0, 1)]
                    self._store(body, "%passing", body.resident, 0, votes * _either(mine[0] >= mine[1], 1.0, 0.0))
            self._call_fold(0)
            for body in self._bodies("0"):
                wins = self._row(body, "%passing", 0, 0) * 2.0 >= self._row(body, "%passing", 0, everybody)
                first, second = (self._row(body, "%answer", row) for row in (0, 1))
                self._store(body, "%answer", 0, "", _either(wins, first, second))

    def source(self) -> str:
        """The whole text."""
        return self.writer.source()


def _other(first, candidate: int):
    return (first == float(candidate)).body.logic("xor", first == float(candidate), True)


def _of(appeals: list, which):
    """The appeal of the candidate whose number is given."""
    found = appeals[0]
    for candidate, appeal in enumerate(appeals[1:], 1):
        found = _either(which == float(candidate), appeal, found)
    return found
