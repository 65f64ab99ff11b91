"""How the elite answers an ask.

De Waal: the Abkhaz re-drafted their treaty; South Ossetia is being swallowed up.

Reference: @kolsto2020; @dewaal2015.
"""

from ....engine.declare.parameter import quantity
from ....engine.numerics import average, ratio, total
from ...roles import WELFARE, elite, territory
from ...state import clauses

answer = elite.decides("answer", "how it answers the patron's ask", phase="elites")

stall = answer.nothing("stall", "Ask for time.")
accept = answer.option("accept", "Sign the draft as it is.", act="elite_accepts")
redraft = answer.option("redraft", "Sign a softened text.", act="elite_redrafts")
refuse = answer.option("refuse", "Say no.", act="elite_refuses")


def closer_to_the_ideal(depth, agreed, ideal, salience):
    """How much closer a text is to the ideal than what is agreed, weighted by salience.

    >>> round(closer_to_the_ideal([0.8, 0.8], [0.4, 0.4], [0.8, 0.5], [1.0, 1.0]), 2)
    0.1
    """
    nearer = [
        weight * (abs(have - goal) - abs(new - goal))
        for new, have, goal, weight in zip(depth, agreed, ideal, salience)
    ]
    return total(nearer) / total(salience)


@answer.open_when
def an_ask_to_answer(ask_pending):
    """There is an ask.

    Otherwise: no ask is pending.
    """
    return ask_pending > 0.5


@answer.open_when
def still_there_to_sign(independent):
    """There is still a separate territory to sign.

    Otherwise: the territory is annexed or settled already.
    """
    return independent > 0.5


@redraft.open_when
def a_text_to_soften(patron_would_sign):
    """There is a softened text that the patron would still sign.

    Otherwise: the patron would not sign a softened text.
    """
    return patron_would_sign > 0.0


@accept.incentive(weight=quantity(0.77, 0, 3, "utility",
    "What it is worth to an elite that a treaty comes closer to its ideal."))  # fmt: skip
def ideal_served(draft, agreed, ideal, elite_salience):
    """The draft is closer to what the ruling faction wants, or goes past it.

    >>> round(ideal_served([0.9], [0.4], [0.5], [1.0]), 2)
    -0.3
    """
    return closer_to_the_ideal(draft, agreed, ideal, elite_salience)


@accept.incentive(weight=quantity(0.35, 0, 2, "utility",
    "What wages and pensions at parity are worth to a dependent elite."))  # fmt: skip
def wages_and_pensions(dependence, draft, agreed):
    """The draft raises wages and pensions, which the dependent need.

    >>> round(wages_and_pensions(0.9, [0, 0, 0, 0, 0.7, 0], [0, 0, 0, 0, 0.2, 0]), 2)
    0.45
    """
    return dependence * (draft[WELFARE] - agreed[WELFARE])


@elite.derived("index",
    patron_reach_baseline=quantity(0.3, 0, 1, "index",
        "How far the ire of even a weak patron reaches."),
)  # fmt: skip
def patrons_reach(patron_power, patron_reach_baseline):
    """How far the patron's ire reaches: some of it in any case, more the stronger it is.

    >>> round(patrons_reach(0.5, 0.3), 2)
    0.8
    """
    return patron_reach_baseline + patron_power


@territory.derived("share")
def share_of_draft_given(settled_depth, draft, agreed, clause_interest):
    """How much of what the patron asks for the softened text gives, by what the patron cares about.

    >>> round(share_of_draft_given([0.6, 0.4], [0.8, 0.8], [0.4, 0.4], [1.0, 1.0]), 2)
    0.25
    """
    given = total(
        [cares * (new - have) for cares, new, have in zip(clause_interest, settled_depth, agreed)]
    )
    asked = total(
        [cares * (goal - have) for cares, goal, have in zip(clause_interest, draft, agreed)]
    )
    return ratio(given, asked)


elite.declares(
    thanks_for_acceptance=quantity(0.35, 0, 2, "index",
        "How pleased the patron is with an answer that gives all it asked for."),
    ire_over_a_refusal=quantity(0.65, 0, 2, "index",
        "How angry it is with an answer that gives nothing."),
    impatience_with_stalling=quantity(0.35, 0, 2, "index per quarter",
        "How much worse a stall is taken with each quarter that it lasts."),
)  # fmt: skip


@accept.incentive(weight=quantity(0.44, 0, 2, "utility", "What the patron's ire is to an elite."))
def ire_spared(patrons_reach, quarters_stalled, thanks_for_acceptance, impatience_with_stalling):
    """Signing gives the patron all it asks for, and ends stalling, which it takes ever worse.

    >>> round(ire_spared(0.8, 1.0, 0.35, 0.35), 2)
    0.56
    """
    return (impatience_with_stalling * quarters_stalled + thanks_for_acceptance) * patrons_reach


