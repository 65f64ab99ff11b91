"""What residents think: each is pulled toward its own judgement and toward those it listens to.

@friedkin1990: each keeps a stubborn share of its own view. Protection, not recognition, turns
opinion where identity is distinct: who need not fear the parent can afford autonomy.

Reference: @friedkin1990; @oloughlin2014 for the surveys.
"""

from ....engine.declare.parameter import quantity, state
from ....engine.numerics import at_least, either, ratio
from ...roles import public

RESIDENTS = (
    "it is what residents add up to; move what they answer to, "
    "such as tension, recognition or standing_subsidy"
)

public.declares(
    support_by_fear=quantity(0.35, 0, 2, "ratio",
        "How much fear of the parent adds to support for the patron at full tension, unprotected."),
    support_by_gratitude=quantity(0.8, 0, 4, "ratio",
        "How much money better or worse than expected moves the support of the dependent."),
    support_lost_over_red_lines=quantity(0.3, 0, 2, "ratio",
        "How much pressure on sovereignty takes from the support of the autonomy-minded."),
    support_by_good_news=quantity(0.12, 0, 1, "ratio",
        "How much fresh news of wages and pensions adds to the support of the dependent."),
    red_line_threshold=quantity(0.45, 0, 0.95, "index",
        "Autonomy-mindedness from which a resident has a red line at all."),
    accession_preferred_from=quantity(0.5, 0.3, 0.7, "index",
        "Support for integration from which a resident would rather join the patron.", common=True),
    opinion_change_rate=quantity(0.25, 0, 1, "per quarter",
        "How fast residents change their minds."),
    stubbornness=quantity(0.65, 0.05, 1, "share",
        "How much residents keep to their own judgement against what they hear.", common=True),
)  # fmt: skip

public.traits(
    autonomy_mindedness=quantity(0.5, 0, 1, "index",
        "How much a resident wants the territory to stay apart."),
    own_dependence=quantity(0.5, 0, 1, "index",
        "How much a resident's household depends on the patron's money."),
    threshold=quantity(0.4, 0, 1, "index",
        "What must be passed before a resident takes to the street."),
    voter=quantity(1, 0, 1, "0 or 1", "Whether a resident is admitted to vote."),
    support=state(0.5, 0, 1, "index",
        "A resident's support for integration with the patron."),
    taking_part=state(0, 0, 1, "0 or 1", "Whether a resident is in the street."),
    fatigue=state(0, 0, 1, "index", "How tired a resident is of the street."),
)  # fmt: skip


@public.resident_derived
def afraid(support_by_fear, tension, guarantee):
    """Fear of the parent makes for the patron, at a tense line and where protection is thin.

    >>> round(afraid(0.35, 0.3, 0.8), 3)
    0.021
    """
    return support_by_fear * tension * (1.0 - guarantee)


@public.resident_derived
def paid_for(support_by_gratitude, own_dependence, income_surprise):
    """Money against expectation moves the dependent for or against the patron.

    >>> round(paid_for(0.8, 0.5, -0.1), 2)
    -0.04
    """
    return support_by_gratitude * income_surprise * own_dependence


@public.resident_derived
def jealous_of_sovereignty(autonomy_mindedness, red_line_threshold):
    """Only the autonomy-minded have a red line, drawn the sharper the more autonomy they want.

    >>> round(jealous_of_sovereignty(0.7, 0.4), 2), jealous_of_sovereignty(0.3, 0.4)
    (0.5, 0.0)
    """
    return at_least(autonomy_mindedness - red_line_threshold, 0.0) / (1.0 - red_line_threshold)


@public.resident_derived
def sold_out(support_lost_over_red_lines, jealous_of_sovereignty, red_line_pressure):
    """Loss of sovereignty makes against the patron, with those who are jealous of it.

    >>> round(sold_out(0.3, 0.6, 0.1), 3)
    0.018
    """
    return support_lost_over_red_lines * red_line_pressure * jealous_of_sovereignty


@public.resident_derived
def cheered(support_by_good_news, own_dependence, good_news, jealous_of_sovereignty):
    """The promise of wages and pensions makes for the patron, with those who live from them.

    >>> round(cheered(0.1, 0.8, 0.5, 0.0), 3)
    0.04
    """
    return support_by_good_news * good_news * own_dependence * (1.0 - jealous_of_sovereignty)


@public.resident_derived
def own_judgement(autonomy_mindedness, afraid, paid_for, cheered, sold_out):
    """A resident's own judgement: identity, fear, money, promises, loss of sovereignty.

    >>> round(own_judgement(0.4, 0.02, 0.0, 0.0, 0.01), 2)
    0.61
    """
    return 1.0 - autonomy_mindedness + afraid + paid_for + cheered - sold_out


