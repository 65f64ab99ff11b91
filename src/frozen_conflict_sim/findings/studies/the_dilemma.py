"""The dilemma: where integrating Abkhazia and South Ossetia drives Tbilisi west."""

from __future__ import annotations

from ...analysis.atlas.maps import maps
from ...analysis.atlas.sentences import sentences
from ...analysis.comparison.difference_results import ContrastOf
from ...results import Results
from .study import Answer, Picture, amount, line_of, study, way

SWALLOW = ("patron.policy", "swallow", "status_quo")
PLANE = ("parent.grievance", "parent.accommodation")
ALIGNMENT, ALIENATION = "georgia.western_alignment_at_end", "georgia.alienation_at_end"
OFF = "parent.channels=off"


@study(
    Picture("atlas", "western_alignment", SWALLOW, plane=PLANE),
    Picture("heat_map", ALIGNMENT, SWALLOW),
    Picture("fan_by", "georgia.western_alignment", SWALLOW),
    Picture("frontier", ALIGNMENT),
)
def integration_dilemma(results: Results) -> Answer:
    """Where holding on pushes Tbilisi west: on average, over the plane, by horizon, and with the coupling off."""
    align, alien = (line_of(results, SWALLOW, name) for name in (ALIGNMENT, ALIENATION))
    off = line_of(results, SWALLOW, ALIGNMENT, arm=OFF)
    (drawn,) = maps(results, ContrastOf(*SWALLOW), PLANE, "georgia.western_alignment")
    said = (
        f"Swallowing the territories rather than leaving them {way(align)} Tbilisi's western alignment at the end by "
        f"{amount(align)} on average, and {way(alien)} its alienation by {amount(alien)}; with both channels off it "
        f"{way(off)} alignment ({amount(off)}).",
        *sentences(drawn),
    )
    last = drawn.horizons[-1]
    numbers = {
        "alignment": align.difference,
        "alienation": alien.difference,
        "alignment_with_channels_off": off.difference,
        "share_of_the_plane": last.sides.positive,
        "distance_from_the_line": last.distance.distance,
    }
    return Answer(said, numbers)
