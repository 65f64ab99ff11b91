"""FrozenConflictModel: the order of play on one page, and a Mesa model that steps an ensemble of runs at once."""

from __future__ import annotations

from collections.abc import Callable

import mesa
import numpy as np

from ..engine.arrays.decisions import DecisionMaker
from ..engine.arrays.events import event_contributions
from ..engine.arrays.starting_values import in_force
from ..engine.arrays.state import WorldState
from ..engine.choice_rules import ALL_CHOICE_RULES
from ..engine.random_streams import RandomStreams
from ..engine.schedule import Kind, Step
from ..engine.setting import Setting
from ..engine.time_step import quarters
from ..politics.catalogue import declared
from ..politics.roles import elite, parent, patron, voice
from .agents import Actor
from .back_end import BackEnd
from .publics import Publics
from .recorder import Recorder
from .schedule import turn_schedule

ACTORS = (patron, parent, elite, voice)


class FrozenConflictModel(mesa.Model):
    """A patron, parent states, separatist elites, their publics and the West, turn by turn, in ``runs`` runs at once.

    ``stream_numbers`` numbers the runs (by default from 0): a run depends on its number and the seed alone,
    not on its neighbours. ``given`` overrides values by address with one number a run, and keyword arguments override
    single values of the scenario by their dotted name. With ``runs=1`` this is an ordinary Mesa model.

    Large ensembles are played by compiled functions, which give the same numbers to the last bit; ``compiled`` says so or
    forbids it, and ``compiling`` is told when code must be compiled first. Receipts need the plain way.
    """

    def __init__(
        self, scenario: Setting, runs: int = 1, seed: int | None = None, *,
        rng=None, stream_numbers=None, given: dict | None = None, keep_receipts: bool = False, compiled: bool | None = None,
        compiling: Callable[[], None] = lambda: None, **values,
    ):  # fmt: skip
        super().__init__(rng=seed if rng is None else rng)
        self.setting = scenario.with_values(values) if values else scenario
        # Without a seed, all chance follows from Mesa's own generator.
        seed = int(self.rng.integers(2**31)) if seed is None else seed
        streams = RandomStreams(seed, np.arange(runs) if stream_numbers is None else stream_numbers)
        self.runs = len(streams.stream_numbers)
        back_end = BackEnd(self, streams, False if keep_receipts else compiled, compiling)
        self.world = WorldState(declared, self.setting, streams, given)
        words = self.world.categories
        self.schedule = turn_schedule(words["phase_order", "play"])
        self.decision_maker = DecisionMaker(
            self.world,
            ALL_CHOICE_RULES[words["choice_rule", "play"]],
            in_force(declared, self.setting, words),
        )
        self.occurred: dict[str, np.ndarray] = {}
        self.ended_turn = np.full(self.runs, self.setting.turns)
        self._procedures("birth")
        self.publics = Publics(self, back_end.populations())
        self.actors = [Actor(self, role, member) for role in ACTORS for member in self.world.members(role.level)]
        self.publics.observe()
        self._procedures("setup")
        self.publics.initialise()
        if keep_receipts:
            self.world.ledger, self.decision_maker.receipts = [], []
        self.recorder = Recorder(self)
        self.compiled = back_end.executor()
        courses = self.recorder.names() if self.runs == 1 else []
        self.datacollector = mesa.DataCollector(model_reporters={name: _latest(name) for name in courses})

    def _procedures(self, phase: str) -> None:
        for procedure in declared.procedures:
            if procedure.phase == phase:
                self.world.freeze(procedure.function(self))

    def step(self) -> None:
        """Play one turn, phase by phase."""
        if self.world.turn >= self.setting.turns:
            self.running = False
            return
        if self.compiled:
            self._play_compiled(1)
        else:
            for step in self.schedule:
                self.play(step)
        if self.runs == 1:
            self.datacollector.collect(self)
        self.running = self.world.turn < self.setting.turns and bool(self.world.active.any())

    def play(self, step: Step) -> None:
        """Play one step of a turn on arrays."""
        STEPS[step.kind](self, step)

    def _events(self, step: Step) -> None:
        self.world.change(event_contributions(self.world, self.occurred))

    def _decide(self, step: Step) -> None:
        self.recorder.note_choice(step.about, self.decision_maker.decide(step.about))

    def _happens(self, step: Step) -> None:
        world, hazard = self.world, step.about
        chance = hazard.rule(world.view(hazard.role.level))
        world.fix(hazard.rule.name, world.draw_hazard(hazard.rule.name, chance, hazard.role.level))

    def _fix(self, step: Step) -> None:
        self._announce(step.about, step.about.determined_by(self.world.view(step.about.role.level)))

    def _vote(self, step: Step) -> None:
        self._announce(step.about, self.publics.vote(step.about.determined_by))

    def _announce(self, value, found) -> None:
        """Let everybody see a value for the rest of the turn; where a run has ended there is nothing to see."""
        shape = (len(self.world.members(value.role.level)), self.runs)
        found = np.broadcast_to(found, shape)
        self.world.fix(value.name, np.where(self.world.active, found, 0.0))

    def _change(self, step: Step) -> None:
        self.world.change(
            (
                contribution.to,
                contribution.rule.name,
                contribution.rule(self.world.view(contribution.role.level)),
            )
            for contribution in step.about
        )

    def _live(self, step: Step) -> None:
        self.publics.live(step.phase.name)

    def _record(self, step: Step) -> None:
        self.recorder.record()

    def _play_compiled(self, turns: int) -> None:
        """Play some turns in compiled functions; they record and end runs as the plain way does."""
        self.compiled.turns(turns)
        self.recorder.length += turns
        self.ended_turn = self.compiled.ended_turn()

    def _end_runs(self, step: Step) -> None:
        rule, role = step.about
        over = np.broadcast_to(rule(self.world.view(role.level)), (1, self.runs))[0] & self.world.active
        self.ended_turn[over] = self.world.turn + 1
        self.world.active &= ~over

    def _end_turn(self, step: Step) -> None:
        self.world.end_turn(step.about)

    @property
    def ended_quarter(self) -> np.ndarray:
        """The quarter, counted from 1, after which each run ended; the last one, if it was played to its end."""
        return self.ended_turn * quarters(self.setting.time_step)

    def run_to_end(self) -> FrozenConflictModel:
        """Play all turns."""
        if self.compiled and self.runs > 1 and self.world.turn < self.setting.turns:
            self._play_compiled(self.setting.turns - self.world.turn)
            self.running = False
        while self.world.turn < self.setting.turns:
            self.step()
        return self

    def outcomes(self) -> dict[str, np.ndarray]:
        """Every outcome by column, one number a run; NaN where it is not defined."""
        return self.recorder.outcomes()

    def classes(self) -> np.ndarray:
        """The class of each run."""
        return self.recorder.classes()

    def trajectories(self) -> dict[str, np.ndarray]:
        """Every recorded quantity by column, shape ``(run, turn)``."""
        return self.recorder.trajectories()

    def decisions(self) -> dict[str, np.ndarray]:
        """Every decision by column, as the index of the option, shape ``(run, turn)``."""
        return self.recorder.decisions()

    def drawn(self) -> dict[str, np.ndarray]:
        """The values that differ between runs, by dotted name, one number a run."""
        return self.recorder.drawn()

    def release(self) -> None:
        """Let go of the model: Mesa 3.3 would keep it alive for ever."""
        self.remove_all_agents()
        mesa.Agent._ids.pop(self, None)


def _latest(name: str):
    return lambda model: model.recorder.latest(name)


STEPS = {
    Kind.EVENTS: FrozenConflictModel._events,
    Kind.DECISION: FrozenConflictModel._decide,
    Kind.HAZARD: FrozenConflictModel._happens,
    Kind.FIXED_VALUE: FrozenConflictModel._fix,
    Kind.VOTE: FrozenConflictModel._vote,
    Kind.CONTRIBUTIONS: FrozenConflictModel._change,
    Kind.RESIDENTS: FrozenConflictModel._live,
    Kind.RECORDING: FrozenConflictModel._record,
    Kind.ENDING: FrozenConflictModel._end_runs,
    Kind.MEMORY: FrozenConflictModel._end_turn,
}
