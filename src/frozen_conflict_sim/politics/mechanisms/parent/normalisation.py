"""The track of trade and talks between patron and parent: it can recover while the dispute deepens.

Reference: @dewaal2015: normalisation “scored some successes in the last two years”.
"""

from ....engine.declare.parameter import quantity
from ....engine.time_step import compounded
from ...roles import parent


@parent.changes("normalisation", phase="world",
    normalisation_gain_by_offer=quantity(0.10, 0, 0.5, "per quarter",
        "How much of what is missing an offer by the patron restores."),
)  # fmt: skip
def offers_answered(
    patron_normalises, reception_of_patron, normalisation, normalisation_gain_by_offer
):
    """Trade and talks recover when the patron opens the door, most if the parent walks through it.

    >>> round(offers_answered(1.0, 1.0, 0.5, 0.1), 3)
    0.05
    """
    return (
        normalisation_gain_by_offer
        * patron_normalises
        * (0.5 + 0.5 * reception_of_patron)
        * (1.0 - normalisation)
    )


@parent.changes("normalisation", phase="world")
def parents_gesture(parent_normalises, normalisation, time_step):
    """The parent's own gestures help a little.

    >>> parents_gesture(1.0, 0.5, "quarter")
    0.01
    """
    return compounded(time_step, 0.02) * parent_normalises * (1.0 - normalisation)


@parent.changes("normalisation", phase="world",
    normalisation_loss_by_embargo=quantity(0.28, 0, 1, "per quarter",
        "What an embargo costs normalisation."),
)  # fmt: skip
def embargo_bites(patron_embargoes, normalisation_loss_by_embargo, normalisation):
    """An embargo undoes years of trade.

    >>> round(embargo_bites(1.0, 0.28, 0.5), 2)
    -0.21
    """
    return -normalisation_loss_by_embargo * patron_embargoes * (0.5 + 0.5 * normalisation)


@parent.changes("normalisation", phase="world")
def words_cost(parent_denounces, normalisation, time_step):
    """Denunciation costs some contacts.

    >>> words_cost(1.0, 0.5, "quarter")
    -0.015
    """
    return -compounded(time_step, 0.03) * parent_denounces * normalisation


@parent.changes("normalisation", phase="world")
def relations_wear(normalisation, patron_coerces, time_step):
    """Relations wear by neglect, more under pressure at the line.

    >>> relations_wear(0.5, 1.0, "quarter")
    -0.016
    """
    return -compounded(time_step, 0.012 + 0.02 * patron_coerces) * normalisation


@parent.changes("reception_of_patron", phase="world")
def reception_remembered(parent_normalises, parent_denounces, reception_of_patron, time_step):
    """How the patron is received is remembered for about a year.

    >>> round(reception_remembered(1.0, 0.0, 0.5, "quarter"), 2)
    0.15
    """
    return compounded(time_step, 0.3) * (
        0.5 + 0.5 * parent_normalises - 0.5 * parent_denounces - reception_of_patron
    )


@parent.changes("normalisation", phase="world")
def trains_run(open_projects, normalisation, time_step):
    """An open corridor is trade.

    >>> trains_run(1.0, 0.5, "quarter")
    0.005
    """
    return compounded(time_step, 0.01) * open_projects * (1.0 - normalisation)
