"""Sobol indices: estimates agree with known indices, and a factor without influence has none."""

import pytest

from frozen_conflict_sim import load_experiment
from frozen_conflict_sim.analysis.sobol_indices import CHANCE, sobol_indices
from frozen_conflict_sim.experiment.errors import ResultsError
from tests.analysis.toy import ALIENATION, ALIGNMENT, FACTORS, SMALL, results_of, sensitivity


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
def test_indices_agree_with_known_ones(found, source, first, total):
    index = found[ALIGNMENT, source]
    assert index.first[0] == pytest.approx(first / WHOLE, abs=0.05)
    assert (index.total and index.total[0]) == (total if total is None else pytest.approx(total / WHOLE, abs=0.05))
    low, high = index.first[1]
    assert low - 0.03 <= first / WHOLE <= high + 0.03


def test_pairs_without_the_outcome_are_left_out_and_counted(found):
    index = found[ALIENATION, FACTORS[1]]
    assert index.pairs + index.left_out == 2048
    assert index.left_out > 0
    assert index.total[0] == pytest.approx(1.0, abs=0.08)


def test_a_study_with_another_design_is_refused():
    with pytest.raises(ResultsError, match="saltelli"):
        sobol_indices(results_of(design={"kind": "sobol", "points": 4}))


def test_the_shipped_study_of_assumed_values_has_an_index_for_each_grade(tmp_path):
    lines = sensitivity(load_experiment("assumed_values", SMALL | {"design.points": 40}), tmp_path / "out")
    assert {line["source"] for line in lines} == {"assumed", "estimated", "documented", CHANCE}
