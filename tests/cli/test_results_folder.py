"""The default results folder: a changed study goes beside an older one, under the name of what differs."""

import json

import pytest


def runs(command, place, *more, **how):
    return command("run", place / "small.yaml", "--runs", 2, "--no-plots", *more, **how)


@pytest.fixture(scope="module")
def folder(tmp_path_factory, command, place):
    """A folder in which the small scenario was run."""
    folder = tmp_path_factory.mktemp("default")
    runs(command, place, cwd=folder)
    return folder


@pytest.mark.parametrize(
    ("more", "named"),
    [
        (("--seed", 2), "small-seed=2"),
        (("--set", "patron.incentives.prestige=0.2"), "small-prestige=0.2"),
        (("--set", "quarters=5", "--seed", 3), "small-quarters=5-seed=3"),
        (("--set", "parent.grievance={from: 0.5, to: 1}"), "small-grievance"),
        (("--set", "title=Other / ../name"), "small-title=Other___.._name"),
    ],
)
def test_a_changed_study_goes_beside_the_first(command, place, folder, more, named):
    told = runs(command, place, *more, cwd=folder).stderr
    assert f"so this one goes to results/{named}; to replace it: --overwrite" in told
    assert (folder / "results" / named / "manifest.json").exists()
    again = runs(command, place, *more, cwd=folder).stderr
    assert f"results/{named} already holds these runs" in again


def test_the_same_study_stays_where_it_is(command, place, folder):
    assert "results/small already holds these runs" in runs(command, place, cwd=folder).stderr


def test_a_name_that_is_taken_is_numbered(command, place, folder):
    runs(command, place, "--seed", 8, "--out", "results/small-seed=9", cwd=folder)
    assert "goes to results/small-seed=9-2;" in runs(command, place, "--seed", 9, cwd=folder).stderr


def test_overwrite_replaces_results_and_nothing_else(command, place, tmp_path):
    runs(command, place, "--out", "here", cwd=tmp_path)
    refused = runs(command, place, "--seed", 2, "--out", "here", cwd=tmp_path, code=2).stderr
    assert "here holds another study (its seed is 1); choose another folder with --out, or replace it: --overwrite" in refused
    runs(command, place, "--seed", 2, "--out", "here", "--overwrite", cwd=tmp_path)
    assert json.loads((tmp_path / "here" / "manifest.json").read_text("utf-8"))["seed"] == 2
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "diary.txt").write_text("precious")
    assert "is not a results folder" in runs(command, place, "--out", "mine", "--overwrite", cwd=tmp_path, code=2).stderr
    assert (tmp_path / "mine" / "diary.txt").read_text() == "precious"


def test_suggested_commands_can_be_pasted(command, place, tmp_path):
    told = command("run", place / "small.yaml", "--runs", 2, "--out", "my results #1", cwd=tmp_path).stderr
    assert "frozen-conflict-sim plot 'my results #1')" in told
    assert "check 'my file.yaml'" in command("new", "my file", cwd=tmp_path).stderr
