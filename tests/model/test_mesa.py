"""With one run the model is an ordinary Mesa model, and Mesa's own tools work on it."""

import gc
import weakref

import mesa
import numpy as np
import pytest

from frozen_conflict_sim.model.agents import Actor, Public
from frozen_conflict_sim.model.model import FrozenConflictModel

SMALL = {"public.residents": 50}


@pytest.fixture
def model(georgia):
    model = FrozenConflictModel(georgia, seed=7)
    yield model
    model.release()


def test_it_is_a_mesa_model_of_mesa_agents(model):
    assert isinstance(model, mesa.Model)
    assert {type(agent) for agent in model.agents} == {Actor, Public}
    named = {agent.name for agent in model.agents_by_type[Actor]}
    assert {"Moscow", "Tbilisi", "Sukhumi", "Tskhinvali", "NATO", "the EU", "the United States"} == named
    assert sorted(agent.member for agent in model.agents_by_type[Public]) == ["abkhazia", "south_ossetia"]
    assert len({agent.unique_id for agent in model.agents}) == len(model.agents)


def test_it_steps_until_its_time_is_over(model):
    steps = 0
    while model.running:
        model.step()
        steps += 1
    assert steps == model.steps == model.setting.turns
    model.step()
    assert model.world.turn == model.setting.turns


def test_run_model_runs_it(georgia):
    model = FrozenConflictModel(georgia, seed=7)
    model.run_model()
    assert model.world.turn == georgia.turns
    model.release()


def test_an_actor_sees_what_its_role_sees(model):
    tskhinvali = next(agent for agent in model.agents if agent.name == "Tskhinvali")
    assert tskhinvali.reads("dependence") == pytest.approx(0.9)
    assert tskhinvali.reads("alienation") == pytest.approx(0.42)
    assert len(tskhinvali.reads("agreed")) == 6


def test_the_data_collector_holds_one_row_a_turn(model):
    for _ in range(5):
        model.step()
    frame = model.datacollector.get_model_vars_dataframe()
    assert len(frame) == 5
    assert not frame.isna().any().any()
    courses = model.trajectories()
    for column in ("georgia.alienation", "south_ossetia.subsidy_paid", "moscow.prestige_climate", "abkhazia.mean_support"):
        assert np.array_equal(frame[column].to_numpy(), courses[column][0].astype(float)), column


def test_batch_run_varies_values_of_the_scenario(georgia):
    rows = mesa.batch_run(
        FrozenConflictModel,
        parameters={
            "scenario": [georgia.with_values(SMALL)],
            "patron.incentives.prestige": [0.0, 1.0],
            "parent.channels": ["on", "off"],
            "seed": [3],
        },
        iterations=1,
        max_steps=georgia.turns,
        number_processes=1,
        display_progress=False,
    )
    assert len(rows) == 4
    assert {(row["patron.incentives.prestige"], row["parent.channels"]) for row in rows} == {
        (prestige, channels) for prestige in (0.0, 1.0) for channels in ("on", "off")
    }
    assert all(row["Step"] == georgia.turns - 1 for row in rows)
    assert all(row["georgia.acceptance"] == 0.0 for row in rows if row["parent.channels"] == "off")
    assert len({row["south_ossetia.perks"] for row in rows}) > 1


def test_the_seed_decides_and_nothing_else(georgia):
    courses = []
    for seed in (7, 7, 8):
        model = FrozenConflictModel(georgia, seed=seed).run_to_end()
        courses.append(model.trajectories()["georgia.tension"][0].tolist())
        model.release()
    assert courses[0] == courses[1] != courses[2]


@pytest.mark.parametrize("released", [True, False])
def test_models_built_and_dropped_leave_nothing_behind(georgia, released):
    setting = georgia.with_values(SMALL)

    def build_and_drop(times):
        dropped = []
        for seed in range(times):
            model = FrozenConflictModel(setting, seed=seed % 5)
            model.step()
            if released:
                model.release()
            dropped.append(weakref.ref(model))
        del model
        gc.collect()
        assert [model for model in dropped if model()] == []
        return len(gc.get_objects())

    before, after = build_and_drop(5), build_and_drop(60)
    assert after - before < 60, "less than one object a model"
