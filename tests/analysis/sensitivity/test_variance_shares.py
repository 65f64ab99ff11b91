"""Variance shares: estimates agree with known shares of structure, parameters and chance."""

import numpy as np
import pytest

from frozen_conflict_sim import load_experiment
from frozen_conflict_sim.analysis.sensitivity.variance_shares import variance_shares
from frozen_conflict_sim.engine.random_streams import RandomStreams
from frozen_conflict_sim.experiment.errors import ResultsError
from tests.analysis.toy import ALIGNMENT, FACTORS, SMALL, played, results_of, sensitivity

# The variance of x is 1, that of 2yz is 4, that of noise/4 is 1/16.
WHOLE = 1 + 4 + 1 / 16


def test_structure_parameters_and_chance_have_their_known_shares():
    results = results_of(
        levers={"patron.policy": ["swallow", "status_quo"]}, design={"kind": "sobol", "points": 256}, replicates=4
    )
    (shares,), _ = variance_shares(results, (ALIGNMENT,))
    # The two structures differ by y: a variance of 1/4 at each point. Their mean is x + 2yz + y/2 + noise/4.
    whole = 1 / 4 + (1 + 4 + 1 / 4) + 1 / 16
    assert shares.structure[0] == pytest.approx(0.25 / whole, abs=0.02)
    assert shares.parameters[0] == pytest.approx(5.25 / whole, abs=0.02)
    assert shares.chance[0] == pytest.approx(1 / 16 / whole, abs=0.01)
    assert (shares.structures, shares.points, shares.replicates) == (2, 256, 4)
    assert shares.levers["patron.policy"][0] == pytest.approx(shares.structure[0])


def test_structure_is_divided_into_main_effects_of_levers_and_their_interaction():
    levers = {"patron.policy": ["swallow", "status_quo"], "public.network_rewiring": [0.1, 1.0]}
    results = results_of(levers=levers, design={"kind": "sobol", "points": 64}, replicates=2)
    (shares,), _ = variance_shares(results, (ALIGNMENT,))
    # At each point the four structures are 0, 0, y and 2y: a variance of 11/16, of which the policy alone makes 9/16.
    parts = {name: share / shares.structure[0] for name, (share, _) in shares.levers.items()}
    assert parts == {"patron.policy": pytest.approx(9 / 11), "public.network_rewiring": pytest.approx(1 / 11)}


def test_a_structure_that_only_uses_other_random_numbers_has_no_share():
    results = results_of(
        levers={"play.time_step": ["quarter", "half_year"]}, design={"kind": "sobol", "points": 256}, replicates=4
    )
    (shares,), _ = variance_shares(results, (ALIGNMENT,))
    assert shares.structure[0] == pytest.approx(0.0, abs=0.002)
    assert shares.levers["play.time_step"][0] == pytest.approx(0.0, abs=0.002)
    assert shares.chance[0] == pytest.approx(1 / 16 / WHOLE, abs=0.003)


@pytest.mark.parametrize("times", ["parameter", "structure"])
def test_an_interaction_with_chance_is_counted_as_chance(times):
    def play(scenario, seed, rows, keep):
        luck = RandomStreams(seed, rows.stream).normal("toy", 0, 1)[0]
        structure = np.array([1.0 if policy == "swallow" else -1.0 for policy in rows.columns["patron.policy"]])
        return played(rows, {ALIGNMENT: luck * (structure if times == "structure" else rows.columns[FACTORS[0]] - 0.5)})

    ((shares,), _) = variance_shares(
        results_of(
            play, levers={"patron.policy": ["swallow", "status_quo"]}, design={"kind": "sobol", "points": 256}, replicates=4
        ),
        (ALIGNMENT,),
    )
    assert shares.structure[0] == pytest.approx(0.0, abs=0.02)
    assert shares.parameters[0] == pytest.approx(0.0, abs=0.03)
    assert shares.chance[0] == pytest.approx(1.0, abs=0.03)


def test_a_study_without_levers_is_refused():
    with pytest.raises(ResultsError, match="levers and at least two replicates"):
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


def test_shares_sum_to_one(tmp_path):
    (tmp_path / "by_rule.yaml").write_text(BY_RULE)
    (line,) = sensitivity(load_experiment(tmp_path / "by_rule.yaml", SMALL), tmp_path / "out")["lines"]
    assert sum(line[part][0] for part in ("structure", "parameters", "chance")) == pytest.approx(1.0)
