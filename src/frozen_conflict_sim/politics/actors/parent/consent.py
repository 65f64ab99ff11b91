"""Whether the parent consents to a project that the patron offers.

Reference: @dewaal2015: treaties “drastically reduced any hopes” of the railway.
"""

from ....engine.declare.parameter import quantity
from ...roles import parent, project

parents_consent = parent.decides(
    "project_consent", "whether it consents to a project", phase="parents", about=project
)
refuse = parents_consent.nothing("refuse", "Refuse.")
consent = parents_consent.option("consent", "Consent.", act="parent_consents")


@consent.open_when
def an_offer(patron_offers_project):
    """The patron has offered it this turn.

    Otherwise: the patron has offered no project this turn.
    """
    return patron_offers_project > 0.5


@consent.open_when
def not_agreed_yet(project_agreed):
    """The project is not agreed yet.

    Otherwise: the project is agreed already.
    """
    return project_agreed < 0.5


parent.declares(
    hardliners_influence_on_projects=quantity(0.33, 0, 2, "ratio",
        "How much the hard-liners' share counts beside alienation when a corridor is judged."),
)  # fmt: skip


@project.derived("index",
    project_horizon=quantity(7.0, 0, 50, "years",
        "How many years of a project's benefit are weighed against its cost."),
)  # fmt: skip
def payback(yearly_benefit, cost, project_horizon):
    """What a project earns in the years that politicians count, relative to its cost.

    >>> round(payback(2.4, 240.0, 7.0), 2)
    0.07
    """
    return project_horizon * yearly_benefit / cost


@consent.incentive(weight=quantity(0.6, 0, 2, "utility", "What a corridor is worth to the parent."))
def transit(political_normalisation, payback):
    """Transit pays, the more so while relations are good.

    >>> round(transit(0.8, 0.1), 2)
    0.9
    """
    return political_normalisation + payback


@consent.incentive(weight=quantity(0.9, 0, 3, "utility",
    "How much sovereignty is hurt by a corridor through a territory that broke away."))  # fmt: skip
def sovereignty_hurt(alienation, hardline_share, hardliners_influence_on_projects):
    """A corridor through what one calls occupied hurts, most the alienated and the hard-line.

    >>> round(sovereignty_hurt(0.4, 0.3, 0.333), 2)
    -0.5
    """
    return -(alienation + hardliners_influence_on_projects * hardline_share)


@consent.incentive(weight=quantity(0.1, 0, 1, "utility",
    "How much the West's displeasure with a corridor weighs."))  # fmt: skip
def west_displeased(western_alignment):
    """Western friends would ask questions.

    >>> west_displeased(0.6)
    -0.6
    """
    return -western_alignment
