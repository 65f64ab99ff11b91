"""Events: each kind comes about when it should, and shocks only what it names."""

import numpy as np
import pytest

from frozen_conflict_sim.engine.arrays.events import event_contributions
from frozen_conflict_sim.engine.arrays.state import WorldState
from frozen_conflict_sim.engine.declare.parameter import state
from frozen_conflict_sim.engine.declare.registry import Declarations
from frozen_conflict_sim.engine.declare.role import Role
from frozen_conflict_sim.engine.random_streams import RandomStreams
from frozen_conflict_sim.engine.setting import Event, Setting

RUNS, TURNS = 2000, 10
MOOD = ("land", "north", "mood", "")


def course(*events, ended=(), runs=RUNS):
    """How the mood in the north and in the south, and the rye in the north, ran under some events."""
    declared = Declarations(items={"crop": ("wheat", "rye")})
    land = Role(declared, "land", "A land.", section="lands.{}")
    land.declares(
        mood=state(0.0, -9, 9, "index", "The mood."),
        harvest=state({"wheat": 0.0, "rye": 0.0}, -9, 9, "tons", "The harvest.", by="crop"),
    )
    world = WorldState(
        declared, Setting("Toy", (2014, 1), TURNS, {"land": ("north", "south")}, events=events), RandomStreams(2, range(runs))
    )
    world.active[list(ended)] = False
    happened, moods, rye = {}, [], []
    for _ in range(TURNS):
        world.change(event_contributions(world, happened))
        moods.append(world.values["mood"])
        rye.append(world.values["harvest"][1, 0])
        world.end_turn(())
    assert not world.values["harvest"][0].any()
    return np.stack(moods), np.stack(rye)


def test_a_scheduled_event_comes_about_once_on_its_turn():
    moods, rye = course(
        Event("war", "scheduled", {MOOD: 0.5, ("land", "north", "harvest", "rye"): -1.0}, first=3, last=3), runs=2
    )
    assert moods[:, 0, 0].tolist() == [0.0] * 3 + [0.5] * 7
    assert rye[:, 1].tolist() == [0.0] * 3 + [-1.0] * 7
    assert not moods[:, 1].any()


def test_a_trend_comes_about_every_turn_of_its_time():
    moods, _ = course(Event("drift", "trend", {MOOD: 0.25}, first=2, last=4), runs=2)
    assert moods[:, 0, 0].tolist() == [0.0, 0.0, 0.25, 0.5] + [0.75] * 6


def test_a_random_event_comes_about_as_often_as_its_hazard_says():
    moods, _ = course(Event("crisis", "random", {MOOD: 1.0}, first=1, last=8, hazard=0.2))
    times = moods[-1, 0]
    assert times.mean() == pytest.approx(8 * 0.2, abs=0.1)
    assert times.var() == pytest.approx(8 * 0.2 * 0.8, abs=0.2)
    assert not moods[0].any()


def test_a_conditional_event_answers_the_state_every_time_or_once():
    rise = Event("rise", "trend", {MOOD: 0.25}, first=0, last=3)
    feast = {"kind": "conditional", "shock": {("land", "south", "mood", ""): 1.0}, "first": 0, "last": TURNS - 1}
    condition = (MOOD, ">=", 0.5)
    moods, _ = course(rise, Event("feast", when=condition, **feast), runs=3, ended=[2])
    assert moods[:, 1, 0].tolist() == [0.0, 0.0] + [float(turn) for turn in range(1, 9)]
    moods, _ = course(rise, Event("feast", when=condition, once=True, **feast), runs=3, ended=[2])
    assert moods[:, 1, 0].tolist() == [0.0, 0.0] + [1.0] * 8
    assert not moods[..., 2].any()


def test_once_means_once_in_each_run_also_where_chance_delays_it():
    shock = {("land", "south", "mood", ""): 1.0}
    late = Event("late", "conditional", shock, first=0, last=TURNS - 1, hazard=0.3, when=(MOOD, "<", 1.0), once=True)
    moods, _ = course(late)
    assert set(np.unique(moods[-1, 1])) == {0.0, 1.0}
    assert moods[-1, 1].mean() == pytest.approx(1 - 0.7**TURNS, abs=0.02)
    assert moods[0, 1].mean() == pytest.approx(0.3, abs=0.04)
