"""Rules that a script declares count whoever plays: with one worker and with two, and in the fingerprint of the results."""

import subprocess
import sys

import pytest

SCRIPT = '''
import sys
from pathlib import Path

import numpy as np

import frozen_conflict_sim as fcs
from frozen_conflict_sim.engine.declare.parameter import quantity
from frozen_conflict_sim.politics.actors.patron.asking import ask
from frozen_conflict_sim.politics.catalogue import declared
from frozen_conflict_sim.politics.outcomes.declare import count, outcome
from frozen_conflict_sim.politics.roles import patron

print("imported by", __name__)
COST = -5.0


def dear(x):
    return COST * x if x > 0.0 else np.exp(x) - 1.0


with declared.open():
    @ask.incentive(weight=quantity(2.0, 0, 5, "utility", "What a quiet dividing line is worth."))
    def quiet_line_of_mine(tension, deepening):
        """A treaty costs dear."""
        return dear(deepening)


@outcome(patron, "count")
def signatures_by_ten(treaties_signed):
    """Ten times the number of signatures."""
    return 10.0 * count(treaties_signed)


STUDY = {
    "question": "q", "scenario": fcs.load_scenario("georgia_2014", {"public.residents": 50, "quarters": 12}),
    "levers": {"patron.policy": ["own_judgement", "salami"]}, "design": {"kind": "grid"}, "replicates": 6, "seed": 1,
}
out = Path(sys.argv[1])
one, two = (fcs.run_experiment(STUDY, out / str(workers), workers=workers) for workers in (1, 2))
assert not one.failures, one.failures[0]["traceback"]
assert one.runs.equals(two.runs), "another number of workers is another model"
assert one.runs["moscow.utility.quiet_line_of_mine"].any()
assert one.runs["moscow.signatures_by_ten"].equals(10.0 * one.runs["moscow.treaties"])
declared.restore()
three = fcs.run_experiment(STUDY, out / "without", workers=2)
assert not np.array_equal(three.runs["moscow.utility"], one.runs["moscow.utility"])
codes = [results.manifest["code"]["fingerprint"] for results in (one, two, three)]
assert codes[0] == codes[1] != codes[2]
print("fingerprint", codes[0])
'''


@pytest.fixture(scope="module")
def played(tmp_path_factory):
    """The folder in which a script has played a study with a rule of its own; and what it printed."""
    folder = tmp_path_factory.mktemp("script")
    return folder, play(folder, SCRIPT)


def play(folder, script):
    (folder / "script.py").write_text(script, "utf-8")
    done = subprocess.run(
        [sys.executable, folder / "script.py", folder], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_one_worker_and_two_play_the_same_model(played):
    assert played[1].count("imported by") == 1, "workers do not import the script"


def test_another_session_has_the_same_fingerprint_and_another_rule_another(played, tmp_path):
    fingerprint = played[1].split()[-1]
    assert play(tmp_path, "# moved down\n" + SCRIPT).split()[-1] == fingerprint
    (tmp_path / "other").mkdir()
    assert play(tmp_path / "other", SCRIPT.replace("COST = -5.0", "COST = -4.0")).split()[-1] != fingerprint


def test_the_results_are_read_without_the_rule_and_say_what_made_them(played, command):
    folder = played[0]
    told = command("verify", folder / "1", cwd=folder)
    assert "quiet_line_of_mine" in told.stdout + told.stderr
    assert "quiet_line_of_mine" in (folder / "1" / "dictionary.csv").read_text("utf-8")


BARE = """
from frozen_conflict_sim.engine.declare.parameter import quantity
from frozen_conflict_sim.politics.actors.patron.asking import ask

@ask.incentive(weight=quantity(2.0, 0, 5, "utility", "What a quiet dividing line is worth."))
def quiet_line_of_mine(tension, deepening):
    return tension * deepening
"""


def test_a_rule_outside_of_open_is_refused_where_it_stands(tmp_path):
    done = subprocess.run([sys.executable, "-c", BARE], cwd=tmp_path, capture_output=True, text=True, check=False)
    said = done.stderr.strip().splitlines()[-1]
    assert ": quiet_line_of_mine is declared too late" in said
    assert said.endswith("in `with declared.open():`, with `declared` from frozen_conflict_sim.politics.catalogue")


MISREAD = """
from frozen_conflict_sim.politics.outcomes.declare import outcome
from frozen_conflict_sim.politics.roles import patron

@outcome(patron, "count")
def signatures(treaties_sined):
    return treaties_sined[-1]
"""
MIXED = """
import frozen_conflict_sim as fcs
from frozen_conflict_sim.politics.outcomes.declare import count, outcome
from frozen_conflict_sim.politics.roles import patron

@outcome(patron, "count")
def signatures(treaties_signed):
    return count(treaties_signed).mean()

scenario = fcs.load_scenario("georgia_2014", {"public.residents": 50, "quarters": 4})
print(fcs.run(scenario, runs=2).failures[0]["traceback"])
"""


def test_an_outcome_that_misreads_or_mixes_runs_is_told_by_its_name(tmp_path):
    misread, mixed = (
        subprocess.run([sys.executable, "-c", text], cwd=tmp_path, capture_output=True, text=True, check=False)
        for text in (MISREAD, MIXED)
    )
    assert "signatures reads 'treaties_sined', which nothing declares; did you mean 'treaties_signed'?" in misread.stderr
    assert "outcome signatures (<string>:6) is not a number for each patron and run" in mixed.stdout
