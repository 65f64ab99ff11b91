"""Searches: a known frontier, the same trials after being killed, criteria in fresh futures, and what is refused."""

import json
import os
import signal
import subprocess
import sys
import time

import numpy as np
import pytest

from frozen_conflict_sim import load_experiment
from frozen_conflict_sim.analysis.choice.frontier import frontier
from frozen_conflict_sim.analysis.choice.search import LOG, search
from frozen_conflict_sim.analysis.choice.space import check, outcomes, with_settings
from frozen_conflict_sim.experiment.errors import FolderTaken, ResultsError
from frozen_conflict_sim.scenario import InputError

TEXT = """\
question: What is good?
scenario: small.yaml
levers:
  patron.policy: [swallow, status_quo, measured]
uncertainties:
  parent.grievance: {from: 0.0, to: 2.0}
design: {kind: sobol, points: 4}
replicates: 2
search:
  objectives:
    georgia.alienation_at_end: {better: lower, enough: 0.4}
    integration_at_end: higher
  numbers:
    step: {from: 0.05, to: 0.4}
    pause: [4, 8]
  policies:
    measured:
      description: Ask for some at a time.
      patron: {ask_step: $step, ask_cool_down: $pause, mandatory: [treatment.ask_for_deeper_integration]}
  trials: 9
seed: 7
"""
SMALL = "extends: georgia_2014\nquarters: 4\npublic: {residents: 50}\n"


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    folder = tmp_path_factory.mktemp("searched")
    (folder / "small.yaml").write_text(SMALL, "utf-8")
    (folder / "asked.yaml").write_text(TEXT, "utf-8")
    return folder / "asked.yaml"


@pytest.fixture(scope="module")
def experiment(file):
    return load_experiment(file)


@pytest.fixture(scope="module")
def undisturbed(experiment, file):
    return search(experiment, folder=file.parent / "whole")


def data(trials):
    return [(trial.number, trial.settings, trial.futures.tolist()) for trial in trials]


def test_a_section_survives_being_written(experiment, tmp_path):
    (tmp_path / "again.yaml").write_text(experiment.to_yaml(), "utf-8")
    again = load_experiment(tmp_path / "again.yaml")
    assert again == experiment
    assert again.search == experiment.search


def test_each_policy_meets_the_same_futures(experiment, undisturbed):
    trial = next(trial for trial in undisturbed if trial.settings["patron.policy"] == "measured")
    played = with_settings(experiment, trial.settings)
    assert outcomes(played).tolist() == trial.futures.tolist()
    values = {address[2]: value.fixed for address, value in played.scenario.policies["measured"].values.items()}
    assert values == {"ask_step": trial.settings["step"], "ask_cool_down": trial.settings["pause"]}
    assert trial.futures.shape == (4, 2)


def test_all_trials_differ_and_numbers_belong_to_the_policy_that_mentions_them(undisturbed):
    assert len({tuple(trial.settings.items()) for trial in undisturbed}) == len(undisturbed) == 9
    for trial in undisturbed:
        assert ("step" in trial.settings) == (trial.settings["patron.policy"] == "measured")


