"""Which back end plays a model: arrays, or compiled functions with the same numbers to the last bit, where they are faster."""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Callable
from functools import partial
from importlib.util import find_spec

import numpy as np

from ..engine.arrays.births import BirthPlan, create_population
from ..engine.arrays.population import PopulationState
from ..engine.declare.derived import Vote
from ..engine.random_streams import RandomStreams
from ..politics.catalogue import declared
from ..politics.roles import public
from .residents import residents_of

# Seconds of processor time that arrays take for a turn, for each run in it, and for each resident of a run.
A_TURN, A_RUN, A_RESIDENT = 0.027, 0.0001, 1e-7
LOADING, COMPILING = 0.3, 1.3  # seconds that it takes to load code, and to draft it
OPTIMISING = 200.0  # what arrays would take until optimised code has saved, over a draft, the time that it takes to compile
AT_ONCE = 600.0  # the same for outcomes computed at once from records, which save less in a run
_PLAYED: Counter[tuple] = Counter()  # what arrays would have taken for all that was asked for so far, by kind of setting
_PROGRAMS: dict[tuple, object] = {}
_MOST_PROGRAMS = 32
_SAID: set[str] = set()


def on_arrays(setting, runs: int, times: int = 1) -> float:
    """About how many seconds of processor time arrays take for so many runs of a setting, several times."""
    return times * setting.turns * (A_TURN + (A_RUN + A_RESIDENT * residents_of(setting)) * runs)


def kind_of(setting) -> tuple:
    """What settings that are played by the same code have in common, as far as a setting says it by itself."""
    structural = [name for name, one in declared.quantities.items() if getattr(one, "structural", False)]
    words = tuple(setting.values.get((declared.owners[name].name, "play", name, "")) for name in structural)
    return declared.version, setting.turns, tuple(setting.entities.items()), words


def foresee(setting, runs: int, times: int = 1) -> None:
    """Have this process compile the code of a setting at once if ``runs`` runs, ``times`` over, will pay for that."""
    if (work := on_arrays(setting, runs, times)) >= COMPILING:
        _PLAYED[kind_of(setting)] += work


def worth_optimising(setting, runs: int) -> bool:
    """Whether optimised code pays for all that was asked for so far, with ``runs`` runs more on a model that was kept."""
    _PLAYED[kind := kind_of(setting)] += on_arrays(setting, runs)
    return _PLAYED[kind] >= OPTIMISING


def stage_of(setting) -> tuple[bool, bool]:
    """Whether all that was asked for so far pays for optimised code, and for outcomes computed at once."""
    played = _PLAYED[kind_of(setting)]
    return played >= OPTIMISING, played >= AT_ONCE


