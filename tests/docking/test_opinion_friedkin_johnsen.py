"""Opinions, without noise and without suppression, settle where Friedkin and Johnsen say.

Reference: @friedkin1990; @friedkin1999. With susceptibilities A, influence W and own views y opinions
settle at ``(I - A W)^-1 (I - A) y``.

Ours adds a speed (openness), which does not move the fixed point, and audibility, which does: here nobody is suppressed. One
stubbornness holds for everybody, and all whom one listens to count alike; the rules themselves do not ask for either.
"""

import numpy as np
import pytest

from frozen_conflict_sim.engine.arrays.population import Block, PopulationState
from frozen_conflict_sim.engine.network import small_world
from frozen_conflict_sim.politics.catalogue import declared
from frozen_conflict_sim.politics.mechanisms.office.opinion import others_heard, own_mind
from frozen_conflict_sim.politics.roles import public

PEOPLE, STUBBORNNESS = 30, 0.4


def fixed_point(susceptibility, influence, views):
    """Where opinions settle."""
    susceptible, one = np.diag(susceptibility), np.eye(len(views))
    return np.linalg.solve(one - susceptible @ influence, (one - susceptible) @ views)


@pytest.mark.parametrize("openness", [0.25, 1.0])
def test_the_four_people_of_their_experiment_settle_where_they_did(openness):
    """Their group of four (retold by Parsegov et al. 2017), self-weights as stubbornness: 25, 25, 75, 85 → 60, 60, 75, 75."""
    influence = np.array(
        [[0.220, 0.120, 0.360, 0.300], [0.147, 0.215, 0.344, 0.294], [0, 0, 1, 0], [0.090, 0.178, 0.446, 0.286]]
    )
    views = np.array([0.25, 0.25, 0.75, 0.85])
    stubborn, support = np.diag(influence), views
    for _ in range(400):
        own = own_mind(views, support, openness, stubborn)
        support = support + own + others_heard(influence @ support, 1.0, support, openness, stubborn)
    assert support == pytest.approx([0.60, 0.60, 0.75, 0.75], abs=0.0005)
    assert support == pytest.approx(fixed_point(1.0 - stubborn, influence, views), abs=1e-9)


def residents(autonomy, network):
    """A public in which nothing speaks but identity, as the engine keeps it."""
    traits = {name: np.full((PEOPLE, 1), trait.default, np.float32) for name, trait in public.residents.traits.items()}
    traits["autonomy_mindedness"] = np.array(autonomy, np.float32)[:, None]
    return PopulationState(public.residents, [Block(np.array([0]), network, traits)], 1)


def settled(autonomy, network, suppression=0.0, turns=200):
    """Everybody's support in the end, the public's rules running as they do in the model."""
    sees = {"stubbornness": STUBBORNNESS, "tension": 0.0, "suppression": suppression, "legitimacy": 1.0}

    def surroundings(name):
        quantity = declared.quantities.get(name)
        return np.array([sees.get(name, quantity.default if quantity else 0.0)])

    population = residents(autonomy, network)
    for _ in range(turns):
        population.update("public", surroundings, np.array([True]))
    return population.blocks[0].traits["support"][:, 0]


@pytest.fixture(scope="module")
def village():
    """Thirty residents on a small world, some for autonomy and some against."""
    network = small_world(7, 0, PEOPLE, 4, 0.2)
    autonomy = np.linspace(0.0, 1.0, PEOPLE) ** 2
    influence = np.zeros((PEOPLE, PEOPLE))
    for one, heard in enumerate(network):
        np.add.at(influence[one], heard, 1.0 / len(heard))
    return network, autonomy, influence


def test_a_public_settles_at_their_fixed_point(village):
    network, autonomy, influence = village
    expected = fixed_point(np.full(PEOPLE, 1.0 - STUBBORNNESS), influence, 1.0 - autonomy)
    assert settled(autonomy, network) == pytest.approx(expected, abs=1e-5)


def test_suppression_is_what_ours_adds(village):
    network, autonomy, influence = village
    expected = fixed_point(np.full(PEOPLE, 1.0 - STUBBORNNESS), influence, 1.0 - autonomy)
    assert (settled(autonomy, network, suppression=0.8) > expected - 1e-5).all()
    assert settled(autonomy, network, suppression=0.8).mean() > expected.mean() + 0.01
