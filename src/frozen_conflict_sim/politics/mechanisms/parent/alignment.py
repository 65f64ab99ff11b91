"""The parent's course: it has one of its own, from which each turn's choice moves it a little.

Reference: assumed: a course changes by small steps, and a state that is let alone returns to its
own.
"""

from ....engine.declare.parameter import quantity
from ...roles import parent
from .alienation import room

parent.delayed("turned_west", of="parent_goes_west", turns=1)


@parent.derived("index")
def room_in_the_west(response_to_pushes, western_alignment, saturation_midpoint):
    """How much room a step toward the West finds.

    >>> room_in_the_west("even", 0.8, 0.5)
    1.0
    """
    return room(response_to_pushes, 1.0 - western_alignment, saturation_midpoint)


@parent.derived("index")
def room_away_from_the_west(response_to_pushes, western_alignment, saturation_midpoint):
    """How much room a step away from the West finds.

    >>> round(room_away_from_the_west("saturating", 0.8, 0.5), 2)
    1.6
    """
    return room(response_to_pushes, western_alignment, saturation_midpoint)


@parent.changes("western_alignment", phase="world",
    alignment_change_rate=quantity(0.02, 0, 0.3, "per quarter",
        "How much a quarter's choice moves alignment."),
    alignment_change_by_support=quantity(0.8, 0, 3, "ratio",
        "How much faster a western course goes with full support."),
)  # fmt: skip
def course_west(
    parent_goes_west,
    room_in_the_west,
    western_support,
    alignment_change_rate,
    alignment_change_by_support,
):
    """A western course moves alignment, the more so with support.

    >>> round(course_west(1.0, 0.5, 0.25, 0.04, 0.8), 3)
    0.024
    """
    return (
        alignment_change_rate
        * parent_goes_west
        * room_in_the_west
        * (1.0 + alignment_change_by_support * western_support)
    )


@parent.changes("western_alignment", phase="world")
def course_lapses(parent_drifts, room_away_from_the_west, alignment_change_rate):
    """A course that lapses loses what was reached.

    >>> course_lapses(1.0, 0.5, 0.04)
    -0.02
    """
    return -alignment_change_rate * parent_drifts * room_away_from_the_west


@parent.changes("western_alignment", phase="world",
    own_course_return_rate=quantity(0.03, 0, 0.5, "per quarter",
        "How fast a parent that is neither pushed nor bound returns to its own course."),
)  # fmt: skip
def own_course_resumed(western_alignment, own_course, own_course_return_rate):
    """A parent that is let alone returns to its own course.

    >>> round(own_course_resumed(0.6, 0.5, 0.05), 3)
    -0.005
    """
    return own_course_return_rate * (own_course - western_alignment)


@parent.changes("own_course", phase="world",
    own_course_drift=quantity(0.0, -0.05, 0.05, "index per quarter",
        "How the parent's own course moves, whatever others do: free around zero."),
)  # fmt: skip
def own_course_moves(own_course_drift):
    """A society changes, whatever its neighbours do.

    >>> own_course_moves(0.002)
    0.002
    """
    return own_course_drift


@parent.changes("usual_alienation", phase="world",
    alienation_habituation_rate=quantity(0.04, 0, 0.5, "per quarter",
        "How fast a government gets used to its alienation."),
)  # fmt: skip
def alarm_becomes_usual(alienation, usual_alienation, alienation_habituation_rate):
    """Governments get used to a threat that lasts.

    >>> round(alarm_becomes_usual(0.6, 0.4, 0.05), 3)
    0.01
    """
    return alienation_habituation_rate * (alienation - usual_alienation)
