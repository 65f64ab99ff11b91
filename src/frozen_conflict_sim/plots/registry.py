"""Which pictures there are, and of what each is drawn."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import wraps

from ..analysis.summary import is_yes_or_no
from ..results import Results
from .caption import caption
from .style import blank, house_style, nothing


@dataclass(frozen=True)
class Picture:
    """A kind of picture, drawn of every ``outcome``, ``trajectory`` or ``decision``, or once of the whole ``study``."""

    name: str
    of: str
    sentence: str
    function: Callable

    def subjects(self, results: Results, headlines: bool = False) -> Iterator[str]:
        """The columns of which this picture can be drawn, or only the headlines; the empty name is the study as a whole.

        What happens in a run or does not has no distribution worth a picture.
        """
        if self.of == "study":
            yield ""
        else:
            yield from (
                name
                for name in results.names(self.of, headlines)
                if self.of != "outcome" or not is_yes_or_no(results.columns[name])
            )


KINDS: dict[str, Picture] = {}


def picture(of: str):
    """Register a function that draws on ``ax`` as a kind of picture; without ``ax`` it gets a figure in the house style."""

    def register(draw: Callable):
        @wraps(draw)
        def function(results: Results, *name: str, ax=None):
            with house_style():
                any_run = results.manifest["counts"]["finished"] > 0
                drawn = draw(results, *name, ax=blank(ax)) if any_run else nothing(blank(ax))
                if ax is None:
                    caption(drawn.figure, results)
            return drawn

        sentence = inspect.getdoc(draw).split("\n\n")[0]
        KINDS[draw.__name__] = Picture(draw.__name__, of, sentence, function)
        return function

    return register
