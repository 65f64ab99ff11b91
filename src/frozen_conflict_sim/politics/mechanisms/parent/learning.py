"""Beliefs learn: the patron corrects its estimate of the backlash by what each parent does.

It never sees what the parent feels. Denouncing, isolating and turning west are signs of backlash,
talks and hands held out are signs of adjustment; where nothing has reached the parent yet there is
nothing to learn from.

Reference: @jervis1976.
"""

from ....engine.declare.parameter import quantity
from ....engine.numerics import at_most, either
from ...roles import parent

parent.noise("misreading", "How the patron misreads the parent's answer.")
parent.aggregates(
    "territories_isolated",
    of="parent_isolates",
    how="mean",
    meaning="Share of its territories that the parent isolates this turn.",
)


@parent.derived("acts",
    backlash_read_into_isolation=quantity(0.5, 0, 2, "ratio",
        "How much isolating its territories says of a parent's backlash, relative to a "
        "denunciation."),
    backlash_read_into_westward_turn=quantity(0.5, 0, 2, "ratio",
        "How much a turn to the West says of it, relative to a denunciation."),
)  # fmt: skip
def hostile_acts(
    parent_denounces,
    parent_normalises,
    territories_isolated,
    parent_goes_west,
    parent_drifts,
    backlash_read_into_isolation,
    backlash_read_into_westward_turn,
):
    """What the parent does against the patron this turn, less what it does to please it.

    >>> hostile_acts(1.0, 0.0, 0.5, 1.0, 0.0, 0.5, 0.5)
    1.75
    """
    turned = backlash_read_into_westward_turn * (parent_goes_west - parent_drifts)
    return (
        parent_denounces
        - parent_normalises
        + backlash_read_into_isolation * territories_isolated
        + turned
    )


@parent.derived("strength",
    usual_courtesy=quantity(0.4, 0, 1, "acts",
        "How often a parent that resents nothing makes a gesture to the patron."),
    backlash_read_into_an_act=quantity(1.5, 0, 3, "strength",
        "How much backlash the patron reads into one hostile act."),
    misreading_of_answers=quantity(0.4, 0, 2, "strength",
        "How badly the patron reads a single answer."),
)  # fmt: skip
def backlash_shown(
    hostile_acts, usual_courtesy, misreading, backlash_read_into_an_act, misreading_of_answers
):
    """What the parent's acts show of grievance minus accommodation.

    A parent that resents nothing is courteous as often as is usual.

    >>> round(backlash_shown(0.1, 0.4, 0.0, 1.2, 0.4), 2)
    0.6
    """
    return (
        backlash_read_into_an_act * (hostile_acts + usual_courtesy)
        + misreading_of_answers * misreading
    )


@parent.derived("share",
    integration_for_full_learning=quantity(0.1, 0.01, 1, "depth",
        "Recent integration from which on every answer counts in full."),
)  # fmt: skip
def occasion_to_learn(recent_integration, channels, integration_for_full_learning):
    """How much there is to be learnt from an answer: as much as has reached the parent.

    >>> occasion_to_learn(0.05, "on", 0.1)
    0.5
    """
    return either(
        channels == "on", at_most(recent_integration / integration_for_full_learning, 1.0), 0.0
    )


@parent.changes("perceived_backlash", phase="world",
    learning_rate=quantity(0.15, 0, 1, "per quarter",
        "How much of what an answer shows the patron takes in."),
)  # fmt: skip
def learning_from_answers(occasion_to_learn, backlash_shown, perceived_backlash, learning_rate):
    """The patron corrects its belief by how the parent answers.

    >>> round(learning_from_answers(1.0, 1.0, 0.6, 0.25), 2)
    0.1
    """
    return learning_rate * occasion_to_learn * (backlash_shown - perceived_backlash)
