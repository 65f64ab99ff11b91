"""Beliefs learn: the patron corrects its estimate of the backlash by how the parent answered the last treaty.

Reference: Jervis (1976), Perception and Misperception in International Politics.
"""

from ...engine.declare.parameter import quantity
from ...engine.numerics import either
from ..roles import parent, patron

parent.noise("reading", "How the patron misreads the parent's answer.")


@parent.measure(
    "strength",
    misreading=quantity(0.4, 0, 2, "strength", "How badly the patron reads a single answer."),
)
def backlash_shown(grievance_at_work, accommodation_at_work, reading, misreading):
    """What the parent's answer to a treaty shows of grievance minus accommodation.

    >>> backlash_shown(1.0, 0.6, 0.0, 0.4)
    0.4
    """
    return grievance_at_work - accommodation_at_work + misreading * reading


@parent.measure("strength")
def lesson(backlash_shown, perceived_backlash, signatures_felt, channels):
    """What the patron learns from the answer to a treaty; with the channels off there is nothing to learn from.

    >>> round(lesson(1.0, 0.6, 0.08, "on"), 2)
    0.4
    """
    weight = either(signatures_felt > 0.08, 1.0, signatures_felt / 0.08)
    return either(channels == "on", weight, 0.0) * (backlash_shown - perceived_backlash)


patron.gathers(
    "lessons",
    of="lesson",
    how="sum",
    meaning="What the patron learns this turn from the parents' answers.",
)


@patron.changes(
    "perceived_backlash",
    phase="world",
    learning=quantity(0.5, 0, 1, "share", "How much of what an answer shows the patron takes in."),
)
def learning_from_answers(lessons, learning):
    """The patron corrects its belief by how the parent answered.

    >>> learning_from_answers(0.4, 0.5)
    0.2
    """
    return learning * lessons
