"""Where residents come from: each belongs to a stratum.

Residents differ in temper, dependence, courage and right to vote.
"""

from __future__ import annotations

from ...engine.declare.parameter import quantity
from ...engine.numerics import at_most, between, either, interpolated
from ..roles import public, stratum

public.declares(
    residents=quantity(1000, 50, 100000, "residents", "How many residents are simulated.",
        common=True),
    network_degree=quantity(8, 2, 40, "residents", "How many others a resident listens to.",
        common=True),
    network_rewiring=quantity(0.1, 0, 1, "share",
        "Share of ties that lead anywhere instead of next door.", common=True),
    least_dependent_household=quantity(0.6, 0, 1, "ratio",
        "How much the least dependent household depends on the patron's money, relative to the "
        "budget."),
    dependence_spread=quantity(0.8, 0, 2, "ratio",
        "How much more the most dependent household depends on it."),
    lowest_threshold=quantity(0.1, 0, 1, "index",
        "What brings the most courageous resident into the street."),
    threshold_spread=quantity(0.6, 0, 1, "index",
        "How much more it takes to bring the most timid one there."),
)  # fmt: skip

public.composed_of(
    count="residents",
    ties="network_degree",
    rewired="network_rewiring",
    parts=stratum,
    shares="share",
)
public.quantiles("autonomy_mindedness", among="voter")
public.draws(
    draw_of_temper="autonomy",
    draw_of_purse="dependence",
    draw_of_courage="threshold",
    draw_of_papers="voter",
)


@public.at_birth("autonomy_mindedness")
def own_temper(tempers, temper, draw_of_temper):
    """Residents of a stratum are as different as surveys found them.

    >>> own_temper([[0.0, 0.5, 1.0]], 0, 0.25)
    0.25
    """
    return interpolated(tempers, temper, draw_of_temper)


@public.at_birth("own_dependence")
def own_purse(dependence, draw_of_purse, least_dependent_household, dependence_spread):
    """Households depend on the patron's money about as much as the budget does.

    >>> round(own_purse(0.5, 0.75, 0.6, 0.8), 2)
    0.6
    """
    return between(
        dependence * (least_dependent_household + dependence_spread * draw_of_purse), 0.0, 1.0
    )


@public.at_birth("threshold")
def own_courage(draw_of_courage, lowest_threshold, threshold_spread):
    """What it takes to bring a resident into the street differs.

    >>> own_courage(0.5, 0.1, 0.6)
    0.4
    """
    return at_most(lowest_threshold + threshold_spread * draw_of_courage, 1.0)


@public.at_birth("voter")
def own_papers(enfranchised, draw_of_papers):
    """In some strata not everybody is admitted to vote.

    >>> own_papers(0.2, 0.5)
    0.0
    """
    return either(draw_of_papers < enfranchised, 1.0, 0.0)


@public.at_birth("taking_part")
def already_in_the_street(draw_of_courage, mobilisation):
    """Where people are in the street from the start, they are the most courageous.

    >>> already_in_the_street(0.1, 0.2)
    1.0
    """
    return either(draw_of_courage < mobilisation, 1.0, 0.0)


@public.at_birth("support")
def first_opinion(autonomy_mindedness):
    """Before anything is judged, who minds autonomy less leans to the patron more.

    >>> first_opinion(0.25)
    0.75
    """
    return 1.0 - autonomy_mindedness
