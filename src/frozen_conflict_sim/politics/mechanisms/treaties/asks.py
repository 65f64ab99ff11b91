"""An ask on the table: put there, stalled, answered, dropped.

Reference: @dewaal2015; the record (civil.ge) on the counter-draft of October 2014.
"""

from ....engine.declare.parameter import quantity
from ....engine.numerics import either, one_of
from ....engine.time_step import quarters
from ...roles import elite


@elite.changes("ask_pending", phase="patron")
def ask_is_made(patron_asks):
    """The draft lies on the table.

    >>> ask_is_made(1.0)
    1.0
    """
    return patron_asks


@elite.changes("ask_pending", phase="elites")
def answered(signs, elite_refuses, ask_pending):
    """A signature or a refusal takes it off the table.

    >>> answered(1.0, 0.0, 1.0)
    -1.0
    """
    return -(signs + elite_refuses) * ask_pending


@elite.derived("0 or 1",
    patience_with_stalling=quantity(5, 1, 20, "quarters",
        "How long an ask can be stalled before the patron gives up."),
    street_veto=quantity(0.2, 0, 1, "share",
        "Share of residents in the street that makes an elite drop an ask."),
)  # fmt: skip
def ask_dropped(ask_pending, quarters_stalled, patience_with_stalling, mobilisation, street_veto):
    """Whether a pending ask is dropped: the street forces it, or the patron gives up.

    >>> ask_dropped(1.0, 0.0, 5, 0.3, 0.2)
    1.0
    """
    return ask_pending * either(
        one_of(quarters_stalled >= patience_with_stalling, mobilisation > street_veto), 1.0, 0.0
    )


@elite.changes("ask_pending", phase="office")
def dropped(ask_dropped):
    """A dropped ask is off the table.

    >>> dropped(1.0)
    -1.0
    """
    return -ask_dropped


@elite.changes("ask_pending", phase="bids")
def overtaken_by_annexation(annexation, ask_pending):
    """An annexation leaves nothing to ask for.

    >>> overtaken_by_annexation(1.0, 1.0)
    -1.0
    """
    return -annexation * ask_pending


@elite.changes("ask_pending", phase="parents")
def overtaken_by_settlement(elite_settles, ask_pending):
    """A settlement with the parent leaves nothing to ask for.

    >>> overtaken_by_settlement(1.0, 1.0)
    -1.0
    """
    return -elite_settles * ask_pending


@elite.changes("quarters_stalled", phase="elites")
def stalled(ask_pending, signs, elite_refuses, quarters_stalled, time_step):
    """A stalled ask has been stalled for a turn more; an answer ends the count.

    >>> stalled(1.0, 0.0, 0.0, 1.0, "quarter")
    1.0
    """
    waits = ask_pending * (1.0 - signs - elite_refuses)
    return waits * quarters(time_step) - (1.0 - waits) * quarters_stalled


@elite.changes("quarters_since_ask", phase="patron")
def time_since_the_ask(patron_asks, quarters_since_ask, time_step):
    """A turn more since the last ask, or none.

    >>> time_since_the_ask(1.0, 20.0, "quarter")
    -20.0
    """
    return either(patron_asks > 0.5, -quarters_since_ask, quarters(time_step))
