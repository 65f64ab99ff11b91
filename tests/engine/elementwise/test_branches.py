"""A rule that branches is followed on all its paths; every run takes the result of its own."""

import numpy as np
import pytest

from frozen_conflict_sim.engine.elementwise.branches import TooManyPaths, decided, on_all_paths
from frozen_conflict_sim.engine.elementwise.exact import exactly
from tests.engine.compiled.machine_code_of import in_machine_code

X = np.linspace(-2.0, 2.0, 41)


def graded(x):
    """A number with a branch inside a branch, in a function that it calls."""
    if x < -1.0:
        return -1.0
    if x > 0.0:
        return outer(x)
    return x * 0.5


def outer(x):
    return 3.0 if x > 1.5 else min(x, 1.0)


def test_every_run_takes_its_own_path():
    alone = [graded(float(x)) for x in X]
    assert exactly(graded, [X]).tolist() == alone
    assert in_machine_code(graded, X).tolist() == alone


def test_answers_with_several_items_are_joined_item_by_item():
    assert np.asarray(exactly(lambda x: [x, 0.0] if x > 0.0 else [1.0, x], [X])).tolist() == [
        [x if x > 0.0 else 1.0 for x in X],
        [0.0 if x > 0.0 else x for x in X],
    ]


def test_a_loop_that_depends_on_what_is_read_is_refused():
    def halved(x):
        while x > 0.1:
            x = x / 2.0
        return x

    with pytest.raises(TooManyPaths):
        exactly(halved, [X])


def test_a_path_without_an_answer_is_refused():
    with pytest.raises(TypeError, match="returns nothing on one of its paths"):
        exactly(lambda x: 1.0 if x > 0.0 else None, [X])


def test_a_condition_outside_of_a_rule_is_neither_true_nor_false():
    with pytest.raises(TypeError, match="neither true nor false"):
        decided(X > 0.0)


def test_plain_numbers_need_no_paths():
    assert on_all_paths(graded, [2.0], None) == 3.0
