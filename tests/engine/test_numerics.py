"""The words of rules: right, the same for one number and for many, and the same in company as alone."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some
from hypothesis.extra import numpy as arrays

from frozen_conflict_sim.engine import numerics

numbers = some.floats(-1e6, 1e6)


def apart(found, exact):
    """The relative error."""
    return abs(found - exact) / abs(exact)


@given(x=some.floats(-700.0, 700.0))
def test_exp_is_accurate(x):
    assert apart(numerics.exp(x), math.exp(x)) < 1e-15


@given(x=some.floats(-745.0, -700.0) | some.floats(700.0, 1e300) | some.floats(-1e300, -745.0))
def test_exp_saturates_instead_of_failing(x):
    assert 0.0 < numerics.exp(x) < math.inf


@given(x=some.floats(1e-300, 1e300))
def test_log_is_accurate(x):
    exact = math.log(x)
    assert abs(numerics.log(x) - exact) <= 1e-15 * max(abs(exact), 0.4)


@given(x=some.floats(0.7, 1.5).filter(lambda x: x != 1.0))
def test_log_is_accurate_where_it_is_small(x):
    assert apart(numerics.log(x), math.log(x)) < 2e-15


@pytest.mark.parametrize("word", [numerics.exp, numerics.log, numerics.logistic], ids=lambda word: word.__name__)
@given(xs=some.lists(some.floats(1e-3, 300.0), min_size=1, max_size=40))
def test_one_number_and_an_array_agree_bit_for_bit(word, xs):
    assert word(np.array(xs)).tolist() == [word(x) for x in xs]
    assert word(np.array(xs)[:, None]).tolist() == [[word(x)] for x in xs]


@given(these=some.lists(some.tuples(numbers, numbers, numbers), min_size=1))
def test_small_words_agree_for_numbers_and_arrays(these):
    a, b, c = np.array(these).T
    low, high = np.minimum(b, c), np.maximum(b, c)
    for found, expected in [
        (numerics.either(a > b, a, c), [numerics.either(x > y, x, z) for x, y, z in these]),
        (numerics.at_least(a, b), [numerics.at_least(x, y) for x, y, _ in these]),
        (numerics.at_most(a, b), [numerics.at_most(x, y) for x, y, _ in these]),
        (numerics.between(a, low, high), [numerics.between(x, min(y, z), max(y, z)) for x, y, z in these]),
        (numerics.both(a > b, a > c), [numerics.both(x > y, x > z) for x, y, z in these]),
        (numerics.one_of(a > b, a > c), [numerics.one_of(x > y, x > z) for x, y, z in these]),
        (numerics.opposite(a > b), [numerics.opposite(x > y) for x, y, _ in these]),
        (numerics.distance(a, b), [numerics.distance(x, y) for x, y, _ in these]),
        (numerics.total([a, b, c]), [numerics.total(three) for three in these]),
        (numerics.average([a, b, c]), [numerics.average(three) for three in these]),
    ]:
        assert found.tolist() == expected


@given(x=numbers, y=numbers)
def test_the_logistic_rises_and_is_symmetric(x, y):
    assert (numerics.logistic(x) <= numerics.logistic(y)) or x > y
    assert numerics.logistic(x) + numerics.logistic(-x) == pytest.approx(1.0, abs=1e-15)


tables = arrays.arrays(np.float64, some.tuples(some.integers(1, 60), some.integers(1, 9)), elements=some.floats(-1e9, 1e9))


@given(table=tables)
def test_an_ordered_sum_is_the_same_for_one_column_and_for_many(table):
    together = numerics.ordered_sum(table)
    assert together.tolist() == [float(numerics.ordered_sum(table[:, [column]])[0]) for column in range(table.shape[1])]
    assert np.allclose(together, table.sum(axis=0), rtol=1e-9, atol=1e-5)
    assert np.array_equal(numerics.ordered_mean(table), together / len(table))


@given(edge=some.floats(0.0, 1.0), halvings=some.integers(1, 20))
def test_the_largest_step_is_acceptable_and_close_to_the_edge(edge, halvings):
    step = numerics.largest_step(lambda share: share <= edge, halvings)
    assert step <= edge
    assert edge - step <= 0.5**halvings or step == 1.0


def test_the_largest_step_is_found_for_each_run():
    edges = np.array([0.0, 0.3, 1.0, 2.0])
    found = numerics.largest_step(lambda share: share <= edges)
    assert found.tolist() == [numerics.largest_step(lambda share, edge=edge: share <= edge) for edge in edges]
