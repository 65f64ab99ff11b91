"""A cut of supply or transit: gas, power, a road; and who bears it.

Reference: @comai2019 on what the territories live from; the sizes are assumed.
"""

from ....engine.declare.parameter import quantity
from ...roles import WITH_PARENT, elite, territory

territory.declares(
    supply_cut_borne_by_public=quantity(0.7, 0, 1, "share",
        "How much of a cut of supply falls on households; the elite's contracts bear the rest."),
)  # fmt: skip


@territory.changes("supply_cut", phase="world",
    supply_recovery_rate=quantity(0.25, 0, 1, "per quarter",
        "How fast a supply that was cut is restored or replaced."),
)  # fmt: skip
def supply_comes_back(supply_cut, supply_recovery_rate):
    """Other ways are found.

    >>> supply_comes_back(0.8, 0.25)
    -0.2
    """
    return -supply_recovery_rate * supply_cut


@territory.changes("supply_cut", phase="world",
    trade_lost_to_isolation=quantity(0.5, 0, 1, "per quarter",
        "How much of what a territory trades with its parent a quarter of isolation cuts off."),
)  # fmt: skip
def closed_line_cuts_trade(parent_isolates, trade_shares, supply_cut, trade_lost_to_isolation):
    """A parent that closes the line cuts off what is traded across it.

    >>> round(closed_line_cuts_trade(1.0, [0.4, 0.3, 0.3], 0.0, 0.5), 2)
    0.15
    """
    return (
        trade_lost_to_isolation * trade_shares[WITH_PARENT] * parent_isolates * (1.0 - supply_cut)
    )


@territory.derived("share",
    income_lost_to_supply_cut=quantity(0.5, 0, 2, "ratio",
        "What a full cut of supply does to households, as a share of the subsidy at the start."),
)  # fmt: skip
def hardship_of_a_cut(supply_cut, supply_cut_borne_by_public, income_lost_to_supply_cut):
    """How hard a cut of supply hits households.

    >>> round(hardship_of_a_cut(0.5, 0.7, 0.5), 3)
    0.175
    """
    return income_lost_to_supply_cut * supply_cut_borne_by_public * supply_cut


@elite.changes("perks", phase="world",
    perks_lost_to_supply_cut=quantity(0.2, 0, 1, "per quarter",
        "How much of the perks a full cut of supply costs in a quarter where the elite bears it."),
)  # fmt: skip
def contracts_suffer(supply_cut, supply_cut_borne_by_public, perks, perks_lost_to_supply_cut):
    """Those who live from contracts bear their part.

    >>> round(contracts_suffer(0.5, 0.5, 0.8, 0.2), 2)
    -0.04
    """
    return -perks_lost_to_supply_cut * supply_cut * (1.0 - supply_cut_borne_by_public) * perks
