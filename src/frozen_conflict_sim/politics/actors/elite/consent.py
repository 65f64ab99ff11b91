"""Whether the elite consents to a project across the line, and to a settlement with the parent.

Reference: @dewaal2015 on the railway; @walter2002 on why settlements fail.
"""

from ....engine.declare.parameter import quantity
from ....engine.numerics import average
from ...roles import elite, project

project_consent = elite.decides(
    "project_consent", "whether it consents to a project", phase="parents", about=project
)
refuse_project = project_consent.nothing("refuse", "Refuse.")
consent = project_consent.option("consent", "Consent.", act="elite_consents")

settlement_answer = elite.decides(
    "settlement_answer", "how it answers an offer of settlement", phase="parents"
)
refuse_settlement = settlement_answer.nothing("refuse", "Refuse.")
settle = settlement_answer.option(
    "accept", "Return under the parent's roof on agreed terms.", act="elite_settles"
)


elite.declares(
    status_fear_by_tension=quantity(0.5, 0, 2, "ratio",
        "How much a tense line counts beside autonomy-mindedness when an elite fears for its "
        "status."),
    settlement_without_relations=quantity(0.5, 0, 1, "share",
        "How much of an outside option is worth having in a settlement while patron and parent "
        "do not talk."),
)  # fmt: skip


@consent.open_when
def a_project_on_offer(patron_offers_project):
    """The patron has offered the project this turn.

    Otherwise: the patron has offered no project this turn.
    """
    return patron_offers_project > 0.5


@consent.open_when
def not_agreed_yet(project_agreed):
    """The project is not agreed yet.

    Otherwise: the project is agreed already.
    """
    return project_agreed < 0.5


@consent.open_when
def still_there_to_consent(independent):
    """There is still a separate territory to consent.

    Otherwise: the territory is annexed or settled already.
    """
    return independent > 0.5


@consent.incentive(weight=quantity(0.3, 0, 2, "utility",
    "What trade across the line is worth to an elite."))  # fmt: skip
def trade_across_the_line(political_normalisation, payback):
    """A corridor brings trade, the more so while relations are good; its profit comes late.

    >>> round(trade_across_the_line(0.8, 0.1), 2)
    0.9
    """
    return political_normalisation + payback


@consent.incentive(weight=quantity(0.25, 0, 2, "utility",
    "What a line to the patron that runs through the parent is worth to an elite near the "
        "patron."))  # fmt: skip
def closer_to_the_patron(mean_ideal):
    """A road across the line leads to the patron too.

    >>> closer_to_the_patron(0.5)
    0.5
    """
    return mean_ideal


@consent.incentive(weight=quantity(0.5, 0, 2, "utility",
    "How much an elite fears for its status when it opens a road to the parent."))  # fmt: skip
def status_at_risk(mean_autonomy_mindedness, tension, status_fear_by_tension):
    """A road across the line puts status in question, the more so at a tense line.

    >>> round(status_at_risk(0.6, 0.3, 0.5), 2)
    -0.75
    """
    return -(mean_autonomy_mindedness + status_fear_by_tension * tension)


@settle.open_when
def a_settlement_on_offer(settlement_offered):
    """The parent has made an offer this turn.

    Otherwise: the parent has offered no settlement this turn.
    """
    return settlement_offered > 0.5


@settle.open_when
def still_there_to_settle(independent):
    """There is still a separate territory to settle.

    Otherwise: the territory is annexed or settled already.
    """
    return independent > 0.5


@settle.incentive(weight=quantity(0.8, 0, 3, "utility",
    "What an outside option that works is worth to an elite."))  # fmt: skip
def better_life(outside_option, political_normalisation, settlement_without_relations):
    """Engagement has shown what life under one roof could be.

    >>> round(better_life(0.6, 0.5, 0.5), 2)
    0.45
    """
    return outside_option * (
        settlement_without_relations
        + (1.0 - settlement_without_relations) * political_normalisation
    )


@settle.incentive(weight=quantity(1.0, 0, 3, "utility",
    "What the patron's money is worth against a settlement."))  # fmt: skip
def patrons_money(dependence):
    """Who lives from the patron cannot leave it.

    >>> patrons_money(0.8)
    -0.8
    """
    return -dependence


@settle.incentive(weight=quantity(0.5, 0, 3, "utility",
    "How much perks and fear weigh against a settlement."))  # fmt: skip
def fear_and_perks(perks, tension, mean_support):
    """Offices would go, memories are long, and many would rather join the patron.

    >>> round(fear_and_perks(0.8, 0.3, 0.4), 2)
    -0.5
    """
    return -average([perks, tension, mean_support])
