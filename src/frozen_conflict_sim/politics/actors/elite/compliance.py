"""Whether the elite carries out what it signed, or drags its feet over what goes too far.

Reference: the record (asks): 975 days from the signature to the ratification of the police centre.
"""

from ....engine.declare.parameter import quantity
from ....engine.numerics import at_least, average
from ...roles import elite

compliance = elite.decides("compliance", "whether it carries out what it signed", phase="elites")
carry_out = compliance.nothing("carry_out", "Keep to the schedule.")
drag_feet = compliance.option(
    "drag_feet", "Drag its feet where a clause goes beyond its own ideal.", act="elite_drags_feet"
)


@elite.derived("depth")
def outstanding_beyond_ideal(agreed, implemented, ideal):
    """How much that exceeds the ruling faction's ideal is agreed but not yet carried out.

    >>> round(outstanding_beyond_ideal([0.8, 0.2], [0.3, 0.2], [0.4, 0.4]), 2)
    0.2
    """
    return average(
        [
            at_least(goal - at_least(done, wish), 0.0)
            for goal, done, wish in zip(agreed, implemented, ideal)
        ]
    )


@drag_feet.open_when
def something_unwelcome_is_due(outstanding_beyond_ideal):
    """Something is to be carried out that goes beyond the ruling faction's ideal.

    Otherwise: nothing is due that goes beyond the ruling faction's ideal.
    """
    return outstanding_beyond_ideal > 0.0


@drag_feet.open_when
def still_there_to_comply(independent):
    """There is still a separate territory to comply.

    Otherwise: the territory is annexed or settled already.
    """
    return independent > 0.5


@drag_feet.incentive(weight=quantity(3.0, 0, 10, "utility",
    "How much an elite minds carrying out what goes beyond its ideal."))  # fmt: skip
def unwelcome_clauses(outstanding_beyond_ideal):
    """What goes too far is put off.

    >>> unwelcome_clauses(0.1)
    0.1
    """
    return outstanding_beyond_ideal


@drag_feet.incentive(weight=quantity(0.1, 0, 2, "utility",
    "How much an elite fears to be caught behind schedule by a patron within reach."))  # fmt: skip
def patron_watches(patrons_reach):
    """A patron within reach checks the schedule.

    >>> patron_watches(0.8)
    -0.8
    """
    return -patrons_reach


@drag_feet.incentive(weight=quantity(0.25, 0, 2, "utility",
    "How much an elite minds money that is held back over missed conditions."))  # fmt: skip
def money_at_stake(dependence, subsidy_withheld):
    """Who lives from the patron and has been cut already complies.

    >>> round(money_at_stake(0.8, 0.25), 2)
    -0.2
    """
    return -dependence * subsidy_withheld
