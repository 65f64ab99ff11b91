"""The parent's elections: hard-liners win or lose them.

What counts is alienation, the economy and what conciliation has brought.

Reference: @dewaal2015: more conservative voices prevail in the government; @powell1993 on economic
voting.
"""

from ....engine.declare.parameter import quantity
from ....engine.numerics import either, logistic
from ....engine.time_step import due, quarters
from ...roles import parent


@parent.derived("log odds",
    hardliners_by_alienation=quantity(5.0, 0, 20, "log odds",
        "How much alienation adds to the hard-liners' chance at the polls."),
    neutral_alienation=quantity(0.45, 0, 1, "index",
        "Alienation that speaks neither for nor against hard-liners."),
)  # fmt: skip
def votes_of_the_alienated(alienation, hardliners_by_alienation, neutral_alienation):
    """What alienation adds to the hard-liners' chance at the polls.

    >>> round(votes_of_the_alienated(0.55, 5.0, 0.45), 2)
    0.5
    """
    return hardliners_by_alienation * (alienation - neutral_alienation)


@parent.derived("log odds",
    hardliners_lost_to_normalisation=quantity(1.2, 0, 6, "log odds",
        "How much good relations with the patron take from the hard-liners' chance."),
    neutral_normalisation=quantity(0.5, 0, 1, "index",
        "Political normalisation that speaks neither for nor against hard-liners."),
)  # fmt: skip
def votes_of_the_conciliatory(
    political_normalisation, hardliners_lost_to_normalisation, neutral_normalisation
):
    """What relations with the patron take from the hard-liners' chance at the polls.

    >>> round(votes_of_the_conciliatory(0.6, 1.2, 0.5), 2)
    0.12
    """
    return hardliners_lost_to_normalisation * (political_normalisation - neutral_normalisation)


@parent.derived("probability",
    hardliners_baseline=quantity(-1.6, -6, 4, "log odds",
        "The hard-liners' chance at the polls where nothing speaks for them."),
)  # fmt: skip
def hardliners_chance(
    votes_of_the_alienated,
    economy,
    votes_of_the_conciliatory,
    mobilised_against_patron,
    hardliners_baseline,
):
    """Hard-liners win on alienation, a bad economy and conciliation that brought nothing.

    >>> round(hardliners_chance(0.0, 0.0, 0.0, 0.0, -1.6), 2)
    0.17
    """
    return logistic(
        hardliners_baseline
        + votes_of_the_alienated
        - economy
        - votes_of_the_conciliatory
        + mobilised_against_patron
    )


@parent.derived("0 or 1")
def parent_votes(quarters_to_vote, time_step):
    """Whether the parent votes this turn.

    >>> parent_votes(0.0, "quarter")
    1.0
    """
    return either(due(quarters_to_vote, time_step), 1.0, 0.0)


@parent.hazard(phase="parents_hear")
def hardliners_win(parent_votes, hardliners_chance):
    """Whether the hard-liners win the vote.

    >>> hardliners_win(1.0, 0.2)
    0.2
    """
    return parent_votes * hardliners_chance


@parent.changes("hardline_cabinet", phase="world")
def government_changes(parent_votes, hardliners_win, hardline_cabinet):
    """A vote decides who leads the government.

    >>> government_changes(1.0, 1.0, 0.0)
    1.0
    """
    return parent_votes * (hardliners_win - hardline_cabinet)


@parent.changes("quarters_to_vote", phase="world",
    parent_term=quantity(16, 2, 40, "quarters", "Quarters between the parent's elections.",
        source="as in Georgia: constitutional term of four years", grade="documented", fact=True),
)  # fmt: skip
def parents_calendar(parent_votes, parent_term, time_step):
    """The calendar runs, and starts again after a vote.

    >>> parents_calendar(1.0, 16, "quarter")
    15.0
    """
    return parent_votes * parent_term - quarters(time_step)


@parent.derived("share",
    hardliners_in_a_hardline_cabinet=quantity(0.4, 0, 1, "share",
        "How much a hard-line cabinet adds to the weight of hard-liners in government."),
    hardliners_by_alarm=quantity(0.5, 0, 2, "ratio",
        "How much alienation adds to it, beyond what is ordinary."),
    ordinary_alienation=quantity(0.42, 0, 1, "index",
        "Alienation at which hard-liners have their usual weight in government."),
)  # fmt: skip
def hardliners_to_expect(
    hardline_cabinet,
    alienation,
    usual_hardline_share,
    hardliners_in_a_hardline_cabinet,
    hardliners_by_alarm,
    ordinary_alienation,
):
    """What weight of hard-liners in government cabinet and alienation make for.

    >>> round(hardliners_to_expect(1.0, 0.52, 0.28, 0.4, 0.5, 0.42), 2)
    0.73
    """
    return (
        usual_hardline_share
        + hardliners_in_a_hardline_cabinet * hardline_cabinet
        + hardliners_by_alarm * (alienation - ordinary_alienation)
    )


@parent.changes("hardline_share", phase="world",
    hardline_share_adjustment_rate=quantity(0.15, 0, 1, "per quarter",
        "How fast the weight of hard-liners in government follows."),
)  # fmt: skip
def government_hardens(hardline_share, hardliners_to_expect, hardline_share_adjustment_rate):
    """Conservative voices gain where alienation is high, and under a hard-line cabinet.

    >>> round(government_hardens(0.3, 0.28, 0.15), 3)
    -0.003
    """
    return hardline_share_adjustment_rate * (hardliners_to_expect - hardline_share)


@parent.changes("conciliatory_turn", phase="world")
def hardliners_voted_out(parent_votes, hardline_cabinet, hardliners_win, conciliatory_turn):
    """A hard-line cabinet that is voted out is a conciliatory turn.

    >>> hardliners_voted_out(1.0, 1.0, 0.0, 0.2)
    0.8
    """
    return parent_votes * hardline_cabinet * (1.0 - hardliners_win) * (1.0 - conciliatory_turn)


@parent.changes("conciliatory_turn", phase="world",
    conciliatory_turn_decay_rate=quantity(0.2, 0, 1, "per quarter",
        "How fast a change of government stops being news."),
)  # fmt: skip
def turn_becomes_usual(conciliatory_turn, conciliatory_turn_decay_rate):
    """A new government is new for a year or two.

    >>> turn_becomes_usual(0.5, 0.2)
    -0.1
    """
    return -conciliatory_turn_decay_rate * conciliatory_turn
