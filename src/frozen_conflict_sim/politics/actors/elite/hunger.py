"""Whether an elite gives in to an ask for the sake of money that is held back.

Reference: @buenodemesquita2007: aid is paid for policy.
"""

from ....engine.declare.parameter import quantity
from .answer import accept, redraft


@accept.incentive(weight=quantity(0.0, -1, 3, "utility",
    "Whether money that is held back buys a signature: free around zero.",
    source="the record holds cuts and asks, but no cut that an ask followed"))  # fmt: skip
def money_awaited(dependence, subsidy_withheld):
    """Who signs the draft as it is may hope that the money flows again.

    >>> round(money_awaited(0.9, 0.5), 2)
    0.45
    """
    return dependence * subsidy_withheld


@redraft.incentive(weight="money_awaited")
def money_hoped_for(dependence, subsidy_withheld, share_of_draft_given):
    """Who signs a softened text may hope for as much of it as the text gives.

    >>> round(money_hoped_for(0.8, 0.5, 0.5), 2)
    0.2
    """
    return share_of_draft_given * dependence * subsidy_withheld
