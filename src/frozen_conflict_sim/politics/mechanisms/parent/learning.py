"""Beliefs learn: the patron corrects its estimate of the backlash.

It reads how the parent answered the last treaty.

Reference: @jervis1976.
"""

from ....engine.declare.parameter import quantity
from ....engine.numerics import either
from ...roles import parent, patron

parent.noise("reading", "How the patron misreads the parent's answer.")


@parent.derived("strength",
    misreading_of_answers=quantity(0.4, 0, 2, "strength",
        "How badly the patron reads a single answer."),
)  # fmt: skip
def backlash_shown(grievance_at_work, accommodation_at_work, reading, misreading_of_answers):
    """What the parent's answer to a treaty shows of grievance minus accommodation.

    >>> backlash_shown(1.0, 0.6, 0.0, 0.4)
    0.4
    """
    return grievance_at_work - accommodation_at_work + misreading_of_answers * reading


@parent.derived("strength")
def lesson(backlash_shown, perceived_backlash, signatures_felt, channels):
    """What the patron learns from the answer to a treaty; nothing while the channels are off.

    >>> round(lesson(1.0, 0.6, 0.08, "on"), 2)
    0.4
    """
    weight = either(signatures_felt > 0.08, 1.0, signatures_felt / 0.08)
    return either(channels == "on", weight, 0.0) * (backlash_shown - perceived_backlash)


patron.aggregates(
    "lessons",
    of="lesson",
    how="sum",
    meaning="What the patron learns this turn from the parents' answers.",
)


@patron.changes("perceived_backlash", phase="world",
    learning_rate=quantity(0.5, 0, 1, "share",
        "How much of what an answer shows the patron takes in."),
)  # fmt: skip
def learning_from_answers(lessons, learning_rate):
    """The patron corrects its belief by how the parent answered.

    >>> learning_from_answers(0.4, 0.5)
    0.2
    """
    return learning_rate * lessons
