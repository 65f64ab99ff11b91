"""``list`` names what there is to choose from, each with what it is."""

import json

import pytest

from frozen_conflict_sim.experiment.designs import KINDS
from frozen_conflict_sim.plots.drawing.registry import PLOTS
from frozen_conflict_sim.scenario.schema import declarations
from frozen_conflict_sim.scenario.shipped import shipped_names


def test_it_lists_everything_with_a_sentence(command, tmp_path):
    found = json.loads(command("list", "--json", cwd=tmp_path).stdout)
    assert found.keys() == {"scenarios", "experiments", "designs", "outcomes", "plots"}
    assert [*found["scenarios"]] == shipped_names("scenarios")
    assert [*found["experiments"]] == shipped_names("experiments")
    assert found["designs"].keys() == KINDS.keys()
    assert found["outcomes"].keys() == declarations().outcomes.keys()
    assert found["plots"].keys() == {name for name, one in PLOTS.items() if one.function.__module__.count(".") == 2}
    assert all(len(what) > 10 for entries in found.values() for what in entries.values())


def test_one_kind_is_a_line_each(command, tmp_path):
    lines = command("list", "designs", cwd=tmp_path).stdout.splitlines()
    assert lines[0] == "Designs  (design: {kind: NAME} in an experiment):"
    assert [line.split()[0] for line in lines[1:-1]] == [*KINDS]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("run", "integration_dilemma"), "it is one of the experiments, which the command batch plays"),
        (("batch", "georgia_2014"), "it is one of the scenarios, which the command run plays"),
        (
            ("run", "integration_dilema"),
            "did you mean 'integration_dilemma'? That is one of the experiments",
        ),
        (("run", "study.yaml"), "study.yaml:2:1: this is an experiment, not a scenario; the command batch plays it"),
        (
            ("batch", "mine.yaml"),
            "mine.yaml:1:1: expected an experiment (question, scenario, levers, uncertainties, design, …)",
        ),
        (("list", "senarios"), "'senarios' is not one of"),
    ],
)
def test_one_kind_taken_for_another(command, tmp_path, words, says):
    (tmp_path / "study.yaml").write_text("# mine\nquestion: Which?\nscenario: georgia_2014\n", "utf-8")
    (tmp_path / "mine.yaml").write_text("extends: georgia_2014\n", "utf-8")
    assert says in command(*words, cwd=tmp_path, code=2).stderr


def test_a_word_that_the_record_lacks(command, tmp_path):
    done = command("record", "polls", "--about", "Abhazia", cwd=tmp_path)
    assert (done.stdout, done.stderr) == ("", "none of the polls contains 'Abhazia'; did you mean 'Abkhazia'?\n")
    assert json.loads(command("record", "polls", "--about", "Abhazia", "--json", cwd=tmp_path).stdout) == []
