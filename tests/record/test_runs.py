"""The runs that patterns read: values that a scenario fixes, or that follow another."""

import pytest

from frozen_conflict_sim import load_scenario
from frozen_conflict_sim.record.runs import Runs
from frozen_conflict_sim.record.scoring import ensemble

SMALL = {"public.residents": 50, "quarters": 4}


@pytest.fixture(scope="module")
def runs():
    return Runs(ensemble(load_scenario("what_if/cautious_moscow").with_values(SMALL), 2, 1))


@pytest.mark.parametrize(
    ("territory", "clause", "number"),
    [("south_ossetia", "citizenship_and_land", 0.5), ("abkhazia", "citizenship_and_land", 0.9), ("south_ossetia", "law", 0.8)],
)
def test_a_territory_is_asked_for_its_own_draft_or_for_the_usual_one(runs, territory, clause, number):
    assert runs.value("territory", territory, "asks", clause) == number
