"""How turns are played: compiled once for all worlds of one structure, whatever their numbers."""

from __future__ import annotations

from ...declare.parameter import Quantity
from ...declare.population import Crowd, Vote
from ..emit.decision import write_decision
from ..emit.end_of_turn import write_end, write_notes, write_past
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

    def __init__(self, world, deliberation, phases, crowd: Crowd, residents: CrowdScript, recorded):
        self.declared, self.script = world.declared, Script(world, deliberation)
        self.residing = Residing(self.script, crowd, residents)
        self.steps: list[tuple] = []
        self.calls = [f"live_{phase}" for phase in residents.phases] + ["vote"]
        self._write(phases, recorded)
        notes = self.courses, self.choices
        write_play(self.script.writer, self.steps, self.residing, self.calls, self.script.places, notes)
        self.source, self.streams, self.places = self.script.source(), self.script.streams, self.script.places
        del self.script, self.residing, self.places.world

    def compile(self, compiling=lambda: None) -> Plan:
        """Make the functions ready to run."""
        self.machine = machine(self.source, compiling)
        self.play = self.machine.function("play", "pipii")
        return self

    def _write(self, phases, recorded) -> None:
        """Stretches of the actors' play, and between them residents who live through a phase or vote."""
        script, residing, declared = self.script, self.residing, self.declared
        pending = [lambda: write_past(script)]

        def stretch(*last) -> None:
            name = f"stretch_{len(self.steps)}"
            with script.function(name):
                for write in (*pending, *last):
                    write()
            self.steps.append(("stretch", name))
            pending.clear()

        for phase in phases:
            if phase.name == "events":
                pending.append(lambda: write_events(script))
            for decision in declared.decisions.values():
                if decision.phase == phase.name:
                    pending.append(lambda decision=decision: write_decision(script, decision))
            for name, hazard in declared.hazards.items():
                if hazard.phase == phase.name:
                    pending.append(lambda name=name: script.happens(name))
            for name, announcement in declared.announcements.items():
                if announcement.phase == phase.name and isinstance(announcement.finds, Vote):
                    stretch(lambda name=name: residing.hold(name))
                    self.steps.append(("vote", name))
                    pending.append(lambda name=name: residing.count(name))
                elif announcement.phase == phase.name:
                    pending.append(lambda name=name: script.finds_out(name))
            here = [contribution for contribution in declared.contributions if contribution.phase == phase.name]
            if here:
                pending.append(lambda here=here: script.change(here))
            if phase.name in residing.residents.phases:
                stretch(lambda phase=phase: residing.look(f"live_{phase.name}"))
                self.steps.append(("live", f"live_{phase.name}"))
                pending.append(residing.hear)
        decisions = declared.decisions.values()
        stretch(lambda: self._count(write_notes(script, recorded, decisions)), lambda: write_end(script))

    def _count(self, courses: int) -> None:
        choices = sum(len(self.script.world.members(decision.level)) for decision in self.declared.decisions.values())
        self.courses, self.choices = courses, choices


def structure(world, deliberation, phases) -> tuple:
    """All that the lines of a plan depend on besides the declarations."""
    setting = world.setting
    setup = [name for step in world.declared.procedures if step.phase == "setup" for name in step.gives]
    arrays = [*world.values.items(), *world.weights.items(), *((name, world.kept[name]) for name in setup)]
    return (
        id(world.declared),
        setting.turns,
        tuple(setting.entities.items()),
        tuple(setting.belongs.items()),
        tuple(world.words.items()),
        tuple(signature(event) for event in setting.happenings),
        (deliberation.rule.name, frozenset(deliberation.closed), frozenset(deliberation.ordered)),
        tuple(phase.name for phase in phases),
        tuple((name, values.shape[:-1], values.shape[-1] > 1) for name, values in arrays),
    )


def states(declared) -> list[str]:
    """The quantities that change during a run."""
    return [name for name, quantity in declared.quantities.items() if isinstance(quantity, Quantity) and quantity.state]
