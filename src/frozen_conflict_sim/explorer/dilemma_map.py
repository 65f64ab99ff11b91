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
    base = ensemble.scenario
    if dilemma.ACROSS not in ensemble.targets or dilemma.UP not in ensemble.targets:
        return None
    own = {name: value for name, value in state.values.items() if name not in (dilemma.ACROSS, dilemma.UP)}
    across, up = (np.linspace(*_span(ensemble, key), count) for key, count in ((dilemma.ACROSS, COLUMNS), (dilemma.UP, ROWS)))
    right, high, stream = (grid.ravel() for grid in np.meshgrid(across, up, np.arange(STREAMS), indexing="xy"))
    # The order of meshgrid "xy" is (up, across, stream).
    given = {dilemma.ACROSS: right, dilemma.UP: high}

    def played(values: dict) -> np.ndarray:
        found = ensemble.play(
            State(values, state.drop).on(base), outcomes=False, stream_numbers=stream.astype(int), given=given
        ).trajectories
        last = [values[:, -1] for name, values in found.items() if name.endswith(f".{dilemma.MAPPED}")]
        return np.mean(last, axis=0).reshape(ROWS, COLUMNS, STREAMS).mean(axis=2)

    values, compared = played(own), ""
    key = next((key for key, target in ensemble.targets.items() if getattr(target.declared, "open_to", "") == "policies"), "")
    if key and dilemma.AGAINST in base.policies and own.get(key) != dilemma.AGAINST:
        values, compared = values - played(own | {key: dilemma.AGAINST}), dilemma.AGAINST.replace("_", " ")
    return {
        "across": across.tolist(), "up": up.tolist(), "values": values.tolist(), "compared": compared,
        "across_key": dilemma.ACROSS, "up_key": dilemma.UP, "mapped": dilemma.MAPPED.replace("_", " "),
        "positive": dilemma.POSITIVE, "negative": dilemma.NEGATIVE, "runs": int(right.size),
    }  # fmt: skip


def _span(ensemble: LiveEnsemble, key: str) -> tuple[float, float]:
    """The range that the scenario gives to a key, else its bounds."""
    target = ensemble.targets[key]
    value: Value | None = ensemble.scenario.values.get(target.addresses[0])
    return value.numbers[:2] if value and value.law == "between" else (target.declared.low, target.declared.high)
