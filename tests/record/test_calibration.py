"""Calibration recovers known values, reports what the record leaves open, and writes sets that experiments can draw from."""

import csv
import json
from dataclasses import replace

import numpy as np
import pytest
from click.testing import CliRunner

from frozen_conflict_sim import load_experiment, run_experiment
from frozen_conflict_sim.cli import program
from frozen_conflict_sim.experiment.errors import ResultsError
from frozen_conflict_sim.record.calibration.posterior import coverage, fitted, likelihood_of_cases, posterior
from frozen_conflict_sim.record.calibration.requirements import needed_trajectories, patterns_to_fit
from frozen_conflict_sim.record.calibration.statistics import PointStatistics, point_statistics
from frozen_conflict_sim.record.estimates import share
from frozen_conflict_sim.record.likelihood import likelihood_ratio
from frozen_conflict_sim.record.targets import at_least, at_most
from frozen_conflict_sim.scenario.shipped import shipped_names

FREE = """
question: Which speed is plausible?
scenario: georgia_2014
uncertainties:
  territory.implementation_rate.law: {from: 0.02, to: 0.5}
  parent.grievance: {from: 0.0, to: 2.0}
  parent.accommodation: {from: 0.0, to: 1.2}
design: {kind: sobol, points: 40}
replicates: 20
outcomes: [treaty_signed]
seed: 5
"""
LAW, GRIEVANCE = "territory.implementation_rate.law", "parent.grievance"
SMALL = ["--set", "public.residents=60", "--set", "quarters=28", "--set", "patron.patron_types=0.1"]


@pytest.fixture(scope="module")
def calibrated(tmp_path_factory):
    """A small calibration through the command: its folder and the call."""
    folder = tmp_path_factory.mktemp("calibration")
    (folder / "free.yaml").write_text(FREE)
    words = [
        "calibrate",
        str(folder / "free.yaml"),
        "--out",
        str(folder / "out"),
        "--pattern",
        "slow-law",
        "--pattern",
        "sequence",
    ]
    call = CliRunner().invoke(program, [*words, *SMALL, "--workers", "1"])
    assert call.exit_code == 0, call.output
    return folder / "out", call


def test_an_informative_pattern_constrains_a_value_and_unconstrained_values_are_reported(calibrated):
    folder, call = calibrated
    report = json.loads((folder / "calibration.json").read_text())
    values = {line["key"]: line for line in report["values"]}
    assert values[LAW]["most_informative"] == "slow-law"
    assert values[LAW]["correlation"] < -0.8
    assert values[LAW]["width_left"] < 0.6
    assert values[GRIEVANCE]["width_left"] > 0.7
    assert "hardly constrains" in call.stderr
    assert "3 values are fitted to 2 patterns" in call.stderr
    assert "None of these patterns tests the coupling" in call.stdout
    assert {line["pattern"] for line in report["leave_one_out"]} == {"slow-law", "sequence"}


def test_an_experiment_draws_from_the_posterior(calibrated, tmp_path):
    folder, _ = calibrated
    with open(folder / "posterior.csv") as file:
        sets = list(csv.DictReader(file))
    assert len(sets) == 500
    (tmp_path / "draws.yaml").write_text(
        f"question: And now?\nscenario: georgia_2014\nuncertainties: {{from_posterior: {folder / 'posterior.csv'}}}\n"
        "design: {kind: sobol, points: 8}\noutcomes: [western_alignment_at_end]\n"
    )
    runs = run_experiment(load_experiment(tmp_path / "draws.yaml", {"quarters": 2, "public.residents": 50})).runs
    assert set(runs[LAW]) <= {float(line[LAW]) for line in sets}


def test_a_results_folder_is_calibrated_again_without_new_runs(calibrated):
    folder, _ = calibrated
    before = sorted(path.stat().st_mtime_ns for path in (folder / "runs").iterdir())
    call = CliRunner().invoke(program, ["calibrate", str(folder), "--pattern", "slow-law", "--runs", "0", "--json", "-q"])
    assert call.exit_code == 0, call.output
    assert {line["pattern"] for line in json.loads(call.stdout)["patterns"]} == {"slow-law"}
    assert sorted(path.stat().st_mtime_ns for path in (folder / "runs").iterdir()) == before


def test_a_search_starts_from_the_points_and_resumes(calibrated):
    folder, _ = calibrated
    words = ["calibrate", str(folder), "--pattern", "slow-law", "--runs", "0", "--json", "-q", "--search"]
    first, again = (json.loads(CliRunner().invoke(program, [*words, number]).stdout)["search"] for number in ("2", "3"))
    assert (first["trials"], first["fresh"]) == (40 + 2, 2)
    assert (again["trials"], again["fresh"]) == (40 + 3, 1)
    assert again["best"] <= first["best"]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["integration_dilemma"], "without levers"),
        (["calibration", "--pattern", "support-order"], "needs"),
        (["calibration", "--pattern", "slow-lav"], "did you mean 'slow-law'"),
        (["calibration", "--scenario", "nowhere"], "no pattern of the record needs the scenario 'nowhere'"),
    ],
)
def test_an_unsuitable_calibration_is_refused(words, says, tmp_path):
    small = [*SMALL[:4], "--points", "2", "--replicates", "2", "--out", str(tmp_path / "out")]
    with pytest.raises(ResultsError, match=says):
        CliRunner().invoke(program, ["calibrate", *words, *small], catch_exceptions=False)


