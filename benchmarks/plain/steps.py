"""Generate the code of the steps of a turn, by the kind of step."""

from frozen_conflict_sim.engine.declare.population import CANDIDATE
from frozen_conflict_sim.engine.schedule import Kind, Step
from frozen_conflict_sim.politics.catalogue import declared
from frozen_conflict_sim.politics.roles import public

from .writer import LineWriter, variable

TERRITORY = public.level


class StepWriter(LineWriter):
    """Writes the steps of the schedule."""

    def owners(self, name: str):
        """The members of the owner of a name."""
        return self.members[declared.owner(name).level]

    def step(self, step: Step) -> None:
        """Write one step of the schedule."""
        write = {
            Kind.EVENTS: lambda about: self._events(),
            Kind.DECISION: self._decision,
            Kind.HAZARD: self._hazard,
            Kind.FIXED_VALUE: self._fix,
            Kind.VOTE: self._vote,
            Kind.CONTRIBUTIONS: self._changes,
            Kind.RESIDENTS: lambda about: self.residents(step.phase.name),
            Kind.RECORDING: lambda about: self._record(),
            Kind.ENDING: self._end,
            Kind.MEMORY: self._remember,
        }
        write[step.kind](step.about)

    def _events(self) -> None:
        shocked: dict[tuple, str] = {}
        for event in self.setting.events:
            for _, *place in event.shock:
                shocked.setdefault(tuple(place), f"shock_{len(shocked)}")
        if shocked:
            self.write(" = ".join(shocked.values()) + " = 0.0")
        for event in self.setting.events:
            if event.kind == "conditional" or not event.present or event.size != 1.0:
                raise ValueError("the peers have only plain events: the work of the benchmark must not use others")
            comes = f" and uniform('event/{event.name}', turn) < {event.hazard}" if event.hazard < 1.0 else ""
            with self.block(f"if {event.first} <= turn <= {event.last}{comes}:"):
                self.write(*(f"{shocked[tuple(place)]} += {amount}" for (_, *place), amount in event.shock.items()))
        for (member, name, item), shock in shocked.items():
            quantity, mine = declared.quantities[name], variable(name, member)
            mine += f"[{declared.items[quantity.by].index(item)}]" if item else ""
            self.write(f"{mine} = held({mine} + {shock}, {quantity.low}, {quantity.high})")
        self.invalidate(*(name for _, name, _ in shocked))

    def _decision(self, decision) -> None:
        members = self.members[decision.level]
        for member in members:
            self.write(f"# {decision.role.name}: {decision.meaning}, {member}", f"{variable('worth', member)} = {{}}")
            for number, option in enumerate(decision.options):
                if not option.nothing:
                    self._option(number, option, member)
        for member in members:
            stream = f"'{decision.role.name}.{decision.name}/{member}', turn, {len(decision.options)}"
            precision = self.variable_for("precision", decision.level, member)
            chosen = f"choose({variable('worth', member)}, gumbel, {stream}, {precision})"
            self.write(f"{variable('choice', member)} = {chosen}")
        for number, option in enumerate(decision.options):
            if option.one_per_turn and len(members) > 1:
                choices = ", ".join(variable("choice", member) for member in members)
                self.write(f"choices = [{choices}]")
                self.write(f"keep_the_best({number}, choices, [{', '.join(variable('worth', member) for member in members)}])")
                self.write(f"{choices} = choices")
        for number, option in enumerate(decision.options):
            for member in members if option.act else ():
                self.write(f"{variable(option.act, member)} = 1.0 if {variable('choice', member)} == {number} else 0.0")
        self.invalidate(*(option.act for option in decision.options if option.act))

    def _option(self, number: int, option, member: str) -> None:
        level, depth, valid = option.decision.level, self.indent, None
        for rule in option.conditions:
            self.require(rule.reads, level, member)
            valid = valid or set(self.valid)
            self.write(f"if {self.call(rule, level, member)}:")
            self.indent += "    "
        self.write(f"utility = {self.worth(option, member)}", "if utility > 0.0:")
        self.write(f"    {variable('worth', member)}[{number}] = utility")
        if option.conditions:
            self.indent, self.valid = depth, valid

    def _hazard(self, hazard) -> None:
        name, level = hazard.rule.name, hazard.role.level
        for member in self.members[level]:
            self.require(hazard.rule.reads, level, member)
        for member in self.members[level]:
            draws = self.call(hazard.rule, level, member)
            self.write(f"{variable(name, member)} = 1.0 if uniform('{name}/{member}', turn) < {draws} else 0.0")
        self.invalidate(name)

    def _fix(self, value) -> None:
        """Compute a value that stays for the rest of the turn."""
        level = value.role.level
        for member in self.members[level]:
            self.require(value.determined_by.reads, level, member)
        for member in self.members[level]:
            self.write(f"{variable(value.name, member)} = {self.call(value.determined_by, level, member)}")
        self.invalidate(value.name)

    def _vote(self, value) -> None:
        """Let residents vote; where no vote is held they are not asked."""
        name, level, vote = value.name, value.role.level, value.determined_by
        rules = public.residents.candidates.values()
        reads = [vote.when, vote.otherwise, *self.surroundings]
        reads += [read for rule in rules for read in rule.reads if read != CANDIDATE]
        for member in self.members[level]:
            self.require(reads, level, member)
        for at, member in enumerate(self.members[level]):
            with self.block(f"if {self.variable_for(vote.when, level, member)} > 0.5:"):
                numbers = range(len(self.members[vote.among]))
                self.write(f"candidates = [{', '.join(self._candidate(rules, number, member) for number in numbers)}]")
                self.write(f"{variable(name, member)} = populations[{at}].vote(candidates, {self.surroundings_of(member)})")
            self.write("else:", f"    {variable(name, member)} = {self.variable_for(vote.otherwise, level, member)}")
        self.invalidate(name)

    def _candidate(self, rules, number: int, member: str) -> str:
        """What residents read about a candidate."""
        pairs = []
        for rule in rules:
            seen = [str(number) if name == CANDIDATE else self.variable_for(name, TERRITORY, member) for name in rule.reads]
            pairs.append(f"{rule.name!r}: {self.function(rule)}({', '.join(seen)})")
        return "{" + ", ".join(pairs) + "}"

    def _changes(self, contributions) -> None:
        """Add contributions, all computed from the same state, then clip to the bounds."""
        causes: dict[tuple[str, str], list[str]] = {}
        for contribution in contributions:
            to, level = contribution.to, contribution.role.level
            for member in self.members[level]:
                self.require(contribution.rule.reads, level, member)
                called = self.call(contribution.rule, level, member, extends=to in self.by_clause)
                if to in self.by_clause and not any(read in self.by_clause for read in contribution.rule.reads):
                    called = f"[{called}] * {len(declared.items[declared.quantities[to].by])}"
                causes.setdefault((to, member), []).append(called)
        held = []
        for (to, member), called in causes.items():
            quantity, mine = declared.quantities[to], variable(to, member)
            low, high, new = float(quantity.low), float(quantity.high), f"new_{mine}"
            if to in self.by_clause:
                self.write(f"{new} = [held(sum(parts), {low}, {high}) for parts in zip({', '.join([mine, *called])})]")
                held.append(f"{mine} = {new}")
            else:
                self.write(f"{new} = {' + '.join([mine, *called])}")
                held.append(f"{mine} = {low} if {new} < {low} else {high} if {new} > {high} else {new}")
        self.write(*held)
        self.invalidate(*(to for to, _ in causes))

    def _record(self) -> None:
        places = [(name, self.members[level][0]) for level, name in self.recorded]
        for place in places:
            self.derive(*place)
        self.write(f"recorded = ({', '.join(variable(*place) for place in places)})")

    def _end(self, ending) -> None:
        rule, role = ending
        (member,) = self.members[role.level]
        self.require(rule.reads, role.level, member)
        self.write(f"over = turn == {self.setting.turns - 1} or {self.call(rule, role.level, member)}")

    def _remember(self, procedure_values: tuple[str, ...]) -> None:
        places = [(name, member) for name in procedure_values for member in self.owners(name)]
        for place in places:
            self.derive(*place)
        self.write(*(f"past_{variable(*place)}.append({variable(*place)})" for place in places))

    def residents(self, phase: str) -> None:
        """Update the residents in a phase, those of all territories from the same state."""
        for member in self.members[TERRITORY]:
            self.require(self.surroundings, TERRITORY, member)
        for at, member in enumerate(self.members[TERRITORY]):
            seen = ", ".join(variable(observed.name, member) for observed in public.residents.observed)
            self.write(f"{seen} = populations[{at}].update({phase!r}, {self.surroundings_of(member)})")
        self.invalidate(*(observed.name for observed in public.residents.observed))

    def surroundings_of(self, member: str) -> str:
        """What residents read of the world."""
        return "{" + ", ".join(f"{name!r}: {self.variable_for(name, TERRITORY, member)}" for name in self.surroundings) + "}"
