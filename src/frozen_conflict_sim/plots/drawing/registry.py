"""The registry of plots: the name of each, its targets, and when it applies."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from matplotlib.axes import Axes

from ...analysis.groups import main_grouping
from ...results import Results
from .saving import caption
from .style import blank, house_style, nothing
from .targets import TARGETS


@dataclass(frozen=True)
class Plot:
    """A plot that is drawn for each ``outcome``, ``trajectory``, ``decision``, …, or once for the whole ``study``.

    ``of`` is the kind of its targets, ``sentence`` what it shows, ``by`` the number of columns by which it groups the runs. A
    plot that ``applies`` to some results is drawn ``instead_of`` others, which would pool what the study compares. A plot
    ``on_request`` is drawn only when it is named.
    """

    name: str
    of: str
    sentence: str
    function: Callable
    by: int
    applies: Callable[[Results], bool]
    instead_of: tuple[str, ...]
    on_request: bool

    def targets(self, results: Results, key_outcomes: bool = False) -> list[str]:
        """The columns that this plot can show, or only the key outcomes; ``[""]`` for the study as a whole."""
        return TARGETS[self.of](results, key_outcomes)


PLOTS: dict[str, Plot] = {}


def always(results: Results) -> bool:
    """For plots of any results."""
    return True


def compares(results: Results) -> bool:
    """Whether a study compares groups of runs, such as policies."""
    return main_grouping(results) is not None


def all_runs_alike(results: Results) -> bool:
    """Whether all runs of a study are of one scenario, so that they can be pooled."""
    return not compares(results) and "changed" not in results.columns


def plot(
    of: str,
    *,
    by: int = 0,
    applies: Callable[[Results], bool] = always,
    instead_of: tuple[str, ...] = (),
    on_request: bool = False,
):
    """Register a function as a plot; called without ``ax``, it draws on a new figure, which a notebook shows.

    ``size`` is the width and height of a new figure in inches; by default it has the height that the plot needs.
    """

    def register(draw: Callable):
        @wraps(draw)
        def function(
            results: Results, *name: str, ax: Axes | None = None, size: tuple[float, float | None] | None = None, **how
        ) -> Axes:
            with house_style():
                axes = ax if ax is not None else blank(size)
                any_run = results.manifest["counts"]["finished"] > 0
                drawn = draw(results, *name, ax=axes, **how) if any_run else nothing(axes)
                if ax is None:
                    caption(drawn.figure, results)
            return drawn

        sentence = inspect.getdoc(draw).split("\n\n")[0]
        PLOTS[draw.__name__] = Plot(draw.__name__, of, sentence, function, by, applies, instead_of, on_request)
        return function

    return register
