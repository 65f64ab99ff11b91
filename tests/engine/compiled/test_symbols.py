"""Functions called with symbols emit code that gives the same numbers as the functions themselves."""

import numpy as np
import pytest

from frozen_conflict_sim.engine import numerics, random_streams
from frozen_conflict_sim.engine.arrays.births import BirthPlan
from frozen_conflict_sim.engine.numerics import at_least
from frozen_conflict_sim.model import back_end
from frozen_conflict_sim.model.model import FrozenConflictModel
from frozen_conflict_sim.politics.roles import public
from frozen_conflict_sim.scenario import load_scenario
from tests.engine.compiled.machine_code_of import in_machine_code


@pytest.mark.parametrize(
    "function", [numerics.exp, numerics.log, numerics.logistic, random_streams.gumbel_quantile, random_streams.normal_quantile]
)
def test_traced_functions_equal_those_of_the_engine(function):
    values = np.concatenate([np.array([2.0**-33, 1e-9, 0.5, 1.0 - 2.0**-33]), np.linspace(0.001, 0.999, 60)])
    assert in_machine_code(function, values).tobytes() == np.asarray(function(values)).tobytes()


def test_an_edited_rule_has_other_code():
    before = in_machine_code(lambda x: at_least(x, 0.5) * 2.0, np.array([0.25, 0.75]))
    after = in_machine_code(lambda x: at_least(x, 0.5) * 3.0, np.array([0.25, 0.75]))
    assert before.tolist() == [1.0, 1.5]
    assert after.tolist() == [1.5, 2.25]


def test_the_source_names_what_each_loop_computes():
    model = FrozenConflictModel(load_scenario("georgia_2014"), runs=2, seed=1)
    text = back_end.program_of(model).source
    for name in ("settled_depth", "alienation <- time_heals", "patron.treatment: options"):
        assert f"; {name}" in text
    text = back_end.population_code_for(model.world, BirthPlan(model.world, public, 0)).source
    for name in ("update of residents", "first ballot", "averages over a part of the residents"):
        assert f"; {name}" in text