def test_killed_and_resumed_gives_the_same_trials(file, undisturbed):
    words = [sys.executable, "-m", "frozen_conflict_sim", "search", str(file), "--out", str(file.parent / "killed"), "--quiet"]
    log = file.parent / "killed" / LOG
    process = subprocess.Popen([*words, "--workers", "1"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while not (log.exists() and log.read_text("utf-8").count("\n") > 3):
        assert process.poll() is None, "the search ended before it could be killed"
        time.sleep(0.01)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    log.write_text(log.read_text("utf-8") + '{"number": 8, "sett', "utf-8")  # a line that was being written
    resumed = search(load_experiment(file), folder=log.parent, workers=2)
    assert data(resumed) == data(undisturbed)
    whole = (file.parent / "whole" / LOG).read_text("utf-8")
    assert sorted(log.read_text("utf-8").splitlines()) == sorted(whole.splitlines())


def test_more_trials_begin_with_the_same(experiment, file, undisturbed):
    longer = search(experiment, 11, folder=file.parent / "whole")
    assert data(longer[:8]) == data(undisturbed[:8])  # a batch that is larger now is proposed anew
    assert len(longer) == 11


def test_a_folder_of_another_search_is_refused(experiment, file, undisturbed):
    with pytest.raises(FolderTaken, match="holds another search"):
        search(experiment, folder=file.parent / "whole", sampler="random")


@pytest.mark.parametrize("sampler", ["tpe", "nsga2", "random"])
def test_a_known_frontier_is_found(file, sampler):
    """Schaffer's problem: x² and (x − 2)²; the frontier is where the square roots add up to two."""
    text = file.read_text("utf-8").replace("integration_at_end: higher", "integration_at_end: lower")
    text = text.replace("[swallow, status_quo, measured]", "[measured]").replace("[4, 8]", "[4]")
    (file.parent / "schaffer.yaml").write_text(text, "utf-8")

    def schaffer(candidate):
        x = -2.0 + 6.0 * (candidate.settings["step"] - 0.05) / 0.35
        return candidate.number, np.array([[x**2, (x - 2) ** 2]])

    trials = search(load_experiment(file.parent / "schaffer.yaml"), 64, sampler=sampler, play=schaffer)
    values = np.array([trial.values for trial in trials])
    beaten = [((values <= value).all(axis=1) & (values < value).any(axis=1)).any() for value in values]
    found = np.sqrt(values[~np.array(beaten)])
    assert np.median(found.sum(axis=1)) == pytest.approx(2.0, abs=1e-9)
    assert found.sum(axis=1) == pytest.approx(2.0, abs=0.3)  # the ends of the frontier are met only nearly
    assert np.diff(np.sort(found[:, 0])).max() < 0.5
    assert len(found) >= 12


def test_the_frontier_is_judged_in_fresh_futures_and_says_so(experiment, undisturbed):
    found = frontier(experiment, undisturbed)
    seen = {trial.number: trial.futures for trial in undisturbed}
    assert all(not np.array_equal(found.futures[at], seen[trial.number]) for at, trial in enumerate(found.kept))
    text = " ".join(found.sentences)
    assert text.startswith(f"Of 9 policies, {len(found.whole)} ")
    best = int(found.futures[:, :, 0].mean(axis=1).argmin())
    assert f"georgia.alienation_at_end is lowest with policy {found.kept[best].number} " in text
    assert json.loads(json.dumps(found.to_dict()))["sentences"] == found.sentences


def test_sentences_follow_the_data(experiment, undisturbed):
    told = " ".join(frontier(experiment, undisturbed).sentences)
    others = [trial for trial in undisturbed if trial.settings["patron.policy"] != "status_quo"]
    assert "status_quo" in told
    assert "status_quo" not in " ".join(frontier(experiment, others).sentences)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("$step", "$stp", r"wrong.yaml:\d+:\d+: search.policies.measured.patron.ask_step: \$stp stands for no number"),
        ("better: lower", "better: less", r"search.objectives.georgia.alienation_at_end.better: expected one of higher, lower"),
        ("integration_at_end: higher", "integrate: higher", "there is no outcome 'integrate'"),
        ("ask_step: $step", "ask_stp: $step", "policies.measured.patron.ask_stp: unknown key; did you mean 'ask_step'"),
        ("from: 0.05, to: 0.4", "from: 0.5, to: 0.4", "0.5 is not below 'to', 0.4; exchange the two"),
        ("from: 0.05, to: 0.4", "from: 0.05, to: 40", "policies.measured.patron.ask_step: expected 0.02 to 1"),
    ],
)
def test_mistakes_name_their_place_and_nothing_else(file, old, new, message):
    wrong = file.parent / "wrong.yaml"
    wrong.write_text(file.read_text("utf-8").replace(old, new), "utf-8")
    with pytest.raises(InputError, match=message) as caught:
        load_experiment(wrong, {})
    assert len(caught.value.problems) == 1


def test_a_threshold_of_a_condition_is_a_number_like_any_other():
    played = with_settings(load_experiment("robust_choice"), {"patron.policy": "watchful", "alarm": 0.3125})
    (mandate,) = played.scenario.policies["watchful"].forbidden
    assert [number for _, _, number in mandate.when] == [0.3125]
    assert played.levers == {"patron.policy": ("watchful",)}


def test_what_cannot_be_searched_is_refused():
    with pytest.raises(ResultsError, match="needs an experiment with a section search"):
        check(load_experiment("integration_dilemma"))


def test_without_optuna_the_command_says_how_to_install_it(file):
    code = (
        f"import sys; sys.modules['optuna'] = None; from frozen_conflict_sim.cli import main; main(['search', {str(file)!r}])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=file.parent)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "search needs optuna: pip install 'frozen-conflict-sim[search]'\n"
