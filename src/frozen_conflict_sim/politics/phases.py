"""The order of play: a political claim, written out.

An experiment can swap two neighbouring phases.
"""

from __future__ import annotations

from itertools import pairwise

from ..engine.schedule import Phase

ORDER_OF_PLAY = (
    Phase("events", "What nobody here decides comes about.", events=True),
    Phase(
        "patron",
        "The patron decides about each territory, toward each parent, and at the dividing line.",
    ),
    Phase(
        "elites", "Elites answer an ask and start things of their own; what they sign is signed."
    ),
    Phase("money", "What was signed is carried out; money is committed, paid late, or withheld."),
    Phase("public", "Residents listen, judge, and may take to the street."),
    Phase("office", "Street and ballot decide who holds office."),
    Phase(
        "bids", "Bids for accession are left behind, inherited, answered and dropped; so are deals."
    ),
    Phase(
        "parents_hear", "Word of signatures reaches the parents; crowds gather; the parent votes."
    ),
    Phase(
        "parents",
        "Parents decide: toward patron and territories, where to turn, whether to settle.",
    ),
    Phase("west", "The voices of the West respond."),
    Phase(
        "world",
        "Everything else follows: grievance, acceptance, opinion, habits of money, clashes, war.",
    ),
)

AS_WRITTEN = "as_written"


def swapped(word: str = AS_WRITTEN) -> tuple[Phase, ...]:
    """The order of play, as written or with two neighbouring phases swapped.

    >>> [phase.name for phase in swapped("elites_before_patron")][:4]
    ['events', 'elites', 'patron', 'money']
    """
    order = list(ORDER_OF_PLAY)
    if word != AS_WRITTEN:
        at = ORDERS.index(word)
        order[at], order[at + 1] = order[at + 1], order[at]
    return tuple(order)


ORDERS = (
    AS_WRITTEN,
    *(f"{later.name}_before_{earlier.name}" for earlier, later in pairwise(ORDER_OF_PLAY[1:-1])),
)
