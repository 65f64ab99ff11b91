"""The patterns of the record, one file a theme, in the order in which they are shown."""

from importlib import import_module

from ..pattern import PATTERNS, Pattern

THEMES = ("treaties", "money", "offices", "patron_and_parent", "publics", "bids", "west")

for _theme in THEMES:
    import_module(f".{_theme}", __name__)

__all__ = ["PATTERNS", "THEMES", "Pattern"]
