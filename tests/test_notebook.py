"""Notebooks: what objects show there, and the notebook that is shipped, which is executed."""

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from frozen_conflict_sim import compare, load_scenario, run
from frozen_conflict_sim.experiment.errors import NoSuchColumn
from frozen_conflict_sim.experiment.load import experiment_from

NOTEBOOK = Path(__file__).parents[1] / "docs" / "notebook.ipynb"
EXECUTE = """
import sys, nbformat
from nbclient import NotebookClient
notebook = nbformat.read(sys.argv[1], as_version=4)
NotebookClient(notebook, timeout=300, kernel_name="python3").execute()
nbformat.write(notebook, sys.argv[2])
"""


@pytest.fixture(scope="module")
def scenario():
    return load_scenario("georgia_2014", {"quarters": 4, "public.residents": 50})


@pytest.fixture(scope="module")
def results(scenario):
    return run(scenario, runs=12, seed=5)


def test_a_scenario_shows_what_differs_from_its_base(scenario):
    plain = load_scenario("georgia_2014")
    assert plain.base is None
    assert "Differs from" not in plain._repr_html_()
    shown = scenario._repr_html_()
    assert "Differs from" in shown
    assert '<td style="text-align:left">quarters</td><td style="text-align:right">40</td>' in shown
    assert shown.count("public.residents") == 1
    variant = load_scenario("what_if/engagement")
    assert variant.base.title == plain.title
    assert "policies: engagement" in variant._repr_html_()
    hostile = scenario.with_values({"title": "<script>alert(1)</script>"})
    assert "<script" not in hostile._repr_html_()
    assert len(repr(scenario)) < 120


def test_results_and_comparisons_show_their_numbers(scenario, results):
    shown = results._repr_html_()
    mean = results.runs["georgia.alienation_at_end"].mean()
    assert f"{mean:.3g}" in shown
    assert f"{results.runs['class'].value_counts(normalize=True).iloc[0]:.1%}" in shown
    assert repr(results) == "<Results of 'Georgia, Abkhazia and South Ossetia from 2014': 12 runs>"
    found = compare(results, run(scenario.with_values({"patron.policy": "swallow"}), runs=12, seed=5))
    assert len(repr(found)) < 200
    assert "12 pairs of runs" in found._repr_html_()
    experiment = experiment_from({"question": "Why?", "scenario": scenario, "replicates": 3})
    assert repr(experiment) == "<Experiment 'Why?': 0 levers, 0 uncertainties, 0 arms, 3 replicates>"


def test_a_name_is_accepted_where_a_scenario_is(results):
    named = run("georgia_2014", runs=2, seed=5)
    assert named.scenario == load_scenario("georgia_2014")


def test_progress_is_told_or_shown(scenario, capfd):
    finished = []
    run(scenario, runs=3, seed=5, progress=finished.append)
    assert sum(finished) == 3
    run(scenario, runs=3, seed=5, progress=True)
    run(scenario, runs=3, seed=5, progress=False)
    assert capfd.readouterr().out == ""


def test_inputs_and_decisions_are_tables(results):
    names = [name for name in results.names("parameter") if name in results.inputs]
    assert names
    pd.testing.assert_series_equal(results.inputs[names[0]], results.runs.set_index("run")[names[0]])
    orientation = results.decisions["georgia.orientation"]
    assert set(orientation.cat.categories) == set(results.variables["georgia.orientation"].options)
    codes = results.trajectories["georgia.orientation"].values
    assert (orientation.cat.codes.to_numpy().reshape(codes.shape) == codes).all()


def test_results_are_given_to_the_ema_workbench(results):
    experiments, outcomes = results.to_ema(["georgia.alienation_at_end", "georgia.alienation"])
    assert len(experiments) == 12
    assert {"scenario", "policy", "model"} <= set(experiments)
    assert outcomes["georgia.alienation_at_end"].shape == (12,)
    assert outcomes["georgia.alienation"].shape == (12, 4)
    assert np.array_equal(outcomes["georgia.alienation_at_end"], results.runs["georgia.alienation_at_end"])
    with pytest.raises(NoSuchColumn, match="did you mean"):
        results.to_ema(["georgia.alienaton_at_end"])


def test_the_shipped_notebook_runs_and_shows_its_objects(tmp_path):
    done = tmp_path / "done.ipynb"
    subprocess.run([sys.executable, "-c", EXECUTE, NOTEBOOK, done], check=True, capture_output=True)
    cells = [cell for cell in json.loads(done.read_text("utf-8"))["cells"] if cell["cell_type"] == "code"]
    kinds = [{kind for output in cell["outputs"] for kind in output.get("data", {})} for cell in cells]
    assert all(kinds)
    assert sum("text/html" in kind for kind in kinds) >= 7
    assert sum("image/png" in kind for kind in kinds) == 2
    assert all(not cell["outputs"] for cell in json.loads(NOTEBOOK.read_text("utf-8"))["cells"] if cell["cell_type"] == "code")
