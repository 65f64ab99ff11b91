"""Protection: how far the patron's bases and its recognition shield a territory from its parent.

Reference: assumed: bases weigh more than a signature, and recognition adds to them.
"""

from ....engine.declare.parameter import quantity
from ....engine.numerics import at_most
from ...roles import territory


@territory.derived("index",
    protection_by_troops=quantity(0.55, 0, 1, "share",
        "How much of a full guarantee the patron's bases are by themselves."),
    protection_by_recognition=quantity(0.25, 0, 1, "share",
        "How much the patron's recognition adds to it."),
)  # fmt: skip
def guarantee(bases, recognition, protection_by_troops, protection_by_recognition):
    """Protection by the patron's bases and recognition: how little residents need fear the parent.

    >>> round(guarantee(1.0, 1.0, 0.55, 0.25), 2)
    0.8
    """
    return at_most(bases * (protection_by_troops + protection_by_recognition * recognition), 1.0)
