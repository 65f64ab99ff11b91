"""How the parent treats the patron.

Reference: @putnam1988.
"""

from ....engine.declare.parameter import quantity
from ...roles import parent

toward_patron = parent.decides("toward_patron", "how it treats the patron", phase="parents")
hold = toward_patron.nothing("hold", "Keep talking, change nothing.")
normalise = toward_patron.option("normalise", "Take up talks and trade.", act="parent_normalises")
denounce = toward_patron.option("denounce", "Denounce, recall, break off.", act="parent_denounces")


@normalise.incentive(weight=quantity(0.3, 0, 2, "utility",
    "What trade with the patron is worth to the parent."))  # fmt: skip
def trade_with_patron(patron_normalises, normalisation):
    """There is trade to be had, most when the patron has just made an offer.

    >>> round(trade_with_patron(1.0, 0.4), 2)
    1.2
    """
    return (0.5 + patron_normalises) * (1.2 - normalisation)


@normalise.incentive(weight=quantity(0.35, 0, 2, "utility",
    "How much the parent minds to be seen bargaining after an outrage."))  # fmt: skip
def audience(outrage):
    """After an outrage the home audience watches.

    >>> audience(0.5)
    -0.5
    """
    return -outrage


@normalise.incentive(weight=quantity(0.4, 0, 2, "utility",
    "How much crowds against the patron bind the government."))  # fmt: skip
def crowd(mobilised_against_patron):
    """Crowds in the street rule out gestures.

    >>> crowd(1.0)
    -1.0
    """
    return -mobilised_against_patron


@normalise.incentive(weight=quantity(0.4, 0, 2, "utility",
    "How much hard-liners in government stand against the patron."))  # fmt: skip
def hardliners(hardline_share):
    """Hard-liners in government are against it.

    >>> hardliners(0.4)
    -0.4
    """
    return -hardline_share


@denounce.incentive(weight="audience")
def outrage_voiced(outrage):
    """An outrage is answered in public.

    >>> outrage_voiced(0.5)
    0.75
    """
    return 1.5 * outrage


@denounce.incentive(weight="crowd")
def crowd_followed(mobilised_against_patron):
    """A government follows its crowds.

    >>> crowd_followed(1.0)
    0.6
    """
    return 0.6 * mobilised_against_patron


@denounce.incentive(weight="hardliners")
def hardliners_content(hardline_share):
    """Hard-liners want to hear it.

    >>> round(hardliners_content(0.45), 2)
    0.1
    """
    return hardline_share - 0.35


@denounce.incentive(weight="trade_with_patron")
def trade_put_at_risk(normalisation):
    """There is trade to lose.

    >>> round(trade_put_at_risk(0.5), 2)
    -1.0
    """
    return -(0.5 + normalisation)
