"""The street, set to the assumptions of @granovetter1978, has his riot, and his one rioter.

@granovetter1978: a hundred people
whose thresholds are 0, 1, 2, … 99 others all riot; let the one with threshold 1 have 2 instead, and the riot ends with one.

The rules and the loop over residents are ours as they run. Everybody sees everybody; nobody has more than a trace of a
grievance, runs a risk or tires; the pull of all others together counts them. Half a person's worth of grievance makes our
"more than the threshold" his "at least as many as". Ours has what he leaves out: grievance, risk, and a network in which one
sees only a few.
"""

import numpy as np
import pytest

from frozen_conflict_sim.engine.arrays.population import Block, PopulationState
from frozen_conflict_sim.politics.catalogue import declared
from frozen_conflict_sim.politics.roles import public

PEOPLE = 100
ASSUMED = {
    "baseline_discontent": 0.5, "red_line_anger": 0.0, "hardship_anger": 0.0, "legitimacy": 0.0, "participation_risk": 0.0,
    "participation_pull": PEOPLE - 1.0,
    "fatigue_by_participation": 0.0,
}  # fmt: skip


def surroundings(name):
    """What residents see of the world: what Granovetter assumes, and our defaults, which then do not matter."""
    quantity = declared.quantities.get(name)
    return np.array([ASSUMED.get(name, quantity.default if quantity else 0.0)])


def rioters(thresholds, turns=PEOPLE + 5):
    """How many riot in the end."""
    everybody_else = np.array([[other for other in range(PEOPLE) if other != one] for one in range(PEOPLE)])
    traits = {name: np.full((PEOPLE, 1), trait.default, np.float32) for name, trait in public.residents.traits.items()}
    traits["threshold"] = np.array(thresholds, np.float32)[:, None]
    population = PopulationState(public.residents, [Block(np.array([0]), everybody_else, traits)], 1)
    for _ in range(turns):
        population.update("public", surroundings, np.array([True]))
    return population.blocks[0].traits["taking_part"].sum()


@pytest.mark.parametrize(
    ("thresholds", "expected"),
    [(range(PEOPLE), 100), ([0, 2, *range(2, PEOPLE)], 1), (range(1, PEOPLE + 1), 0)],
    ids=["one for each number", "nobody with threshold 1", "nobody to begin"],
)
def test_a_riot_hangs_on_one_threshold(thresholds, expected):
    assert rioters(thresholds) == expected
