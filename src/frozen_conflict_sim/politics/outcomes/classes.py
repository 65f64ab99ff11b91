"""The class of a run: defined beforehand by what happened in it, not by percentiles of outcomes."""

from __future__ import annotations

import numpy as np

from ...engine.time_step import quarters
from .declare import above, turns_of

CLASSES = {
    "war": "The patron and a parent state went to war.",
    "annexation": "The patron annexed a territory.",
    "settlement": "A territory settled with its parent state.",
    "contested integration": "A treaty asked for was refused or halted, or drove a leader out.",
    "thaw": "Relations are good at the end, no parent state is alienated, and the line is quiet.",
    "deeper integration": "A deeper treaty was signed and not contested.",
    "frozen": "There was no war, annexation, settlement, thaw or new treaty.",
}


def classify(outcomes: dict[str, np.ndarray], series) -> np.ndarray:
    """Classify every run.

    ``outcomes`` are arrays by name, shape ``(member, run)``; ``series(name)`` gives ``(turn,
    member, run)``.
    """
    time_step, window = series("time_step"), series("thaw_window")
    coerced = series("patron_coerces")[-turns_of(window, time_step) :].sum(axis=0)
    good = ~above(-series("political_normalisation")[-1], -series("thaw_normalisation"))
    content = ~above(series("alienation")[-1], series("thaw_alienation"))
    quiet = ~above(coerced * quarters(time_step), series("thaw_coercion"))
    conditions = {
        "war": (outcomes["war"] > 0.5).any(axis=0),
        "annexation": (outcomes["annexed_at_end"] > 0.5).any(axis=0),
        "settlement": (outcomes["settled"] > 0.5).any(axis=0),
        "contested integration": (outcomes["contested"] > 0.5).any(axis=0),
        "thaw": (good & content & quiet).all(axis=0),
        "deeper integration": (outcomes["treaty_signed"] > 0.5).any(axis=0),
    }
    return np.select(list(conditions.values()), list(conditions), default="frozen")
