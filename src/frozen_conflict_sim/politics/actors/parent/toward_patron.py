"""How the parent treats the patron.

Reference: @putnam1988.
"""

from ....engine.declare.parameter import quantity
from ...roles import parent

toward_patron = parent.decides("toward_patron", "how it treats the patron", phase="parents")
hold = toward_patron.nothing("hold", "Keep channels open, change nothing.")
normalise = toward_patron.option(
    "normalise", "Talk about relations, and mean it.", act="parent_normalises"
)
denounce = toward_patron.option("denounce", "Denounce, recall, break off.", act="parent_denounces")


parent.declares(
    worth_of_one_sided_talks=quantity(0.5, 0, 1, "share",
        "How much talks are worth that the parent alone begins, relative to those that both want."),
)  # fmt: skip


@normalise.incentive(weight=quantity(0.25, 0, 2, "utility",
    "What better relations with the patron are worth to the parent."))  # fmt: skip
def relations_wanted(patron_talks, political_normalisation, worth_of_one_sided_talks):
    """There are relations to be had, most when the patron wants them too.

    >>> relations_wanted(1.0, 0.4, 0.5)
    0.6
    """
    return (worth_of_one_sided_talks + (1.0 - worth_of_one_sided_talks) * patron_talks) * (
        1.0 - political_normalisation
    )


@normalise.incentive(weight=quantity(0.35, 0, 2, "utility",
    "How much the parent minds talking to a patron that tightens its grip."))  # fmt: skip
def grip_resented(suspicion):
    """Who is suspicious does not talk.

    >>> grip_resented(0.5)
    -0.5
    """
    return -suspicion


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


@normalise.incentive(weight=quantity(0.3, 0, 2, "utility",
    "How much hard-liners in government stand against the patron."))  # fmt: skip
def hardliners(hardline_share):
    """Hard-liners in government are against talks.

    >>> hardliners(0.4)
    -0.4
    """
    return -hardline_share


@denounce.incentive(weight=quantity(0.5, 0, 2, "utility",
    "How much an outrage demands a public answer."))  # fmt: skip
def outrage_voiced(outrage):
    """An outrage is answered in public.

    >>> outrage_voiced(0.5)
    0.5
    """
    return outrage


@denounce.incentive(weight=quantity(0.24, 0, 2, "utility",
    "How far a government follows crowds against the patron."))  # fmt: skip
def crowd_followed(mobilised_against_patron):
    """A government follows its crowds.

    >>> crowd_followed(1.0)
    1.0
    """
    return mobilised_against_patron


@parent.derived("share",
    usual_hardline_share=quantity(0.28, 0, 1, "share",
        "The weight of hard-liners in a government that nothing alarms."),
)  # fmt: skip
def hardliners_beyond_the_usual(hardline_share, usual_hardline_share):
    """How much more weight hard-liners have than in quiet times.

    >>> round(hardliners_beyond_the_usual(0.5, 0.3), 2)
    0.2
    """
    return hardline_share - usual_hardline_share


@denounce.incentive(weight="hardliners")
def hardliners_content(hardliners_beyond_the_usual):
    """Hard-liners want to hear the patron denounced.

    >>> hardliners_content(0.2)
    0.2
    """
    return hardliners_beyond_the_usual


@denounce.incentive(weight=quantity(0.28, 0, 1, "utility", "What a denunciation costs by itself."))
def price_of_a_denunciation():
    """Burnt bridges are seen at home and abroad.

    >>> price_of_a_denunciation()
    -1.0
    """
    return -1.0


@denounce.incentive(weight="relations_wanted")
def relations_put_at_risk(political_normalisation):
    """There are relations to lose.

    >>> relations_put_at_risk(0.5)
    -0.5
    """
    return -political_normalisation


@denounce.incentive(weight=quantity(0.2, 0, 2, "utility",
    "How much a ruling of a court strengthens the parent's hand."))  # fmt: skip
def right_confirmed(rulings_against_patron):
    """A court has confirmed what the parent says.

    >>> right_confirmed(1.0)
    1.0
    """
    return rulings_against_patron
