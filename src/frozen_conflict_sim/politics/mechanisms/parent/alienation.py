"""What alienates the parent's government, what heals it, and how it adjusts to a fait accompli.

Reference: @dewaal2015; @jervis1978 on the security dilemma.
"""

from ....engine.declare.parameter import quantity
from ....engine.numerics import either
from ...roles import parent


@parent.derived("ratio",
    outrage_after_concessions=quantity(0.9, 0, 3, "ratio",
        "How much greater outrage is after the parent's own full concessions."),
)  # fmt: skip
def own_concessions(recent_concessions, outrage_after_concessions):
    """Outrage is greater after the parent's own concessions.

    "Destructive actions to Georgia's efforts", it was called in March 2015.

    >>> own_concessions(1.0, 0.5)
    1.5
    """
    return 1.0 + outrage_after_concessions * recent_concessions


def room(response_to_pushes, left, saturation_midpoint):
    """How much room a push finds: the same everywhere, or as much as is left of the scale.

    What is left counts relative to the room at which both forms are equal.

    >>> room("even", 0.2, 0.5), round(room("saturating", 0.2, 0.5), 2)
    (1.0, 0.4)
    """
    return either(response_to_pushes == "even", 1.0, left / saturation_midpoint)


@parent.derived("index")
def room_for_alienation(response_to_pushes, alienation, saturation_midpoint):
    """How much room there is for further alienation.

    >>> room_for_alienation("even", 0.8, 0.5)
    1.0
    """
    return room(response_to_pushes, 1.0 - alienation, saturation_midpoint)


@parent.derived("index")
def room_for_acceptance(response_to_pushes, acceptance, saturation_midpoint):
    """How much room there is for further acceptance.

    >>> room_for_acceptance("even", 0.8, 0.5)
    1.0
    """
    return room(response_to_pushes, 1.0 - acceptance, saturation_midpoint)


@parent.derived("depth")
def integration_arrived(
    signatures_arrived, implementations_arrived, signature_share_of_integration
):
    """What is signed and what is carried out, as it reaches the parent.

    >>> round(integration_arrived(0.2, 0.1, 0.5), 2)
    0.15
    """
    return (
        signature_share_of_integration * signatures_arrived
        + (1.0 - signature_share_of_integration) * implementations_arrived
    )


@parent.changes("alienation", phase="world",
    sensitivity_to_integration=quantity(0.7, 0, 6, "ratio",
        "How much a full integration moves alienation or acceptance at strength one."),
)  # fmt: skip
def grievance_over_integration(
    grievance_at_work,
    integration_arrived,
    own_concessions,
    room_for_alienation,
    sensitivity_to_integration,
):
    """What is signed and what is carried out alienates the parent's government.

    >>> round(grievance_over_integration(1.0, 0.1, 1.0, 0.5, 2.2), 2)
    0.11
    """
    return (
        sensitivity_to_integration
        * grievance_at_work
        * own_concessions
        * integration_arrived
        * room_for_alienation
    )


@parent.changes("alienation", phase="world",
    alienation_decay_rate=quantity(0.03, 0, 0.5, "per quarter",
        "How fast alienation heals by itself."),
    lasting_alienation=quantity(0.15, 0, 1, "index", "Alienation that does not heal."),
)  # fmt: skip
def time_heals(alienation, alienation_decay_rate, lasting_alienation):
    """Alienation heals slowly.

    >>> round(time_heals(0.55, 0.05, 0.15), 3)
    -0.02
    """
    return -alienation_decay_rate * (alienation - lasting_alienation)


@parent.changes("alienation", phase="world",
    alienation_decay_by_normalisation=quantity(0.05, 0, 0.5, "per quarter",
        "How much faster it heals under full political normalisation."),
)  # fmt: skip
def good_relations_heal(
    alienation, political_normalisation, alienation_decay_by_normalisation, lasting_alienation
):
    """Alienation heals faster while talks lead somewhere.

    >>> round(good_relations_heal(0.55, 0.5, 0.05, 0.15), 3)
    -0.01
    """
    return (
        -alienation_decay_by_normalisation
        * political_normalisation
        * (alienation - lasting_alienation)
    )


@parent.changes("alienation", phase="world",
    alienation_by_coercion=quantity(0.004, 0, 0.5, "per quarter",
        "How much of what is missing to full alienation coercion at the line adds in a quarter."),
)  # fmt: skip
def fences_alienate(patron_coerces, alienation, alienation_by_coercion):
    """Fences and detentions at the line alienate.

    >>> fences_alienate(1.0, 0.5, 0.004)
    0.002
    """
    return alienation_by_coercion * patron_coerces * (1.0 - alienation)


@parent.changes("alienation", phase="world",
    alienation_by_embargo=quantity(0.03, 0, 0.5, "per quarter",
        "How much a quarter's embargo alienates."),
)  # fmt: skip
def bans_alienate(patron_embargoes, alienation_by_embargo):
    """A ban alienates.

    >>> bans_alienate(1.0, 0.03)
    0.03
    """
    return alienation_by_embargo * patron_embargoes


@parent.changes("alienation", phase="world",
    alienation_by_clash=quantity(0.04, 0, 1, "share",
        "How much of what is missing to full alienation a clash adds."),
    alienation_by_war=quantity(0.5, 0, 1, "share", "How much a quarter of war adds."),
)  # fmt: skip
def fighting_alienates(clash, at_war, alienation, alienation_by_clash, alienation_by_war):
    """Shots alienate, war more than anything.

    >>> fighting_alienates(0.0, 1.0, 0.5, 0.04, 0.5)
    0.25
    """
    return (alienation_by_clash * clash + alienation_by_war * at_war) * (1.0 - alienation)


@parent.changes("acceptance", phase="world")
def fait_accompli(
    accommodation_at_work, implementations_arrived, room_for_acceptance, sensitivity_to_integration
):
    """What is carried out and stays is adjusted to.

    >>> round(fait_accompli(0.6, 0.1, 0.5, 2.2), 3)
    0.066
    """
    return (
        sensitivity_to_integration
        * accommodation_at_work
        * implementations_arrived
        * room_for_acceptance
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


@parent.changes("outrage", phase="world",
    outrage_decay_rate=quantity(0.5, 0, 1, "per quarter", "How fast outrage cools."),
)  # fmt: skip
def outrage_cools(outrage, outrage_decay_rate):
    """Outrage cools within a year.

    >>> outrage_cools(0.4, 0.5)
    -0.2
    """
    return -outrage_decay_rate * outrage
