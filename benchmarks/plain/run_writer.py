"""Generate the code of a run: a generator that plays turn by turn and yields whether the run is over and what is recorded."""

import random

import numpy as np

from frozen_conflict_sim.engine.schedule import Kind, by_phase
from frozen_conflict_sim.model.schedule import turn_schedule
from frozen_conflict_sim.politics.catalogue import declared
from frozen_conflict_sim.politics.roles import public

from . import helpers
from .random_numbers import OwnGenerators
from .start import start
from .starting_values import StartingValues
from .steps import StepWriter
from .writer import variable


class RunWriter(StepWriter):
    """Writes the run of a setting. ``recorded`` are pairs of a level and a name; the value of the first member is yielded."""

    def __init__(self, setting, recorded=()):
        self.starting_values = StartingValues(setting)
        super().__init__(setting, self._listed())
        gives = [name for procedure in declared.procedures for name in procedure.gives]
        self.procedure_values = [name for name in gives if name not in declared.tables]
        residents = public.residents
        own = {*residents.traits, *residents.derived, *residents.candidates}
        rules = [*residents.derived.values(), *(rule for _, _, rule in residents.changes), *residents.appeals]
        self.surroundings = sorted({name for rule in rules for name in rule.reads if name in declared.owners} - own)
        self.recorded, self.schedule = recorded, turn_schedule()
        self._write_run()
        self.source = "\n".join(self.text)

    def _listed(self) -> dict:
        """Every name that is a list by clause, with one of its values as an example."""
        sample = start(self.starting_values, OwnGenerators(random.Random(0), np.random.default_rng(0))).values
        clauses = len(declared.items["clause"])
        given = {name: value for cell in sample.values() for name, value in cell.items() if isinstance(value, list)}
        by_clause = {name: value[0] for name, value in given.items() if len(value) == clauses}
        for declarations in (declared.derived, declared.noises):
            by_clause |= {name: 0.5 for name, declaration in declarations.items() if declaration.by == "clause"}
        return by_clause

    def _write_run(self) -> None:
        self.write("def run(start, draws, populations):")
        with self.block():
            self.write("uniform, normal, gumbel, several = draws.uniform, draws.normal, draws.gumbel, draws.several")
            for (level, member), cell in self.starting_values.fixed.items():
                names = [*cell, *(name for name in self.procedure_values if declared.owner(name).level == level)]
                self.write(f"values = start.values[{level!r}, {member!r}]")
                self.write(*(f"{variable(name, member)} = values[{name!r}]" for name in names))
            procedure_values = next(step.about for step in self.schedule if step.kind is Kind.MEMORY)
            self.write(*(f"past_{variable(name, member)} = []" for name in procedure_values for member in self.owners(name)))
            constant = [(name, member) for name in self._constant() for member in self.owners(name)]
            for place in constant:
                self.derive(*place)
            self.write("turn = 0")
            self._reset_turn_values()
            self.residents("initialise")
            self.valid = set(constant)
            with self.block(f"for turn in range({self.setting.turns}):"):
                self._reset_turn_values()
                for phase, steps in by_phase(self.schedule):
                    self.write("", f"# {phase.name}: {phase.description}")
                    for step in steps:
                        self.step(step)
                self.write("yield over, recorded", "if over:", "    return")

    def _constant(self) -> list[str]:
        fixed = {name for name, quantity in declared.quantities.items() if not getattr(quantity, "state", False)}
        known, found = fixed | set(self.procedure_values), []
        while new := [name for name, sources in self.derived.items() if name not in known and sources <= known]:
            found, known = found + new, known | set(new)
        return found

    def _reset_turn_values(self) -> None:
        """Set what holds within the turn to zero."""
        said = [*declared.acts, *declared.hazards, *declared.fixed_values]
        self.write(" = ".join(variable(name, member) for name in said for member in self.owners(name)) + " = 0.0")

    def compiled(self):
        """The generator function ``run(start, draws, populations)``."""
        found: dict = {}
        exec(compile(self.source, "<a plain run>", "exec"), {**vars(helpers), **self.known}, found)
        return found["run"]
