"""Plots: one file a plot, one function ``(results, name, *, ax=None) -> Axes`` in each.

A new plot is a new file here: it registers itself with ``@plot``, and the command line offers it. What plots share is in
``drawing/``. A notebook shows the axes that a call returns; a script saves them: ``axes.figure.savefig("fan.png")``.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING

from .drawing.registry import PLOTS, Plot
from .scoreboard import scoreboard
from .statements import statements

if TYPE_CHECKING:
    from collections.abc import Callable

    from matplotlib.axes import Axes

    def __getattr__(name: str) -> Callable[..., Axes]: ...  # the plots below, for type checkers


for _module in sorted(module.name for module in iter_modules(__path__) if not module.ispkg):
    import_module(f"{__name__}.{_module}")

globals().update({name: plot.function for name, plot in PLOTS.items()})

__all__ = ["PLOTS", "Plot", "scoreboard", "statements", *PLOTS]
