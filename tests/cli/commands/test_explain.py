"""``explain``: a run of results or of a scenario, as text and JSON; what does not exist is one sentence and exit code 2."""

import json

import pytest

FOLDER = "results/small"


@pytest.mark.usefixtures("ran")
def test_a_run_is_told_and_asked_why(command, place):
    def told(*words):
        done = command("explain", FOLDER, 7, *words, cwd=place)
        assert max(map(len, done.stdout.splitlines())) <= 80
        return done.stdout

    assert told().startswith("Run 7 of “A small one: [bold] 100 % of $x_$” ends ")
    assert "→" in told("--turn", "2014-Q4", "--actor", "moscow")
    assert "would have" in told("--flip")
    assert "all together" in told("--why", "georgia.alienation", "--from", 2)
    assert "without" in told("--why", "georgia.alienation", "--without", "Crimea")
    assert "the same random numbers, without the event Crimea" in " ".join(told("--without", "crimea").split())


@pytest.mark.usefixtures("ran")
def test_json_is_the_same_told_as_data(command, place):
    story = json.loads(command("explain", FOLDER, 7, "--json", cwd=place).stdout)
    assert story["run"] == 7
    assert 0.0 < story["share"] <= 1.0
    ledger = json.loads(command("explain", FOLDER, 7, "--why", "georgia.alienation", "--json", cwd=place).stdout)
    assert sum(cause["amount"] for cause in ledger["causes"]) == pytest.approx(ledger["change"])
    decisions = json.loads(command("explain", FOLDER, 7, "--turn", 2, "--json", cwd=place).stdout)
    assert {decision["turn"] for decision in decisions} == {2}


def test_a_scenario_is_played_once_and_told(command, place):
    told = command("explain", "small.yaml", "--seed", 4, cwd=place).stdout
    assert told.startswith("This run of “A small one: [bold] 100 % of $x_$” ends ")
    assert told != command("explain", "small.yaml", "--seed", 5, cwd=place).stdout


@pytest.mark.usefixtures("ran")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((99,), "these results have no run 99: runs are numbered 0 to 11; the nearest is 11"),
        ((), "which run?"),
        ((7, "--turn", "2034-Q1"), "explain: there is no turn '2034-Q1'; turns are 1 to 4, or 2014-Q1 to 2014-Q4"),
        ((7, "--actor", "Moskow"), "explain: there is no actor 'Moskow'; did you mean 'Moscow'?"),
        ((7, "--why", "georgia.alienaton"), "explain: there is no quantity 'georgia.alienaton'; did you mean"),
        ((7, "--without", "abkhasia treaty"), "'abkhasia'; did you mean 'abkhazia'?"),
        ((7, "--without", "annexation"), "this run has nothing to take out: no annexation"),
        ((7, "--from", "2"), "--from and --to belong to --why"),
        (("x",), "expected the number of a run, found 'x'"),
        ((7, "--set", "patron.attention=0.5"), "a run of results is played as it was"),
    ],
)
def test_what_does_not_exist_is_one_sentence(command, place, words, said):
    assert said in command("explain", FOLDER, *words, cwd=place, code=2).stderr


def test_neither_folder_nor_scenario(command, place):
    assert "did you mean 'georgia_2014'" in command("explain", "georgia_201", cwd=place, code=2).stderr
