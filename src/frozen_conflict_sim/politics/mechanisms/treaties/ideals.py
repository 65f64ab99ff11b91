"""How far texts lie from the ruling faction's ideal, and how hard they press on sovereignty.

Reference: @achen2006.
"""

from ....engine.numerics import at_least, average
from ...roles import elite


@elite.derived("depth wanted")
def mean_ideal(ideal):
    """The ruling faction's ideal depth, over all clauses.

    >>> mean_ideal([0.25, 0.75])
    0.5
    """
    return average(ideal)


@elite.derived("depth")
def overreach(agreed, ideal):
    """How far the treaties in force go beyond the ruling faction's ideal, over all clauses.

    >>> round(overreach([0.8, 0.2], [0.4, 0.4]), 2)
    0.2
    """
    return average([at_least(have - goal, 0.0) for have, goal in zip(agreed, ideal)])


@elite.derived("depth")
def overreach_of_the_draft(draft, ideal, agreed):
    """How far the draft exceeds both the treaties in force and the ideal, over all clauses.

    >>> round(overreach_of_the_draft([0.9], [0.4], [0.3]), 2)
    0.5
    """
    return average(
        [
            at_least(asked - at_least(goal, have), 0.0)
            for asked, goal, have in zip(draft, ideal, agreed)
        ]
    )


@elite.derived("index")
def red_line_of_the_draft(draft, agreed, clause_sovereignty):
    """How hard the draft presses on what people hold sovereign.

    >>> round(red_line_of_the_draft([0.9, 0.9], [0.4, 0.4], [1.8, 0.0]), 2)
    0.45
    """
    return average(
        [
            touches * (asked - have)
            for touches, asked, have in zip(clause_sovereignty, draft, agreed)
        ]
    )
