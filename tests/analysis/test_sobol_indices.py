"""Shares of variance: where the truth is known by hand, the estimates hold it; what plays no part has no share."""

import json

import numpy as np
import pyarrow as pa
import pytest
from click.testing import CliRunner

from frozen_conflict_sim import load_experiment, load_scenario, run_experiment
from frozen_conflict_sim.analysis.sobol_indices import CHANCE, sobol_indices
from frozen_conflict_sim.analysis.variance_shares import variance_shares
from frozen_conflict_sim.cli import program
from frozen_conflict_sim.engine.random_streams import RandomStreams
from frozen_conflict_sim.experiment.errors import ResultsError
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
    """x + 2yz + noise/4 + a structure's own share of y; the fourth factor plays no part. Undefined where x is largest.

    Another length of turn deals other random numbers and does nothing else.
    """
    x, y, z = (np.sqrt(12.0) * (rows.columns[name] - 0.5) for name in FACTORS[:3])
    noise = RandomStreams(seed, rows.stream).normal("toy" + rows.columns.get("play.time_step", [""])[0], 0, 1)[0]
    structure = {"swallow": 0.0, "status_quo": 1.0}.get(rows.columns.get("patron.policy", [""])[0], 0.0)
    wired = rows.columns.get("public.network_rewiring", np.zeros(1)) > 0.5
    alignment = x + 2 * y * z + noise / 4 + structure * y * (1 + wired)
    alienation = np.where(x > 1.6, np.nan, y)
    identity = {name: getattr(rows, name) for name in ("run", "point", "replicate", "stream")}
    table = {**identity, "status": ["done"] * len(rows), **rows.columns, ALIGNMENT: alignment, ALIENATION: alienation}
    return TaskResult(pa.table(table), pa.table({"run": pa.array([], pa.int64()), "turn": pa.array([], pa.int16())}))


def results_of(**data):
    about = {"question": "What?", "scenario": load_scenario("georgia_2014"), "keep": [], "seed": 3}
    study = Study(experiment_from({**about, "uncertainties": dict.fromkeys(FACTORS, SPAN), **data}))
    return Results(Memory(study, perform(study, play=toy)))


@pytest.fixture(scope="module")
def found():
    results = results_of(design={"kind": "saltelli", "points": 2048})
    return {(index.outcome, index.source): index for index in sobol_indices(results, (ALIGNMENT, ALIENATION))}


# The variance of x is 1, that of 2yz is 4, that of noise/4 is 1/16.
WHOLE = 1 + 4 + 1 / 16


@pytest.mark.parametrize(
    ("source", "first", "total"),
    [(FACTORS[0], 1, 1), (FACTORS[1], 0, 4), (FACTORS[2], 0, 4), (FACTORS[3], 0, 0), (CHANCE, 1 / 16, None)],
)
def test_each_source_has_its_share(found, source, first, total):
    index = found[ALIGNMENT, source]
    assert index.first[0] == pytest.approx(first / WHOLE, abs=0.05)
    assert (index.total and index.total[0]) == (total if total is None else pytest.approx(total / WHOLE, abs=0.05))
    low, high = index.first[1]
    assert low - 0.03 <= first / WHOLE <= high + 0.03


def test_pairs_that_lack_the_outcome_are_left_out_and_counted(found):
    index = found[ALIENATION, FACTORS[1]]
    assert index.pairs + index.left_out == 2048
    assert index.left_out > 0
    assert index.total[0] == pytest.approx(1.0, abs=0.08)


def test_structure_parameters_and_luck_are_told_apart():
    results = results_of(
        levers={"patron.policy": ["swallow", "status_quo"]}, design={"kind": "sobol", "points": 256}, replicates=4
    )
    (shares,) = variance_shares(results, (ALIGNMENT,))
    # Between the two structures lies y: a variance of 1/4 at each point. Their middle is x + 2yz + y/2 + noise/4.
    whole = 1 / 4 + (1 + 4 + 1 / 4) + 1 / 16
    assert shares.structure[0] == pytest.approx(0.25 / whole, abs=0.02)
    assert shares.parameters[0] == pytest.approx(5.25 / whole, abs=0.02)
    assert shares.chance[0] == pytest.approx(1 / 16 / whole, abs=0.01)
    assert (shares.structures, shares.points, shares.replicates) == (2, 256, 4)
    assert shares.levers["patron.policy"][0] == pytest.approx(shares.structure[0])


def test_structure_is_divided_among_levers_and_what_they_do_together():
    levers = {"patron.policy": ["swallow", "status_quo"], "public.network_rewiring": [0.1, 1.0]}
    (shares,) = variance_shares(results_of(levers=levers, design={"kind": "sobol", "points": 64}, replicates=2), (ALIGNMENT,))
    # At each point the four structures are 0, 0, y and 2y: a variance of 11/16, of which the policy alone makes 9/16.
    parts = {name: share / shares.structure[0] for name, (share, _) in shares.levers.items()}
    assert parts == {"patron.policy": pytest.approx(9 / 11), "public.network_rewiring": pytest.approx(1 / 11)}


def test_a_structure_that_only_deals_other_luck_is_owed_nothing():
    results = results_of(
        levers={"play.time_step": ["quarter", "half_year"]}, design={"kind": "sobol", "points": 256}, replicates=4
    )
    (shares,) = variance_shares(results, (ALIGNMENT,))
    assert shares.structure[0] == pytest.approx(0.0, abs=0.002)
    assert shares.levers["play.time_step"][0] == pytest.approx(0.0, abs=0.002)
    assert shares.chance[0] == pytest.approx(1 / 16 / WHOLE, abs=0.003)


def test_a_study_without_what_it_takes_is_told_so():
    with pytest.raises(ResultsError, match="saltelli"):
        sobol_indices(results_of(design={"kind": "sobol", "points": 4}))
    with pytest.raises(ResultsError, match="replicates"):
        variance_shares(results_of(design={"kind": "sobol", "points": 4}))


BY_RULE = """
question: What do the rules of choice differ in?
scenario: georgia_2014
levers: {play.choice_rule: [quantal_response, best_response]}
uncertainties: {by_grade: {assumed: 0.25}}
design: {kind: sobol, points: 20}
replicates: 2
outcomes: [western_alignment_at_end]
"""


def told(experiment, folder):
    """What ``sensitivity`` prints, and what it tells a machine."""
    run_experiment(experiment, out=folder)
    called = [CliRunner().invoke(program, ["sensitivity", str(folder), *more]) for more in ([], ["--json"])]
    assert [call.exit_code for call in called] == [0, 0]
    assert "share of the variance" in called[0].stdout.lower()
    assert "not a forecast" in called[0].stdout
    return json.loads(called[1].stdout)


SMALL = {"public.residents": 50, "quarters": 8}


def test_the_shipped_study_of_assumed_values_tells_each_grade(tmp_path):
    lines = told(load_experiment("assumed_values", SMALL | {"design.points": 40}), tmp_path / "out")
    assert {line["source"] for line in lines} == {"assumed", "estimated", "documented", CHANCE}


def test_the_shares_of_structure_parameters_and_luck_add_up(tmp_path):
    (tmp_path / "by_rule.yaml").write_text(BY_RULE)
    (line,) = told(load_experiment(tmp_path / "by_rule.yaml", SMALL), tmp_path / "out")
    assert sum(line[part][0] for part in ("structure", "parameters", "chance")) == pytest.approx(1.0)
