"""The class of a run, from what happened in it: defined beforehand, never from percentiles."""

from __future__ import annotations

import numpy as np

from ...engine.time_step import quarters
from .declare import turns_of

CLASSES = {
    "war": "Patron and parent went to war.",
    "annexation": "The patron annexed a territory.",
    "settlement": "A territory settled with its parent.",
    "contested integration": "An ask was refused, dropped, halted, or drove a leader out.",
    "thaw": "Relations are good at the end, the parent is not alienated, and the line is quiet.",
    "deeper integration": "A deeper treaty was signed and not contested.",
    "frozen": "Alternatives were possible and did not come.",
}


def classify(outcomes: dict[str, np.ndarray], series) -> np.ndarray:
    """Classify every run.

    ``outcomes`` are arrays by name, shape ``(member, run)``; ``series(name)`` gives ``(turn,
    member, run)``.
    """
    normal, alienation = series("political_normalisation")[-1], series("alienation")[-1]
    time_step = series("time_step")
    coercive_capacity = series("patron_coerces")[-turns_of(8, time_step) :].sum(axis=0) * quarters(
        time_step
    )
    thaw = ((normal >= 0.65) & (alienation <= 0.30) & (coercive_capacity <= 2.0)).all(axis=0)
    conditions = {
        "war": (outcomes["war"] > 0.5).any(axis=0),
        "annexation": (outcomes["annexed_at_end"] > 0.5).any(axis=0),
        "settlement": (outcomes["settled"] > 0.5).any(axis=0),
        "contested integration": (outcomes["contested"] > 0.5).any(axis=0),
        "thaw": thaw,
        "deeper integration": (outcomes["treaty_signed"] > 0.5).any(axis=0),
    }
    return np.select(list(conditions.values()), list(conditions), default="frozen")
