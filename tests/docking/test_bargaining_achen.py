"""The settlement of a clause is Achen's weighted mean, as long as nobody would be worse off.

@achen2006: the compromise is the mean of the positions, each weighted by its holder's power times the salience of the issue.

Ours knows two parties whose powers add up to one, and a deepening: nothing below what is agreed or beyond the draft, and no
further than leaves the elite no worse off. The mean of many is taken by folding one party after the other into those before.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from frozen_conflict_sim.politics.mechanisms.treaties.bargaining import compromise, settled_depth

POWER = SALIENCE = some.floats(0.05, 1.0)


def test_a_worked_example():
    """By hand: (0.7 × 0.6 × 0.9 + 0.3 × 1.2 × 0.3) / (0.7 × 0.6 + 0.3 × 1.2) = 0.486 / 0.78."""
    assert compromise(0.9, 0.3, 0.2, 0.7, 0.6, 1.2) == pytest.approx(0.486 / 0.78)


# Stakeholder, power, position, salience: Greece's debt relief in 2015, laid out by a blogger in the format of Bueno de Mesquita
# (muratk5n, "Greece debt relief, game theory"), who gives the weighted mean as 82. Guesses: only the arithmetic is of interest.
DEBT_RELIEF = [
    ("Greece", 100, 40, 100), ("USA", 30, 60, 100), ("IMF", 20, 70, 100), ("Juncker", 10, 80, 100),
    ("Germany", 100, 100, 80), ("France", 70, 100, 100), ("Dijsselbloem", 70, 100, 40), ("Tusk", 70, 100, 40),
    ("Italy", 50, 100, 100), ("ECB", 20, 100, 70), ("Spain", 20, 100, 100),
]  # fmt: skip


def folded(parties):
    """The compromise of many, from the lowest position up."""
    (_, power, position, salience), *others = sorted(parties, key=lambda party: party[2])
    for _, one_power, one_position, one_salience in others:
        both = power + one_power
        position = compromise(one_position, position, 0.0, one_power / both, one_salience, salience)
        salience = (power * salience + one_power * one_salience) / both
        power = both
    return position


def test_the_mean_of_many_as_published():
    assert round(folded(DEBT_RELIEF)) == 82
    assert folded(DEBT_RELIEF) == pytest.approx(3_700_000 / 45_000)


@given(power=POWER, draft_salience=SALIENCE, elite_salience=SALIENCE, draft=some.floats(0.5, 1.0), ideal=some.floats(0.0, 0.5))
def test_two_parties_settle_at_the_weighted_mean(power, draft_salience, elite_salience, draft, ideal):
    weights = power * draft_salience, (1.0 - power) * elite_salience
    expected = (weights[0] * draft + weights[1] * ideal) / sum(weights)
    assert compromise(draft, ideal, 0.0, power, draft_salience, elite_salience) == pytest.approx(expected)


def test_what_ours_adds_is_a_floor_a_ceiling_and_a_veto():
    assert compromise(0.9, 0.1, 0.6, 0.1, 1.0, 1.0) == 0.6
    # An elite that must give its money away for nothing stays where it is.
    worse_for_the_elite = settled_depth([0.9] * 6, [0.5] * 6, [0.5] * 6, [1.0] * 6, 0.0, 0.77, 0.35)
    assert worse_for_the_elite == pytest.approx([0.5] * 6, abs=1e-3)
