"""A program is not reused after a script has changed a rule of its own."""

import pytest

from frozen_conflict_sim.engine.compiled.run.program import structure
from frozen_conflict_sim.engine.declare.parameter import quantity
from frozen_conflict_sim.model.model import FrozenConflictModel
from frozen_conflict_sim.politics.actors.patron.asking import ask
from frozen_conflict_sim.politics.catalogue import declared
from frozen_conflict_sim.scenario import load_scenario


@pytest.fixture(autouse=True)
def nothing_is_left():
    yield
    declared.restore()


def key_with(share):
    """The key of the program of a model whose patron gains a share of the tension at the line."""
    declared.restore()
    with declared.open():

        @ask.incentive(weight=quantity(1.0, 0, 9, "utility", "What calm is worth."))
        def calm_won(tension):
            """A treaty promises quiet."""
            return tension * share

    scenario = load_scenario("georgia_2014", {"public.residents": 50, "quarters": 4})
    model = FrozenConflictModel(scenario, seed=3, compiled=False)
    found = structure(model.world, model.decision_maker, model.schedule)
    model.release()
    return found


def test_an_incentive_that_is_changed_under_one_name_gives_another_program():
    assert key_with(0.5) != key_with(1.0)
