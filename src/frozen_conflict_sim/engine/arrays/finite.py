"""What a rule gives must be a finite number in every run that is played; errors name rule, turn and what it read."""

from __future__ import annotations

import numpy as np

from ..declare.faults import NotFinite
from ..declare.rule import Rule
from .state import WorldState


def check_finite(world: WorldState, rule: Rule, level: str, values, counts=True) -> None:
    """Raise :class:`NotFinite` if a rule gave no finite number in an active run in which it ``counts``."""
    if np.isfinite(values).all():
        return
    values = np.broadcast_to(values, (len(world.members(level)), world.runs))
    for member, run in np.argwhere(~np.isfinite(values) & counts & world.active):
        raise NotFinite(_described(world, rule, level, member, run, np.isnan(values[member, run])))


def _described(world: WorldState, rule: Rule, level: str, member: int, run: int, is_nan: bool) -> str:
    view = world.view(level)
    read = {name: view[name] for name in rule.reads}
    numbers = {
        name: values[..., member if values.shape[-2] > 1 else 0, run if values.shape[-1] > 1 else 0].ravel()
        for name, values in read.items()
        if isinstance(values, np.ndarray) and values.dtype.kind == "f"
    }
    state = ", ".join(f"{name} is {' '.join(f'{number:.4g}' for number in each)}" for name, each in numbers.items())
    what = "no number" if is_nan else "infinite"
    return (
        f"{rule.name} ({rule.place}) is {what} for {world.members(level)[member]} in turn {world.turn + 1} "
        f"of the run with stream number {int(world.streams.stream_numbers[run])}{state and f', where {state}'}"
    )
