"""A whole run as lines of Python: a generator that plays turn by turn and yields whether it is over and what is recorded."""

import random

import numpy as np

from frozen_conflict_sim.engine.schedule import Kind, by_phase
from frozen_conflict_sim.model.schedule import turn_schedule
from frozen_conflict_sim.politics.catalogue import declared
from frozen_conflict_sim.politics.roles import public

from . import helping
from .chance import OwnChance
from .lines import variable
from .opening import Opening
from .phases import Phases
from .start import start


class Turn(Phases):
    """Writes the run of a setting; ``recorded`` are pairs of a level and a name, whose first member's value is yielded."""

    def __init__(self, setting, recorded=()):
        self.opening = Opening(setting)
        super().__init__(setting, self._listed())
        gives = [name for procedure in declared.procedures for name in procedure.gives]
        self.kept = [name for name in gives if name not in declared.tables]
        residents = public.residents
        own = {*residents.traits, *residents.derived, *residents.candidates}
        rules = [*residents.derived.values(), *(rule for _, _, rule in residents.changes), *residents.appeals]
        self.surroundings = sorted({name for rule in rules for name in rule.reads if name in declared.owners} - own)
        self.recorded, self.schedule = recorded, turn_schedule()
        self._write_run()
        self.source = "\n".join(self.text)

    def _listed(self) -> dict:
        """What is a list with one value for each clause, and one such value."""
        sample = start(self.opening, OwnChance(random.Random(0), np.random.default_rng(0))).values
        clauses = len(declared.items["clause"])
        given = {name: value for cell in sample.values() for name, value in cell.items() if isinstance(value, list)}
        listed = {name: value[0] for name, value in given.items() if len(value) == clauses}
        for measures in (declared.derived, declared.noises):
            listed |= {name: 0.5 for name, measure in measures.items() if measure.by == "clause"}
        return listed

    def _write_run(self) -> None:
        self.write("def run(start, chance, crowds):")
        with self.block():
            self.write("uniform, normal, gumbel, several = chance.uniform, chance.normal, chance.gumbel, chance.several")
            for (level, member), cell in self.opening.fixed.items():
                names = [*cell, *(name for name in self.kept if declared.owner(name).level == level)]
                self.write(f"values = start.values[{level!r}, {member!r}]")
                self.write(*(f"{variable(name, member)} = values[{name!r}]" for name in names))
            kept = next(step.about for step in self.schedule if step.kind is Kind.MEMORY)
            self.write(*(f"past_{variable(name, member)} = []" for name in kept for member in self.owners(name)))
            constant = [(name, member) for name in self._constant() for member in self.owners(name)]
            for place in constant:
                self.derive(*place)
            self.write("turn = 0")
            self._nothing_is_said()
            self.live("settle")
            self.valid = set(constant)
            with self.block(f"for turn in range({self.setting.turns}):"):
                self._nothing_is_said()
                for phase, steps in by_phase(self.schedule):
                    self.write("", f"# {phase.name}: {phase.description}")
                    for step in steps:
                        self.step(step)
                self.write("yield over, recorded", "if over:", "    return")

    def _constant(self) -> list[str]:
        fixed = {name for name, quantity in declared.quantities.items() if not getattr(quantity, "state", False)}
        known, found = fixed | set(self.kept), []
        while new := [name for name, sources in self.derived.items() if name not in known and sources <= known]:
            found, known = found + new, known | set(new)
        return found

    def _nothing_is_said(self) -> None:
        """What is said in a turn is said anew."""
        said = [*declared.acts, *declared.hazards, *declared.fixed_values]
        self.write(" = ".join(variable(name, member) for name in said for member in self.owners(name)) + " = 0.0")

    def compiled(self):
        """The generator function ``run(start, chance, crowds)``."""
        found: dict = {}
        exec(compile(self.source, "<a plain run>", "exec"), {**vars(helping), **self.known}, found)
        return found["run"]
