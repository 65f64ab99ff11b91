"""How turns are played: compiled once for all worlds of one structure, whatever their numbers."""

from __future__ import annotations

from contextlib import ExitStack

from ...declare.parameter import Quantity
from ...declare.population import Population
from ...schedule import Kind
from ..emit.decision import write_decision
from ..emit.end_of_turn import write_end, write_memory, write_notes, write_past
from ..emit.events import signature, write_events
from ..emit.population.functions import CrowdScript
from ..emit.population_interface import Residing
from ..emit.steps import Script
from ..emit.turn_loop import write_play
from .machine_code import machine


class Plan:
    """The functions of a structure and where its values stand.

    ``recorded`` names what is written down at the end of a turn, before the choices.
    """

    def __init__(self, world, decision_maker, schedule, crowd: Population, residents: CrowdScript, recorded):
        self.declared, self.script = world.declared, Script(world, decision_maker)
        self.residing = Residing(self.script, crowd, residents)
        self.steps: list[tuple] = []
        self.calls = [f"live_{phase}" for phase in residents.phases] + ["vote"]
        self._emit(schedule, recorded)
        notes = self.courses, self.choices
        write_play(self.script.writer, self.steps, self.residing, self.calls, self.script.places, notes)
        self.source, self.streams, self.places = self.script.source(), self.script.streams, self.script.places
        del self.script, self.residing, self.places.world

    def compile(self, compiling=lambda: None) -> Plan:
        """Make the functions ready to run."""
        self.machine = machine(self.source, compiling)
        self.play = self.machine.function("play", "pipii")
        return self

    def _emit(self, schedule, recorded) -> None:
        """Emit the steps as sections of the actors' code, separated by calls of the residents' functions."""
        emit = {
            Kind.EVENTS: lambda step: write_events(self.script),
            Kind.DECISION: lambda step: write_decision(self.script, step.about),
            Kind.HAZARD: lambda step: self.script.happens(step.about.rule.name),
            Kind.FIXED_VALUE: lambda step: self.script.finds_out(step.about.name),
            Kind.VOTE: self._vote,
            Kind.CONTRIBUTIONS: lambda step: self.script.change(step.about),
            Kind.RESIDENTS: self._live,
            Kind.RECORDING: lambda step: self._record(recorded),
            Kind.ENDING: lambda step: write_end(self.script, step.about),
            Kind.MEMORY: lambda step: write_memory(self.script, step.about),
        }
        self._begin_section()
        write_past(self.script)
        for step in schedule:
            emit[step.kind](step)
        self._section.close()

    def _begin_section(self) -> None:
        name = f"section_{len(self.steps)}"
        self._section = ExitStack()
        self._section.enter_context(self.script.function(name))
        self.steps.append(("section", name))

    def _call(self, kind: str, name: str) -> None:
        """End a section, call a function of the residents, and begin another section."""
        self._section.close()
        self.steps.append((kind, name))
        self._begin_section()

    def _vote(self, step) -> None:
        self.residing.hold(step.about.name)
        self._call("vote", step.about.name)
        self.residing.count(step.about.name)

    def _live(self, step) -> None:
        function = f"live_{step.phase.name}"
        self.residing.look(function)
        self._call("live", function)
        self.residing.hear()

    def _record(self, recorded) -> None:
        decisions = self.declared.decisions.values()
        self.courses = write_notes(self.script, recorded, decisions)
        self.choices = sum(len(self.script.world.members(decision.level)) for decision in decisions)


def structure(world, decision_maker, schedule) -> tuple:
    """All that the lines of a plan depend on besides the declarations."""
    setting = world.setting
    setup = [name for step in world.declared.procedures if step.phase == "setup" for name in step.gives]
    arrays = [*world.values.items(), *world.weights.items(), *((name, world.frozen[name]) for name in setup)]
    return (
        id(world.declared),
        setting.turns,
        tuple(setting.entities.items()),
        tuple(setting.belongs.items()),
        tuple(world.categories.items()),
        tuple(signature(event) for event in setting.events_in_turns),
        (decision_maker.rule.name, frozenset(decision_maker.forbidden), frozenset(decision_maker.mandatory)),
        tuple((step.kind, step.phase.name, step.names) for step in schedule),
        tuple((name, values.shape[:-1], values.shape[-1] > 1) for name, values in arrays),
    )


def states(declared) -> list[str]:
    """The quantities that change during a run."""
    return [name for name, quantity in declared.quantities.items() if isinstance(quantity, Quantity) and quantity.state]
