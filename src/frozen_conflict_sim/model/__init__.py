"""The model: the schedule of a turn, the agents who act in it, the back end that plays it, and the recorder."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .model import FrozenConflictModel

__all__ = ["FrozenConflictModel"]


def __getattr__(name: str):
    """Import the model, and with it Mesa, only when it is asked for."""
    if name == "FrozenConflictModel":
        from .model import FrozenConflictModel

        return FrozenConflictModel
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
