"""How the parent treats the patron, and where it turns."""

from ....engine.quantity import quantity
from ...roles import parent

toward_patron = parent.decides("toward_patron", "how it treats the patron", phase="parents")
hold = toward_patron.nothing("hold", "Keep talking, change nothing.")
normalise = toward_patron.option("normalise", "Take up talks and trade.", act="parent_normalises")
denounce = toward_patron.option("denounce", "Denounce, recall, break off.", act="parent_denounces")

orientation = parent.decides("orientation", "where it turns", phase="parents")
stay = orientation.nothing("hold", "Stay the course.")
westward = orientation.option("westward", "Move closer to the West.", act="parent_goes_west")
drift = orientation.option("drift", "Let the western course lapse.", act="parent_drifts")


@normalise.incentive(weight=quantity(0.2, 0, 2, "utility", "What trade with the patron is worth to the parent."))
def trade_with_patron(patron_normalises, normalisation):
    """There is trade to be had, most when the patron has just made an offer.

    >>> round(trade_with_patron(1.0, 0.4), 2)
    1.2
    """
    return (0.5 + patron_normalises) * (1.2 - normalisation)


@normalise.incentive(weight=quantity(0.35, 0, 2, "utility", "How much the parent minds to be seen bargaining after an outrage."))
def audience(outrage):
    """After an outrage the home audience watches.

    >>> audience(0.5)
    -0.5
    """
    return -outrage


@normalise.incentive(weight=quantity(0.4, 0, 2, "utility", "How much crowds against the patron bind the government."))
def crowd(mobilised):
    """Crowds in the street rule out gestures.

    >>> crowd(1.0)
    -1.0
    """
    return -mobilised


@normalise.incentive(weight=quantity(0.4, 0, 2, "utility", "How much hard-liners in government stand against the patron."))
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
def crowd_followed(mobilised):
    """A government follows its crowds.

    >>> crowd_followed(1.0)
    0.6
    """
    return 0.6 * mobilised


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


@westward.incentive(weight=quantity(1.8, 0, 5, "utility", "How strongly a threatened government looks to the West for security."))
def security(alienation, western_alignment):
    """Who feels threatened looks for protection, while there is still some to be had.

    >>> round(security(0.6, 0.5), 3)
    0.125
    """
    return (alienation - 0.35) * (1.0 - western_alignment)


@westward.incentive(weight=quantity(0.5, 0, 2, "utility", "What the West's attraction is worth to the parent."))
def attraction(public_opinion, western_support, western_alignment):
    """Voters want it and the West offers something.

    >>> round(attraction(0.7, 0.5, 0.5), 2)
    0.15
    """
    return 1.5 * (public_opinion - 0.5) * (0.5 + western_support) * (1.0 - western_alignment)


@westward.incentive(weight=quantity(1.2, 0, 5, "utility", "How far acceptance of the fait accompli bends the parent's course."))
def adjustment(acceptance, western_alignment):
    """A small state that has come to live with the fait accompli does not provoke.

    >>> round(adjustment(0.2, 0.5), 2)
    -0.1
    """
    return -acceptance * (1.0 - western_alignment)


@westward.incentive(weight=quantity(0.15, 0, 1, "utility", "What good relations with the patron are worth when the course is set."))
def bridges_kept(normalisation, western_alignment):
    """Trade with the patron is put at risk by a western course.

    >>> bridges_kept(0.5, 0.5)
    -0.25
    """
    return -normalisation * western_alignment


@westward.incentive(weight=quantity(0.1, 0, 1, "utility", "How strongly a hard-line cabinet wants the West."))
def hardliners_course(hardline_cabinet):
    """A hard-line cabinet wants it anyway.

    >>> hardliners_course(1.0)
    1.0
    """
    return hardline_cabinet


@westward.incentive(weight=quantity(0.22, 0, 1, "utility", "What changing course costs the parent at home."))
def reform_burden():
    """Reforms cost votes.

    >>> reform_burden()
    -0.6
    """
    return -0.6


@drift.incentive(weight="adjustment")
def adjustment_by_drift(acceptance, western_alignment):
    """Who has come to live with the fait accompli lets the western course lapse.

    >>> round(adjustment_by_drift(0.2, 0.5), 2)
    0.1
    """
    return acceptance * western_alignment


@drift.incentive(weight="security")
def security_lost(alienation, western_alignment):
    """A threatened state does not let go of its protectors.

    >>> round(security_lost(0.55, 0.5), 2)
    -0.06
    """
    return -0.6 * (alienation - 0.35) * western_alignment


@drift.incentive(weight="attraction")
def attraction_lost(public_opinion):
    """Voters would mind, as far as they want the West.

    >>> round(attraction_lost(0.7), 2)
    -0.2
    """
    return -(public_opinion - 0.5)


@drift.incentive(weight="bridges_kept")
def bridges_won(normalisation, western_alignment):
    """Good relations with the patron make the West less urgent.

    >>> bridges_won(0.5, 0.5)
    0.25
    """
    return normalisation * western_alignment


@drift.incentive(weight="hardliners_course")
def hardliners_resist(hardline_cabinet):
    """A hard-line cabinet will not have it.

    >>> hardliners_resist(1.0)
    -1.0
    """
    return -hardline_cabinet


@drift.incentive(weight="reform_burden")
def inertia():
    """A course once set has friends.

    >>> inertia()
    -0.6
    """
    return -0.6
