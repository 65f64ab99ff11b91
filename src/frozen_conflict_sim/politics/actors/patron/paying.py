"""Why the patron pays more, or holds money back.

Reference: @buenodemesquita2007.
"""

from ....engine.declare.parameter import quantity
from ....engine.numerics import at_least, at_most, both
from ...roles import patron, territory
from .treatment import raise_subsidy, withhold_subsidy

patron.declares(
    ordinary_thrift=quantity(0.3, 0, 1, "index",
        "How much money counts for the patron even without pressure on its budget."),
    raise_cool_down=quantity(6, 0, 40, "quarters",
        "How long the patron waits after one raise before the next."),
    unrest_that_counts=quantity(0.3, 0, 1, "share",
        "Share in the street beyond which more unrest makes the tie to a client no dearer."),
    close_votes_count=quantity(0.15, 0, 2, "ratio",
        "How much an imminent vote that a leader may lose counts, relative to unrest."),
    most_withheld=quantity(0.6, 0, 1, "share",
        "Share of the subsidy beyond which the patron holds back no more."),
    risk_of_any_cut=quantity(0.47, 0, 2, "index",
        "How much any cut endangers a client, relative to unrest."),
    risk_of_further_cuts=quantity(0.2, 0, 2, "ratio",
        "How much more a cut endangers a client from whom all is withheld already."),
)  # fmt: skip


@territory.derived("billion USD a year")
def raise_bill(raise_size, base_subsidy, population):
    """What a raise costs in a year.

    >>> round(raise_bill(0.1, 840.0, 240.7), 3)
    0.02
    """
    return raise_size * base_subsidy * population / 1e6


@territory.derived("billion USD a year",
    cut_horizon=quantity(4.0, 0, 20, "years",
        "How many years of the money held back a cut is reckoned to save."),
)  # fmt: skip
def saved_by_a_cut(cut_size, subsidy_promised, pension_share, population, cut_horizon):
    """What a cut saves in the years that it is expected to last; pensions are exempt.

    >>> round(saved_by_a_cut(0.25, 840.0, 0.35, 240.7, 1.0), 3)
    0.033
    """
    return cut_horizon * cut_size * (1.0 - pension_share) * subsidy_promised * population / 1e6


@raise_subsidy.open_when
def not_raised_lately(quarters_since_raise, raise_cool_down):
    """A rise is not followed by another at once.

    Otherwise: the last rise was too short a time ago.
    """
    return quarters_since_raise >= raise_cool_down


@raise_subsidy.incentive(weight=quantity(0.45, 0, 2, "utility",
    "What a client who stays in office and content is worth to the patron."))  # fmt: skip
def client_kept(
    mobilisation, income_surprise, vote_soon, legitimacy, unrest_that_counts, close_votes_count
):
    """Unrest, hardship and a close vote make the tie dear.

    >>> round(client_kept(0.2, -0.1, 1.0, 0.5, 0.3, 0.15), 3)
    0.375
    """
    return (
        at_most(mobilisation, unrest_that_counts)
        + at_least(-income_surprise, 0.0)
        + close_votes_count * vote_soon * (1.0 - legitimacy)
    )


@raise_subsidy.incentive(weight="thrift")
def thrift_on_a_raise(budget_pressure, raise_bill, ordinary_thrift):
    """More subsidy costs money even in good times.

    >>> round(thrift_on_a_raise(0.3, 0.02, 0.3), 3)
    -0.012
    """
    return -(ordinary_thrift + budget_pressure) * raise_bill


@raise_subsidy.incentive(weight=quantity(0.06, 0, 0.5, "utility",
    "The political cost of finding more money."))  # fmt: skip
def effort_of_a_raise():
    """Finding money has its price in the capital.

    >>> effort_of_a_raise()
    -1.0
    """
    return -1.0


@withhold_subsidy.open_when
def something_is_paid(subsidy_withheld, subsidy_promised, most_withheld):
    """There is still something to hold back.

    Otherwise: nothing more can be held back.
    """
    return both(subsidy_withheld < most_withheld, subsidy_promised > 0.0)


@withhold_subsidy.incentive(weight=quantity(10.0, 0, 30, "utility",
    "What a client who keeps its word is worth to the patron."))  # fmt: skip
def compliance(missed_conditions):
    """What was signed is not carried out: money is the reminder.

    >>> compliance(0.2)
    0.2
    """
    return missed_conditions


@withhold_subsidy.incentive(weight="thrift")
def thrift_by_withholding(budget_pressure, usual_budget_pressure, saved_by_a_cut, subsidy_withheld):
    """Money that is not paid is saved, which counts in lean years, though only once.

    >>> round(thrift_by_withholding(0.6, 0.3, 0.05, 0.0), 3)
    0.015
    """
    return (
        at_least(budget_pressure - usual_budget_pressure, 0.0)
        * saved_by_a_cut
        * (1.0 - subsidy_withheld)
    )


@withhold_subsidy.incentive(weight="client_kept")
def client_put_at_risk(
    mobilisation, subsidy_withheld, unrest_that_counts, risk_of_any_cut, risk_of_further_cuts
):
    """A cut endangers the client, the more so amid unrest and after earlier cuts.

    >>> round(client_put_at_risk(0.1, 0.0, 0.3, 0.47, 0.2), 2)
    -0.57
    """
    return -(
        risk_of_any_cut
        + at_most(mobilisation, unrest_that_counts)
        + risk_of_further_cuts * subsidy_withheld
    )


@withhold_subsidy.incentive(weight=quantity(0.0, -2, 2, "utility",
    "Whether a client with another door open is punished for it: free around zero.",
    source="the record holds no such case"))  # fmt: skip
def other_door_punished(outside_option):
    """Whether a client is made to pay for what it could lean on besides its patron.

    >>> other_door_punished(0.4)
    0.4
    """
    return outside_option
