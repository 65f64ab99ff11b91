"""Attention and the mood at home.

A crisis elsewhere busies patron and West; an annexation lifts the patron's mood.

Reference: @jones2005.
"""

from ....engine.declare.parameter import quantity
from ...roles import patron, west


@patron.changes("attention", phase="patron",
    attention_used_by_asking=quantity(0.5, 0, 1, "index",
        "Attention that preparing one treaty takes."),
)  # fmt: skip
def treaty_takes_attention(asks_made, attention_used_by_asking):
    """A treaty takes attention; what cannot be attended to waits.

    >>> treaty_takes_attention(1.0, 0.5)
    -0.5
    """
    return -attention_used_by_asking * asks_made


@patron.changes("attention", phase="world",
    attention_recovery_rate=quantity(0.3, 0, 1, "per quarter", "How fast attention is free again."),
)  # fmt: skip
def attention_returns(attention, attention_recovery_rate):
    """Attention returns within two or three quarters.

    >>> round(attention_returns(0.0, 0.3), 2)
    0.3
    """
    return attention_recovery_rate * (1.0 - attention)


@patron.changes("prestige_climate", phase="world",
    usual_prestige_climate=quantity(0.25, 0, 1, "index",
        "The climate of prestige in ordinary times."),
    prestige_climate_decay_rate=quantity(0.07, 0, 1, "per quarter",
        "How fast an exalted mood fades."),
)  # fmt: skip
def mood_returns_to_normal(prestige_climate, usual_prestige_climate, prestige_climate_decay_rate):
    """An exalted mood fades over some years.

    >>> round(mood_returns_to_normal(1.0, 0.25, 0.07), 4)
    -0.0525
    """
    return prestige_climate_decay_rate * (usual_prestige_climate - prestige_climate)


patron.aggregates(
    "asks_made", of="patron_asks", how="sum", meaning="How many asks the patron makes this turn."
)


@west.changes("western_attention", phase="world",
    western_attention_recovery_rate=quantity(0.15, 0, 1, "per quarter",
        "How fast the West's attention is free again after a crisis elsewhere."),
)  # fmt: skip
def western_attention_returns(western_attention, western_attention_recovery_rate):
    """The West's attention, drawn away by another theatre, returns.

    >>> western_attention_returns(0.0, 0.15)
    0.15
    """
    return western_attention_recovery_rate * (1.0 - western_attention)
