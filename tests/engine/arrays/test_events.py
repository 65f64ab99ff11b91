"""Events: each kind comes about when it should, and shocks only what it names."""

import numpy as np
import pytest

from frozen_conflict_sim.engine.arrays.events import event_contributions
from frozen_conflict_sim.engine.arrays.state import WorldState
from frozen_conflict_sim.engine.declare.parameter import state
from frozen_conflict_sim.engine.declare.registry import Declarations
from frozen_conflict_sim.engine.declare.role import Role
from frozen_conflict_sim.engine.random_streams import RandomStreams
from frozen_conflict_sim.engine.setting import Event, Setting, Value

RUNS, TURNS = 2000, 10
MOOD = ("land", "north", "mood", "")


def course(*events, ended=(), runs=RUNS, streams=None, values=(), given=None, time_step="quarter"):
    """How the mood in the north and in the south, and the rye in the north, ran under some events."""
    declared = Declarations(items={"crop": ("wheat", "rye")})
    land = Role(declared, "land", "A land.", section="lands.{}")
    land.declares(
        mood=state(0.0, -9, 9, "index", "The mood."),
        harvest=state({"wheat": 0.0, "rye": 0.0}, -9, 9, "tons", "The harvest.", by="crop"),
    )
    entities = {"land": ("north", "south")}
    setting = Setting("Toy", (2014, 1), TURNS, entities, events=events, values=dict(values), time_step=time_step)
    world = WorldState(declared, setting, RandomStreams(2, range(runs) if streams is None else streams), given)
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


def number(event, name, *law, item="", **more):
    """The value of an uncertain number of an event."""
    return ("event", event, name, item), Value(*law, stream=f"events.{event}.{name}", **more)


def test_an_event_that_is_absent_never_comes_about():
    moods, _ = course(Event("war", "scheduled", {MOOD: 0.5}, first=3, last=3, present=False), runs=2)
    assert not moods.any()


def test_the_size_is_a_factor_on_all_that_an_event_changes():
    shock = {MOOD: 0.5, ("land", "north", "harvest", "rye"): -1.0}
    moods, rye = course(Event("war", "scheduled", shock, first=3, last=3, size=1.5), runs=2)
    assert (moods[-1, 0].tolist(), rye[-1].tolist()) == ([0.75] * 2, [-1.5] * 2)


def test_numbers_are_given_run_by_run():
    war = Event("war", "scheduled", {MOOD: 0.5}, first=3, last=3)
    given = {
        ("event", "war", "present", ""): [1.0, 0.0, 1.0, 1.0],
        ("event", "war", "at", ""): [2014.0, 2014.0, 2014.25, 2016.25],
        ("event", "war", "size", ""): [1.0, 1.0, 2.0, 0.5],
        ("event", "war", "shock", "lands.north.mood"): [0.5, 0.5, 0.1, 0.5],
    }
    moods, _ = course(war, runs=4, given={address: np.array(numbers) for address, numbers in given.items()})
    assert [np.flatnonzero(moods[:, 0, run]).tolist() for run in range(4)] == [[*range(10)], [], [*range(1, 10)], [9]]
    assert moods[-1, 0].tolist() == [0.5, 0.0, 0.2, 0.25]


def test_an_uncertain_date_is_drawn_once_in_each_run_from_a_stream_of_its_own():
    dates = (2014.0, 2014.5, 2015.0)
    war = Event("war", "scheduled", {MOOD: 1.0}, first=2, last=2)
    moods, _ = course(war, values=[number("war", "at", "choices", dates)])
    begins = (moods[:, 0] == 0.0).sum(axis=0)
    assert set(np.unique(begins)) == {0, 2, 4}
    assert (begins == 2).mean() == pytest.approx(1 / 3, abs=0.04)
    peace = Event("peace", "scheduled", {MOOD: -0.5}, first=1, last=1)
    others, _ = course(
        war, peace, values=[number("war", "at", "choices", dates), number("peace", "size", "between", (0.0, 1.0))]
    )
    assert ((others - np.floor(others + 0.5)).min(), (others[-1, 0] > 0.5).all()) == (pytest.approx(-0.5, abs=0.01), True)
    assert (begins == (others[:, 0] <= 0.0).sum(axis=0)).all()


def test_an_uncertain_hazard_and_an_uncertain_shock():
    crisis = Event("crisis", "random", {MOOD: 1.0}, first=0, last=TURNS - 1, hazard=0.5)
    values = [
        number("crisis", "hazard", "between", (0.0, 0.4)),
        number("crisis", "shock", "normal", (0.5, 0.1), item="lands.north.mood"),
    ]
    moods, _ = course(crisis, values=values)
    first = moods[0, 0]
    assert (first > 0.0).mean() == pytest.approx(0.2, abs=0.03)
    assert first[first > 0.0].mean() == pytest.approx(0.5, abs=0.02)
    assert first[first > 0.0].std() == pytest.approx(0.1, abs=0.02)


@pytest.mark.parametrize("time_step", ["quarter", "month", "half_year"])
def test_a_run_has_the_same_event_alone_and_among_others_in_turns_of_any_length(time_step):
    """Also where the hazard of others is no chance at all."""
    feast = Event("feast", "conditional", {MOOD: 0.3}, first=0, last=9, when=(MOOD, "<", 3.0), hazard=0.5)
    war = Event("war", "scheduled", {MOOD: 1.0}, first=2, last=2)
    values = [number("feast", "hazard", "choices", (1.0, 0.3)), number("war", "at", "choices", (2014.0, 2014.5))]
    many, _ = course(feast, war, values=values, runs=30, time_step=time_step)
    assert len(np.unique(many[-1, 0])) > 2
    for run in (0, 7, 19):
        alone, _ = course(feast, war, values=values, streams=[run], time_step=time_step)
        assert np.array_equal(alone[..., 0], many[..., run])
