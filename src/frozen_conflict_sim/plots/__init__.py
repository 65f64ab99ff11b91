"""Pictures: one function for each, ``(results, name, *, ax=None) -> Axes``; each stands in its own file under ``kinds``.

A new picture is a new file there: it registers itself, and the command line offers it.
"""

from importlib import import_module
from pkgutil import iter_modules

from . import kinds
from .registry import KINDS, Picture
from .scoreboard import scoreboard

for _module in sorted(module.name for module in iter_modules(kinds.__path__)):
    import_module(f"{kinds.__name__}.{_module}")

globals().update({name: kind.function for name, kind in KINDS.items()})

__all__ = ["KINDS", "Picture", "scoreboard", *KINDS]
