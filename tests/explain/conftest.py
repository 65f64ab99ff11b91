"""Models that have played with receipts, and results with a run to explain."""

import pytest

import frozen_conflict_sim as fcs
from frozen_conflict_sim import FrozenConflictModel
from frozen_conflict_sim.scenario import load_scenario

FEW = {"public.residents": 50, "quarters": 20}


def played(name, seed=1, runs=1, **values):
    """A model of a shipped scenario with few residents that has played with receipts."""
    scenario = load_scenario(name).with_values({**FEW, **values})
    return FrozenConflictModel(scenario, runs, seed, keep_receipts=True).run_to_end()


@pytest.fixture(scope="session")
def georgia():
    model = played("georgia_2014", runs=2)
    yield model
    model.release()


@pytest.fixture(scope="session")
def stored(tmp_path_factory):
    """A results folder of a few runs."""
    folder = tmp_path_factory.mktemp("explained") / "results"
    fcs.run(load_scenario("georgia_2014").with_values(FEW), runs=12, seed=3, out=folder)
    return folder
