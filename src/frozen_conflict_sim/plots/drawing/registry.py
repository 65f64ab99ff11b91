"""Which pictures there are, and of what each is drawn."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

from ...analysis.groups import main_split
from ...results import Results
from .caption import caption
from .style import blank, house_style, nothing
from .targets import SUBJECTS


@dataclass(frozen=True)
class Plot:
    """A kind of picture, drawn of every ``outcome``, ``trajectory``, ``decision`` …, or once of the whole ``study``.

    ``by`` counts the columns by which it splits the runs. Where it ``applies`` by itself it takes the place of the pictures
    that it stands ``instead_of``: those would show the same with everything that is compared thrown together. What is drawn
    ``on_request`` repeats others, or takes long.
    """

    name: str
    of: str
    sentence: str
    function: Callable
    by: int
    applies: Callable[[Results], bool]
    instead_of: tuple[str, ...]
    on_request: bool

    def subjects(self, results: Results, key_outcomes: bool = False) -> list[str]:
        """The columns of which this picture can be drawn, or only the headlines; the empty name is the study as a whole."""
        return SUBJECTS[self.of](results, key_outcomes)


PLOTS: dict[str, Plot] = {}


def always(results: Results) -> bool:
    """A picture that can be drawn of all results."""
    return True


def compares(results: Results) -> bool:
    """Whether a study has something to set side by side."""
    return main_split(results) is not None


def all_runs_alike(results: Results) -> bool:
    """Whether all runs of a study are of one kind, so that a picture of all of them shows what they are."""
    return not compares(results) and "changed" not in results.columns


def plot(
    of: str,
    *,
    by: int = 0,
    applies: Callable[[Results], bool] = always,
    instead_of: tuple[str, ...] = (),
    on_request: bool = False,
):
    """Register a function that draws on ``ax`` as a kind of picture; without ``ax`` it gets a figure in the house style."""

    def register(draw: Callable):
        @wraps(draw)
        def function(results: Results, *name: str, ax=None, **how):
            with house_style():
                any_run = results.manifest["counts"]["finished"] > 0
                drawn = draw(results, *name, ax=blank(ax), **how) if any_run else nothing(blank(ax))
                if ax is None:
                    caption(drawn.figure, results)
            return drawn

        sentence = inspect.getdoc(draw).split("\n\n")[0]
        PLOTS[draw.__name__] = Plot(draw.__name__, of, sentence, function, by, applies, instead_of, on_request)
        return function

    return register
