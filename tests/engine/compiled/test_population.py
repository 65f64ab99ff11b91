"""Residents in compiled code are created, settled and averaged as on arrays."""

import numpy as np
import pytest

from frozen_conflict_sim.engine.arrays.births import BirthPlan, create_population
from frozen_conflict_sim.engine.compiled.layout.blocks import BlockLayout
from frozen_conflict_sim.engine.compiled.run.population import CompiledPopulation
from frozen_conflict_sim.model import back_end
from frozen_conflict_sim.model.model import FrozenConflictModel
from frozen_conflict_sim.politics.roles import public
from frozen_conflict_sim.scenario import load_scenario


@pytest.mark.parametrize("residents", [50, 51, 77, 1000])
def test_compiled_residents_equal_those_on_arrays(residents):
    model = FrozenConflictModel(load_scenario("georgia_2014"), runs=21, seed=3, **{"public.residents": residents})
    world, look = model.world, model.publics[0].surroundings
    birth_plan = BirthPlan(world, public, 0)
    publics = (
        create_population(birth_plan),
        CompiledPopulation(birth_plan, back_end.population_code_for(world, birth_plan).compile(), BlockLayout(world.streams)),
    )

    def answers(population):
        yield from population.averages([each.of for each in public.residents.observed], look).values()
        yield population.quantiles("autonomy_mindedness", "voter", world.values["voter_quantile"])
        for part in range(len(birth_plan.parts)):
            yield population.average("prefers_accession_now", look, part=part)
        for trait in public.residents.traits:
            yield from (block.traits[trait][:, at] for block in population.blocks for at in np.argsort(block.columns))

    for _ in range(2):
        for one, other in zip(*map(answers, publics)):
            assert one.tobytes() == other.tobytes()
        for population in publics:
            population.initialise(look)
