"""When and how a model plays its turns in compiled functions: the same rules from the same text, only faster."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from importlib.util import find_spec

from .declarations import declared
from .roles import public

# Below the first number of run-turns arrays are as fast; beyond the second it pays to compile what nobody has compiled.
WORTH_WHILE, WORTH_COMPILING = 2_000, 20_000
_PLANS: dict[tuple, object] = {}
_AT_MOST = 32


def possible(model, wanted: bool | None) -> bool:
    """Whether compiled functions are there and worth while."""
    if wanted is None:
        wanted = model.runs * model.setting.turns >= WORTH_WHILE and find_spec("llvmlite") is not None
    return wanted


def quick_luck(model, luck, wanted: bool | None) -> None:
    """Let a compiled function draw the numbers where there are many."""
    if possible(model, wanted):
        from ..engine.compiled.draws import quickly

        luck.quick = quickly(luck)


def compiled_play(model, wanted: bool | None, compiling: Callable[[], None] = lambda: None):
    """The compiled play of a model, ``None`` where arrays will do; ``wanted`` decides if it is given."""
    if not possible(model, wanted):
        return None
    from ..engine.compiled.crowd_play import CompiledPublic
    from ..engine.compiled.machine import kept
    from ..engine.compiled.play import Play

    plan, factions = plan_of(model), len(model.world.members("faction"))
    kernels = [kernels_of(factions, agent.population.blocks[0].network.shape[1]) for agent in model.publics]
    small = model.runs * model.setting.turns < WORTH_COMPILING
    if wanted is None and small and not all(kept(part.source) for part in (plan, *kernels)):
        return None
    plan.compile(compiling)
    for agent, lives in zip(model.publics, kernels):
        agent.population = CompiledPublic(agent.population, lives.compile(compiling))
    return Play(model.world, model.deliberation, plan)


def plan_of(model):
    """The plan by which models of this structure play; its ``source`` shows the lines."""
    from ..engine.compiled.play import Plan, structure

    chronicle, residents = model.chronicle, public.residents
    recorded = tuple(sorted(chronicle.read | set(chronicle.kept)))
    key = (*structure(model.world, model.deliberation, model.order), recorded)
    if key not in _PLANS:
        while len(_PLANS) >= _AT_MOST:
            _PLANS.pop(next(iter(_PLANS)))
        own = {**residents.traits, **residents.measures}
        rules = [*residents.measures.values(), *(rule for _, _, rule in residents.changes)]
        _PLANS[key] = Plan(
            model.world,
            model.deliberation,
            model.order,
            stops=lambda phase: any(when == phase for _, when, _ in residents.changes),
            seen=sorted({name for rule in rules for name in rule.reads if name in declared.owners and name not in own}),
            recorded=recorded,
        )
    return _PLANS[key]


@lru_cache
def kernels_of(candidates: int, degree: int):
    """The compiled life of residents with so many candidates and ties; its ``source`` shows the lines."""
    from ..engine.compiled.crowd_play import Kernels

    return Kernels(public.residents, candidates, "voter", degree)


def prepare(scenario, runs: int, compiling: Callable[[], None] = lambda: None) -> None:
    """Compile beforehand what ``runs`` of a scenario need, so that workers find it; ``compiling`` is told if it takes a while."""
    if runs * scenario.turns >= WORTH_COMPILING and find_spec("llvmlite"):
        from .model import FrozenConflictModel

        FrozenConflictModel(scenario, runs=2, seed=0, compiled=True, compiling=compiling).release()
