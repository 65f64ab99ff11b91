"""Contacts across the line loosen a territory's dependence on its patron; isolation deepens it.

Reference: @kerlindsay2015.
"""

from ....engine.declare.parameter import quantity
from ...roles import BORDERS, WITH_PATRON, territory


@territory.changes("engagement", phase="world",
    engagement_gain_rate=quantity(0.12, 0, 1, "per quarter",
        "How fast contacts across the line grow while the parent engages."),
)  # fmt: skip
def contacts_grow(parent_engages, engagement, independent, engagement_gain_rate):
    """Contacts across the line grow when the parent engages.

    >>> round(contacts_grow(1.0, 0.5, 1.0, 0.12), 2)
    0.06
    """
    return engagement_gain_rate * parent_engages * independent * (1.0 - engagement)


@territory.changes("engagement", phase="world",
    engagement_decay_rate=quantity(0.05, 0, 0.5, "per quarter",
        "How fast contacts across the line wither by neglect."),
    engagement_decay_by_isolation=quantity(0.25, 0, 0.5, "per quarter",
        "How much faster they wither while the parent isolates the territory."),
)  # fmt: skip
def contacts_wither(
    parent_isolates, engagement, engagement_decay_rate, engagement_decay_by_isolation
):
    """Contacts wither by neglect, faster when the parent turns its back.

    >>> contacts_wither(1.0, 0.5, 0.05, 0.25)
    -0.15
    """
    return -(engagement_decay_rate + engagement_decay_by_isolation * parent_isolates) * engagement


@territory.changes("dependence", phase="world",
    dependence_by_isolation=quantity(0.02, 0, 0.2, "per quarter",
        "How fast isolation by the parent deepens dependence on the patron."),
)  # fmt: skip
def isolation_deepens_dependence(parent_isolates, dependence, independent, dependence_by_isolation):
    """A parent that isolates deepens the dependence it complains of.

    >>> isolation_deepens_dependence(1.0, 0.5, 1.0, 0.02)
    0.01
    """
    return dependence_by_isolation * parent_isolates * independent * (1.0 - dependence)


@territory.changes("dependence", phase="world",
    dependence_by_contact=quantity(0.01, 0, 0.2, "per quarter",
        "How fast contact with others loosens dependence on the patron."),
)  # fmt: skip
def contact_loosens_dependence(outside_option, dependence, dependence_by_contact):
    """Contact with others loosens dependence.

    >>> round(contact_loosens_dependence(0.5, 0.6, 0.02), 4)
    -0.006
    """
    return -dependence_by_contact * outside_option * dependence


@territory.changes("dependence", phase="money",
    dependence_by_open_border=quantity(0.15, 0, 1, "ratio",
        "How much of a territory's remaining independence an open border with the patron takes."),
)  # fmt: skip
def open_border_ties(carried_out_now, dependence, trade_shares, dependence_by_open_border):
    """Integrated customs and open crossings tie what a territory trades with its patron to it.

    >>> round(open_border_ties([0, 0, 0.2, 0, 0, 0], 0.5, [1.0, 0.0, 0.0], 0.15), 3)
    0.015
    """
    return (
        dependence_by_open_border
        * carried_out_now[BORDERS]
        * (1.0 - dependence)
        * trade_shares[WITH_PATRON]
    )
