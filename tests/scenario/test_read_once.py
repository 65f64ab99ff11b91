"""A file that was read is not read anew, unless it, or a file that it extends, has changed."""

import pickle

import pytest

from frozen_conflict_sim import load_scenario
from frozen_conflict_sim.model.columns import columns
from frozen_conflict_sim.scenario import InputError

BASE = "extends: georgia_2014\ntitle: Base\nquarters: 8\n"
CHILD = "extends: base.yaml\ntitle: Child\n"


@pytest.fixture
def child(tmp_path):
    """A scenario that extends another in the same folder."""
    (tmp_path / "base.yaml").write_text(BASE, "utf-8")
    (tmp_path / "child.yaml").write_text(CHILD, "utf-8")
    return tmp_path / "child.yaml"


def test_a_file_that_has_not_changed_gives_the_same_scenario(child):
    first = load_scenario(child)
    assert load_scenario(child) is first
    assert load_scenario(child, {"quarters": 4}).turns == 4
    assert load_scenario(child).turns == 8


@pytest.mark.parametrize(("name", "text"), [("child.yaml", CHILD + "quarters: 4\n"), ("base.yaml", BASE.replace("8", "4"))])
def test_a_file_that_has_changed_is_read_anew(child, name, text):
    assert load_scenario(child).turns == 8
    (child.parent / name).write_text(text, "utf-8")
    assert load_scenario(child).turns == 4


def test_a_file_that_is_gone_or_wrong_by_now_is_reported(child):
    load_scenario(child)
    (child.parent / "base.yaml").write_text(BASE + "quarters: nine\n", "utf-8")
    with pytest.raises(InputError, match="quarters"):
        load_scenario(child)
    (child.parent / "base.yaml").unlink()
    with pytest.raises(InputError, match=r"base\.yaml"):
        load_scenario(child)


def test_a_relative_path_means_the_file_in_the_folder_of_now(child, tmp_path, monkeypatch):
    other = tmp_path / "other"
    other.mkdir()
    (other / "child.yaml").write_text("extends: georgia_2014\ntitle: Other\n", "utf-8")
    titles = []
    for folder in (tmp_path, other, tmp_path):
        monkeypatch.chdir(folder)
        titles.append(load_scenario("child.yaml").title)
    assert titles == ["Child", "Other", "Child"]


def test_what_was_computed_of_a_scenario_is_not_sent_to_other_processes(child):
    scenario = load_scenario(child)
    before = len(pickle.dumps(scenario))
    assert columns(scenario) == columns(scenario)
    assert columns(scenario) is not columns(scenario)
    assert len(pickle.dumps(scenario)) == before
