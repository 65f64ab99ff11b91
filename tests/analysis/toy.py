"""Toy models whose variance is known, and results of studies that use them in place of the simulation."""

import json

import numpy as np
import pyarrow as pa
from click.testing import CliRunner

from frozen_conflict_sim import load_scenario, run_experiment
from frozen_conflict_sim.cli import program
from frozen_conflict_sim.engine.random_streams import RandomStreams
from frozen_conflict_sim.experiment.execute.simulate import TaskResult
from frozen_conflict_sim.experiment.load import experiment_from
from frozen_conflict_sim.experiment.perform import perform
from frozen_conflict_sim.experiment.store.sources import Memory
from frozen_conflict_sim.experiment.study.study import Study
from frozen_conflict_sim.results import Results

ALIGNMENT, ALIENATION = "georgia.western_alignment_at_end", "georgia.alienation_at_end"
FACTORS = ("parent.grievance", "parent.accommodation", "patron.incentives.prestige", "patron.incentives.control")
SPAN = {"from": 0.0, "to": 1.0}


def toy(scenario, seed, rows, keep):
    """x + 2yz + noise/4 + y in one structure; the fourth factor has no influence. Undefined where x is largest.

    Another length of the turn only changes the random numbers.
    """
    x, y, z = (np.sqrt(12.0) * (rows.columns[name] - 0.5) for name in FACTORS[:3])
    noise = RandomStreams(seed, rows.stream).normal("toy" + rows.columns.get("play.time_step", [""])[0], 0, 1)[0]
    structure = {"swallow": 0.0, "status_quo": 1.0}.get(rows.columns.get("patron.policy", [""])[0], 0.0)
    wired = rows.columns.get("public.network_rewiring", np.zeros(1)) > 0.5
    alignment = x + 2 * y * z + noise / 4 + structure * y * (1 + wired)
    return played(rows, {ALIGNMENT: alignment, ALIENATION: np.where(x > 1.6, np.nan, y)})


def played(rows, outcomes):
    """The result of a task with these outcomes by run."""
    identity = {name: getattr(rows, name) for name in ("run", "point", "replicate", "stream")}
    table = {**identity, "status": ["done"] * len(rows), **rows.columns, **outcomes}
    return TaskResult(pa.table(table), pa.table({"run": pa.array([], pa.int64()), "turn": pa.array([], pa.int16())}))


def function_of(function):
    """A toy model: a function of the factors, which lie between 0 and 1, and of standard normal numbers of each run."""

    def play(scenario, seed, rows, keep):
        factors = [rows.columns[name] for name in FACTORS]
        return played(rows, {ALIGNMENT: function(*factors, RandomStreams(seed, rows.stream).normal("toy", 0, 1)[0])})

    return play


def results_of(play=toy, **data):
    """The results of an experiment with a toy model."""
    about = {"question": "What?", "scenario": load_scenario("georgia_2014"), "keep": [], "seed": 3}
    study = Study(experiment_from({**about, "uncertainties": dict.fromkeys(FACTORS, SPAN), **data}))
    return Results(Memory(study, perform(study, play=play)))


SMALL = {"public.residents": 50, "quarters": 8}


def sensitivity(experiment, folder):
    """Run an experiment; the JSON that the command ``sensitivity`` prints for it."""
    run_experiment(experiment, out=folder)
    called = [CliRunner().invoke(program, ["sensitivity", str(folder), *more]) for more in ([], ["--json"])]
    assert [call.exit_code for call in called] == [0, 0]
    assert "share of the variance" in called[0].stdout.lower()
    assert "not a forecast" in called[0].stdout
    return json.loads(called[1].stdout)
