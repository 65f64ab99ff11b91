"""A model that is pickled or copied half-way goes on as it would have, whatever plays it."""

import copy
import pickle

import pytest

from frozen_conflict_sim.engine.declare.faults import DeclarationError
from frozen_conflict_sim.engine.declare.parameter import quantity
from frozen_conflict_sim.model.model import FrozenConflictModel
from frozen_conflict_sim.politics.actors.patron.asking import ask
from frozen_conflict_sim.politics.catalogue import declared
from frozen_conflict_sim.scenario import load_scenario


@pytest.fixture(scope="module")
def georgia():
    return load_scenario("georgia_2014", {"public.residents": 50, "quarters": 12, "parents.georgia.channel_delay": 3})


def tables(model):
    parts = (model.outcomes(), model.trajectories(), model.decisions())
    return {f"{at} {name}": values.tobytes() for at, part in enumerate(parts) for name, values in part.items()}


def through_pickle(model):
    return pickle.loads(pickle.dumps(model))


@pytest.mark.parametrize("saved", [through_pickle, copy.deepcopy])
@pytest.mark.parametrize(("runs", "compiled"), [(1, False), (5, False), (40, True)])
def test_it_goes_on_as_it_would_have(georgia, saved, runs, compiled):
    model = FrozenConflictModel(georgia, runs=runs, seed=7, compiled=compiled)
    for _ in range(5):
        model.step()
    other = saved(model)
    assert bool(model.compiled) == compiled, "the first goes on as it was"
    assert tables(model.run_to_end()) == tables(other.run_to_end())


def test_its_agents_and_decisions_are_those_of_the_catalogue(georgia):
    model = FrozenConflictModel(georgia, seed=7)
    model.step()
    other = through_pickle(model)
    moscow = other.agent("Moscow")
    assert moscow.model is other
    assert moscow.role is declared.roles["patron"]
    assert all(decision is declared.decisions[f"patron.{decision.name}"] for decision in moscow.decisions)
    assert other.world.declared is declared
    assert len(other.datacollector.get_model_vars_dataframe()) == 1


def test_rules_of_a_script_are_saved_with_it(georgia):
    def add(share):
        declared.restore()
        with declared.open():

            @ask.incentive(weight=quantity(0.5, 0, 2, "utility", "What it is worth."))
            def calm_won(tension):
                """A treaty promises quiet."""
                return tension * share

    try:
        add(0.5)
        model = FrozenConflictModel(georgia, seed=7)
        saved = pickle.dumps(model)
        expected = tables(model.run_to_end())
        declared.restore()
        assert tables(pickle.loads(saved).run_to_end()) == expected
        add(0.25)
        with pytest.raises(DeclarationError, match=r"saved with other rules of a script \(\+ calm_won\)"):
            pickle.loads(saved)
    finally:
        declared.restore()
