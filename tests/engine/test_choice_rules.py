"""Choice rules: probabilities are those of the logit, and the best response is the best."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from frozen_conflict_sim.engine.choice_rules import (
    ALL_CHOICE_RULES,
    CHOICE_RULES,
    RESCALED,
    TYPICAL_AMOUNT,
    logit_chances,
    prospect,
    rescaled_prospect,
)
from frozen_conflict_sim.engine.random_streams import RandomStreams

RUNS = 40000
UTILITIES = [0.0, 0.1, 0.25, -0.2]


def many(values, kind=float):
    """One actor facing the same values in all runs, shape ``(option, actor, run)``."""
    return np.tile(np.array(values, kind)[:, None, None], (1, 1, RUNS))


def seen(precision=15.0, aspiration=0.1):
    return {"precision": precision, "loss_aversion": 2.25, "diminishing_sensitivity": 0.88, "aspiration": aspiration}


def frequencies(rule, considered, **sees):
    choice_noise = RandomStreams(6, range(RUNS)).gumbel("decision/actor", 0, 4)[:, None, :]
    picked = ALL_CHOICE_RULES[rule].pick(many(UTILITIES), many(considered, bool), choice_noise, seen(**sees))
    assert picked.shape == (1, RUNS)
    return np.bincount(picked[0], minlength=4) / RUNS


@pytest.mark.parametrize("rule", ALL_CHOICE_RULES)
@pytest.mark.parametrize("precision", [0.5, 5.0, 15.0])
@pytest.mark.parametrize("considered", [[1, 1, 1, 1], [1, 1, 0, 1], [1, 0, 0, 0]])
def test_a_rule_picks_with_the_probabilities_of_its_receipt(rule, considered, precision):
    few = many(UTILITIES)[..., :1], many(considered, bool)[..., :1]
    expected = ALL_CHOICE_RULES[rule].likelihood(*few, seen(precision))[:, 0, 0]
    assert expected.sum() == pytest.approx(1.0)
    assert frequencies(rule, considered, precision=precision) == pytest.approx(expected, abs=4 * math.sqrt(0.25 / RUNS))


@pytest.mark.parametrize("precision", [0.5, 5.0, 15.0])
def test_quantal_response_is_the_logit(precision):
    expected = ALL_CHOICE_RULES["quantal_response"].likelihood(
        many(UTILITIES)[..., :1], many([1, 1, 0, 1], bool)[..., :1], seen(precision)
    )
    by_hand = [math.exp(utility * precision) * seen for utility, seen in zip(UTILITIES, [1, 1, 0, 1])]
    assert expected[:, 0, 0] == pytest.approx([weight / sum(by_hand) for weight in by_hand])


@pytest.mark.parametrize(
    ("aspiration", "expected"),
    [(0.05, [0, 0.5, 0.5, 0]), (0.2, [0, 0, 1, 0]), (0.4, [1, 0, 0, 0])],
    ids=["two are good enough", "one is", "none is"],
)
def test_a_satisficer_takes_any_of_what_is_good_enough(aspiration, expected):
    found = frequencies("satisficing", [1, 1, 1, 0], aspiration=aspiration)
    assert found == pytest.approx(expected, abs=4 * math.sqrt(0.25 / RUNS))


@given(some.floats(0.001, 5.0), some.floats(1.0, 4.0), some.floats(0.4, 1.0))
def test_a_loss_looms_larger_by_loss_aversion_and_values_flatten(amount, loss_aversion, sensitivity):
    gain, loss = (prospect(sign * amount, loss_aversion, sensitivity) for sign in (1.0, -1.0))
    assert gain == pytest.approx(amount**sensitivity)
    assert loss == pytest.approx(-loss_aversion * gain)
    assert prospect(2.0 * amount, loss_aversion, sensitivity) <= 2.0 * gain + 1e-12


@given(some.floats(0.001, 5.0), some.floats(1.0, 4.0), some.floats(0.4, 1.0))
def test_rescaled_an_amount_of_typical_size_keeps_it_and_only_unusual_loss_aversion_counts(amount, loss_aversion, sensitivity):
    gain, loss = (rescaled_prospect(sign * amount, loss_aversion, sensitivity) for sign in (1.0, -1.0))
    assert loss == pytest.approx(-loss_aversion / 2.25 * gain)
    assert gain == pytest.approx(prospect(amount, loss_aversion, sensitivity) * TYPICAL_AMOUNT ** (1.0 - sensitivity))
    assert rescaled_prospect(TYPICAL_AMOUNT, loss_aversion, sensitivity) == pytest.approx(TYPICAL_AMOUNT)
    assert rescaled_prospect(-TYPICAL_AMOUNT, 2.25, sensitivity) == pytest.approx(-TYPICAL_AMOUNT)


def test_the_rescaled_rule_can_be_chosen_and_is_not_a_theory_of_its_own():
    assert RESCALED.name in ALL_CHOICE_RULES
    assert RESCALED.name not in CHOICE_RULES


def test_a_higher_precision_leaves_less_to_noise():
    best = [frequencies("quantal_response", [1, 1, 1, 1], precision=precision)[2] for precision in (0.0, 2.0, 10.0, 50.0)]
    assert best == sorted(best)
    assert best[0] == pytest.approx(0.25, abs=0.02)
    assert best[-1] > 0.99


@pytest.mark.parametrize(("considered", "best"), [([1, 1, 1, 1], 2), ([1, 1, 0, 1], 1), ([1, 0, 0, 1], 0)])
def test_best_response_picks_the_best_considered_option_always(considered, best):
    assert frequencies("best_response", considered)[best] == 1.0


@pytest.mark.parametrize("rule", ALL_CHOICE_RULES)
@given(seed=some.integers(0, 1000), precision=some.floats(0.0, 100.0))
def test_no_rule_picks_what_is_not_considered(rule, seed, precision):
    streams = RandomStreams(seed, range(50))
    utilities = streams.normal("utilities", 0, 12).reshape(4, 3, 50)
    considered = streams.uniform("considered", 0, 12).reshape(4, 3, 50) < 0.5
    considered[0] |= ~considered.any(axis=0)
    picked = ALL_CHOICE_RULES[rule].pick(
        utilities, considered, streams.gumbel("noise", 0, 12).reshape(4, 3, 50), seen(precision)
    )
    assert np.take_along_axis(considered, picked[None], axis=0).all()


def test_without_reasons_whatever_is_open_is_as_likely():
    found = frequencies("random_option", [1, 1, 0, 1])
    assert found == pytest.approx([1 / 3, 1 / 3, 0, 1 / 3], abs=4 * math.sqrt(0.25 / RUNS))


@given(shift=some.floats(-1000.0, 1000.0))
def test_only_differences_of_utility_matter(shift):
    utilities = np.array(UTILITIES)[:, None, None]
    everything = np.ones_like(utilities, bool)
    assert logit_chances(utilities + shift, everything, 15.0) == pytest.approx(
        logit_chances(utilities, everything, 15.0), abs=1e-9
    )
