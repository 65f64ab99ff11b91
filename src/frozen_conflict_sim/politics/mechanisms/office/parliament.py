"""Parliaments that can bring a leader down early.

Reference: the record (events): Abkhazia 2014, 2016 and 2020.
"""

from ....engine.declare.parameter import quantity
from ....engine.numerics import at_least, either
from ...roles import elite

elite.declares(
    parliament_power=quantity(0.0, 0, 1, "index",
        "How far a parliament can bring the leader down: from not at all to by a simple majority."),
    parliament_confidence_threshold=quantity(0.4, 0, 1, "index",
        "Legitimacy below which a parliament turns against the leader."),
)  # fmt: skip


@elite.hazard(phase="office",
    no_confidence_hazard=quantity(0.8, 0, 5, "hazard per quarter",
        "How fast a sovereign parliament removes a leader without any legitimacy."),
)  # fmt: skip
def voted_down(
    parliament_power,
    legitimacy,
    parliament_confidence_threshold,
    tenure,
    safe_quarters,
    independent,
    no_confidence_hazard,
):
    """A parliament that has the power removes a leader who has lost the public.

    A leader who has just come in is left alone.

    >>> round(voted_down(0.5, 0.3, 0.4, 8.0, 4.0, 1.0, 0.8), 2)
    0.04
    """
    chance = (
        no_confidence_hazard
        * parliament_power
        * at_least(parliament_confidence_threshold - legitimacy, 0.0)
    )
    return independent * either(tenure >= safe_quarters, chance, 0.0)
