"""Ensembles that several tests look at: each is played once a session and kept as plain arrays."""

from dataclasses import dataclass
from functools import cache

import numpy as np
import pytest

from frozen_conflict_sim.model.model import FrozenConflictModel
from frozen_conflict_sim.scenario import load_scenario, shipped_names

RUNS, SEED = 100, 77
FEW_RESIDENTS = {"public.residents": 100}


@dataclass(frozen=True)
class Played:
    """What came of an ensemble, by column: drawn values and outcomes ``(run,)``, trajectories and decisions ``(run, turn)``."""

    outcomes: dict[str, np.ndarray]
    classes: np.ndarray
    trajectories: dict[str, np.ndarray]
    decisions: dict[str, np.ndarray]
    ended: np.ndarray
    drawn: dict[str, np.ndarray]

    @property
    def tables(self) -> dict[str, np.ndarray]:
        """Everything at once, the first axis always the run."""
        parts = {
            "parameter": self.drawn,
            "outcome": self.outcomes,
            "trajectory": self.trajectories,
            "decision": self.decisions,
        }
        columns = {f"{kind} {name}": values for kind, table in parts.items() for name, values in table.items()}
        return columns | {"class": self.classes, "ended": self.ended}


def played(setting, runs=RUNS, seed=SEED, **more) -> Played:
    """Play a setting to its end and let go of the model."""
    model = FrozenConflictModel(setting, runs=runs, seed=seed, **more).run_to_end()
    result = Played(model.outcomes(), model.classes(), model.trajectories(), model.decisions(), model.ended_turn, model.drawn())
    model.release()
    return result


@cache
def _shipped(name, values, runs, seed) -> Played:
    return played(load_scenario(name).with_values(dict(values)), runs, seed)


@pytest.fixture(scope="session")
def play():
    """Play any setting: ``play(setting, runs, seed)``."""
    return played


@pytest.fixture(scope="session")
def shipped():
    """Play a shipped scenario with other values by dotted name; what was asked for before is not played again."""

    def ensemble(name="georgia_2014", values=None, runs=RUNS, seed=SEED) -> Played:
        return _shipped(name, tuple(sorted((values or {}).items())), runs, seed)

    return ensemble


@pytest.fixture(scope="session")
def all_shipped(shipped):
    """Every shipped scenario as it is, by name."""
    return {name: shipped(name) for name in shipped_names()}


@pytest.fixture(scope="session")
def what_if(tmp_path_factory):
    """Play the base scenario with something added in YAML; what was asked for before is not played again."""

    @cache
    def ensemble(text, runs=RUNS) -> Played:
        path = tmp_path_factory.mktemp("scenarios") / "what_if.yaml"
        path.write_text(f"extends: georgia_2014\ntitle: What if?\n{text}", "utf-8")
        return played(load_scenario(path), runs)

    return ensemble


@pytest.fixture(scope="session")
def georgia():
    """The base scenario with a small public, for tests in which residents do not matter."""
    return load_scenario("georgia_2014").with_values(FEW_RESIDENTS)
