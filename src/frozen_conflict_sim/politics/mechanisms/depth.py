"""How deep integration goes.

Reference: assumed: the mean over clauses, as the published summaries are scored.
"""

from ...engine.numerics import average
from ..roles import territory


@territory.derived("depth")
def integration(implemented):
    """How deep integration goes, over all clauses, as carried out.

    >>> integration([0.5, 0.7])
    0.6
    """
    return average(implemented)
