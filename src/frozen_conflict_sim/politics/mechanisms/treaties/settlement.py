"""A settlement with the parent ends a territory's conflict and undoes its treaties.

Reference: @walter2002.
"""

from ...roles import territory


@territory.changes("reintegrated", phase="parents")
def settlement_reached(elite_settles):
    """Parent and elite have settled.

    >>> settlement_reached(1.0)
    1.0
    """
    return elite_settles


@territory.changes("agreed", phase="parents")
def settlement_undoes_treaties(elite_settles, agreed):
    """A settlement undoes the treaties with the patron.

    >>> settlement_undoes_treaties(1.0, 0.5)
    -0.5
    """
    return -elite_settles * agreed


@territory.changes("bases", phase="parents")
def patron_withdraws(elite_settles, bases):
    """The patron's bases leave a territory that has settled.

    >>> patron_withdraws(1.0, 1.0)
    -1.0
    """
    return -elite_settles * bases


@territory.changes("recognition", phase="parents")
def recognition_lapses(elite_settles, recognition):
    """With a settlement the patron's recognition lapses.

    >>> recognition_lapses(1.0, 1.0)
    -1.0
    """
    return -elite_settles * recognition
