"""What comes out of a run, one decorated function an outcome."""

from . import publics, states, territories, treaties  # noqa: F401
from .declare import OUTCOMES, Outcome

__all__ = ["OUTCOMES", "Outcome"]
