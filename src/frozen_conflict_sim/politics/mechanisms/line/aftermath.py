"""What a war leaves behind: displaced people, troops that stay, and force that is remembered.

Reference: @schelling1966; @fearon1995.
"""

from ....engine.declare.parameter import quantity
from ....engine.numerics import at_least, ratio
from ...roles import parent, patron, territory


@territory.changes("displaced_people", phase="world",
    displaced_by_war=quantity(0.5, 0, 1, "share",
        "Share of the parent's kin in a territory whom a quarter of war displaces."),
)  # fmt: skip
def people_displaced(at_war, displaced_people, kin_of_the_parent, population, displaced_by_war):
    """War drives out the parent's kin.

    >>> people_displaced(1.0, 0.0, 0.2, 100.0, 0.5)
    10.0
    """
    return (
        displaced_by_war * at_war * at_least(kin_of_the_parent * population - displaced_people, 0.0)
    )


@territory.changes("bases", phase="world",
    troops_by_war=quantity(0.9, 0, 1, "share",
        "Share of what is missing to a full garrison that a quarter of war brings."),
)  # fmt: skip
def troops_stay(at_war, bases, independent, troops_by_war):
    """The troops that fought the war stay.

    >>> round(troops_stay(1.0, 0.2, 1.0, 0.5), 2)
    0.4
    """
    return troops_by_war * at_war * independent * (1.0 - bases)


@parent.changes("alienation", phase="world",
    alienation_by_displacement=quantity(0.15, 0, 1, "index",
        "How much full displacement of its kin alienates a parent in a quarter."),
)  # fmt: skip
def displaced_people_alienate(at_war, displacement_felt, alienation, alienation_by_displacement):
    """People in tents alienate.

    >>> round(displaced_people_alienate(1.0, 0.5, 0.4, 0.15), 3)
    0.045
    """
    return alienation_by_displacement * at_war * displacement_felt * (1.0 - alienation)


@territory.derived("share")
def displaced_share(displaced_people, kin_of_the_parent, population):
    """Share of the parent's kin who are displaced.

    >>> displaced_share(5.0, 0.2, 100.0)
    0.25
    """
    return ratio(displaced_people, kin_of_the_parent * population)


parent.aggregates(
    "displacement_felt",
    of="displaced_share",
    how="largest",
    meaning="Largest share of its kin that is displaced from a territory.",
)


@patron.changes("recent_force", phase="world")
def force_used_elsewhere(war_elsewhere, recent_force):
    """War on a state outside the scenario is force, too.

    >>> force_used_elsewhere(1.0, 0.4)
    0.6
    """
    return war_elsewhere * (1.0 - recent_force)


@parent.fixed_within_turn(phase="west")
def fighting(at_war):
    """Whether there is fighting this turn, even if it ends before the turn does.

    >>> fighting(1.0)
    1.0
    """
    return at_war
