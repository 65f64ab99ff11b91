"""The engine under the whole politics: every change has its causes, and a run is the same in any company."""

import gc
import weakref

import numpy as np
import pytest

from frozen_conflict_sim.model.model import FrozenConflictModel
from frozen_conflict_sim.model.simulation import Simulation
from frozen_conflict_sim.scenario import load_scenario


@pytest.fixture(scope="module")
def scenario():
    return load_scenario("georgia_2014")


def test_the_contributions_of_every_turn_add_up_to_every_change_exactly(scenario):
    model = FrozenConflictModel(scenario, runs=20, seed=7, keep_receipts=True)
    world = model.world
    states = [name for name in world.values if world.declared.quantities[name].state]
    while world.turn < scenario.turns:
        reached = dict(world.values)
        noted = len(world.ledger)
        model.step()
        for turn, to, _, amount in world.ledger[noted:]:
            assert turn == world.turn - 1
            reached[to] = reached[to] + amount
        for name in states:
            quantity, values = world.declared.quantities[name], world.values[name]
            assert np.array_equal(reached[name], values), name
            assert quantity.low <= values.min() <= values.max() <= quantity.high, name


@pytest.mark.parametrize("compiled", [False, True])
def test_without_agents_everybody_follows_the_rules(scenario, compiled):
    given = {"runs": 20, "seed": 7, "compiled": compiled}
    plain, asked = everything(Simulation(scenario, **given)), everything(FrozenConflictModel(scenario, **given))
    for kind, table in plain.items():
        for name, values in table.items():
            assert np.array_equal(values, asked[kind][name], equal_nan=True), name


def everything(model):
    """All that comes of a model."""
    model.run_to_end()
    return {"outcomes": model.outcomes(), "trajectories": model.trajectories(), "decisions": model.decisions()}


def test_a_run_is_the_same_alone_and_in_any_company(scenario):
    many = everything(FrozenConflictModel(scenario, runs=70, seed=7))
    few = everything(FrozenConflictModel(scenario, seed=7, stream_numbers=[500, 69, 8, 3]))
    alone = everything(FrozenConflictModel(scenario, seed=7, stream_numbers=[69]))
    for kind, columns in many.items():
        assert columns.keys() == few[kind].keys() == alone[kind].keys()
        for name, values in columns.items():
            assert values[69].tobytes() == few[kind][name][1].tobytes() == alone[kind][name][0].tobytes(), name


def test_an_ended_run_keeps_its_last_state(scenario):
    model = FrozenConflictModel(scenario.with_values({"play.after_war": "ends_the_run"}), runs=300, seed=5).run_to_end()
    ended = np.flatnonzero(model.ended_turn < scenario.turns)
    assert len(ended)
    for name, values in model.trajectories().items():
        if name.split(".")[1] in model.world.values:
            for run in ended:
                assert np.ptp(values[run, model.ended_turn[run] - 1 :]) == 0.0, name


def test_a_released_model_is_forgotten(scenario):
    model = FrozenConflictModel(scenario, runs=1, seed=5)
    model.step()
    forgotten = weakref.ref(model)
    model.release()
    del model
    gc.collect()
    assert forgotten() is None
