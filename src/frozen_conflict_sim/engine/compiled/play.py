"""A turn in compiled functions, from stop to stop: where events, procedures or residents come in, everybody else waits."""

from __future__ import annotations

from dataclasses import dataclass

from ..crowd import Vote
from ..quantity import Quantity
from .board import Board, Now, Window
from .deciding import write_decision
from .machine import machine
from .places import ACTIVE
from .script import Script


@dataclass(frozen=True)
class Stretch:
    """What is played in one go: a function, what it shows afterwards, and the decisions that fell in it."""

    function: str
    shows: tuple[str, ...]
    decisions: tuple


class Plan:
    """How the turns of all worlds of one structure are played: compiled once, whatever their numbers.

    ``stops(phase)`` says of a phase whether residents live through it; ``seen`` names what they look at, and ``recorded``
    what is written down at the end of a turn.
    """

    def __init__(self, world, deliberation, phases, *, stops, seen, recorded):
        self.declared = world.declared
        script = Script(world, deliberation)
        recorded = [*recorded, *(of for of, _ in self.declared.delays.values())]
        self.steps = list(self._steps(script, phases, stops, seen, recorded))
        self.source, self.streams = script.source(), script.streams
        self.places = script.places
        del self.places.world

    def compile(self, compiling=lambda: None) -> Plan:
        """Make the functions ready to run."""
        self.machine = machine(self.source, compiling)
        self.chance = self.machine.function("chance", "pippi")
        stretches = [step.function for step in self.steps if isinstance(step, Stretch)]
        self.functions = {name: self.machine.function(name, "pipp") for name in stretches}
        return self

    def _steps(self, script, phases, stops, seen, recorded):
        """Stretches, and between them phases (whose events or residents are due) and votes."""
        pending: list = []

        def stretch(shows=()):
            name = f"stretch_{script.writer.fresh('')}"
            with script.function(name):
                for write in pending:
                    write()
                shown = script.export(shows)
            return Stretch(name, tuple(shown), tuple(decided))

        decided: list = []
        declared = self.declared
        for phase in phases:
            if phase.name == "events":
                yield "events", phase.name
            for decision in declared.decisions.values():
                if decision.phase == phase.name:
                    pending.append(lambda decision=decision: write_decision(script, decision))
                    decided.append(decision)
            for name, hazard in declared.hazards.items():
                if hazard.phase == phase.name:
                    pending.append(lambda name=name: script.happens(name))
            for name, announcement in declared.announcements.items():
                if announcement.phase == phase.name and isinstance(announcement.finds, Vote):
                    yield stretch()
                    pending, decided = [], []
                    yield "vote", name
                elif announcement.phase == phase.name:
                    pending.append(lambda name=name: script.finds_out(name))
            here = [contribution for contribution in declared.contributions if contribution.phase == phase.name]
            if here:
                pending.append(lambda here=here: script.change(here))
            if stops(phase.name):
                yield stretch(seen)
                pending, decided = [], []
                yield "residents", phase.name
        yield stretch(recorded)


def structure(world, deliberation, phases) -> tuple:
    """All that the lines of a plan depend on besides the declarations."""
    setting = world.setting
    setup = [name for step in world.declared.procedures if step.phase == "setup" for name in step.gives]
    arrays = [*world.values.items(), *world.weights.items(), *((name, world.kept[name]) for name in setup)]
    return (
        id(world.declared),
        tuple(setting.entities.items()),
        tuple(setting.belongs.items()),
        tuple(world.words.items()),
        (deliberation.rule.name, frozenset(deliberation.closed), frozenset(deliberation.ordered)),
        tuple(phase.name for phase in phases),
        tuple((name, values.shape[:-1], values.shape[-1] > 1) for name, values in arrays),
    )


class Play:
    """Plays the strategic part of one world's turns by a plan."""

    def __init__(self, world, deliberation, plan: Plan):
        self.world, self.deliberation, self.plan = world, deliberation, plan
        self.declared, self.steps = plan.declared, plan.steps
        self.board = Board(world, plan.places, plan.streams)
        self._open_windows()

    def _open_windows(self) -> None:
        """Let everybody else see and change what stands on the board."""
        world, known, declared = self.world, self.board.known, self.declared
        states = [name for name, quantity in declared.quantities.items() if isinstance(quantity, Quantity) and quantity.state]
        world.values = Window(self.board, {name: name for name in states if name in known}, world.values)
        said = [*declared.acts, *declared.hazards, *declared.announcements]
        world.now = Now(self.board, {name: name for name in said if name in known}, {})
        realised = {
            (decision.role.name, incentive.weight or incentive.name)
            for decision in declared.decisions.values()
            for option in decision.options
            for incentive in option.incentives
        }
        self.deliberation.realised = Window(self.board, {key: f"realised {key[0]}/{key[1]}" for key in realised}, {})

    def begin_turn(self) -> None:
        """Hand out the chance of a turn, and what is looked back upon."""
        board, world = self.board, self.world
        board.write(ACTIVE, world.active[None])
        for name in self.declared.delays:
            board.write(f"past of {name}", world.looked_back(name))
        pointers = [array.ctypes.data for array in (board.block, board.luck, board.keys)]
        self.plan.chance(pointers[0], board.count, pointers[1], pointers[2], world.turn)

    def run(self, stretch: Stretch) -> list:
        """Play a stretch; the decisions that fell, with the index of each choice."""
        board, world = self.board, self.world
        pointers = [array.ctypes.data for array in (board.block, board.fixed, board.passing)]
        self.plan.functions[stretch.function](pointers[0], board.count, *pointers[1:])
        world.look_again()
        world._derived.update({name: board.read(f"seen {name}") for name in stretch.shows})
        return [(decision, board.read(f"choice of {decision.role.name}.{decision.name}")) for decision in stretch.decisions]
