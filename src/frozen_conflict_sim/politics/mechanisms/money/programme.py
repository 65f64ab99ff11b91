"""Money promised: signed welfare clauses commit a programme that ramps up and has a sunset.

Reference: @comai2019.
"""

from ....engine.declare.parameter import quantity
from ....engine.numerics import either
from ....engine.time_step import quarters
from ...roles import WELFARE, territory


@territory.changes("committed_money", phase="elites",
    programme_size=quantity(1.6, 0, 5, "ratio",
        "Money that goes with a full step to parity in welfare, relative to the subsidy at the "
        "start."),
)  # fmt: skip
def committed_by_signature(signed_step, programme_size, base_subsidy):
    """Signed welfare clauses commit money.

    >>> round(committed_by_signature([0, 0, 0, 0, 0.25, 0], 1.6, 1000.0))
    400
    """
    return programme_size * signed_step[WELFARE] * base_subsidy


@territory.derived("USD per head a year",
    programme_start_rate=quantity(0.36, 0, 1, "per quarter",
        "Share of the committed money that becomes a programme in a quarter."),
)  # fmt: skip
def started_now(committed_money, programme_start_rate):
    """How much committed money becomes a programme this turn.

    >>> started_now(100.0, 0.36)
    36.0
    """
    return programme_start_rate * committed_money


@territory.changes("committed_money", phase="money")
def commitment_used(started_now):
    """What has become a programme is no longer waiting.

    >>> commitment_used(36.0)
    -36.0
    """
    return -started_now


@territory.changes("programme", phase="money")
def programme_started(started_now):
    """Commitments become programmes.

    >>> programme_started(36.0)
    36.0
    """
    return started_now


@territory.changes("programme", phase="money",
    programme_end_rate=quantity(0.06, 0, 1, "per quarter",
        "Share of a programme that ends in a quarter."),
)  # fmt: skip
def programme_ends(programme, programme_end_rate):
    """Programmes run out.

    >>> programme_ends(100.0, 0.06)
    -6.0
    """
    return -programme_end_rate * programme


@territory.changes("standing_subsidy", phase="patron",
    raise_size=quantity(0.10, 0, 1, "ratio",
        "How much a raise adds, relative to the subsidy at the start."),
)  # fmt: skip
def raised(patron_raises_subsidy, raise_size, base_subsidy):
    """The patron pays more from now on.

    >>> raised(1.0, 0.1, 1000.0)
    100.0
    """
    return patron_raises_subsidy * raise_size * base_subsidy


@territory.changes("quarters_since_raise", phase="patron")
def time_since_the_raise(patron_raises_subsidy, quarters_since_raise, time_step):
    """A turn more since the last raise, or none.

    >>> time_since_the_raise(0.0, 3.0, "quarter")
    1.0
    """
    return either(patron_raises_subsidy > 0.5, -quarters_since_raise, quarters(time_step))


@territory.derived("USD per head a year")
def subsidy_promised(standing_subsidy, programme):
    """What the patron has promised for this year.

    >>> subsidy_promised(1000.0, 200.0)
    1200.0
    """
    return standing_subsidy + programme
