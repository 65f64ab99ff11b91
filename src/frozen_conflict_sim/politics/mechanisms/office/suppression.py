"""The voice of the autonomy-minded: suppressed at a stroke, found again slowly.

Reference: @dewaal2015: the website of the critics' party was blocked.
"""

from ....engine.declare.parameter import quantity
from ...roles import elite


@elite.changes("suppression", phase="elites",
    suppression_per_act=quantity(0.30, 0, 1, "index", "How much one act of suppression adds."),
)  # fmt: skip
def voice_is_silenced(elite_suppresses, suppression, suppression_per_act):
    """A blocked website, a barred candidate.

    >>> round(voice_is_silenced(1.0, 0.2, 0.1), 2)
    0.08
    """
    return suppression_per_act * elite_suppresses * (1.0 - suppression)


@elite.changes("suppression", phase="world",
    suppression_decay_rate=quantity(0.03, 0, 1, "per quarter",
        "How fast a silenced voice returns."),
)  # fmt: skip
def voice_is_found_again(suppression, suppression_decay_rate):
    """A silenced voice finds other ways.

    >>> round(voice_is_found_again(0.5, 0.03), 3)
    -0.015
    """
    return -suppression_decay_rate * suppression


@elite.derived("share")
def voice_heard(mean_autonomy_mindedness, suppression):
    """How loudly the wish for autonomy is heard: as strong as it is, less what is suppressed.

    >>> round(voice_heard(0.6, 0.5), 2)
    0.3
    """
    return mean_autonomy_mindedness * (1.0 - suppression)
