"""Experiments on the small conflict of all tests, as files and as plain data."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from frozen_conflict_sim.experiment.load import experiment_from, load_experiment
from frozen_conflict_sim.experiment.study.study import Study
from frozen_conflict_sim.scenario import InputError

STUDY = """\
question: What do the policies do?
scenario: georgia_2014
levers:
  patron.policy: [swallow, status_quo]
  territory.salience: [0.2, 0.6]
uncertainties:
  parent.grievance: {from: 0.0, to: 2.0}
  patron.incentives.prestige: {normal: [0.5, 0.2]}
design: {kind: sobol, points: 4}
replicates: 2
compare_with:
  off: {parent.channels: off}
  blunt: {patron.ask_step: 0.5}
outcomes: [western_alignment_at_end, railway_opened]
keep: [alienation, moscow.treatment]
seed: 7
"""


class Desk:
    """A folder in which study files are written."""

    def __init__(self, path: Path):
        self.path = path

    def write(self, name: str, text: str) -> Path:
        path = self.path / name
        path.write_text(text, "utf-8")
        return path

    def load(self, text: str = STUDY, overrides=None):
        return load_experiment(self.write("study.yaml", text), overrides)

    def problems(self, text: str, overrides=None) -> list[tuple[str, str, str]]:
        """The problems of a text, each as (``line:column``, key, message)."""
        with pytest.raises(InputError) as caught:
            self.load(text, overrides)
        return [(f"{problem.line}:{problem.column}", problem.key, problem.message) for problem in caught.value.problems]


@pytest.fixture
def desk(tmp_path):
    """A folder in which study files are written."""
    return Desk(tmp_path)


@pytest.fixture(scope="session")
def asked(small):
    """Make an experiment on the small conflict from keyword arguments."""

    def ask(*, folder=Path(), **data):
        return experiment_from({"question": "What?", "scenario": small, "seed": 5, "keep": [], **data}, folder=folder)

    return ask


def rows_of(study: Study) -> pd.DataFrame:
    """Every run of a study as a row, before any is played."""
    frames = []
    for configuration in range(len(study.configurations)):
        rows = study.task(configuration, np.arange(study.length(configuration))).rows
        identity = {name: getattr(rows, name) for name in ("run", "point", "replicate", "stream")}
        frames.append(pd.DataFrame(identity | rows.columns | {"configuration": configuration}))
    return pd.concat(frames).sort_values("run").reset_index(drop=True)
