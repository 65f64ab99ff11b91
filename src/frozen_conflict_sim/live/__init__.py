"""Ensembles that are kept in memory and played again with other values."""

from .ensemble import LEVELS, LiveEnsemble, Played

__all__ = ["LEVELS", "LiveEnsemble", "Played"]
