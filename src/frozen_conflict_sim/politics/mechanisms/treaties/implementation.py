"""Carrying out: implementation lags agreement, by years for police and law, and can be halted.

Reference: the record (jam-news): the police centre of the Abkhaz treaty was ratified 975 days after
the signature.
"""

from ....engine.declare.parameter import quantity
from ....engine.numerics import at_most, average, both, either
from ....engine.time_step import quarters
from ...roles import elite, territory
from ...state import clauses

territory.declares(
    implementation_rate=quantity(clauses(0.5, 0.4, 0.25, 0.14, 0.3, 0.10), 0, 1, "per quarter",
        "Share of the gap to what is agreed that is carried out in a quarter.", by="clause"),
)  # fmt: skip


@territory.derived("ratio", by="clause",
    implementation_beyond_ideal=quantity(0.5, 0, 1, "ratio",
        "How fast clauses beyond the ruling faction's ideal are carried out by an elite that "
        "drags its feet."),
)  # fmt: skip
def implementation_pace(implemented, ideal, elite_drags_feet, implementation_beyond_ideal):
    """How fast each clause is carried out, relative to the treaty's schedule.

    >>> implementation_pace(0.4, 0.3, 1.0, 0.5), implementation_pace(0.2, 0.3, 1.0, 0.5)
    (0.5, 1.0)
    """
    return either(
        both(elite_drags_feet > 0.5, implemented >= ideal), implementation_beyond_ideal, 1.0
    )


@territory.derived("depth", by="clause",
    implementation_while_halted=quantity(0.1, 0, 1, "ratio",
        "How fast clauses are carried out while the deal is halted."),
)  # fmt: skip
def carried_out_now(
    agreed,
    implemented,
    implementation_rate,
    implementation_pace,
    quarters_of_halt_left,
    implementation_while_halted,
):
    """How much of each clause is carried out, or undone, this turn.

    >>> round(carried_out_now(0.8, 0.4, 0.5, 1.0, 0.0, 0.1), 2)
    0.2
    """
    gap = agreed - implemented
    return (
        implementation_rate
        * gap
        * either(gap > 0.0, implementation_pace, 1.0)
        * either(quarters_of_halt_left > 0.0, implementation_while_halted, 1.0)
    )


@territory.changes("implemented", phase="money")
def carrying_out(carried_out_now):
    """What is agreed is carried out at each clause's own speed.

    >>> carrying_out(0.2)
    0.2
    """
    return carried_out_now


@territory.changes("fresh_implementation", phase="money")
def carrying_out_seen(carried_out_now, fresh_implementation):
    """The parent sees how much was carried out.

    >>> carrying_out_seen([0.2, 0.0], 0.0)
    0.1
    """
    return average(carried_out_now) - fresh_implementation


@elite.changes("quarters_of_halt_left", phase="bids",
    halt_duration=quantity(6, 1, 40, "quarters", "How long a halted deal stays halted."),
)  # fmt: skip
def halted(deal_suspended, quarters_of_halt_left, halt_duration, time_step):
    """A halted deal waits some time.

    >>> halted(1.0, 0.0, 6, "quarter")
    6.0
    """
    return (
        either(
            deal_suspended > 0.5,
            halt_duration,
            -at_most(quarters_of_halt_left, quarters(time_step)),
        )
        * 1.0
    )


@territory.derived("depth")
def integration(implemented):
    """How deep integration goes, over all clauses, as carried out.

    >>> integration([0.5, 0.7])
    0.6
    """
    return average(implemented)
