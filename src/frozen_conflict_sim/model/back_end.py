"""When and how a model plays its turns in compiled functions: the same rules from the same text, only faster."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec

import numpy as np

from ..engine.arrays.births import BirthPlan, create_population
from ..engine.arrays.population import PopulationState
from ..engine.declare.derived import Vote
from ..engine.random_streams import RandomStreams
from ..politics.catalogue import declared
from ..politics.roles import public

# Below the first number of run-turns arrays are as fast; beyond the second it pays to compile what nobody has compiled.
WORTH_WHILE, WORTH_COMPILING = 2_000, 20_000
_PROGRAMS: dict[tuple, object] = {}
_AT_MOST = 32


class Machinery:
    """What makes a model fast, as far as that is possible, worth while and wanted: ``wanted`` decides if it is given."""

    def __init__(self, model, streams: RandomStreams, wanted: bool | None, compiling: Callable[[], None]):
        self.model, self.wanted, self.compiling = model, wanted, compiling
        size = model.runs * model.setting.turns
        self.possible = wanted if wanted is not None else size >= WORTH_WHILE and find_spec("llvmlite") is not None
        self.worth_compiling = bool(wanted) or size >= WORTH_COMPILING
        self._draw_quickly(streams)

    def _draw_quickly(self, streams: RandomStreams) -> None:
        if self.possible:
            from ..engine.compiled.run import draws
            from ..engine.compiled.run.machine_code import is_cached

            if self.worth_compiling or is_cached(draws.source()):
                streams.quick = draws.draw_quickly(streams, self.compiling)

    def _ready(self, part) -> bool:
        from ..engine.compiled.run.machine_code import is_cached

        return self.worth_compiling or is_cached(part.source)

    def publics(self) -> list[PopulationState]:
        """The residents of every territory, newly born."""
        world = self.model.world
        cohorts = [BirthPlan(world, public, at) for at in range(len(world.members("territory")))]
        kernels = [population_code_for(world, birth_plan) for birth_plan in cohorts] if self.possible else []
        self.possible = self.possible and all(self._ready(each) for each in kernels)
        if not self.possible:
            return [create_population(birth_plan, kind_of(world)) for birth_plan in cohorts]
        from ..engine.compiled.layout.blocks import BlockLayout
        from ..engine.compiled.run.population import CompiledPopulation

        run_blocks = BlockLayout(world.streams)
        return [
            CompiledPopulation(birth_plan, each.compile(self.compiling), run_blocks)
            for birth_plan, each in zip(cohorts, kernels)
        ]

    def play(self):
        """The compiled play of the model, ``None`` where arrays will do."""
        model = self.model
        if not self.possible:
            return None
        from ..engine.compiled.run.executor import Executor

        plan = program_of(model)
        if not self._ready(plan):
            return None
        recorder, populations = model.recorder, [agent.population for agent in model.publics]
        return Executor(
            model.world,
            model.decision_maker,
            plan.compile(self.compiling),
            populations,
            recorder.courses,
            recorder.choices,
        )


def kind_of(world):
    """In which precision residents are reckoned."""
    return {"single": np.float32, "double": np.float64}[world.categories["residents_precision", "play"]]


def population_code_for(world, birth_plan: BirthPlan):
    """The compiled life of the residents of a territory; its ``source`` shows the lines."""
    from ..engine.compiled.run.population import PopulationSpec, population_code

    composition = public.residents.composition
    belongs = world.setting.belongs[composition.parts, public.level]
    vote = next(found.determined_by for found in declared.fixed_values.values() if isinstance(found.determined_by, Vote))
    candidates, width = (
        len(world.members(vote.among)),
        max(table.shape[1] for table in world.tables.values()),
    )
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
            kind_of(world),
        ),
    )


def program_of(model):
    """The plan by which models of this structure play; its ``source`` shows the lines."""
    from ..engine.compiled.run.program import Program, structure

    world, recorded = model.world, tuple(model.recorder.rows)
    key = (*structure(world, model.decision_maker, model.schedule), recorded)
    if key not in _PROGRAMS:
        while len(_PROGRAMS) >= _AT_MOST:
            _PROGRAMS.pop(next(iter(_PROGRAMS)))
        residents = population_code_for(world, BirthPlan(world, public, 0)).functions
        _PROGRAMS[key] = Program(world, model.decision_maker, model.schedule, public, residents, recorded)
    return _PROGRAMS[key]


def prepare(scenario, runs: int, compiling: Callable[[], None] = lambda: None) -> None:
    """Compile beforehand what ``runs`` of a scenario need, so that workers find it; ``compiling`` is told if it takes a while."""
    if runs * scenario.turns >= WORTH_COMPILING and find_spec("llvmlite"):
        from .model import FrozenConflictModel

        FrozenConflictModel(scenario, runs=2, seed=0, compiled=True, compiling=compiling).release()