class BackEnd:
    """Chooses and builds what plays a model. ``wanted`` forces (or forbids) compiled code; ``None`` leaves it to the work.

    Code is loaded, or compiled, when that pays for all that this process was asked to play so far. ``compiling`` is called
    before code is compiled that is not in the cache. Compiled code plays on as many ``threads``.
    """

    def __init__(self, model, streams: RandomStreams, wanted: bool | None, compiling: Callable[[], None], threads: int = 1):
        declared.check_constants()
        self.model, self.wanted, self.compiling, self.threads = model, wanted, compiling, threads
        kind = kind_of(model.setting)
        _PLAYED[kind] += on_arrays(model.setting, model.runs)
        self.possible = wanted if wanted is not None else _PLAYED[kind] >= LOADING and find_spec("llvmlite") is not None
        self.worth_compiling, self.draft = bool(wanted) or _PLAYED[kind] >= COMPILING, _PLAYED[kind] < OPTIMISING
        self.worth_outcomes = _PLAYED[kind] >= AT_ONCE
        self._compile_draws(streams)

    def _compile_draws(self, streams: RandomStreams) -> None:
        if self.possible:
            from ..engine.compiled.run import draws
            from ..engine.compiled.run.machine_code import is_cached

            if self.worth_compiling or is_cached(draws.source(), draft=True):
                compiling, draft = self.compiling, self.draft
                streams.draw_by(lambda some: draws.compiled_draw(some, compiling, draft))

    def _ready(self, code) -> bool:
        from ..engine.compiled.run.machine_code import is_cached

        return self.worth_compiling or is_cached(code.source, draft=True)

    def _emitted(self, emit: Callable):
        """The code that ``emit`` makes; ``None`` if nothing is to be compiled or a rule cannot be, which is said once."""
        if not self.possible:
            return None
        from ..engine.compiled.ir.symbols import NotCompilable

        try:
            return emit()
        except NotCompilable as reason:
            self.possible = False
            if str(reason) not in _SAID:
                _SAID.add(str(reason))
                warnings.warn(f"the model plays on arrays, which is slower than compiled code: {reason}", stacklevel=2)
            return None

    def populations(self) -> list[PopulationState]:
        """The newly created residents of every territory."""
        world = self.model.world
        plans = [BirthPlan(world, public, at) for at in range(len(world.members("territory")))]
        codes = self._emitted(lambda: [population_code_for(world, birth_plan) for birth_plan in plans])
        self.possible = codes is not None and all(self._ready(code) for code in codes)
        if not self.possible:
            return [create_population(birth_plan, precision_of(world)) for birth_plan in plans]
        from ..engine.compiled.layout.blocks import BlockLayout
        from ..engine.compiled.run.population import CompiledPopulation

        run_blocks = BlockLayout(world.streams)
        compiled = [code.compile(self.compiling, self.draft) for code in codes]
        return [CompiledPopulation(birth_plan, code, run_blocks) for birth_plan, code in zip(plans, compiled)]

    def executor(self):
        """The executor of compiled turns; ``None`` where arrays play the model. It makes the tables of the recorder."""
        model, recorder = self.model, self.model.recorder
        program = self._emitted(lambda: program_of(model))
        if program is None or not self._ready(program):
            recorder.make_tables()
            return None
        from ..engine.compiled.run.executor import Executor

        if not model.decision_maker.steerable:
            program.compile(self.compiling, self.draft)
        at_once = self._outcomes_at_once(program) if recorder.keep is not None else None
        kept = recorder.make_tables(at_once)
        tables = {"trajectories": recorder.values, "choices": recorder.choices, "kept": kept}
        return Executor(model.world, model.decision_maker, program, model.populations, tables, self.threads, at_once)

    def _outcomes_at_once(self, program):
        """What computes outcomes from records; ``None`` if they are computed from tables of all runs and turns."""
        from ..engine.compiled.ir.symbols import NotCompilable
        from .outcomes.at_once import outcomes_at_once

        try:
            return outcomes_at_once(self.model, program, self.worth_outcomes, self.compiling)
        except NotCompilable:
            return None


def precision_of(world):
    """The type of the numbers of residents."""
    return {"single": np.float32, "double": np.float64}[world.categories["residents_precision", "play"]]


def population_code_for(world, birth_plan: BirthPlan):
    """The code of the residents of a territory, not yet compiled; see its ``source``."""
    from ..engine.compiled.run.population import PopulationSpec, population_code

    composition = public.residents.composition
    belongs = world.setting.belongs[composition.parts, public.level]
    vote = next(found.determined_by for found in declared.fixed_values.values() if isinstance(found.determined_by, Vote))
    candidates, width = len(world.members(vote.among)), max(table.shape[1] for table in world.tables.values())
    parts = max(map(belongs.count, belongs))
    return population_code(
        public,
        PopulationSpec(
            birth_plan.count,
            birth_plan.degree,
            parts,
            candidates,
            vote.voters,
            width,
            precision_of(world),
        ),
    )


def program_of(model):
    """The program of all models of this structure, not yet compiled; see its ``source``."""
    from ..engine.compiled.run.kept import kept
    from ..engine.compiled.run.program import Program, structure

    world, recorded = model.world, tuple(model.recorder.rows)
    key = (*structure(world, model.decision_maker, model.schedule), recorded)
    if key not in _PROGRAMS:
        while len(_PROGRAMS) >= _MOST_PROGRAMS:
            _PROGRAMS.pop(next(iter(_PROGRAMS)))
        residents, maker = population_code_for(world, BirthPlan(world, public, 0)), model.decision_maker
        emit = partial(Program, world, maker, model.schedule, public, residents.functions, recorded)
        lasting = key[1:], residents.spec, maker.rule.score, maker.rule.value, maker.rule.only_gains
        _PROGRAMS[key] = emit() if maker.steerable else kept(world.declared, lasting, emit, Program)
    return _PROGRAMS[key]
