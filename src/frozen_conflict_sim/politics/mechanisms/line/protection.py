"""Protection: how far the patron's bases and its recognition shield a territory from its parent.

Reference: assumed: bases weigh more than a signature, and recognition adds to them.
"""

from ....engine.declare.parameter import quantity
from ....engine.numerics import at_most
from ...roles import DEFENCE, territory


@territory.derived("index",
    protection_by_troops=quantity(0.50, 0, 1, "share",
        "How much of a full guarantee the patron's bases are by themselves."),
    protection_by_recognition=quantity(0.22, 0, 1, "share",
        "How much the patron's recognition adds to it."),
    protection_by_joint_defence=quantity(0.12, 0, 1, "share",
        "How much a joint defence that is carried out in full adds to it."),
)  # fmt: skip
def guarantee(
    bases,
    recognition,
    implemented,
    protection_by_troops,
    protection_by_recognition,
    protection_by_joint_defence,
):
    """How little residents need fear the parent: bases, recognition and a joint defence protect.

    >>> round(guarantee(1.0, 1.0, [0.0, 0.5, 0.0, 0.0, 0.0, 0.0], 0.5, 0.2, 0.1), 2)
    0.75
    """
    return at_most(
        bases * (protection_by_troops + protection_by_recognition * recognition)
        + protection_by_joint_defence * implemented[DEFENCE],
        1.0,
    )


@territory.derived("index",
    recognisers_half_saturation=quantity(30.0, 1, 200, "states",
        "How many recognising states make half an alternative to the patron."),
)  # fmt: skip
def friends_elsewhere(recognisers, recognisers_half_saturation):
    """What a circle of states that recognise is worth as an alternative to the patron.

    >>> friends_elsewhere(30.0, 30.0)
    0.5
    """
    return recognisers / (recognisers + recognisers_half_saturation)


@territory.changes("recognition", phase="bids")
def patron_recognition(patron_recognises, recognition):
    """The patron recognises the territory.

    >>> patron_recognition(1.0, 0.0)
    1.0
    """
    return patron_recognises * (1.0 - recognition)


@territory.changes("bases", phase="bids",
    troops_by_plea=quantity(0.3, 0, 1, "share",
        "Share of what is missing to a full garrison that one answer to a plea brings."),
)  # fmt: skip
def garrison_grows(patron_sends_troops, bases, troops_by_plea):
    """Troops come that were asked for.

    >>> round(garrison_grows(1.0, 0.2, 0.5), 2)
    0.4
    """
    return troops_by_plea * patron_sends_troops * (1.0 - bases)
