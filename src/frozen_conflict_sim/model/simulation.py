"""Many runs of a scenario at once, in which everybody follows the rules of the roles; :mod:`.model` adds Mesa's agents."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import import_module
from importlib.util import find_spec
from os import PathLike
from typing import Any, Self

import numpy as np

from ..engine.arrays.decisions import Assessment, DecisionMaker
from ..engine.arrays.mandates import Mandates
from ..engine.arrays.receipts import ChanceReceipt
from ..engine.arrays.state import Moment, WorldState
from ..engine.choice_rules import ALL_CHOICE_RULES
from ..engine.declare.decision import Decision
from ..engine.declare.faults import NotFinite
from ..engine.declare.role import Role
from ..engine.policies import in_force
from ..engine.random_streams import RandomStreams, numbered
from ..engine.schedule import Kind, Step
from ..engine.setting import Setting
from ..engine.time_step import quarters
from ..politics.catalogue import declared
from .back_end import COMPILING, BackEnd, foresee, on_arrays, stage_of
from .observation import Observation, PublicByRules
from .recorder import Recorder
from .schedule import turn_schedule
from .steps import STEPS

PACKAGE = __name__.partition(".")[0]
LEAVES_STATE = {Kind.DECISION, Kind.HAZARD, Kind.FIXED_VALUE, Kind.VOTE, Kind.ENDING}


class Simulation:
    """A patron, parent states, separatist elites, their publics and the West, turn by turn, in ``runs`` runs at once.

    The scenario may be a file or a shipped name. ``stream_numbers`` numbers the runs (by default from 0): a run depends on its
    number and the seed alone, not on its neighbours. ``given`` overrides values by address with one number a run, and keyword
    arguments override single values of the scenario by their dotted name.

    Large ensembles are played by compiled functions, which give the same numbers to the last bit; ``compiled`` requires or
    forbids them, and ``compiling`` is called when code must be compiled first. Receipts need arrays. So does ``debug``, with
    which a breakpoint in a rule stops there. One code serves all words and policies of a scenario, which it looks up in memory;
    with ``every_run`` it also serves whatever numbers the scenario has, see :class:`~.reusable.ReusableModel`.
    Compiled code plays blocks of runs on as many ``threads``; no number depends on that. With ``keep``, the columns that are
    asked of it, a simulation that is played by ``run_to_end`` alone may need less memory and time.
    The code of a ``steerable`` simulation lets a player choose for an actor; it is for browsers and is not compiled here.
    """

    compiled_from = 1  # runs from which compiled code may play, if it pays

    def __init__(
        self, scenario: Setting | str | PathLike, runs: int = 1, seed: int = 0, *,
        stream_numbers=None, given: dict | None = None, keep_receipts: bool = False, compiled: bool | None = None,
        debug: bool = False, every_run: bool = False, steerable: bool = False, compiling: Callable[[], None] = lambda: None,
        threads: int = 1, keep: tuple[str, ...] | None = None, **values,
    ):  # fmt: skip
        scenario = scenario if isinstance(scenario, Setting) else import_module(PACKAGE).load_scenario(scenario)
        self.setting = scenario.with_values(values) if values else scenario
        streams = RandomStreams(seed, numbered(runs) if stream_numbers is None else stream_numbers)
        self.runs = len(streams.stream_numbers)
        if not self.runs:
            raise ValueError("a model has at least 1 run, but stream_numbers is empty")
        arrays = keep_receipts or debug or (compiled is None and self.runs < self.compiled_from)
        back_end = BackEnd(self, streams, False if arrays else compiled, compiling, threads)
        self._given = self.numbers_given(given) if given else {}
        self.world = WorldState(declared, self.setting, streams, self._given, every_run)
        words = self.world.categories
        self.schedule = turn_schedule(words["phase_order", "play"])
        self.decision_maker = DecisionMaker(
            self.world,
            ALL_CHOICE_RULES[words["choice_rule", "play"]],
            in_force(declared, self.setting, words),
            mandates_of(self.setting),
            steerable,
        )
        self.occurred: dict[str, np.ndarray] = {}
        self.running, self.ended_turn = True, np.full(self.runs, self.setting.turns)
        self._procedures("birth")
        self.populations = back_end.populations()
        self.observation = Observation(self.world, self.populations)
        self.assessment: Assessment | None = None
        self.moments: list[tuple[Step, int, Moment]] | None = None
        self.chances: list[ChanceReceipt] | None = None
        self.seat_agents()
        self.observation.observe()
        self._procedures("setup")
        self.observation.initialise()
        if keep_receipts:
            self.world.ledger, self.decision_maker.receipts, self.moments, self.chances = [], [], [], []
        self.recorder = Recorder(self, keep)
        self.read_at_birth = frozenset(self.world.read)
        self.compiled = back_end.executor()

    def __repr__(self) -> str:
        runs = f"{self.runs} run{'s' * (self.runs > 1)}"
        return f"<{type(self).__name__} of {self.setting.title!r}: {runs}, turn {self.world.turn} of {self.setting.turns}>"

    def numbers_given(self, given: dict) -> dict:
        """The numbers of ``given`` by address: as they are, since those who make a simulation have checked them."""
        return given

    def seat_agents(self) -> None:
        """Create the agents, once there are residents: none here."""

    @property
    def publics(self) -> Iterable:
        """Who lives and votes in the territories."""
        return [PublicByRules(self, place) for place in range(len(self.populations))]

    def deciding(self, role: Role) -> list | None:
        """The actors of a role that are asked to decide; ``None`` where all of them follow the rules."""
        return None

    def _procedures(self, phase: str) -> None:
        for procedure in declared.procedures:
            if procedure.phase == phase:
                self.world.freeze(procedure.function(self))

    def restart(self, setting: Setting, given: dict) -> None:
        """Take another setting of the same structure, to be played from the first turn on; the caller sets back the world."""
        self.setting, self._given = setting, given
        self.running, self.ended_turn = True, np.full(self.runs, setting.turns)
        self.recorder.restart(setting)

    def step(self) -> None:
        """Play one turn, phase by phase."""
        declared.check_constants()
        if self.world.turn >= self.setting.turns:
            self.running = False
            return
        if self.plays_compiled():
            self._play_compiled(1)
        else:
            for step in self.schedule:
                self.play(step)
        self.running = self.world.turn < self.setting.turns and bool(self.world.active.any())

    def play(self, step: Step) -> None:
        """Play one step of a turn on arrays; keep the state before it, with the length of the ledger, if receipts are kept."""
        if self.moments is not None and step.kind not in LEAVES_STATE:
            self.moments.append((step, len(self.world.ledger), self.world.moment()))
        STEPS[step.kind](self, step)

    def assess(self, decision: Decision) -> Assessment:
        """What the options of a decision are worth at this moment, to all its members."""
        if self.assessment is None or self.assessment.decision is not decision:
            self.assessment = self.decision_maker.assess(decision)
        return self.assessment

    def plays_compiled(self) -> bool:
        """Whether compiled code plays the next turns."""
        return bool(self.compiled)

    def _play_compiled(self, turns: int) -> None:
        """Play some turns in compiled functions; they record and end runs as the plain way does."""
        if self.recorder.at_once and turns < self.setting.turns:
            raise ValueError("a simulation with keep is played by run_to_end, all turns at once; leave out keep to play turns")
        self.compiled.turns(turns)
        for run in self.compiled.faults():
            raise NotFinite(self._fault_of(run))
        self.recorder.length += turns
        self.ended_turn = self.compiled.ended_turn()

    def in_full(self) -> Simulation:
        """The same runs, played again and recorded in full."""
        streams = self.world.streams
        again = {"stream_numbers": streams.stream_numbers, "given": self._given, "threads": len(self.compiled.threads)}
        return Simulation(self.setting, self.runs, streams.seed, **again).run_to_end()

    def _fault_of(self, run: int) -> str:
        """Which rule gave no finite number in a run: arrays, which give the same numbers, play it alone and say so."""
        streams = self.world.streams
        given = {address: np.broadcast_to(values, self.runs)[[run]] for address, values in self._given.items()}
        alone = Simulation(
            self.setting, 1, streams.seed, stream_numbers=streams.stream_numbers[[run]], given=given, compiled=False
        )
        try:
            alone.run_to_end()
        except NotFinite as error:
            return str(error)
        finally:
            alone.release()
        return f"a rule gave no finite number in the run with stream number {int(streams.stream_numbers[run])}"

    @property
    def ended_quarter(self) -> np.ndarray:
        """The quarter, counted from 1, after which each run ended; the last one, if it was played to its end."""
        return self.ended_turn * quarters(self.setting.time_step)

    def run_to_end(self) -> Self:
        """Play all turns."""
        declared.check_constants()
        if self.world.turn < self.setting.turns and self.plays_compiled():
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

    def story(self, run: int = 0) -> Any:
        """A ``RunExplanation``: the story of a run, and why it went so; see :func:`frozen_conflict_sim.explain_model`."""
        import frozen_conflict_sim

        return frozen_conflict_sim.explain_model(self, run)

    def drawn(self) -> dict[str, np.ndarray]:
        """The values that differ between runs, by dotted name, one number a run."""
        return self.recorder.drawn()

    def __getstate__(self):
        """The state for a copy or a pickle, which goes on to play on arrays."""
        if self.compiled:
            self.compiled.give_past()
        return vars(self) | {"compiled": None, "schedule": None}

    def __setstate__(self, state):
        vars(self).update(state)
        self.schedule = turn_schedule(self.world.categories["phase_order", "play"])

    def release(self) -> None:
        """Let go of residents and records, now instead of at the next garbage collection; nothing more can be asked of it."""
        self.recorder.release()
        if self.compiled:
            self.compiled.release()
        self.populations, self.observation, self.recorder, self.compiled = [], None, None, None


def precompile(
    scenario, runs: int, times: int = 1, keep: tuple[str, ...] | None = None, compiling: Callable[[], None] = lambda: None
) -> None:
    """Fill the cache with the code that ``runs`` runs of a scenario need, ``times`` over, before workers play them."""
    if on_arrays(scenario, runs, times) >= COMPILING and find_spec("llvmlite"):
        foresee(scenario, runs, times)
        compiled, how = scenario.once(_precompiled, declared), (keep, stage_of(scenario))
        if how not in compiled:
            Simulation(scenario, runs=2, seed=0, compiled=True, compiling=compiling, keep=keep).release()
            compiled.add(how)


def _precompiled(declared, scenario) -> set[tuple]:
    """For what a scenario was compiled in this process already: what is kept, and how far its code has come."""
    return set()


def mandates_of(setting: Setting) -> set[str]:
    """The options that any policy of a setting forbids, or makes mandatory, always and for all."""
    always = Mandates(setting.policies.values(), setting.time_step).always
    return set().union(*always.values())
