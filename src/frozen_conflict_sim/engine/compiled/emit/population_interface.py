"""The interface between actors and residents: write the inputs of the residents' functions, and read their results."""

from __future__ import annotations

from ...declare.population import CANDIDATE, Population
from ..ir.builder import LANES
from ..ir.operations import select
from ..ir.primitives import applied
from ..ir.symbols import Symbol
from .population.builder import HELD, PLAYING
from .population.functions import PopulationFunctions


class PopulationInterface:
    """Emits the code between the actors and the residents, for every member of the population."""

    def __init__(self, emitter, population: Population, functions: PopulationFunctions):
        self.emitter, self.population, self.functions = emitter, population, functions
        self.declared, self.precision = population.residents, functions.precision

    def emit_surroundings(self, function: str) -> None:
        """Emit the inputs of one function of the residents: what it reads of the world."""
        emitter, asked = self.emitter, self.functions.inputs[function]
        for name in asked:
            own, _, candidate = name.partition(" of ")
            reads = self.declared.candidates[own].reads if candidate else (own,)
            emitter.require(*(read for read in reads if read not in (CANDIDATE, PLAYING, HELD)))
        with emitter.loop_over_members(self.population.level, f"inputs of {function}") as (body, member):
            for name in asked:
                value = body.convert(self._read(body, name, member), self.precision)
                address = self._address(
                    body, "%surroundings", len(self.functions.surroundings), self.functions.surroundings.index(name), member
                )
                kind, size = f"<{body.precision.width} x {self.precision.name}>", body.precision.width * self.precision.size
                body.instructions.append(f"  store {kind} {value}, ptr {address}, align {size}")

    def _read(self, body, name: str, member):
        emitter = self.emitter
        if name == PLAYING:
            return select(emitter.active(body), 1.0, 0.0)
        if name == HELD:
            return emitter.load(body, self.held, (), member)
        own, _, candidate = name.partition(" of ")
        if not candidate:
            return emitter.read(body, name, self.population.level, member)
        rule = self.declared.candidates[own]
        seen = (
            int(candidate) if read == CANDIDATE else emitter.read(body, read, self.population.level, member)
            for read in rule.reads
        )
        return applied(rule, list(seen))

    def emit_averages(self) -> None:
        """Emit the observed averages over residents after they have changed."""
        emitter, moving = self.emitter, self.functions.moving()
        observed = [one for one in self.declared.observed if one.of in moving]
        with emitter.loop_over_members(self.population.level, "averages over residents") as (body, member):
            for one in observed:
                field = emitter.field(one.name)
                now = self._result(body, self.functions.averages.index(one.of), member)
                emitter.save(body, field, member, select(emitter.active(body), now, emitter.load(body, field, (), member)))
        for one in observed:
            emitter.invalidate(one.name)

    def emit_ballot(self, name: str) -> None:
        """Emit the inputs of a vote: whether it is held, and what residents see of the candidates."""
        vote, emitter = self.emitter.declared.fixed_values[name].determined_by, self.emitter
        emitter.require(vote.when, vote.otherwise)
        self.held = emitter.temporary(f"{name} is held", (), self.members)
        with emitter.loop_over_members(self.population.level, f"{name}: whether it is held") as (body, member):
            emitter.save(body, self.held, member, emitter.read(body, vote.when, self.population.level, member))
        self.emit_surroundings("vote")

    def emit_winner(self, name: str) -> None:
        """Emit the winner of a vote."""
        vote, emitter = self.emitter.declared.fixed_values[name].determined_by, self.emitter
        held = emitter.temporary(f"{name} is held", (), self.members)
        with emitter.loop_over_members(self.population.level, name) as (body, member):
            winner = self._result(body, len(self.functions.averages), member)
            otherwise = emitter.read(body, vote.otherwise, self.population.level, member)
            found = select(emitter.load(body, held, (), member) > 0.5, winner, otherwise)
            emitter.save(body, emitter.field(name), member, select(emitter.active(body), found, 0.0))
        emitter.invalidate(name)

    @property
    def members(self) -> int:
        """The number of members of the population."""
        return len(self.emitter.world.members(self.population.level))

    def _result(self, body, row: int, member) -> Symbol:
        address = self._address(body, "%results", self.functions.result_rows, row, member)
        kind, size = f"<{body.precision.width} x {self.precision.name}>", body.precision.width * self.precision.size
        found = body.emit(f"load {kind}, ptr {address}, align {size}")
        if self.precision.name == body.precision.name:
            return Symbol(body, found, "number")
        return body.symbol(f"fpext {kind} {found} to {body.precision.number}")

    def _address(self, body, pointer: str, rows: int, row: int, member) -> str:
        start = (
            str(member * rows * LANES)
            if isinstance(member, int)
            else body.emit(f"mul i64 {member}, {rows * LANES}", "preheader")
        )
        start = body.emit(f"add i64 {start}, {row * LANES}", "preheader")
        return body.emit(f"getelementptr {self.precision.name}, ptr {pointer}, i64 {start}")