@public.resident_derived
def settled_judgement(own_judgement, neighbours_own_judgement, stubbornness):
    """Where a resident's support settles if nothing changes.

    >>> round(settled_judgement(0.8, 0.4, 0.65), 2)
    0.66
    """
    return stubbornness * own_judgement + (1.0 - stubbornness) * neighbours_own_judgement


@public.resident_derived
def audibility(support, suppression):
    """How well a resident is heard: suppression makes the autonomy-minded less audible.

    >>> audibility(0.0, 0.4)
    0.6
    """
    return 1.0 - suppression * (1.0 - support)


@public.resident_derived
def audible_support(audibility, support):
    """A resident's support, as far as it is heard.

    >>> audible_support(0.5, 0.4)
    0.2
    """
    return audibility * support


@public.resident_changes("support", phase="public")
def own_mind(own_judgement, support, opinion_change_rate, stubbornness):
    """Residents follow their own judgement.

    >>> round(own_mind(0.8, 0.4, 0.25, 0.65), 3)
    0.065
    """
    return opinion_change_rate * stubbornness * (own_judgement - support)


@public.resident_changes("support", phase="public")
def others_heard(
    neighbours_audible_support, neighbours_audibility, support, opinion_change_rate, stubbornness
):
    """Residents follow those they hear, and nobody where all are silenced.

    >>> round(others_heard(0.6, 1.0, 0.4, 0.25, 0.65), 4)
    0.0175
    """
    heard = ratio(neighbours_audible_support, neighbours_audibility)
    gap = either(neighbours_audibility > 0.0, heard - support, 0.0)
    return opinion_change_rate * (1.0 - stubbornness) * gap


@public.resident_derived
def prefers_accession_now(support, accession_preferred_from):
    """Whether a resident would rather join the patron.

    >>> prefers_accession_now(0.6, 0.5)
    1.0
    """
    return either(support > accession_preferred_from, 1.0, 0.0)


@public.resident_derived
def autonomy_minded_now(autonomy_mindedness, accession_preferred_from):
    """Whether a resident wants autonomy rather than accession.

    >>> autonomy_minded_now(0.6, 0.5)
    1.0
    """
    return either(autonomy_mindedness > 1.0 - accession_preferred_from, 1.0, 0.0)


@public.resident_derived
def would_vote_to_join(prefers_accession_now, voter):
    """Whether a resident is admitted to vote and would vote for accession.

    >>> would_vote_to_join(1.0, 0.0)
    0.0
    """
    return prefers_accession_now * voter


public.observes("support",
    mean_support=state(0.5, 0, 1, "index",
        "Support for integration with the patron, over all residents.", recomputed=RESIDENTS),
)  # fmt: skip
public.observes("prefers_accession_now",
    accession_share=state(0.5, 0, 1, "share",
        "Share of residents who would rather join the patron.", recomputed=RESIDENTS),
)  # fmt: skip
public.observes("autonomy_mindedness",
    mean_autonomy_mindedness=state(0.5, 0, 1, "index",
        "Autonomy-mindedness, over all residents.", recomputed=RESIDENTS),
)  # fmt: skip
public.observes("taking_part",
    mobilisation=state(0.0, 0, 1, "share", "Share of residents in the street."),
)  # fmt: skip
public.observes("dissatisfied",
    dissatisfied_share=state(0.0, 0, 1, "share",
        "Share of residents who would be in the street if it cost nothing.",
        recomputed=RESIDENTS),
)  # fmt: skip
public.observes("voices_it",
    dissatisfied_in_the_street=state(0.0, 0, 1, "share",
        "Share of residents who are dissatisfied and in the street.", recomputed=RESIDENTS),
)  # fmt: skip
public.observes("autonomy_minded_now",
    autonomy_share=state(0.5, 0, 1, "share",
        "Share of residents who would rather be on their own than join the patron.",
        recomputed=RESIDENTS),
)  # fmt: skip
public.observes("dissatisfied_for_autonomy",
    dissatisfied_for_autonomy_share=state(0.0, 0, 1, "share",
        "Share of residents who are both dissatisfied and autonomy-minded.",
        recomputed=RESIDENTS),
)  # fmt: skip
public.observes("would_vote_to_join",
    accession_voters=state(0.5, 0, 1, "share",
        "Share of residents who may vote and would vote for accession.", recomputed=RESIDENTS),
)  # fmt: skip
public.observes("voter",
    electorate=state(1.0, 0, 1, "share", "Share of residents who are admitted to vote.",
        recomputed=RESIDENTS),
)  # fmt: skip
public.by_part("prefers_accession_now")
public.at_start(support="settled_judgement")
