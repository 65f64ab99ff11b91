"""The pictures of a shipped study."""

from __future__ import annotations

from collections.abc import Iterator

from matplotlib.figure import Figure

from ..analysis.atlas.maps import maps
from ..analysis.comparison.difference_results import ContrastOf
from ..analysis.discovery.discover import discover
from ..experiment.errors import ResultsError
from ..findings.studies import Picture, Study
from ..results import Results
from .atlas import atlas
from .discovery import discovery
from .drawing.registry import PLOTS


def pictures(study: Study, results: Results) -> Iterator[tuple[str, Figure]]:
    """The pictures of a study by what they are called; one that these results cannot give is left out."""
    for at, picture in enumerate(study.pictures, 1):
        try:
            figure = _drawn(picture, results)
        except ResultsError:
            continue
        yield "-".join(part for part in (f"{at}", picture.plot, picture.target, picture.by) if part), figure


def _drawn(picture: Picture, results: Results) -> Figure:
    if picture.plot == "atlas" and picture.contrast and picture.plane:
        return atlas(maps(results, ContrastOf(*picture.contrast), picture.plane, picture.target))
    of = results.difference(*picture.contrast) if picture.contrast else results
    if picture.plot == "discovery":
        return discovery(discover(of, picture.where))
    how = {"by": picture.by} if picture.by else {}
    return PLOTS[picture.plot].function(of, *([picture.target] if picture.target else []), **how).figure
