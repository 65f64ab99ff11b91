"""What several runs tell agrees with what each tells by itself."""

import json

import numpy as np
import pytest

from frozen_conflict_sim import open_results, run
from frozen_conflict_sim.explain.replay import replay
from frozen_conflict_sim.explain.several.everywhere import without
from frozen_conflict_sim.explain.several.pairs import partners, run_pair
from frozen_conflict_sim.explain.several.typical import typical_runs
from frozen_conflict_sim.explain.without import played_without, removal_called, taken_out
from frozen_conflict_sim.files.problems import InputError
from frozen_conflict_sim.scenario.schema import declarations

KEY = "georgia.alienation"


@pytest.fixture(scope="module")
def folders(tmp_path_factory, small):
    """The same runs in two worlds, which differ in one policy."""
    path = tmp_path_factory.mktemp("several")
    run(small, runs=16, seed=5, out=path / "a")
    run(small.with_values({"patron.policy": "swallow"}), runs=16, seed=5, out=path / "b")
    return path


@pytest.fixture(scope="module")
def results(folders):
    return open_results(folders / "a")


@pytest.mark.parametrize("what", ["abkhazia treaty", "Crimea", "grievance"])
def test_what_is_taken_out_of_all_runs_is_what_is_taken_out_of_each(results, what):
    found = without(results, what)
    assert found.of_runs == 16
    assert len(found.runs) > 0
    at, number = len(found.runs) // 2, int(found.runs[len(found.runs) // 2])
    again = replay(results, number)
    removal = removal_called(declarations(), again.model.setting, what)
    assert taken_out(again.model, removal)
    other = played_without(again.model, removal)
    caused = again.trajectories[KEY].to_numpy(float) - other.trajectories()[KEY][0].astype(float)
    assert np.array_equal(found.effect(KEY).values[at], caused)
    assert sum(found.classes.values()) == len(found.runs)
    means = [turn.mean for turn in found.effect(KEY).turns]
    assert np.allclose(means, found.effect(KEY).values.mean(axis=0))


def test_runs_in_which_it_did_not_occur_are_left_alone(results):
    found = without(results, "abkhazia treaty")
    for number in np.setdiff1d(np.arange(16), found.runs)[:1]:
        again = replay(results, int(number))
        removal = removal_called(declarations(), again.model.setting, "abkhazia treaty")
        with pytest.raises(InputError, match="nothing to take out"):
            taken_out(again.model, removal)


def test_partners_use_the_same_random_numbers_and_diverge_where_stored_decisions_do(folders, results):
    other = open_results(folders / "b")
    asks = [side.arrays("moscow.treatment.abkhazia")["moscow.treatment.abkhazia"] for side in (results, other)]
    diverging = np.flatnonzero((asks[0] != asks[1]).any(axis=1))
    pair = partners(results, other, int(diverging[0]))
    assert pair.same_streams
    assert [change.key for change in pair.inputs] == ["patron.policy"]
    parting = pair.parting()
    left, right = (one.decisions for one in pair.replays)
    differs = (left.to_numpy() != right.to_numpy()).any(axis=1)
    assert left.index[int(np.argmax(differs))] == parting.left.date == parting.right.date
    assert parting.left.chosen != parting.right.chosen


def test_the_ledger_of_a_difference_sums_to_it(folders, results):
    for pair in (partners(results, open_results(folders / "b"), 3), run_pair(results, 3, 4)):
        for key, _, left, right in pair.ends()[:3]:
            found = pair.ledger(key)
            assert np.isclose(sum(row.difference for row in found.rows), found.right - found.left, atol=1e-9)
            assert (found.left, found.right) == pytest.approx((left, right), abs=1e-6)


def test_the_typical_run_is_in_the_middle_of_its_class(results):
    name = results.runs["class"].mode()[0]
    found = typical_runs(results, name)
    assert set(found.runs) == set(results.runs["run"][results.runs["class"] == name])
    assert (np.diff(found.distances) >= 0).all()
    assert np.isclose(found.distances.mean(), 1.0, atol=0.35)
    names = results.names("trajectory", key_outcomes=True)
    paths = np.concatenate([results.arrays(key)[key] for key in names], axis=1)
    middle = np.median(paths[found.runs], axis=0)
    apart = np.abs(paths[found.runs] - middle).sum(axis=1)
    assert apart[0] < np.median(apart)
    assert apart[0] < apart[-1]


def test_commands_tell_several_runs(folders, command):
    told = json.loads(command("explain", "a", "--without", "grievance", "--json", cwd=folders).stdout)
    assert (told["of_runs"], len(told["runs"])) == (16, 16)
    assert len(told["effects"][0]["turns"]) == 8
    shown = command("explain", "a", "b", "--pair", "3", cwd=folders).stdout
    assert "patron.policy: own_judgement in A, swallow in B" in shown
    assert "Ledger of the difference" in shown
    shown = [shown, command("explain", "a", "--without", "Crimea", "--why", "georgia.economy", cwd=folders).stdout]
    shown.append(command("explain", "a", "3", "--against", "4", cwd=folders).stdout)
    assert "different random numbers" in shown[-1].replace("\n ", "")
    assert max(len(line) for text in shown for line in text.splitlines()) <= 80


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (("a", "--typical", "thawing"), "these runs end as"),
        (("a", "3", "--against", "99"), "the nearest is 15"),
        (("a", "b", "--pair", "99"), "the nearest is 15"),
        (("a", "--without", "abkhazia treatie"), "treaties"),
        (("a", "--without", "grievance", "--why", "georgia.alienatoin"), "georgia.alienation"),
        (("a", "three"), "--pair"),
        (("a", "c", "--pair", "3"), "c does not exist"),
        (("a", "--typical", "war", "--pair", "3"), "choose one"),
    ],
)
def test_what_does_not_exist_is_one_sentence(folders, command, words, hint):
    done = command("explain", *words, cwd=folders, code=2)
    assert hint in done.stderr
    assert done.stdout == ""
