"""What a leader in office gains and loses with the public.

Money, wear, fortune, suppression and concessions all count.

Reference: @duch2008.
"""

from ....engine.declare.parameter import quantity
from ...roles import elite


@elite.changes("legitimacy", phase="office",
    usual_legitimacy=quantity(0.55, 0, 1, "index", "Legitimacy to which a leader's own returns."),
    legitimacy_reversion_rate=quantity(0.06, 0, 1, "per quarter", "How fast it returns."),
)  # fmt: skip
def reputation_settles(legitimacy, usual_legitimacy, legitimacy_reversion_rate):
    """A leader's legitimacy returns to the usual.

    >>> round(reputation_settles(0.45, 0.55, 0.06), 3)
    0.006
    """
    return legitimacy_reversion_rate * (usual_legitimacy - legitimacy)


@elite.changes("legitimacy", phase="office",
    legitimacy_by_money=quantity(0.75, 0, 3, "ratio per quarter",
        "How much money better or worse than expected moves legitimacy under full dependence."),
)  # fmt: skip
def money_speaks(income_surprise, dependence, legitimacy_by_money):
    """Leaders are thanked and blamed for the patron's money.

    >>> round(money_speaks(-0.1, 0.5, 0.84), 3)
    -0.042
    """
    return legitimacy_by_money * dependence * income_surprise


@elite.changes("legitimacy", phase="office",
    wear_of_office=quantity(0.02, 0, 0.1, "index per quarter",
        "How fast office wears a leader out after a full term."),
)  # fmt: skip
def office_wears(tenure, elite_term, wear_of_office):
    """Office wears its holder out.

    >>> office_wears(10.0, 20.0, 0.01)
    -0.005
    """
    return -wear_of_office * tenure / elite_term


elite.noise("fortune", "What else befalls a leader.")


@elite.changes("legitimacy", phase="office",
    legitimacy_volatility=quantity(0.044, 0, 0.3, "index per √quarter",
        "How much chance moves legitimacy."),
)  # fmt: skip
def fortune_turns(fortune, legitimacy_volatility):
    """Fortune turns.

    >>> fortune_turns(1.0, 0.044)
    0.044
    """
    return legitimacy_volatility * fortune


@elite.changes("legitimacy", phase="office",
    legitimacy_lost_by_suppression=quantity(0.05, 0, 0.5, "index",
        "What an act of suppression costs legitimacy."),
)  # fmt: skip
def suppression_is_resented(elite_suppresses, legitimacy_lost_by_suppression):
    """A blocked website is resented.

    >>> suppression_is_resented(1.0, 0.05)
    -0.05
    """
    return -legitimacy_lost_by_suppression * elite_suppresses


@elite.changes("legitimacy", phase="office",
    legitimacy_lost_over_red_lines=quantity(0.1, 0, 1, "ratio per quarter",
        "How much pressure on sovereignty costs legitimacy."),
)  # fmt: skip
def sovereignty_is_missed(
    red_line_pressure, legitimacy_lost_over_red_lines, mean_autonomy_mindedness
):
    """What was signed away is held against the leader.

    >>> round(sovereignty_is_missed(0.2, 0.1, 0.5), 3)
    -0.01
    """
    return -legitimacy_lost_over_red_lines * red_line_pressure * mean_autonomy_mindedness


@elite.changes("legitimacy", phase="office",
    legitimacy_by_concessions=quantity(0.36, 0, 2, "ratio per quarter",
        "How much legitimacy a leader who cannot coerce regains by giving in to the street."),
)  # fmt: skip
def street_is_heard(mobilisation, coercive_capacity, legitimacy_by_concessions):
    """Who cannot hold the street back gives in, and is forgiven.

    >>> round(street_is_heard(0.2, 0.2, 0.36), 4)
    0.0576
    """
    return legitimacy_by_concessions * mobilisation * (1.0 - coercive_capacity)


@elite.changes("legitimacy", phase="office",
    legitimacy_of_new_leaders=quantity(0.65, 0, 1, "index",
        "The legitimacy with which a leader starts."),
)  # fmt: skip
def new_leader_starts_fresh(new_leader, legitimacy, legitimacy_of_new_leaders):
    """A new leader starts with fresh legitimacy.

    >>> round(new_leader_starts_fresh(1.0, 0.3, 0.65), 2)
    0.35
    """
    return new_leader * (legitimacy_of_new_leaders - legitimacy)


@elite.changes("legitimacy", phase="office",
    legitimacy_by_indictment=quantity(0.01, -0.1, 0.1, "index per quarter",
        "What indictments of its leaders do to legitimacy at home: free around zero, for some "
        "rally round them."),
)  # fmt: skip
def indictment_at_home(leaders_indicted, legitimacy_by_indictment):
    """Leaders who are wanted abroad are martyrs to some at home.

    >>> indictment_at_home(1.0, 0.01)
    0.01
    """
    return legitimacy_by_indictment * leaders_indicted


@elite.changes("leaders_indicted", phase="world",
    indictment_decay_rate=quantity(0.02, 0, 1, "per quarter",
        "How fast indictments lose their force, as leaders come and go."),
)  # fmt: skip
def warrants_lapse(leaders_indicted, indictment_decay_rate):
    """Warrants outlive leaders, but not for ever.

    >>> warrants_lapse(0.5, 0.02)
    -0.01
    """
    return -indictment_decay_rate * leaders_indicted
