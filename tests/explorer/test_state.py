"""What a reader changes: as a scenario, as a file with only what differs, and back."""

import numpy as np
import pytest

from frozen_conflict_sim import InputError, load_scenario
from frozen_conflict_sim.explorer.state import State, state_of

CHANGED = State(
    {"patron.policy": "salami", "patron.incentives.prestige": 0.9, "parent.grievance": {"from": 0.1, "to": 1}}, ("Crimea",)
)


def test_saved_yaml_loads_to_an_equal_scenario_and_has_only_what_differs(answers, file, tmp_path):
    text = CHANGED.to_yaml(str(file))
    (tmp_path / "saved.yaml").write_text(text, "utf-8")
    assert load_scenario(tmp_path / "saved.yaml") == CHANGED.on(answers.ensemble.scenario)
    for word in ("policy: salami", "prestige: 0.9", "grievance: {from: 0.1, to: 1}", "name: Crimea, remove: true"):
        assert word in text
    assert len(text.splitlines()) == 9


def test_a_file_becomes_the_setting_that_was_saved(answers, file):
    found = answers.ask_load({"yaml": CHANGED.to_yaml(str(file))})
    assert State(found["values"], tuple(found["drop"])).on(answers.ensemble.scenario) == CHANGED.on(answers.ensemble.scenario)
    assert found["values"] == dict(CHANGED.values)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("quarters: 12", "more than values"),
        ("patron: {incentives: {prestige: 99}}", "expected 0 to 3"),
        ("patron: [", "the file"),
    ],
)
def test_files_that_cannot_be_shown_are_refused(answers, file, text, says):
    with pytest.raises(InputError, match=says) as refused:
        state_of(f"extends: {file}\n{text}\n", answers.ensemble.scenario, file.parent)
    assert "/tmp" not in str(refused.value).replace(str(file.parent), "")


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ({"values": {"patron.incentives.prestig": 1}}, "prestige"),
        ({"values": {"patron.incentives.prestige": 99}}, "expected 0 to 3"),
        ({"values": [], "drop": []}, "expected an object"),
        ({"drop": ["Crimes"]}, "Crimea"),
        ({"runs": 100_000}, "expected 8 to 1024 runs"),
        ({"shown": "georgia.nothing"}, "no trajectory"),
    ],
)
def test_bad_questions_are_refused_with_what_to_do(answers, question, says):
    with pytest.raises(InputError, match=says):
        answers.ask_play({"values": {}, "drop": [], "runs": 32, "shown": "georgia.alienation"} | question)


def test_random_settings_round_trip(answers, file, tmp_path):
    rng = np.random.default_rng(7)
    controls = [one for one in answers.description["controls"] if one["kind"] == "number" and not one["common"]]
    for number in range(5):
        some = rng.choice(len(controls), 6, replace=False)
        values = {controls[at]["key"]: _value(controls[at], rng, number) for at in some}
        state = State(values)
        path = tmp_path / f"{number}.yaml"
        path.write_text(state.to_yaml(str(file)), "utf-8")
        assert load_scenario(path) == state.on(answers.ensemble.scenario)


def _value(control, rng, number):
    low, high = sorted(rng.uniform(control["low"], control["high"], 2).round(4))
    return {"from": float(low), "to": float(high)} if number % 2 else float(low)
