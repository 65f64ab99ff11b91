"""The voice of the autonomy-minded: suppressed at a stroke, found again slowly.

Reference: de Waal (2015): the website of the critics' party was blocked.
"""

from ...engine.declare.parameter import quantity
from ..roles import elite


@elite.changes(
    "suppression",
    phase="elites",
    a_silencing=quantity(0.10, 0, 1, "index", "How much one act of suppression adds."),
)
def voice_is_silenced(elite_suppresses, suppression, a_silencing):
    """A blocked website, a barred candidate.

    >>> round(voice_is_silenced(1.0, 0.2, 0.1), 2)
    0.08
    """
    return a_silencing * elite_suppresses * (1.0 - suppression)


@elite.changes(
    "suppression",
    phase="world",
    voice_returns=quantity(0.03, 0, 1, "per quarter", "How fast a silenced voice returns."),
)
def voice_is_found_again(suppression, voice_returns):
    """A silenced voice finds other ways.

    >>> round(voice_is_found_again(0.5, 0.03), 3)
    -0.015
    """
    return -voice_returns * suppression
