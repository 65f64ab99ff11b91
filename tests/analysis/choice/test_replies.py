"""Best replies in games whose answers are known, and in results of a toy model."""

import numpy as np
import pytest

from frozen_conflict_sim.analysis.choice.replies import Replies, replies
from frozen_conflict_sim.analysis.doubt.choosers import Chooser
from frozen_conflict_sim.experiment.errors import ResultsError
from tests.analysis.toy import ALIENATION, ALIGNMENT, played, results_of

RNG = np.random.default_rng(2)


def game(first, second, noise=0.0, streams=50):
    """A two-player game from its payoff tables."""
    table = np.array([first, second], float)[..., None] + noise * RNG.normal(size=(2, *np.shape(first), streams))
    names = [tuple(f"{side}{at}" for at in range(size)) for side, size in zip("ab", np.shape(first))]
    players = tuple(Chooser(name, f"{name}.policy", options, ("u",)) for name, options in zip(("Moscow", "Tbilisi"), names))
    return Replies("What?", players, table)


def test_the_prisoners_dilemma_settles_where_both_defect():
    found = game([[3, 0], [5, 1]], [[3, 5], [0, 1]])
    assert found.settled == ((1, 1),)
    assert all(found.path(profile).cycle == ((1, 1),) for profile in found.profiles)
    assert found.path((0, 0)).met == ((0, 0), (1, 0))
    assert "settle from all 4 starts" in found.sentences[0]
    assert "Moscow: a1, Tbilisi: b1 (from 4 of 4 starts; nobody wants to move in 100 %" in found.sentences[1]


def test_matching_pennies_goes_round():
    found = game([[1, -1], [-1, 1]], [[-1, 1], [1, -1]])
    assert found.settled == ()
    assert len(found.path((0, 0)).cycle) == 4
    assert found.sentences[0] == "The replies of Moscow and Tbilisi never settle, wherever they begin."
    assert found.sentences[1].count("→") == 4


def test_coordination_has_two_ends():
    found = game([[2, 0], [0, 1]], [[2, 0], [0, 1]])
    assert found.settled == ((0, 0), (1, 1))
    assert [found.path(profile).cycle for profile in ((0, 0), (0, 1), (1, 0), (1, 1))] == [
        ((0, 0),), ((1, 1),), ((0, 0),), ((1, 1),)
    ]  # fmt: skip


def test_chance_makes_an_end_less_sure():
    sure, unsure = (game([[0.1, 0], [0, 0]], [[0.1, 0], [0, 0]], noise).sureness((0, 0)) for noise in (0.01, 1.0))
    assert sure == 1.0
    assert unsure < 0.9


def test_three_players():
    found = Replies("What?", tuple(Chooser(n, n, ("x", "y"), ("u",)) for n in "abc"), RNG.normal(size=(3, 2, 2, 2, 5)))
    slow = [
        profile
        for profile in found.profiles
        if all(
            found.mean[(at, *profile)] >= found.mean[(at, *profile[:at], 1 - profile[at], *profile[at + 1 :])]
            for at in range(3)
        )
    ]
    assert list(found.settled) == slow


def test_results_of_two_levers_become_a_game():
    def play(scenario, seed, rows, keep):
        deep, slow = rows.columns["patron.policy"] == "swallow", rows.columns["parent.response_to_pushes"] == "saturating"
        return played(
            rows, {"moscow.utility": deep * 1.0, "georgia.utility": np.where(deep == slow, 1.0, 0.0), ALIGNMENT: deep * 0.0}
        )

    levers = {"patron.policy": ["swallow", "status_quo"], "parent.response_to_pushes": ["even", "saturating"]}
    found = replies(results_of(play, levers=levers, uncertainties={}, replicates=5))
    assert [found.name(profile) for profile in found.settled] == ["Moscow: swallow, Tbilisi: saturating"]
    del levers["parent.response_to_pushes"]
    with pytest.raises(ResultsError, match="only Moscow chooses"):
        replies(results_of(levers=levers), ALIENATION)
