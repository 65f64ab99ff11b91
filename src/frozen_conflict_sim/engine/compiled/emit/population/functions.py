"""The functions of residents: averages, start, updates and votes, each for the residents of one block of runs."""

from __future__ import annotations

from ....declare.population import ResidentDeclarations
from ...ir.builder import Precision
from ...ir.operations import argmax, at_least, at_most, both, select
from .builder import HELD, PLAYING, POINTERS, PopulationBuilder
from .quantile import POINTERS as QUANTILE_POINTERS
from .quantile import STATE_ROWS, emit_quantile

FIRST, END = "first of the part", "end of the part"


class PopulationFunctions(PopulationBuilder):
    """Emits the functions of residents. ``candidates`` is the number of candidates in a vote, ``voters`` a trait."""

    def __init__(
        self, declared: ResidentDeclarations, residents: int, degree: int, candidates: int, voters: str, precision: Precision
    ):
        super().__init__(declared, residents, degree, precision)
        self.candidates, self.voters = candidates, voters
        self.inputs: dict[str, tuple[str, ...]] = {}
        self.averages = list(dict.fromkeys(observed.of for observed in declared.observed))
        self.phases = list(dict.fromkeys(phase for _, phase, _ in declared.changes))
        self._emit("observe", self._observe, self.averages)
        self._emit("observe_part", self._observe_part, declared.of_parts)
        self._emit("initialise", self._initialise)
        for trait, among in declared.quantiles:
            self._emit(f"quantile_of_{trait}_among_{among}", emit_quantile, self, trait, among, pointers=QUANTILE_POINTERS)
        for phase in self.phases:
            self._emit(f"update_{phase}", self._update, phase)
        if declared.appeals and candidates:
            self._emit("vote", self._vote)

    def _emit(self, name: str, emit, *given, pointers=POINTERS) -> None:
        with self.function(name, pointers):
            emit(*given)
        self.inputs[name] = tuple(self.looked_up)

    def moving(self) -> list[str]:
        """The observed averages that change when residents change."""
        return [name for name in self.averages if not self.stays(name)]

    def _observe(self, names: list[str]) -> None:
        """Emit the averages of names over all residents."""
        published = self.published_names(names)
        self.emit_published(published)

        def values(body):
            self.emit_neighbour_averages(body, published)
            return [self.read(body, name) for name in names]

        if names:
            self.emit_sums("averages over residents", values)
        self._store_averages(names)

    def _observe_part(self, names: list[str]) -> None:
        """Emit the averages of names over one part of the residents."""
        published = self.published_names(names)
        self.emit_published(published)

        def values(body):
            self.emit_neighbour_averages(body, published)
            first, end, here = self.read(body, FIRST), self.read(body, END), self.as_number(body, body.resident)
            belongs = select(both(first <= here, end > here), 1.0, 0.0)
            return [*(self.read(body, name) * belongs for name in names), belongs]

        if not names:
            return
        self.emit_sums("averages over a part of the residents", values)
        with self.straight_line() as body:
            members = at_least(self.sum_of(body, len(names)), 1e-9)
            for array in range(len(names)):
                self.store(body, "%result", array, self.sum_of(body, array) / members)

    def _store_averages(self, names: list[str]) -> None:
        with self.straight_line() as body:
            for array, name in enumerate(names):
                self.store(body, "%result", self.averages.index(name), self.mean_at(body, array))

    def _initialise(self) -> None:
        """Emit the starting values of traits, within their bounds."""
        starts = self.declared.at_start
        published = self.published_names(starts.values())
        self.emit_published(published)
        with self.each_resident("starting values") as body:
            self.emit_neighbour_averages(body, published)
            self._set(body, {to: self.read(body, derived) for to, derived in starts.items()})

    def _set(self, body, new: dict, where=True) -> dict:
        """Emit new values of traits within their bounds, where a condition holds."""
        held = {}
        for to, value in new.items():
            trait = self.declared.traits[to]
            held[to] = select(where, at_most(at_least(value, trait.low), trait.high), self.read(body, to))
            self.store(body, "%traits", self.residents * self.traits.index(to), held[to], body.resident)
        return held

    def _update(self, phase: str) -> None:
        """Emit the update of a phase; the new averages are summed in the same loop if they read no neighbours."""
        changes = [(to, rule) for to, when, rule in self.declared.changes if when == phase]
        published = self.published_names([read for _, rule in changes for read in rule.reads])
        later = self.published_names(self.moving())
        self.emit_published(published)

        def values(body):
            self.emit_neighbour_averages(body, published)
            new = {}
            for to, rule in changes:
                new[to] = new.get(to, self.read(body, to)) + self.apply(body, rule)
            held = self._set(body, new, self.read(body, PLAYING) > 0.5)
            body.cached = {f"{to} of None": value for to, value in held.items()}
            return [] if later else [self.read(body, name) for name in self.moving()]

        self.emit_sums("update of residents", values)
        if later:
            self._observe(self.moving())
        else:
            self._store_averages(self.moving())

    def _appeals(self, body) -> list:
        found = []
        for candidate in range(self.candidates):
            parts = [self.apply(body, rule, candidate) for rule in self.declared.appeals]
            found.append(sum(parts[1:], parts[0]))
        return found

    def _vote(self) -> None:
        """Emit a vote: everybody votes for the most appealing candidate; without a majority the first two meet in a runoff.

        Who has the majority of a ballot would win the runoff too, so that it is left out where no run of the block needs it.
        """
        count, row = self.candidates, len(self.averages)

        def ballot(body):
            choice, votes = argmax(self._appeals(body), [True] * count), self.read(body, self.voters)
            mine = (
                [votes * select(choice == float(candidate), 1.0, 0.0) for candidate in range(count)] if count > 1 else [votes]
            )
            return [*mine, votes]

        self.emit_sums("first ballot", ballot)
        with self.straight_line() as body:
            votes = [self.sum_of(body, candidate) for candidate in range(count)]
            first = argmax(votes, [True] * count)
            second = argmax(votes, [_other(first, candidate) for candidate in range(count)]) if count > 1 else first
            everybody = self.sum_of(body, count)
            for place, value in enumerate((first, second, everybody)):
                self.store(body, "%result", row + place, value)
            without_majority = both(self.read(body, HELD) > 0.5, everybody > _of(votes, first) * 2.0)
            runoff_needed = body.any(without_majority)

        def runoff(body):
            appeals, votes = self._appeals(body), self.read(body, self.voters)
            mine = [_of(appeals, self.row(body, "%result", row + place)) for place in (0, 1)]
            return [votes * select(mine[0] >= mine[1], 1.0, 0.0)]

        with self.module.conditional(runoff_needed):
            self.emit_sums("runoff", runoff)
            with self.straight_line() as body:
                first, second, everybody = (self.row(body, "%result", row + place) for place in range(3))
                wins = self.sum_of(body, 0) * 2.0 >= everybody
                self.store(body, "%result", row, select(wins, first, second))

    @property
    def result_rows(self) -> int:
        """The number of rows of results."""
        return max(len(self.averages) + 3, len(self.declared.of_parts), STATE_ROWS)

    def source(self) -> str:
        """The source of the module."""
        return self.module.source()


def _other(first, candidate: int):
    return (first == float(candidate)).body.logic("xor", first == float(candidate), True)


def _of(values: list, which):
    """The value (appeal or votes) of the candidate with a number known only at run time."""
    found = values[0]
    for candidate, value in enumerate(values[1:], 1):
        found = select(which == float(candidate), value, found)
    return found
