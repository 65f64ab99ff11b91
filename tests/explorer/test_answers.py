"""What the page is told: equal to run --set, true of one run, without building anything anew."""

import json

import numpy as np
import pytest

from frozen_conflict_sim import run
from frozen_conflict_sim.live import LEVELS, reusable
from frozen_conflict_sim.politics.outcomes.classes import CLASSES

SHOWN = "georgia.alienation"


def question(values=None, drop=(), **more):
    return {"values": values or {}, "drop": list(drop), "runs": 64, "shown": SHOWN, **more}


def test_what_is_shown_equals_a_run_with_the_same_values_to_the_last_bit(answers):
    rng = np.random.default_rng(5)
    controls = [one for one in answers.description["controls"] if one["kind"] == "number" and not one["common"]]
    for _ in range(20):
        some = [controls[at] for at in rng.choice(len(controls), 3, replace=False)]
        values = {one["key"]: float(rng.uniform(one["low"], one["high"])) for one in some}
        shown = json.loads(json.dumps(answers.ask_play(question(values))))
        results = run(answers.ensemble.scenario.with_values(values), runs=64, seed=3)
        course = results.trajectories[SHOWN].values
        assert shown["fan"] == np.quantile(course, LEVELS, axis=0).tolist()
        assert shown["ends"] == course[:, -1].tolist()
        assert [list(CLASSES)[at] for at in shown["classes"]] == list(results.runs["class"])


def test_a_run_is_followed_through_every_chart_and_told(answers):
    turn = 5
    found = answers.ask_follow(question(turn=turn, value=0.9))
    assert set(found["courses"]) >= {chart["name"] for chart in answers.description["charts"]}
    played = answers.world.played(_state(), 64)
    course = played.trajectories[SHOWN]
    assert found["run"] == np.abs(course[:, turn] - 0.9).argmin()
    assert found["courses"][SHOWN] == course[found["run"]].tolist()
    told = answers.ask_story(question(run=found["run"]))
    assert told["end_class"] == found["class"] == played.classes[found["run"]]
    receipts = answers.ask_receipts(question(run=found["run"], turn=4))["receipts"]
    assert receipts
    assert all(sum(option["state"] == "chosen" for option in receipt["options"]) == 1 for receipt in receipts)


def _state():
    from frozen_conflict_sim.explorer.state import State

    return State()


def test_two_worlds_part_only_where_something_differs(answers):
    same = answers.ask_diverge(question(other={}))
    assert same["share"] == same["classes_changed"] == 0
    parted = answers.ask_diverge(question({"patron.policy": "swallow"}, other={}))
    assert parted["share"] > 0.2
    assert parted["first"][0]["now"] != parted["first"][0]["before"]


def test_controls_come_from_the_declarations(answers):
    controls = {one["key"]: one for one in answers.description["controls"]}
    grievance = controls["parent.grievance"]
    assert (grievance["law"], grievance["numbers"], grievance["group"]) == ("between", [0, 2], "assumption")
    assert controls["patron.policy"]["group"] == controls["patron.ask_cool_down"]["group"] == "policy"
    assert not controls["play.loss_aversion"]["moves"]
    assert grievance["moves"]
    target = answers.ensemble.targets["parent.grievance"].declared
    assert (grievance["low"], grievance["high"], grievance["meaning"]) == (target.low, target.high, target.meaning)


def test_the_first_sliders_are_those_that_move_most(answers):
    moves = answers.ask_sensitivity({})["moves"]
    assert list(moves.values()) == sorted(moves.values(), reverse=True)
    first, *_, last = moves
    assert moves[first] > 0.01 > moves[last]
    assert "play.loss_aversion" not in moves


def test_the_map_is_the_difference_from_asking_for_nothing(answers):
    found = answers.ask_map(question({"patron.policy": "swallow"}))["map"]
    values = np.array(found["values"])
    assert values.shape == (len(found["up"]), len(found["across"]))
    assert found["compared"] == "status quo"
    assert values[0, -1] > values[-1, 0], "resented and not adjusted to, integration drives west"
    at = question({"patron.policy": "swallow", found["across_key"]: found["across"][-1], found["up_key"]: found["up"][0]})
    one, other = (answers.ensemble.play({**at["values"], "patron.policy": policy}, 8) for policy in ("swallow", "status_quo"))
    differs = one.trajectories["georgia.western_alignment"][:, -1] - other.trajectories["georgia.western_alignment"][:, -1]
    assert values[0, -1] == pytest.approx(differs.mean(), abs=1e-6)


def test_playing_a_part_as_the_model_would_gives_the_models_run(answers):
    run_number, choices = 2, []
    while True:
        found = answers.ask_part(question(chair="Moscow", run=run_number, choices=choices))
        if found["over"]:
            break
        choices.append([[one["decision"], one["member"], one["model"]] for one in found["questions"]])
    played = answers.world.played(_state(), 64)
    assert found["class"] == played.classes[run_number]
    assert found["courses"][SHOWN][-1] == played.trajectories[SHOWN][run_number, -1]


def test_playing_a_part_otherwise_changes_the_world_and_the_odds(answers):
    first = answers.ask_part(question(chair="Moscow", run=0, choices=[]))
    asked = next(one for one in first["questions"] if one["decision"] == "treatment")
    other = next(option["name"] for option in asked["options"] if option["open"] and option["name"] != asked["model"])
    second = answers.ask_part(question(chair="Moscow", run=0, choices=[[["treatment", asked["member"], other]]]))
    assert second["turn"] == 1
    assert any("Moscow" in one["told"] for one in second["happened"])
    odds = answers.ask_part(question(chair="Moscow", run=0, choices=[[["treatment", asked["member"], other]]], odds=True))[
        "odds"
    ]
    assert sum(odds.values()) == pytest.approx(1)


def test_updates_build_nothing_and_memory_stays(answers, monkeypatch):
    def moved(at):
        return answers.ask_play(question({"patron.incentives.prestige": 0.001 * at}, runs=128))

    for at in range(20):
        moved(at)
    before = _resident()
    monkeypatch.setattr(reusable, "Simulation", lambda *_, **__: pytest.fail("a model was built for an update"))
    for at in range(200):
        moved(100 + at)
    assert _resident() - before < 5_000_000


def test_an_ending_is_told_in_one_way(answers):
    told = answers.ask_story(question(run=2))
    (named,) = (one for one in answers.description["classes"] if one["name"] == told["end_class"])
    assert (named["ending"], named["meaning"]) == (told["ending"], told["meaning"])


def _resident():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * 4096
