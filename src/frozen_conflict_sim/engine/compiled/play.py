"""A turn in compiled functions, from stop to stop: where events, procedures or residents come in, everybody else waits."""

from __future__ import annotations

from dataclasses import dataclass

from ..quantity import Quantity
from .board import Board, Now, Window
from .machine import machine
from .places import ACTIVE
from .script import Script


@dataclass(frozen=True)
class Stretch:
    """What is played in one go: a function, what it shows afterwards, and the decisions that fell in it."""

    function: str
    shows: tuple[str, ...]
    decisions: tuple


class Play:
    """Plays the strategic part of a world's turns with compiled functions, on the same declarations.

    ``stops(phase)`` says of a phase whether residents live through it; ``seen`` names what they look at, and ``recorded``
    what is written down at the end of a turn.
    """

    def __init__(self, world, deliberation, phases, *, stops, seen, recorded, compiling=lambda: None):
        self.world, self.deliberation = world, deliberation
        self.declared = world.declared
        script = Script(world, deliberation, phases)
        recorded = [*recorded, *(of for of, _ in self.declared.delays.values())]
        self.steps = list(self._steps(script, phases, stops, seen, recorded))
        self.source = script.source()
        compiled = machine(self.source, compiling)
        self.chance = compiled.function("chance", "pippi")
        self.functions = {
            step.function: compiled.function(step.function, "pipp") for step in self.steps if isinstance(step, Stretch)
        }
        self.machine = compiled
        self.board = Board(script)
        self._open_windows(script)

    def _steps(self, script, phases, stops, seen, recorded):
        """Stretches, and between them phases (whose events or residents are due) and procedures."""
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
                    pending.append(lambda decision=decision: script.decide(decision))
                    decided.append(decision)
            for name, hazard in declared.hazards.items():
                if hazard.phase == phase.name:
                    pending.append(lambda name=name: script.happens(name))
            for procedure in declared.procedures:
                if procedure.phase == phase.name:
                    yield stretch()
                    pending, decided = [], []
                    yield "procedure", procedure
            here = [contribution for contribution in declared.contributions if contribution.phase == phase.name]
            if here:
                pending.append(lambda here=here: script.change(here))
            if stops(phase.name):
                yield stretch(seen)
                pending, decided = [], []
                yield "residents", phase.name
        yield stretch(recorded)

    def _open_windows(self, script) -> None:
        world, known, declared = self.world, self.board.known, self.declared
        states = {name: name for name in known if isinstance(declared.quantities.get(name), Quantity) and declared.quantities[name].state}
        world.values = Window(self.board, states, world.values)
        said = [*declared.acts, *declared.hazards, *(name for step in declared.procedures if step.phase != "setup" for name in step.gives)]
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
        self.chance(pointers[0], board.count, pointers[1], pointers[2], len(board.keys) and world.turn)

    def run(self, stretch: Stretch) -> list:
        """Play a stretch; the decisions that fell, with the index of each choice."""
        board, world = self.board, self.world
        self.functions[stretch.function](board.block.ctypes.data, board.count, board.fixed.ctypes.data, board.passing.ctypes.data)
        world.look_again()
        world._derived.update({name: board.read(f"seen {name}") for name in stretch.shows})
        return [(decision, board.read(f"choice of {decision.role.name}.{decision.name}")) for decision in stretch.decisions]
