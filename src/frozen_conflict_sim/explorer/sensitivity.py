"""Which sliders move most: each number is moved alone, down and up, in a few runs with the same random numbers."""

from __future__ import annotations

import numpy as np

from ..engine.declare.parameter import Quantity
from ..live import LiveEnsemble

STREAMS, STEP, AT_ONCE = 4, 0.15, 48


def most_moving(ensemble: LiveEnsemble, keys: list[str], column: str) -> dict[str, float]:
    """How far the end of a trajectory moves, on average over runs, when each key moves by 15 % of its bounds to either side.

    The largest first. A number that is the same in all runs of a model (``common``) is left out.
    """
    base = ensemble.play(runs=STREAMS, outcomes=False)
    numbers = [
        key
        for key in keys
        if isinstance(ensemble.targets[key].declared, Quantity) and not ensemble.targets[key].declared.common
    ]
    centre = {key: value for key in numbers if (value := _centre(ensemble, key)) is not None}
    found: dict[str, float] = {}
    listed = list(centre)
    for start in range(0, len(listed), AT_ONCE):
        some = listed[start : start + AT_ONCE]
        found |= _moved(ensemble, some, centre, base, column)
    return dict(sorted(found.items(), key=lambda pair: -pair[1]))


def _moved(ensemble: LiveEnsemble, keys: list[str], centre: dict, base, column: str) -> dict[str, float]:
    """Play all keys of a batch at once: two rows of runs for each, in which it alone stands elsewhere."""
    rows = 2 * AT_ONCE
    streams = np.tile(np.arange(STREAMS), rows)
    given = {}
    for at, key in enumerate(keys):
        quantity = ensemble.targets[key].declared
        values = np.tile(base.drawn.get(key, np.full(STREAMS, centre[key])), rows).reshape(rows, STREAMS)
        step = STEP * (quantity.high - quantity.low)
        values[2 * at] = np.clip(values[2 * at] - step, quantity.low, quantity.high)
        values[2 * at + 1] = np.clip(values[2 * at + 1] + step, quantity.low, quantity.high)
        given[key] = values.ravel()
    ends = ensemble.play(outcomes=False, stream_numbers=streams, given=given).trajectories[column][:, -1].reshape(rows, STREAMS)
    own = base.trajectories[column][:, -1]
    moved = np.abs(ends - own).mean(axis=1)
    return {key: float(moved[2 * at : 2 * at + 2].max()) for at, key in enumerate(keys)}


def _centre(ensemble: LiveEnsemble, key: str) -> float | None:
    """The number that the scenario gives, or the middle of what it gives; None if the number is computed from others."""
    target = ensemble.targets[key]
    value = ensemble.scenario.values.get(target.addresses[0])
    if value is None:
        default = target.declared.default_of(target.item)
        return None if default != default else default
    if value.law == "between":
        return float(np.mean(value.numbers))
    return float(value.numbers[0])
