"""What the texts say, as statements on output, by theme."""

from . import accession, the_parent, the_patron, the_public, the_treaty, the_west, war_and_law
from .statement import KINDS, STATEMENTS, Statement, statement

__all__ = ["KINDS", "STATEMENTS", "Statement", "statement"]
