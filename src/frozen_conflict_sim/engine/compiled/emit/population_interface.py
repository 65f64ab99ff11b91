"""Between actors and residents: what residents see of the world is written down for them, and their answers are read."""

from __future__ import annotations

from ...declare.population import CANDIDATE, Population
from ..ir.builder import LANES
from ..ir.operations import pick_either
from ..ir.symbols import Symbol, traced
from .population.builder import PLAYING
from .population.functions import CrowdScript


class Residing:
    """Writes the lines between a script of actors and one of residents, for every member of the crowd."""

    def __init__(self, script, crowd: Population, residents: CrowdScript):
        self.script, self.crowd, self.residents = script, crowd, residents
        self.declared, self.precision = crowd.residents, residents.precision

    def look(self, function: str) -> None:
        """Write down what residents look at in one of their functions."""
        script, asked = self.script, self.residents.asks[function]
        for name in asked:
            own, _, candidate = name.partition(" of ")
            reads = self.declared.candidates[own].reads if candidate else (own,)
            script.need(*(read for read in reads if read not in (CANDIDATE, PLAYING)))
        with script.each(self.crowd.level, f"what residents see: {function}") as (body, member):
            for name in asked:
                value = body.converted(self._seen(body, name, member), self.precision)
                address = self._address(body, "%around", len(self.residents.around), self.residents.around.index(name), member)
                kind, size = f"<{body.precision.width} x {self.precision.name}>", body.precision.width * self.precision.size
                body.lines.append(f"  store {kind} {value}, ptr {address}, align {size}")

    def _seen(self, body, name: str, member):
        script = self.script
        if name == PLAYING:
            return pick_either(script.active(body), 1.0, 0.0)
        own, _, candidate = name.partition(" of ")
        if not candidate:
            return script.sees(body, name, self.crowd.level, member)
        rule = self.declared.candidates[own]
        seen = (
            int(candidate) if read == CANDIDATE else script.sees(body, read, self.crowd.level, member) for read in rule.reads
        )
        return traced(rule.function)(*seen)

    def hear(self) -> None:
        """Read what residents add up to after they have changed."""
        script, moving = self.script, self.residents.moving()
        observed = [each for each in self.declared.observed if each.of in moving]
        with script.each(self.crowd.level, "what residents add up to") as (body, member):
            for each in observed:
                place = script.place(each.name)
                now = self._answer(body, self.residents.averages.index(each.of), member)
                script.save(body, place, member, pick_either(script.active(body), now, script.load(body, place, (), member)))
        for each in observed:
            script.stale(each.name)

    def hold(self, name: str) -> None:
        """Prepare a vote: where it is held, and what residents see of the candidates."""
        vote, script = self.script.declared.fixed_values[name].determined_by, self.script
        script.need(vote.when, vote.otherwise)
        held = script.temporary(f"{name} is held", (), self.members)
        with script.each(self.crowd.level, f"{name}: where it is held") as (body, member):
            script.save(body, held, member, script.sees(body, vote.when, self.crowd.level, member))
        self.look("vote")

    def count(self, name: str) -> None:
        """Read who has won a vote."""
        vote, script = self.script.declared.fixed_values[name].determined_by, self.script
        held = script.temporary(f"{name} is held", (), self.members)
        with script.each(self.crowd.level, name) as (body, member):
            winner = self._answer(body, len(self.residents.averages), member)
            otherwise = script.sees(body, vote.otherwise, self.crowd.level, member)
            found = pick_either(script.load(body, held, (), member) > 0.5, winner, otherwise)
            script.save(body, script.place(name), member, pick_either(script.active(body), found, 0.0))
        script.stale(name)

    @property
    def members(self) -> int:
        """How many publics there are."""
        return len(self.script.world.members(self.crowd.level))

    def _answer(self, body, row: int, member) -> Symbol:
        address = self._address(body, "%answers", self.residents.answers, row, member)
        kind, size = f"<{body.precision.width} x {self.precision.name}>", body.precision.width * self.precision.size
        found = body.line(f"load {kind}, ptr {address}, align {size}")
        if self.precision.name == body.precision.name:
            return Symbol(body, found, "number")
        return body.symbol(f"fpext {kind} {found} to {body.precision.number}")

    def _address(self, body, pointer: str, rows: int, row: int, member) -> str:
        start = (
            str(member * rows * LANES) if isinstance(member, int) else body.line(f"mul i64 {member}, {rows * LANES}", "head")
        )
        start = body.line(f"add i64 {start}, {row * LANES}", "head")
        at = body.line(f"add i64 {start}, {body.run}")
        return body.line(f"getelementptr {self.precision.name}, ptr {pointer}, i64 {at}")
