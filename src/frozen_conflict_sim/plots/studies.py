"""The pictures of a shipped study."""

from __future__ import annotations

from collections.abc import Iterator

from matplotlib.figure import Figure

from ..analysis.atlas.maps import maps
from ..analysis.atlas.sentences import sentences
from ..analysis.comparison.difference_results import ContrastOf
from ..analysis.discovery.discover import discover
from ..analysis.discovery.sentences import sentence
from ..experiment.errors import ResultsError
from ..findings.studies import Picture, Study
from ..results import Results
from .atlas import atlas
from .discovery import discovery
from .drawing.description import description
from .drawing.registry import PLOTS


def pictures(study: Study, results: Results) -> Iterator[tuple[str, Figure, str]]:
    """The pictures of a study by what they are called, each with a sentence; one that these results cannot give is left out."""
    for at, picture in enumerate(study.pictures, 1):
        try:
            figure, says = _drawn(picture, results)
        except ResultsError:
            continue
        yield "-".join(part for part in (f"{at}", picture.plot, picture.target, picture.by) if part), figure, says


def _drawn(picture: Picture, results: Results) -> tuple[Figure, str]:
    if picture.plot == "atlas" and picture.contrast and picture.plane:
        found = maps(results, ContrastOf(*picture.contrast), picture.plane, picture.target)
        return atlas(found), " ".join(sentences(found[0]))
    of = results.difference(*picture.contrast) if picture.contrast else results
    if picture.plot == "discovery":
        box = discover(of, picture.where)
        return discovery(box), sentence(box)
    how = {"by": picture.by} if picture.by else {}
    axes = PLOTS[picture.plot].function(of, *([picture.target] if picture.target else []), **how)
    return axes.figure, description(axes).sentence
