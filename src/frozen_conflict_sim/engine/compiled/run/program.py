"""A program: the compiled turn, valid for all worlds of one structure whatever their numbers."""

from __future__ import annotations

from contextlib import ExitStack

from ...declare.parameter import Quantity
from ...declare.population import Population
from ...schedule import Kind
from ..emit.decision import emit_decision
from ..emit.end_of_turn import emit_delays, emit_ending, emit_memory, emit_recording
from ..emit.events import emit_events, signature
from ..emit.population.functions import PopulationFunctions
from ..emit.population_interface import PopulationInterface
from ..emit.steps import StepEmitter
from ..emit.turn_loop import emit_turn_loop
from .machine_code import load_code


class Program:
    """The functions and the memory layout of a structure.

    ``recorded`` are the names whose values are recorded at the end of a turn, before the choices.
    """

    def __init__(self, world, decision_maker, schedule, population: Population, functions: PopulationFunctions, recorded):
        self.declared, self.emitter = world.declared, StepEmitter(world, decision_maker)
        self.interface = PopulationInterface(self.emitter, population, functions)
        self.calls: list[tuple] = []
        self.outcomes: list = []  # what was compiled to compute outcomes from its records
        self.functions = [f"update_{phase}" for phase in functions.phases] + ["vote"]
        self._emit(schedule, recorded)
        rows = self.trajectories, self.choices
        emit_turn_loop(self.emitter.module, self.calls, self.interface, self.functions, self.emitter.layout, rows)
        self.source, self.streams, self.layout = self.emitter.source(), self.emitter.streams, self.emitter.layout
        del self.declared, self.emitter, self.interface, self._section, self.layout.world

    def __getstate__(self) -> dict:
        """What is kept for other processes: what was emitted, not what was compiled of it."""
        return {name: value for name, value in vars(self).items() if name not in ("code", "play")} | {"outcomes": []}

    def compile(self, compiling=lambda: None, draft: bool = False) -> Program:
        """Compile the functions, or load them from the cache; a ``draft`` is never put in the place of optimised code."""
        self.code = load_code(self.source, compiling, draft)
        self.play = self.code.function("play", "pipii")
        return self

    def _emit(self, schedule, recorded) -> None:
        """Emit the steps as sections of the actors' code, separated by calls of the residents' functions."""
        emit = {
            Kind.EVENTS: lambda step: emit_events(self.emitter),
            Kind.DECISION: lambda step: emit_decision(self.emitter, step.about),
            Kind.HAZARD: lambda step: self.emitter.emit_hazard(step.about.rule.name),
            Kind.FIXED_VALUE: lambda step: self.emitter.emit_fixed_value(step.about.name),
            Kind.VOTE: self._vote,
            Kind.CONTRIBUTIONS: lambda step: self.emitter.emit_contributions(step.about),
            Kind.RESIDENTS: self._update,
            Kind.RECORDING: lambda step: self._record(recorded),
            Kind.ENDING: lambda step: emit_ending(self.emitter, step.about),
            Kind.MEMORY: lambda step: emit_memory(self.emitter, step.about),
        }
        self._begin_section()
        emit_delays(self.emitter)
        for step in schedule:
            emit[step.kind](step)
        self._section.close()

    def _begin_section(self) -> None:
        name = f"section_{len(self.calls)}"
        self._section = ExitStack()
        self._section.enter_context(self.emitter.function(name))
        self.calls.append(("section", name))

    def _call(self, kind: str, name: str) -> None:
        """End a section, call a function of the residents, and begin another section."""
        self._section.close()
        self.calls.append((kind, name))
        self._begin_section()

    def _vote(self, step) -> None:
        self.interface.emit_ballot(step.about.name)
        self._call("vote", step.about.name)
        self.interface.emit_winner(step.about.name)

    def _update(self, step) -> None:
        function = f"update_{step.phase.name}"
        self.interface.emit_surroundings(function)
        self._call("update", function)
        self.interface.emit_averages()

    def _record(self, recorded) -> None:
        decisions = self.declared.decisions.values()
        self.trajectories = emit_recording(self.emitter, recorded, decisions)
        self.choices = sum(len(self.emitter.world.members(decision.level)) for decision in decisions)


def structure(world, decision_maker, schedule) -> tuple:
    """All that the code of a program depends on; first what is declared in this process, then what is the same in another."""
    setting = world.setting
    arrays = [*world.values.items(), *world.weights.items(), *world.frozen.items()]
    return (
        (id(world.declared), world.declared.version),
        setting.turns,
        tuple(setting.entities.items()),
        tuple(setting.belongs.items()),
        tuple((key, word) for key, word in world.categories.items() if world.declared.quantities[key[0]].structural),
        tuple(signature(event) for event in world.events),
        (decision_maker.rule.name, decision_maker.adjustable, decision_maker.steerable),
        decision_maker.mandates.structure(decision_maker.adjustable),
        tuple((step.kind, step.phase.name, step.names) for step in schedule),
        tuple((name, values.shape[:-1], values.shape[-1] > 1) for name, values in arrays),
    )


def states(declared) -> list[str]:
    """The quantities that change during a run."""
    return [name for name, quantity in declared.quantities.items() if isinstance(quantity, Quantity) and quantity.state]
