"""What the texts say, one file a theme, in the order in which it is shown."""

from importlib import import_module

THEMES = (
    "the_public",
    "the_bargain",
    "the_treaty",
    "the_patron",
    "the_parent",
    "the_dilemma",
    "accession",
    "the_west",
    "war_and_law",
)

for _theme in THEMES:
    import_module(f".{_theme}", __name__)

__all__ = ["THEMES"]
