"""What differs between the inputs of two runs is named: keys, members, events, policies, designs, filters."""

from pathlib import Path

import pytest

from frozen_conflict_sim import load_experiment, load_scenario
from frozen_conflict_sim.analysis.comparison.inputs import (
    Change,
    changes_of_extension,
    experiment_changes,
    filter_changes,
    scenario_changes,
)
from frozen_conflict_sim.scenario.shipped import shipped_names

BASE = "georgia_2014"


@pytest.fixture(scope="module")
def base():
    return load_scenario(BASE)


def written(tmp_path, text):
    path = Path(tmp_path) / "mine.yaml"
    path.write_text(text, "utf-8")
    return load_scenario(path)


def test_equal_scenarios_do_not_differ(base):
    assert scenario_changes(base, load_scenario(BASE)) == ()


def test_values_that_differ_are_named_by_their_keys(base):
    other = base.with_values({"patron.incentives.prestige": 0.7, "patron.policy": "swallow", "title": "Another"})
    assert scenario_changes(base, other) == (
        Change("patron.policy", "own_judgement", "swallow", "parameter"),
        Change("patron.incentives.prestige", "0.35 (default)", "0.7", "parameter"),
        Change("title", base.title, "Another", "scenario"),
    )


def test_members_that_are_changed_alike_are_one_change(base):
    other = base.with_values({"territory.bases": 0.3})
    assert [change.key for change in scenario_changes(base, other)] == ["territory.bases"]
    other = base.with_values({"territories.abkhazia.bases": 0.3})
    assert [change.key for change in scenario_changes(base, other)] == ["territories.abkhazia.bases"]


def test_a_difference_in_the_last_digit_is_shown(base):
    one, other = (base.with_values({"patron.ask_step": value}) for value in (0.3, 0.3 + 1e-12))
    (change,) = scenario_changes(one, other)
    assert change.left != change.right


def test_there_and_back_are_mirrored(base):
    other = load_scenario("abkhazia_2014")
    there, back = scenario_changes(base, other), scenario_changes(other, base)
    assert {(one.key, one.left, one.right) for one in there} == {(one.key, one.right, one.left) for one in back}


def test_what_a_file_changes_in_what_it_extends(tmp_path):
    mine = written(
        tmp_path,
        f"extends: {BASE}\ntitle: Mine\npatron: {{attention: 0.4}}\n"
        "events:\n  - {name: Crimea, remove: true}\n"
        "  - {name: a scandal, at: 2016-Q1, shock: {parents.georgia.alienation: 0.1}}\n",
    )
    changes = {change.key: (change.left, change.right) for change in changes_of_extension(mine)}
    assert changes["patron.attention"] == ("1", "0.4")
    assert changes["title"][1] == "Mine"
    assert changes["events.Crimea"][1] == "–"
    assert changes["events.a scandal"] == ("–", "at 2016-Q1; shock.parents.georgia.alienation 0.1")
    assert len(changes) == 4
    assert changes_of_extension(load_scenario(BASE)) is None


@pytest.mark.parametrize("name", shipped_names("scenarios"))
def test_values_of_shipped_scenarios_are_those_that_their_changes_name(name):
    """The changes of a file, set by their keys in what it extends, give its values."""
    scenario = load_scenario(name)
    changes = changes_of_extension(scenario)
    assert (changes is None) == (len(scenario.layers) < 2)
    for change in changes or ():
        assert change.left != change.right


def test_experiments_differ_in_scenario_levers_and_size():
    one = load_experiment("integration_dilemma")
    other = one.with_values({"replicates": 3, "seed": 9, "patron.attention": 0.5})
    found = {change.key: change for change in experiment_changes(one, other)}
    assert {"replicates", "seed", "patron.attention"} == set(found)
    assert found["seed"] == Change("seed", "2015", "9", "experiment")
    assert experiment_changes(one, one) == ()


def test_filters_that_differ_are_inputs():
    changes = filter_changes({"patron.policy": "swallow", "arm": "base"}, {"patron.policy": "salami", "arm": "base"})
    assert changes == (Change("patron.policy", "swallow", "salami", "filter"),)


def test_commands_say_what_differs(tmp_path, command):
    done = command("parameters", "--diff", BASE, "abkhazia_2014", cwd=tmp_path)
    assert "patron.attention" in done.stdout
    assert "members (territory)" in done.stdout
    done = command("parameters", "--diff", BASE, "abkhazia_2041", cwd=tmp_path, code=2)
    assert "abkhazia_2014" in done.stderr
    assert "What abkhazia_2014 changes" in command("check", "abkhazia_2014", cwd=tmp_path).stdout
    assert "changes in what it extends" not in command("check", BASE, cwd=tmp_path).stdout
