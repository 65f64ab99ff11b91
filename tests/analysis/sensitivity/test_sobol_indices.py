"""Sobol indices: estimates agree with known indices, and an interaction with chance is no share of a factor alone."""

import numpy as np
import pytest

from frozen_conflict_sim import load_experiment
from frozen_conflict_sim.analysis.sensitivity.sobol_indices import CHANCE, sobol_indices
from frozen_conflict_sim.experiment.errors import ResultsError
from tests.analysis.toy import ALIENATION, ALIGNMENT, FACTORS, SMALL, function_of, results_of, sensitivity


@pytest.fixture(scope="module")
def found():
    results = results_of(design={"kind": "saltelli", "points": 2048}, replicates=2)
    return {(index.outcome, index.source): index for index in sobol_indices(results, (ALIGNMENT, ALIENATION))[0]}


# The variance of x is 1, that of 2yz is 4, that of noise/4 is 1/16.
WHOLE = 1 + 4 + 1 / 16


@pytest.mark.parametrize(
    ("source", "first", "total"),
    [(FACTORS[0], 1, 1), (FACTORS[1], 0, 4), (FACTORS[2], 0, 4), (FACTORS[3], 0, 0), (CHANCE, 1 / 16, 1 / 16)],
)
def test_indices_agree_with_known_ones(found, source, first, total):
    index = found[ALIGNMENT, source]
    assert index.first[0] == pytest.approx(first / WHOLE, abs=0.05)
    assert index.total[0] == pytest.approx(total / WHOLE, abs=0.05)
    low, high = index.first[1]
    assert low - 0.03 <= first / WHOLE <= high + 0.03


def test_pairs_without_the_outcome_are_left_out_and_counted(found):
    index = found[ALIENATION, FACTORS[1]]
    assert index.pairs + index.left_out == 2048
    assert index.left_out > 0
    assert index.total[0] == pytest.approx(1.0, abs=0.08)


def indices(function, points=2048, replicates=2, **data):
    """The indices of a function of the factors and chance, by source."""
    design = {"kind": "saltelli", "points": points}
    lines, _ = sobol_indices(results_of(function_of(function), design=design, replicates=replicates, **data), (ALIGNMENT,))
    return {line.source: line for line in lines}


def assert_known(found, source, first, total):
    for estimate, known in ((found[source].first, first), (found[source].total, total)):
        value, (low, high) = estimate
        assert value == pytest.approx(known, abs=0.05), source
        # An interval of 90 % misses one truth in ten, so all of many truths are within twice its width.
        assert low - (value - low) <= known + 1e-9, source
        assert high + (high - value) >= known - 1e-9, source


def test_an_interaction_with_chance_is_no_share_of_a_factor_alone():
    found = indices(lambda x, y, z, unused, luck: np.sqrt(12.0) * (x - 0.5) * luck)
    for source, first, total in ((FACTORS[0], 0, 1), (FACTORS[1], 0, 0), (CHANCE, 0, 1)):
        assert_known(found, source, first, total)
    low, high = found[FACTORS[0]].first[1]
    assert low < 0.0 < high


def test_a_mixture_of_effects_of_a_factor_of_chance_and_of_both_is_taken_apart():
    found = indices(lambda x, y, z, unused, luck: np.sqrt(12.0) * (x - 0.5) * (1 + luck) + luck)
    for source, first, total in ((FACTORS[0], 1 / 3, 2 / 3), (CHANCE, 1 / 3, 2 / 3)):
        assert_known(found, source, first, total)


def ishigami(x, y, z, unused, luck):
    x, y, z = (np.pi * (2 * each - 1) for each in (x, y, z))
    return np.sin(x) + 7 * np.sin(y) ** 2 + 0.1 * z**4 * np.sin(x)


def test_ishigami():
    found = indices(ishigami)
    known = ((0.3139, 0.5576), (0.4424, 0.4424), (0.0, 0.2437), (0.0, 0.0))
    for source, (first, total) in zip(FACTORS, known):
        assert_known(found, source, first, total)
    assert_known(found, CHANCE, 0.0, 0.0)


def test_g_function():
    weights = np.array([0.0, 1.0, 4.5, 9.0])

    def g(*given):
        *factors, _ = given
        return np.prod([(np.abs(4 * x - 2) + a) / (1 + a) for x, a in zip(factors, weights)], axis=0)

    parts = 1 / (3 * (1 + weights) ** 2)
    variance = np.prod(1 + parts) - 1
    found = indices(g)
    for source, part in zip(FACTORS, parts):
        assert_known(found, source, part / variance, part * np.prod(1 + parts) / (1 + part) / variance)


def test_more_replicates_are_all_used_and_levers_are_no_source():
    found = indices(
        lambda x, y, z, unused, luck: np.sqrt(12.0) * (x - 0.5) * luck + x,
        points=256, replicates=4, levers={"patron.policy": ["swallow", "status_quo"]},
    )  # fmt: skip
    assert found[CHANCE].pairs == 512
    variance = 1 + 1 / 12
    for source, first, total in ((FACTORS[0], 1 / 12, 1 + 1 / 12), (CHANCE, 0, 1)):
        assert found[source].first[0] == pytest.approx(first / variance, abs=0.08)
        assert found[source].total[0] == pytest.approx(total / variance, abs=0.08)


def test_with_one_replicate_a_factor_alone_and_chance_cannot_be_told_apart():
    found = indices(lambda x, y, z, unused, luck: (x - 0.5) * luck, points=256, replicates=1)
    assert [found[source].first for source in FACTORS] == [None] * 4
    assert found[CHANCE].total is None
    assert found[FACTORS[0]].total[0] > 0.9


def test_a_study_with_another_design_is_refused():
    with pytest.raises(ResultsError, match="saltelli"):
        sobol_indices(results_of(design={"kind": "sobol", "points": 4}))


def test_the_shipped_study_of_assumed_values_has_an_index_for_each_grade(tmp_path):
    lines = sensitivity(load_experiment("assumed_values", SMALL | {"design.points": 40}), tmp_path / "out")["lines"]
    assert {line["source"] for line in lines} == {"assumed", "estimated", "documented", CHANCE}