def known(points=600, noise=0.1, seed=2):
    """Points with two values: the statistics depend on the first and not on the second."""
    chance = np.random.default_rng(seed)
    values = chance.random((points, 2))
    statistics = np.column_stack([values[:, 0] + noise * chance.standard_normal(points), chance.random(points)])
    statistics[chance.random(points) < 0.1, 1] = np.nan
    targets = np.array([[0.5, 0.6], [0.4, np.inf]])
    parts = (("one", ""), ("two", "x"))
    return PointStatistics(
        ("a", "b"), values, np.array([[0.0, 1.0]] * 2), parts, statistics, targets, np.zeros((points, 2)), np.zeros(2, int), 10
    )


def test_intervals_have_their_nominal_coverage():
    found = {line.key: line for line in posterior(known()).constraints}
    # The rate over 300 truths has a standard error of 0.02.
    assert found["a"].coverage == pytest.approx(0.9, abs=0.08)
    assert found["b"].coverage == pytest.approx(0.9, abs=0.08)
    assert (found["a"].verdict, found["b"].verdict) == ("constrained", "hardly")
    assert found["a"].after[0] < 0.55 < found["a"].after[1]
    assert (found["a"].most_informative, found["b"].width_left > 0.8) == ("one", True)


def test_accepted_sets_are_weighted_by_their_likelihood():
    silent = replace(known(), targets=np.array([[-np.inf, np.inf]] * 2))
    likelihood = np.column_stack([3.0 * np.log(silent.values[:, 1]), np.zeros(600)])
    telling = replace(silent, likelihood=likelihood, cases=np.array([3, 0]))
    flat, steep = (np.average(found.values[:, 1], weights=found.weights) for found in map(fitted, (silent, telling)))
    assert flat == pytest.approx(0.5, abs=0.1)
    assert steep == pytest.approx(0.8, abs=0.07)  # a value drawn as often as its cube has the mean 4/5


COUPLING = {
    "grievance",
    "accommodation",
    "sensitivity_to_integration",
    "outcry_over_signatures",
    "suspicion_by_integration",
    "signature_share_of_integration",
    "ask_relative_to_signature",
    "channel_delay",
    "channel_threshold",
    "threshold_channel_strength",
}


@pytest.mark.parametrize("name", [name for name in shipped_names("experiments") if name.startswith("calibration")])
def test_the_strengths_of_the_coupling_are_explored_and_never_fitted(name):
    experiment = load_experiment(name)
    assert not {key.split(".")[-1] for key in experiment.uncertainties} & COUPLING
    left_open = {key[2] for key, value in experiment.scenario.values.items() if value.law == "between"}
    assert {"grievance", "accommodation"} <= left_open


def test_known_truths_are_recovered_with_the_weights_of_the_fit():
    silent = replace(known(), statistics=np.full((600, 2), np.nan))
    chances = np.clip(silent.values[:, 1], 0.01, 0.99)
    telling = replace(silent, likelihood=np.column_stack([50 * np.log(chances), np.zeros(600)]), cases=np.array([50, 0]))
    seen = likelihood_of_cases(telling, 7)
    assert telling.values[np.argmax(seen), 1] == pytest.approx(telling.values[7, 1], abs=0.2)
    assert np.ptp(likelihood_of_cases(silent, 7)) == 0.0
    # Cases alone tell the value; intervals that held nine truths in ten without them would hold far more with them ignored.
    assert coverage(telling, acceptance=1.0)[1] == pytest.approx(0.9, abs=0.07)


def test_parts_with_the_same_statistics_are_left_out_together():
    seen = known()
    twins = replace(
        seen,
        parts=(("one", ""), ("two", "x"), ("three", "")),
        statistics=np.column_stack([seen.statistics, seen.statistics[:, 1]]),
    )
    assert twins.without("two").tolist() == [True, False, False]
    assert twins.without("one").tolist() == [False, True, True]


def test_likelihood_ratio():
    def seen(value):
        return share(np.arange(200) < 200 * value)

    often, seldom = at_least(0.5), at_most(0.5)
    pairs = {"one": [(seen(0.8), seen(0.4), often), (seen(0.8), seen(0.6), seldom)], "two": [(seen(0.5), seen(0.5), often)]}
    found = likelihood_ratio(pairs)
    assert found.value == pytest.approx((2.0 * 0.5) ** 0.25, abs=0.01)  # two parts of one pattern, and one of another
    assert found.low < found.value < found.high
    assert likelihood_ratio({"one": [(seen(0.8) - seen(0.4), seen(0.1) - seen(0.2), often)]}) is None


def test_statistics_are_computed_point_by_point():
    patterns = patterns_to_fit("georgia_2014", ["sequence"])
    small = {"public.residents": 50, "quarters": 16, "design.points": 4, "replicates": 12}
    experiment = load_experiment("calibration", small)
    results = run_experiment(replace(experiment, keep=needed_trajectories(patterns, experiment.scenario)))
    seen = point_statistics(results, patterns)
    assert seen.values.shape == (4, len(seen.keys))
    assert seen.runs_per_point == 12
    assert set(seen.keys) == set(experiment.uncertainties), "uncertainties of the scenario are not fitted"
    rows = results.runs.drop_duplicates("point").sort_values("point")
    assert np.array_equal(seen.values, rows[list(seen.keys)].to_numpy())
    with pytest.raises(ResultsError, match="is not a pattern of the record"):
        patterns_to_fit("georgia_2014", ["nothing"])