@accept.incentive(weight=quantity(1.0, 0, 6, "utility",
    "How much an elite minds a street that is up against the deal."))  # fmt: skip
def street_defied(mobilisation, red_line_of_the_draft):
    """A mobilised public will not have its red lines crossed.

    >>> round(street_defied(0.2, 0.3), 2)
    -0.06
    """
    return -mobilisation * red_line_of_the_draft


@redraft.incentive(weight="ideal_served")
def ideal_served_by_the_compromise(settled_depth, agreed, ideal, elite_salience):
    """The softened text is closer to what the ruling faction wants.

    >>> round(ideal_served_by_the_compromise([0.6], [0.4], [0.5], [1.0]), 2)
    0.0
    """
    return closer_to_the_ideal(settled_depth, agreed, ideal, elite_salience)


@redraft.incentive(weight="wages_and_pensions")
def wages_in_the_compromise(dependence, welfare_step):
    """The softened text raises wages and pensions too.

    >>> round(wages_in_the_compromise(0.9, 0.3), 2)
    0.27
    """
    return dependence * welfare_step


@redraft.incentive(weight="ire_spared")
def ire_over_the_rest(
    patrons_reach,
    share_of_draft_given,
    quarters_stalled,
    thanks_for_acceptance,
    ire_over_a_refusal,
    impatience_with_stalling,
):
    """A redraft ends the stalling; what it withholds costs what a refusal would, in proportion.

    >>> round(ire_over_the_rest(0.8, 0.5, 0.0, 0.35, 0.65, 0.35), 2)
    -0.12
    """
    ended = impatience_with_stalling * quarters_stalled
    thanks = thanks_for_acceptance * share_of_draft_given
    ire = ire_over_a_refusal * (1.0 - share_of_draft_given)
    return (ended + thanks - ire) * patrons_reach


@redraft.incentive(weight=quantity(0.02, 0, 0.5, "utility", "The work of a counter-draft."))
def work_of_a_draft():
    """A counter-draft must be written and defended.

    >>> work_of_a_draft()
    -1.0
    """
    return -1.0


@refuse.incentive(weight="ire_spared")
def ire_provoked(patrons_reach, quarters_stalled, ire_over_a_refusal, impatience_with_stalling):
    """A refusal ends the stalling and gives nothing.

    >>> round(ire_provoked(0.8, 1.0, 0.65, 0.35), 2)
    -0.24
    """
    return (impatience_with_stalling * quarters_stalled - ire_over_a_refusal) * patrons_reach


@refuse.incentive(weight="street_defied")
def street_cheered(mobilisation, red_line_of_the_draft):
    """A mobilised public cheers a leader who says no.

    >>> round(street_cheered(0.2, 0.3), 2)
    0.06
    """
    return mobilisation * red_line_of_the_draft


@refuse.incentive(weight=quantity(0.5, 0, 2, "utility",
    "What an elite's own sovereignty is worth when it is asked to give it up."))  # fmt: skip
def sovereignty_kept(overreach_of_the_draft):
    """What lies beyond the ruling faction's ideal is kept.

    >>> sovereignty_kept(0.4)
    0.4
    """
    return overreach_of_the_draft


territory.declares(
    offices_by_clause=quantity(clauses(0.3, 0.2, 0.5, 0.8, 0.0, 0.3), 0, 1, "share",
        "How much of a nominal state's offices, contracts and flag a clause takes over.",
        by="clause"),
)  # fmt: skip


@elite.derived("depth")
def offices_in_the_draft(draft, agreed, offices_by_clause):
    """How much of the offices and trappings of a state the draft would take over.

    >>> round(offices_in_the_draft([0.8, 0.8], [0.4, 0.4], [0.5, 0.0]), 2)
    0.1
    """
    return average(
        [share * (goal - have) for share, goal, have in zip(offices_by_clause, draft, agreed)]
    )


@elite.derived("depth")
def offices_in_the_compromise(settled_depth, agreed, offices_by_clause):
    """How much of them the softened text takes over.

    >>> round(offices_in_the_compromise([0.6, 0.8], [0.4, 0.4], [0.5, 0.0]), 2)
    0.05
    """
    return average(
        [share * (new - have) for share, new, have in zip(offices_by_clause, settled_depth, agreed)]
    )


@accept.incentive(weight="perks_at_risk")
def offices_given_up(perks, offices_in_the_draft):
    """Clauses that take over offices cost those who hold them; the others leave them alone.

    >>> round(offices_given_up(0.8, 0.1), 2)
    -0.08
    """
    return -perks * offices_in_the_draft


@redraft.incentive(weight="perks_at_risk")
def offices_ceded(perks, offices_in_the_compromise):
    """The softened text costs those who hold offices fewer of them.

    >>> round(offices_ceded(0.8, 0.05), 2)
    -0.04
    """
    return -perks * offices_in_the_compromise
