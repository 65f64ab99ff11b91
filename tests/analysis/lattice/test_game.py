"""Shapley shares of games whose answers are known: additive, synergy, gloves, majority, an airport; intervals that cover."""

from itertools import combinations

import numpy as np
import pytest

from frozen_conflict_sim.analysis.lattice.game import Game
from frozen_conflict_sim.analysis.lattice.words import sentences

RNG = np.random.default_rng(11)


def game(players, worth, runs=1, noise=None):
    """A game from a function of sets of players."""
    sets = [frozenset(at for at in range(len(players)) if number >> at & 1) for number in range(2 ** len(players))]
    table = np.array([[float(worth(members))] * runs for members in sets])
    return Game(tuple(players), table if noise is None else table + noise)


def values(found):
    return [share.value for share in found.shares]


def test_an_additive_game_gives_each_player_its_own_worth():
    own = [0.5, -0.2, 0.0, 0.1]
    found = game("abcd", lambda members: 0.3 + sum(own[at] for at in members))
    assert values(found) == pytest.approx(own, abs=1e-12)
    assert all(found.interaction(one, other).value == pytest.approx(0.0, abs=1e-12) for one, other in combinations(range(4), 2))


def test_synergy_is_shared_equally():
    found = game("abc", lambda members: {0, 1} <= members)
    assert values(found) == pytest.approx([0.5, 0.5, 0.0])
    assert found.interaction(0, 1).value == pytest.approx(1.0)
    assert found.sufficient(0.5) == (0b011,)
    assert found.necessary(0.5) == ("a", "b")


def test_substitutes_are_neither_necessary_nor_complements():
    found = game("abc", lambda members: bool({0, 1} & members))
    assert values(found) == pytest.approx([0.5, 0.5, 0.0])
    assert found.interaction(0, 1).value == pytest.approx(-1.0)
    assert (found.sufficient(0.5), found.necessary(0.5)) == ((0b001, 0b010), ())


@pytest.mark.parametrize(
    ("worth", "known"),
    [
        (lambda members: 0 in members and bool({1, 2} & members), [2 / 3, 1 / 6, 1 / 6]),  # one left glove, two right ones
        (lambda members: len(members) >= 2, [1 / 3] * 3),  # majority
        (lambda members: max((at + 1 for at in members), default=0), [1 / 3, 5 / 6, 11 / 6]),  # the airport game
    ],
    ids=["gloves", "majority", "airport"],
)
def test_textbook_games(worth, known):
    assert values(game("abc", worth)) == pytest.approx(known)


def test_shares_are_efficient_symmetric_and_linear_in_every_run():
    worth = RNG.normal(size=(32, 50))
    found = Game(tuple("abcde"), worth)
    assert found.shares_by_run.sum(axis=0) == pytest.approx(worth[-1] - worth[0])
    swapped = [number & 0b11100 | (number & 1) << 1 | number >> 1 & 1 for number in range(32)]
    assert Game(tuple("abcde"), worth[swapped]).shares_by_run[[1, 0]] == pytest.approx(found.shares_by_run[:2])
    other = RNG.normal(size=(32, 50))
    both = Game(tuple("abcde"), worth + other).shares_by_run
    assert both == pytest.approx(found.shares_by_run + Game(tuple("abcde"), other).shares_by_run)


def test_intervals_of_shares_cover_the_truth_nine_times_in_ten():
    own = np.array([0.4, 0.1, 0.0])
    chance = np.array([0.3 + sum(own[at] for at in range(3) if number >> at & 1) for number in range(8)])
    covered = []
    for _ in range(300):
        found = Game(tuple("abc"), (RNG.random(200) < chance[:, None]).astype(float))
        covered += [share.low <= truth <= share.high for share, truth in zip(found.shares, own)]
    assert np.mean(covered) == pytest.approx(0.9, abs=0.03)


def test_a_wrong_number_of_coalitions_is_refused():
    with pytest.raises(ValueError, match="2 players have 4 coalitions, not 3"):
        Game(("a", "b"), np.zeros((3, 5)))


def test_sentences_follow_the_numbers():
    def told(worth):
        return " ".join(sentences(game(["prestige", "control", "thrift"], worth, 100), "Abkhazia: treaty signed", 0.5))

    both = told(lambda members: {0, 1} <= members)
    assert both == (
        "Abkhazia: treaty signed: in 100 % (97 to 100 %) of runs with all motives, in 0 % (0 to 3 %) with none of them. "
        "Prestige and control are necessary: no set without all of them suffices for more than 50 % of runs. "
        "This smallest set suffices: prestige + control (100 %, 97 to 100 %). "
        "Shapley shares, in percentage points: prestige +50 (+50 to +50), control +50 (+50 to +50); "
        "prestige and control cannot be told apart. "
        "Prestige and control strengthen each other most (interaction, in points: +100 (+100 to +100))."
    )
    either = told(lambda members: bool({0, 2} & members))
    assert "No single motive is necessary" in either
    assert "These smallest sets suffice: prestige (100 %, 97 to 100 %); thrift (100 %, 97 to 100 %)." in either
    assert "Prestige and thrift replace each other most (interaction, in points: −100 (−100 to −100))." in either
    assert "No set of motives suffices" in told(lambda members: False)
    assert "None of these motives is needed" in told(lambda members: True)
