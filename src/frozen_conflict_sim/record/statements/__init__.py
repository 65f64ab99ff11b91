"""What the texts say, as statements on output, by theme; and their scores with the mechanism on and off."""

from .statement import KINDS, STATEMENTS, Statement, statement
from .themes import THEMES

__all__ = ["KINDS", "STATEMENTS", "THEMES", "Statement", "statement"]
