"""The map of the dilemma: what the policy in force does to the parent states, over two strengths that nobody knows."""

from __future__ import annotations

import numpy as np

from ..engine.setting import Value
from ..live import LiveEnsemble
from ..politics import dilemma
from .state import State

COLUMNS, ROWS, STREAMS = 11, 7, 8


def dilemma_map(ensemble: LiveEnsemble, state: State) -> dict | None:
    """Mean differences from asking for nothing, in the same random numbers, on a grid; None where no such map applies.

    Without the policy to compare with, the level itself. ``values`` has a row for each value of ``up``.
    """
    plan = plan_of(ensemble)
    if plan is None:
        return None
    own = {name: value for name, value in state.values.items() if name not in (dilemma.ACROSS, dilemma.UP)}
    # The order of meshgrid "xy" is (up, across, stream).
    right, high, stream = (grid.ravel() for grid in np.meshgrid(plan["across"], plan["up"], np.arange(STREAMS), indexing="xy"))
    given = {dilemma.ACROSS: right, dilemma.UP: high}

    def played(values: dict) -> np.ndarray:
        found = ensemble.play(
            State(values, state.drop).on(ensemble.scenario), outcomes=False, stream_numbers=stream.astype(int), given=given
        ).trajectories
        ends = [found[name][:, -1].astype(float).reshape(ROWS, COLUMNS, STREAMS) for name in plan["names"]]
        return _mean([end[..., number] for number in range(STREAMS) for end in ends])

    values, key, against = played(own), plan["policy_key"], plan["against"]
    compared = bool(against) and own.get(key) != against
    if compared:
        values = values - played(own | {key: against})
    return plan | {
        "values": values.tolist(), "compared": against.replace("_", " ") if compared else "", "runs": int(right.size)
    }  # fmt: skip


def plan_of(ensemble: LiveEnsemble) -> dict | None:
    """The axes of the map, what it shows, and the policy with which it compares; None where no such map applies."""
    base = ensemble.scenario
    names = [f"{parent}.{dilemma.MAPPED}" for parent in base.entities["parent"]]
    if dilemma.ACROSS not in ensemble.targets or dilemma.UP not in ensemble.targets or not names:
        return None
    across, up = (np.linspace(*_span(ensemble, key), count) for key, count in ((dilemma.ACROSS, COLUMNS), (dilemma.UP, ROWS)))
    key = next((key for key, target in ensemble.targets.items() if getattr(target.declared, "open_to", "") == "policies"), "")
    return {
        "across": across.tolist(), "up": up.tolist(), "across_key": dilemma.ACROSS, "up_key": dilemma.UP,
        "names": names, "mapped": dilemma.MAPPED.replace("_", " "), "streams": STREAMS,
        "positive": dilemma.POSITIVE, "negative": dilemma.NEGATIVE,
        "policy_key": key, "against": dilemma.AGAINST if key and dilemma.AGAINST in base.policies else "",
    }  # fmt: skip


def _mean(values: list[np.ndarray]) -> np.ndarray:
    """The mean, added in the order given, as a browser adds too."""
    total = values[0]
    for one in values[1:]:
        total = total + one
    return total / len(values)


def _span(ensemble: LiveEnsemble, key: str) -> tuple[float, float]:
    """The range that the scenario gives to a key, else its bounds."""
    target = ensemble.targets[key]
    value: Value | None = ensemble.scenario.values.get(target.addresses[0])
    return value.numbers[:2] if value and value.law == "between" else (target.declared.low, target.declared.high)
