"""What alienates the parent's government, what heals it, and how it adjusts to a fait accompli.

Reference: @dewaal2015; @jervis1978 on the security dilemma.
"""

from ....engine.declare.parameter import quantity
from ....engine.time_step import compounded
from ...roles import parent


@parent.derived("ratio")
def own_concessions(reception_of_patron):
    """Outrage is greater after the parent's own concessions.

    "Destructive actions to Georgia's efforts" (March 2015).

    >>> own_concessions(1.0)
    1.25
    """
    return 1.0 + 0.5 * (reception_of_patron - 0.5)


@parent.changes("alienation", phase="world",
    sensitivity_to_integration=quantity(2.2, 0, 6, "ratio",
        "How much a full integration moves alienation or acceptance at strength one."),
)  # fmt: skip
def grievance_over_integration(
    grievance_at_work,
    signatures_arrived,
    implementations_arrived,
    own_concessions,
    alienation,
    sensitivity_to_integration,
):
    """What is signed and what is carried out alienates the parent's government.

    >>> round(grievance_over_integration(1.0, 0.2, 0.0, 1.0, 0.5, 2.2), 2)
    0.11
    """
    arrived = 0.5 * signatures_arrived + 0.5 * implementations_arrived
    return (
        sensitivity_to_integration
        * grievance_at_work
        * own_concessions
        * arrived
        * (1.0 - alienation)
    )


@parent.changes("alienation", phase="world",
    alienation_decay_rate=quantity(0.03, 0, 0.5, "per quarter",
        "How fast alienation heals by itself."),
    alienation_decay_by_trade=quantity(0.05, 0, 0.5, "per quarter",
        "How much faster it heals under full normalisation."),
    lasting_alienation=quantity(0.15, 0, 1, "index", "Alienation that does not heal."),
)  # fmt: skip
def time_heals(
    alienation, normalisation, alienation_decay_rate, alienation_decay_by_trade, lasting_alienation
):
    """Alienation heals slowly, faster under normalisation.

    >>> round(time_heals(0.55, 0.4, 0.03, 0.05, 0.15), 3)
    -0.02
    """
    return -(alienation_decay_rate + alienation_decay_by_trade * normalisation) * (
        alienation - lasting_alienation
    )


@parent.changes("alienation", phase="world")
def fences_alienate(patron_coerces, alienation, time_step):
    """Fences and detentions at the line alienate.

    >>> fences_alienate(1.0, 0.5, "quarter")
    0.002
    """
    return compounded(time_step, 0.004) * patron_coerces * (1.0 - alienation)


@parent.changes("alienation", phase="world")
def bans_alienate(patron_embargoes, time_step):
    """A ban alienates.

    >>> bans_alienate(1.0, "quarter")
    0.03
    """
    return compounded(time_step, 0.03) * patron_embargoes


@parent.changes("alienation", phase="world")
def fighting_alienates(clash, war_breaks_out, alienation):
    """Shots alienate, war more than anything.

    >>> fighting_alienates(0.0, 1.0, 0.5)
    0.25
    """
    return (0.04 * clash + 0.5 * war_breaks_out) * (1.0 - alienation)


@parent.changes("acceptance", phase="world")
def fait_accompli(
    accommodation_at_work, implementations_arrived, acceptance, sensitivity_to_integration
):
    """What is carried out and stays is adjusted to.

    >>> round(fait_accompli(0.6, 0.1, 0.0, 2.2), 3)
    0.132
    """
    return (
        sensitivity_to_integration
        * accommodation_at_work
        * implementations_arrived
        * (1.0 - acceptance)
    )


@parent.changes("acceptance", phase="world",
    acceptance_decay_rate=quantity(0.03, 0, 0.5, "per quarter", "How fast acceptance fades."),
)  # fmt: skip
def acceptance_fades(acceptance, acceptance_decay_rate):
    """A new generation has not made its peace.

    >>> acceptance_fades(0.5, 0.03)
    -0.015
    """
    return -acceptance_decay_rate * acceptance


@parent.changes("outrage", phase="parents_hear",
    outcry_over_signatures=quantity(1.8, 0, 20, "ratio",
        "How loud the outcry over a signature is at grievance one."),
)  # fmt: skip
def outcry_over_a_signature(grievance_at_work, signatures_arrived, outcry_over_signatures, outrage):
    """A signature is an outrage, through the channel of grievance.

    >>> round(outcry_over_a_signature(1.0, 0.1, 6.0, 0.2), 2)
    0.48
    """
    return outcry_over_signatures * grievance_at_work * signatures_arrived * (1.0 - outrage)


@parent.changes("outrage", phase="world")
def outrage_cools(outrage, time_step):
    """Outrage halves with every quarter.

    >>> outrage_cools(0.4, "quarter")
    -0.2
    """
    return -compounded(time_step, 0.5) * outrage
