"""Why the patron pays more, or holds money back.

Reference: @buenodemesquita2007.
"""

from ....engine.declare.parameter import quantity
from ....engine.numerics import at_least, at_most, both
from .treatment import raise_subsidy, withhold_subsidy


@raise_subsidy.open_when
def not_raised_lately(quarters_since_raise):
    """A rise is not followed by another at once."""
    return quarters_since_raise >= 6.0


@raise_subsidy.incentive(weight=quantity(0.45, 0, 2, "utility",
    "What a client who stays in office and content is worth to the patron."))  # fmt: skip
def client_kept(mobilisation, income_surprise, vote_soon, legitimacy):
    """Unrest, hardship and a close vote make the tie dear.

    >>> round(client_kept(0.2, -0.1, 1.0, 0.5), 3)
    0.375
    """
    return (
        at_most(mobilisation, 0.3)
        + at_least(-income_surprise, 0.0)
        + 0.15 * vote_soon * (1.0 - legitimacy)
    )


@raise_subsidy.incentive(weight="thrift")
def thrift_on_a_raise(budget_pressure, parity_bill):
    """More subsidy costs money even in good times.

    >>> round(thrift_on_a_raise(0.3, 0.2), 3)
    -0.048
    """
    return -0.4 * (0.3 + budget_pressure) * parity_bill


@raise_subsidy.incentive(weight=quantity(0.06, 0, 0.5, "utility",
    "The political cost of finding more money."))  # fmt: skip
def effort_of_a_raise():
    """Finding money has its price in the capital.

    >>> effort_of_a_raise()
    -1.0
    """
    return -1.0


@withhold_subsidy.open_when
def something_is_paid(subsidy_withheld, subsidy_promised):
    """There is still something to hold back."""
    return both(subsidy_withheld < 0.6, subsidy_promised > 0.0)


@withhold_subsidy.incentive(weight=quantity(0.95, 0, 4, "utility",
    "What a client who keeps its word is worth to the patron."))  # fmt: skip
def compliance(missed_conditions):
    """What was signed is not carried out: money is the reminder.

    >>> compliance(0.2)
    0.2
    """
    return missed_conditions


@withhold_subsidy.incentive(weight="thrift")
def thrift_by_withholding(budget_pressure, usual_budget_pressure, parity_bill, subsidy_withheld):
    """Money that is withheld is saved, which counts in lean years; it cannot be saved twice.

    >>> round(thrift_by_withholding(0.6, 0.3, 0.2, 0.0), 3)
    0.058
    """
    leanness = at_least(budget_pressure - usual_budget_pressure, 0.0)
    return 1.5 * leanness * (1.0 - subsidy_withheld) * (0.03 + 0.5 * parity_bill)


@withhold_subsidy.incentive(weight="client_kept")
def client_put_at_risk(mobilisation, subsidy_withheld):
    """A cut endangers the client, the more so amid unrest and after earlier cuts.

    >>> round(client_put_at_risk(0.1, 0.0), 2)
    -0.57
    """
    return -(0.47 + at_most(mobilisation, 0.3) + 0.2 * subsidy_withheld)


@withhold_subsidy.incentive(weight=quantity(0.0, -2, 2, "utility",
    "Whether a client with another door open is punished for it: free around zero.",
    source="the record holds no such case"))  # fmt: skip
def other_door_punished(outside_option):
    """Whether a client is made to pay for what it could lean on besides its patron.

    >>> other_door_punished(0.4)
    0.4
    """
    return outside_option
