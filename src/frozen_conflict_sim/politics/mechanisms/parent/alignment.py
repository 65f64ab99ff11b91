"""The parent's course: each turn's choice moves its alignment with the West a little.

Reference: assumed: a course changes by small steps.
"""

from ....engine.declare.parameter import quantity
from ...roles import parent

parent.delayed("turned_west", of="parent_goes_west", turns=1)


@parent.changes("western_alignment", phase="world",
    alignment_change_rate=quantity(0.03, 0, 0.3, "per quarter",
        "How much a quarter's choice moves alignment."),
)  # fmt: skip
def course_west(parent_goes_west, western_alignment, western_support, alignment_change_rate):
    """A western course moves alignment, the more so with support.

    >>> round(course_west(1.0, 0.5, 0.25, 0.03), 4)
    0.0234
    """
    return (
        alignment_change_rate
        * 1.3
        * parent_goes_west
        * (1.0 - western_alignment)
        * (1.0 + 0.8 * western_support)
    )


@parent.changes("western_alignment", phase="world")
def course_lapses(parent_drifts, western_alignment, alignment_change_rate):
    """A course that lapses loses what was reached.

    >>> course_lapses(1.0, 0.5, 0.03)
    -0.015
    """
    return -alignment_change_rate * parent_drifts * western_alignment
