"""The parent's own public: opinion on the West, the economy, crowds against the patron.

Reference: @mueller1970 on rallies; in the record, NDI/CRRC polls of Georgia, 2013–2019.
"""

from ....engine.declare.parameter import quantity
from ....engine.numerics import at_least, at_most
from ...roles import parent

parent.declares(
    usual_public_opinion=quantity(0.70, 0, 1, "share", "Support for the West in ordinary times.",
        source="as in Georgia: NDI/CRRC 2014–2019, NATO goal 61 to 74 %", grade="estimated",
        fact=True),
)  # fmt: skip


@parent.changes("public_opinion", phase="world",
    opinion_reversion_rate=quantity(0.1, 0, 1, "per quarter",
        "How fast opinion on the West returns to the usual."),
)  # fmt: skip
def opinion_reverts(public_opinion, usual_public_opinion, opinion_reversion_rate):
    """Opinion on the West returns to where it was.

    >>> round(opinion_reverts(0.6, 0.7, 0.1), 3)
    0.01
    """
    return opinion_reversion_rate * (usual_public_opinion - public_opinion)


@parent.changes("public_opinion", phase="world",
    opinion_by_economy=quantity(0.1, 0, 1, "per quarter",
        "How much of its supporters the West loses in a quarter of total slump."),
)  # fmt: skip
def slump_turns_opinion(economy, public_opinion, opinion_by_economy):
    """A slump turns people away from the West, which they blame for promises.

    >>> round(slump_turns_opinion(-0.3, 0.7, 0.1), 3)
    -0.021
    """
    return opinion_by_economy * economy * public_opinion


@parent.changes("public_opinion", phase="world",
    opinion_by_clash=quantity(0.1, 0, 1, "share",
        "How much of those who are left a clash turns to the West."),
    opinion_by_war=quantity(0.5, 0, 1, "share", "How much of them a quarter of war turns."),
)  # fmt: skip
def war_turns_opinion(clash, at_war, public_opinion, opinion_by_clash, opinion_by_war):
    """Shots move opinion west by points, war by tens of points, as long as it lasts.

    >>> round(war_turns_opinion(0.0, 1.0, 0.7, 0.1, 0.5), 2)
    0.15
    """
    return at_most(opinion_by_clash * clash + opinion_by_war * at_war, 1.0) * (1.0 - public_opinion)


@parent.changes("public_opinion", phase="world",
    opinion_on_treaties=quantity(0.0, -1, 1, "ratio",
        "Whether a treaty by itself moves the parent's opinion: free around zero.",
        source="NDI/CRRC 2014–15: polls moved the other way"),
)  # fmt: skip
def treaties_move_opinion(grievance_at_work, signatures_arrived, opinion_on_treaties):
    """Whether a treaty by itself moves the parent's opinion.

    >>> treaties_move_opinion(1.0, 0.2, 0.0)
    0.0
    """
    return opinion_on_treaties * grievance_at_work * signatures_arrived


@parent.changes("public_opinion", phase="world",
    opinion_by_solidarity=quantity(0.3, 0, 1, "ratio",
        "How much war or annexation elsewhere turns the parent's public to the West."),
)  # fmt: skip
def solidarity_with_others(war_on_others, annexation_seen, public_opinion, opinion_by_solidarity):
    """War or annexation in one theatre moves the publics of the others.

    In 2022 there was "a surge of solidarity".

    >>> round(solidarity_with_others(1.0, 0.0, 0.7, 0.2), 2)
    0.06
    """
    return (
        opinion_by_solidarity
        * at_most(war_on_others + annexation_seen, 1.0)
        * (1.0 - public_opinion)
    )


@parent.derived("0 or 1")
def war_on_others(war_seen, at_war, war_elsewhere):
    """Whether the patron wages war on somebody else, in this scenario or outside it.

    >>> war_on_others(1.0, 0.0, 0.0)
    1.0
    """
    return at_most(at_least(war_seen - at_war, 0.0) + war_elsewhere, 1.0)


@parent.changes("economy", phase="world",
    economy_recovery_rate=quantity(0.15, 0, 1, "per quarter",
        "How fast the parent's economy returns to normal."),
)  # fmt: skip
def economy_recovers(economy, economy_recovery_rate):
    """The economy returns to normal.

    >>> economy_recovers(-0.3, 0.15)
    0.045
    """
    return -economy_recovery_rate * economy


@parent.hazard(phase="parents_hear",
    protest_against_patron_hazard=quantity(0.01, 0, 0.5, "per quarter",
        "How often something brings crowds against the patron into the parent's streets."),
    protest_by_alienation=quantity(2.0, 0, 10, "ratio",
        "How much oftener it does so at full alienation."),
)  # fmt: skip
def crowds_gather(protest_against_patron_hazard, alienation, protest_by_alienation):
    """Something brings crowds against the patron into the street, more often where it is resented.

    >>> round(crowds_gather(0.01, 0.5, 2.0), 3)
    0.02
    """
    return protest_against_patron_hazard * (1.0 + protest_by_alienation * alienation)


@parent.changes("mobilised_against_patron", phase="parents_hear")
def crowd_in_the_street(crowds_gather, mobilised_against_patron):
    """The crowd is there.

    >>> crowd_in_the_street(1.0, 0.2)
    0.8
    """
    return crowds_gather * (1.0 - mobilised_against_patron)


@parent.changes("mobilised_against_patron", phase="world",
    protest_decay_rate=quantity(0.65, 0, 1, "per quarter",
        "How fast crowds against the patron go home."),
)  # fmt: skip
def crowd_goes_home(mobilised_against_patron, crowds_gather, protest_decay_rate):
    """A crowd goes home within a year.

    >>> round(crowd_goes_home(1.0, 0.0, 0.65), 2)
    -0.65
    """
    return -protest_decay_rate * mobilised_against_patron * (1.0 - crowds_gather)
