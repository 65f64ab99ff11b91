"""Functions called with symbols emit code that gives the same numbers as the functions themselves."""

import numpy as np
import pytest

from frozen_conflict_sim.engine import numerics, random_streams
from frozen_conflict_sim.engine.arrays.births import BirthPlan
from frozen_conflict_sim.engine.compiled.ir.builder import LANES, ModuleBuilder
from frozen_conflict_sim.engine.compiled.ir.symbols import Symbol, traced
from frozen_conflict_sim.engine.compiled.run.machine_code import load_code
from frozen_conflict_sim.engine.numerics import at_least
from frozen_conflict_sim.model import back_end
from frozen_conflict_sim.model.model import FrozenConflictModel
from frozen_conflict_sim.politics.roles import public
from frozen_conflict_sim.scenario import load_scenario


def in_machine_code(function, values):
    """What a function of one number gives when it is compiled."""
    module = ModuleBuilder()
    with module.function("@f(ptr %x)"), module.loop_over_runs() as body:
        at = body.emit(f"getelementptr double, ptr %x, i64 {body.run}")
        x = Symbol(body, body.emit(f"load {body.precision.number}, ptr {at}, align 8"), "number")
        body.instructions.append(f"  store {body.precision.number} {traced(function)(x).name}, ptr {at}, align 8")
    run = load_code(module.source()).function("f", "p")
    found = np.resize(values, (-(-len(values) // LANES), LANES)).astype(float)
    for block in found:
        run(block.ctypes.data)
    return found.ravel()[: len(values)]


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


def test_a_rule_that_branches_on_a_symbol_is_an_error():
    with pytest.raises(TypeError, match="one number only"):
        in_machine_code(lambda x: 1.0 if x > 0.5 else 0.0, np.array([0.25]))


def test_the_source_names_what_each_loop_computes():
    model = FrozenConflictModel(load_scenario("georgia_2014"), runs=2, seed=1)
    text = back_end.program_of(model).source
    for name in ("settled_depth", "alienation <- time_heals", "patron.treatment: options"):
        assert f"; {name}" in text
    text = back_end.population_code_for(model.world, BirthPlan(model.world, public, 0)).source
    for name in ("update of residents", "first ballot", "averages over a part of the residents"):
        assert f"; {name}" in text
