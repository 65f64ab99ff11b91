"""A user's mypy accepts the public names in strict mode, knows their types, and reports wrong uses."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import frozen_conflict_sim as fcs

ROOT = Path(__file__).parents[1]
MARK = "  # wrong: "

USES = f"""\
from pathlib import Path
from typing import assert_type

import xarray as xr
from matplotlib.axes import Axes

import frozen_conflict_sim as fcs

scenario = fcs.load_scenario("georgia_2014", {{"turns": 4}})
experiment = fcs.load_experiment(Path("dilemma.yaml"), {{"replicates": 2}})
results = fcs.run(scenario, 2, 1, workers=1, out=Path("out"), keep=["georgia.alienation"], progress=lambda finished: None)
assert_type(results, fcs.Results)
assert_type(fcs.run("georgia_2014", progress=True), fcs.Results)
fcs.FrozenConflictModel("georgia_2014").step()
assert_type(fcs.run_experiment(experiment, "out", points=4, reuse=["other"]), fcs.Results)
assert_type(fcs.open_results(Path("out")), fcs.Results)
assert_type(results.trajectories, xr.Dataset)
assert_type(results.trajectories_of("georgia.alienation"), xr.Dataset)
assert_type(results.experiment.replicates, int)
assert_type(results.names("outcome", key_outcomes=True), list[str])
assert_type(results.columns["georgia.utility"].unit, str)
assert_type(results.variables["georgia.alienation"].label, str)
assert_type(fcs.compare(results, "other").differences[0].interval, tuple[float, float] | None)
assert_type(fcs.export(results, "exported", "stata", trajectories=True), list[Path])
assert_type(fcs.plots.fan(results, "georgia.alienation"), Axes)
results.runs["georgia.alienation_at_end"].mean()
fcs.record.asks()["territory"].tolist()
fcs.record.validate(runs=20)
assert_type(fcs.difference(results, "arm", "base", "no_coupling"), fcs.Results)
fcs.contrast(results, "patron.policy", "swallow", "status_quo").table
fcs.explain_run(results, 0)
fcs.explain_runs(results, [0, 1])
fcs.replay(results, 0)
fcs.LiveEnsemble(scenario, runs=16)

model = fcs.FrozenConflictModel(scenario, runs=3, seed=7, keep_receipts=True)
model.step()
fcs.explain_model(model)
assert_type(model.run_to_end(), fcs.FrozenConflictModel)
assert_type(scenario.with_values({{"turns": 3}}).title, str)
try:
    fcs.load_scenario("nowhere")
except fcs.InputError as error:
    assert_type(error.problems[0].line, int)

fcs.lod_scenario("georgia_2014"){MARK}attr-defined
fcs.run(scenario, runs="many"){MARK}arg-type
results.columns["georgia.utility"].unt{MARK}attr-defined
fcs.compare(results){MARK}call-arg
"""


@pytest.fixture
def checked(tmp_path):
    """A function that runs mypy on a text and returns its errors: line number and code of each."""

    def checked(text):
        (tmp_path / "use.py").write_text(text, "utf-8")
        words = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", ROOT / ".cache" / "mypy", "use.py"]
        done = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert not done.stderr
        return [(int(line), code) for line, code in re.findall(r"^use\.py:(\d+): error: .*\[([\w-]+)\]$", done.stdout, re.M)]

    return checked


def test_mypy_accepts_the_example_of_the_readme(checked):
    (example,) = re.findall(
        r"^```python\n(import frozen_conflict_sim.*?)^```$", (ROOT / "README.md").read_text("utf-8"), re.M | re.S
    )
    assert checked(example) == []


def test_mypy_knows_the_public_names_and_reports_wrong_uses(checked):
    assert {name for name in fcs.__all__ if f"fcs.{name}" not in USES} == set()
    wrong = [(number, line.split(MARK)[1]) for number, line in enumerate(USES.splitlines(), 1) if MARK in line]
    assert checked(USES) == wrong
