"""Recognition by other states: a handful recognise, and some withdraw.

Reference: @france2015; the record (events): Nauru and Tuvalu recognised in 2009 and 2011, Vanuatu
and Tuvalu withdrew, Syria followed in 2018.
"""

from ....engine.declare.parameter import quantity
from ....engine.numerics import at_most
from ...roles import territory


@territory.hazard(phase="world",
    recognition_gain_rate=quantity(0.01, 0, 0.5, "per quarter",
        "How often the patron wins another state over while its budget is easy."),
)  # fmt: skip
def another_state_recognises(recognition, budget_pressure, independent, recognition_gain_rate):
    """Another state is won over, where the patron recognises and has money to spare.

    >>> round(another_state_recognises(1.0, 0.3, 1.0, 0.01), 3)
    0.007
    """
    return recognition_gain_rate * recognition * (1.0 - budget_pressure) * independent


@territory.hazard(phase="world",
    recognition_loss_rate=quantity(0.01, 0, 0.5, "per quarter",
        "How often one of the states that recognise withdraws."),
)  # fmt: skip
def a_state_withdraws(recognisers, recognition_loss_rate):
    """A state withdraws its recognition, the sooner the more there are.

    >>> round(a_state_withdraws(3.0, 0.01), 2)
    0.03
    """
    return at_most(recognition_loss_rate * recognisers, 1.0)


@territory.changes("recognisers", phase="world")
def circle_grows(another_state_recognises):
    """The circle of those who recognise grows.

    >>> circle_grows(1.0)
    1.0
    """
    return another_state_recognises


@territory.changes("recognisers", phase="world")
def circle_shrinks(a_state_withdraws, recognisers):
    """The circle of those who recognise shrinks.

    >>> circle_shrinks(1.0, 3.0)
    -1.0
    """
    return -at_most(a_state_withdraws, recognisers)
