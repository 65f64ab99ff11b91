"""What tests of the model share."""

import pytest

from frozen_conflict_sim.scenario import load_scenario


@pytest.fixture(scope="session")
def georgia():
    """The base scenario with a small public, for tests in which residents do not matter."""
    return load_scenario("georgia_2014").with_values({"public.residents": 100})
