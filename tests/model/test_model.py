"""The engine under the whole politics: every change has its causes, and a run is the same in any company."""

import gc
import weakref

import numpy as np
import pytest

from frozen_conflict_sim.model.model import FrozenConflictModel
from frozen_conflict_sim.model.simulation import Simulation
from frozen_conflict_sim.scenario import InputError, load_scenario


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


GRIEVANCE = ("parent", "georgia", "grievance", "")


@pytest.mark.parametrize(
    ("given", "values"),
    [
        ({GRIEVANCE: 0.0}, {"parents.georgia.grievance": 0.0}),
        ({"parent.grievance": 0.0}, {"parents.georgia.grievance": 0.0}),
        ({"parents.georgia.grievance": [0.0, 0.0]}, {"parents.georgia.grievance": 0.0}),
        ({"parents.georgia.grievance": 0.0, "parent.grievance": 3.0}, {"parents.georgia.grievance": 0.0}),
        ({"patron.incentives.prestige": 0.0}, {"patron.incentives.prestige": 0.0}),
        ({"events.Crimea.present": 0.0}, {"events.crimea.present": False}),
    ],
)
def test_numbers_are_given_by_dotted_key_or_by_address(scenario, given, values):
    short = scenario.with_values({"quarters": 24, "public.residents": 50})
    model = everything(FrozenConflictModel(short, runs=2, seed=7, given=given))["trajectories"]
    set_so, plain = (everything(FrozenConflictModel(each, runs=2, seed=7)) for each in (short.with_values(values), short))
    assert all(np.array_equal(numbers, set_so["trajectories"][name]) for name, numbers in model.items())
    assert not all(np.array_equal(numbers, plain["trajectories"][name]) for name, numbers in model.items())


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"parent.grievanc": 0.5}, r"given: 'parent\.grievanc' addresses nothing; did you mean 'parent\.grievance'\?"),
        ({("parent", "gorgia", "grievance", ""): 0.5}, r"'parent\.gorgia\.grievance' .* mean 'parents\.georgia\.grievance'\?"),
        ({"parents.georgia.grievance": 99}, r"given: parents\.georgia\.grievance: expected 0 to 3 \(strength\), found 99"),
        ({GRIEVANCE: [0.5, -1]}, r"parents\.georgia\.grievance: expected 0 to 3 \(strength\), found -1"),
        ({"parent.grievance": float("nan")}, r"expected 0 to 3 \(strength\), found nan"),
        ({"parent.grievance": "high"}, r"expected a number, 0 to 3 \(strength\), or one for each run, found 'high'"),
        ({"parent.grievance": [0.5] * 3}, r"expected one number, or an array of the shape \(2,\), found \(3,\)"),
        ({"patron.policy": "salami"}, r"patron\.policy: it is the same in all runs; set it with with_values"),
        ({"public.residents": 60}, r"public\.residents: it is the same in all runs; set it with with_values"),
        ({"events.crimea.size": 11}, r"events\.crimea\.size: expected 0 to 10 \(ratio\), found 11"),
    ],
)
def test_numbers_that_the_scenario_does_not_take_are_refused(scenario, given, message):
    with pytest.raises(InputError, match=message):
        FrozenConflictModel(scenario, runs=2, seed=7, given=given)


def test_nan_leaves_a_number_as_it_is_computed_where_nothing_sets_it(scenario):
    key, short = "territories.abkhazia.asks.law", scenario.with_values({"quarters": 2, "public.residents": 50})
    given = FrozenConflictModel(short, runs=2, seed=7, given={key: [0.0, np.nan]}).world
    plain = FrozenConflictModel(short, runs=2, seed=7).world
    law = given.items("clause").index("law")
    assert given.given["asks"][law, 0, 0] == 0.0
    assert given.given["asks"][law, 0, 1] == plain.given["asks"][law, 0, -1] > 0.0


@pytest.mark.parametrize("kind", [FrozenConflictModel, Simulation])
@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"runs": 2.5}, r"^runs: expected a whole number of at least 1, found 2\.5$"),
        ({"runs": "3"}, "^runs: expected a whole number of at least 1, found '3'$"),
        ({"runs": True}, "^runs: expected a whole number of at least 1, found True$"),
        ({"seed": "x"}, "^seed: expected a whole number of at least 0, found 'x'$"),
        ({"seed": 2.5}, r"^seed: expected a whole number of at least 0, found 2\.5$"),
        ({"seed": -1}, "^seed: expected a whole number of at least 0, found -1$"),
        ({"stream_numbers": []}, "^a model has at least 1 run, but stream_numbers is empty$"),
    ],
)
def test_the_number_of_runs_and_the_seed_are_whole_numbers(scenario, kind, wrong, message):
    with pytest.raises(ValueError, match=message):
        kind(scenario, **wrong)
    assert kind(scenario, runs=np.int64(2), seed=np.int64(3), quarters=1).runs == 2


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
