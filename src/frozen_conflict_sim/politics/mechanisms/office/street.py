"""The street: residents join when their urge passes their own threshold.

The urge is grievance, less risk, plus the pull of others.

Reference: @granovetter1978 on thresholds; @epstein2002 on risk and grievance. Taking part tires,
and a new leader starts with fresh legitimacy: without both, the street would never empty.
"""

from ....engine.declare.parameter import quantity
from ....engine.numerics import NEGLIGIBLE, at_least, either
from ...roles import elite, public

public.declares(
    baseline_discontent=quantity(0.51, 0, 2, "index", "Grievance that is always there."),
    red_line_anger=quantity(1.7, 0, 6, "ratio",
        "How much pressure on sovereignty angers the autonomy-minded."),
    hardship_anger=quantity(1.7, 0, 6, "ratio",
        "How much money below expectation angers the dependent."),
    consolation_by_good_news=quantity(0.15, 0, 1, "index",
        "How much fresh news of wages and pensions takes from the discontent of the dependent."),
    participation_risk=quantity(0.40, 0, 2, "index", "How much the risk of taking part deters."),
    risk_without_coercion=quantity(0.2, 0, 2, "ratio",
        "Share of that risk that is there even where nobody can coerce."),
    risk_by_coercion=quantity(1.8, 0, 6, "ratio",
        "How much full coercive capacity adds to the risk."),
    risk_by_suppression=quantity(0.5, 0, 3, "ratio",
        "How much full suppression adds to the risk where coercive capacity is full."),
    participation_pull=quantity(0.5, 0, 2, "ratio",
        "How much others in the street pull one along."),
    fatigue_decay_rate=quantity(0.4, 0, 1, "per quarter",
        "How fast the tiredness of the street passes."),
    fatigue_by_participation=quantity(0.2, 0, 1, "index per quarter",
        "How much taking part tires."),
)  # fmt: skip


@public.resident_derived
def hardship_felt(own_dependence, income_surprise, hardship_anger):
    """Money below expectation angers those who depend on it.

    >>> round(hardship_felt(0.8, -0.2, 1.7), 3)
    0.272
    """
    return hardship_anger * at_least(-income_surprise, 0.0) * own_dependence


@public.resident_derived
def red_line_crossed(jealous_of_sovereignty, red_line_pressure, red_line_anger):
    """Pressure on sovereignty angers those who are jealous of it.

    >>> round(red_line_crossed(0.5, 0.1, 1.7), 3)
    0.085
    """
    return red_line_anger * red_line_pressure * jealous_of_sovereignty


@public.resident_derived
def consoled(own_dependence, good_news, jealous_of_sovereignty, consolation_by_good_news):
    """The promise of wages and pensions consoles those who live from them.

    >>> round(consoled(0.8, 0.5, 0.0, 0.2), 2)
    0.08
    """
    return consolation_by_good_news * good_news * own_dependence * (1.0 - jealous_of_sovereignty)


@public.resident_derived
def grievance_felt(baseline_discontent, hardship_felt, red_line_crossed, consoled):
    """What a resident holds against its rulers.

    >>> round(grievance_felt(0.5, 0.2, 0.1, 0.05), 2)
    0.75
    """
    return baseline_discontent + hardship_felt + red_line_crossed - consoled


@public.resident_derived
def perceived_risk(
    participation_risk,
    coercive_capacity,
    suppression,
    mobilisation,
    risk_without_coercion,
    risk_by_coercion,
    risk_by_suppression,
):
    """What taking part may cost: less where the means of coercion are weak, and in a crowd.

    >>> round(perceived_risk(0.36, 0.2, 0.1, 0.0, 0.2, 1.8, 0.5), 3)
    0.205
    """
    return (
        participation_risk
        * (
            risk_without_coercion
            + coercive_capacity * (risk_by_coercion + risk_by_suppression * suppression)
        )
        * (1.0 - mobilisation)
    )


@public.resident_derived
def urge(
    grievance_felt, legitimacy, perceived_risk, neighbours_taking_part, participation_pull, fatigue
):
    """How strongly a resident is drawn into the street.

    >>> round(urge(0.8, 0.4, 0.2, 0.5, 0.5, 0.1), 2)
    0.43
    """
    return (
        grievance_felt * (1.0 - legitimacy)
        - perceived_risk
        + participation_pull * neighbours_taking_part
        - fatigue
    )


@public.resident_derived
def dissatisfied(grievance_felt, legitimacy, threshold):
    """Whether a resident would take to the street if it cost nothing and nobody else mattered.

    >>> dissatisfied(0.8, 0.4, 0.4), dissatisfied(0.8, 0.6, 0.4)
    (1.0, 0.0)
    """
    return either(grievance_felt * (1.0 - legitimacy) > threshold, 1.0, 0.0)


@public.resident_derived
def dissatisfied_for_autonomy(dissatisfied, autonomy_minded_now):
    """Whether a resident is both dissatisfied and autonomy-minded.

    >>> dissatisfied_for_autonomy(1.0, 0.0)
    0.0
    """
    return dissatisfied * autonomy_minded_now


@public.resident_derived
def voices_it(dissatisfied, taking_part):
    """Whether a resident is dissatisfied and in the street.

    >>> voices_it(1.0, 0.0)
    0.0
    """
    return dissatisfied * taking_part


@public.resident_changes("taking_part", phase="public")
def joins(urge, threshold, taking_part):
    """Who is drawn strongly enough joins.

    >>> joins(0.5, 0.4, 0.0)
    1.0
    """
    return either(urge > threshold, 1.0 - taking_part, 0.0)


@public.resident_changes("taking_part", phase="public")
def goes_home(urge, threshold, taking_part):
    """Who is not drawn strongly enough any more goes home.

    >>> goes_home(0.3, 0.4, 1.0)
    -1.0
    """
    return either(urge > threshold, 0.0, -taking_part)


@public.resident_changes("fatigue", phase="public")
def tires(taking_part, fatigue_by_participation):
    """Taking part tires.

    >>> tires(1.0, 0.2)
    0.2
    """
    return fatigue_by_participation * taking_part


@public.resident_changes("fatigue", phase="public")
def rests(fatigue, fatigue_decay_rate):
    """Time rests, in the end completely, because tiny remainders would slow a processor down.

    >>> rests(0.5, 0.4), rests(1e-10, 0.4)
    (-0.2, -1e-10)
    """
    return -either(fatigue > NEGLIGIBLE, fatigue_decay_rate, 1.0) * fatigue


@elite.hazard(phase="office",
    forced_exit_hazard=quantity(2.5, 0, 10, "hazard per quarter",
        "How fast a street beyond the tolerable drives a leader out where nobody holds it back."),
    tolerable_mobilisation=quantity(0.12, 0, 1, "share",
        "Share in the street that a leader can sit out."),
    safe_quarters=quantity(4, 0, 20, "quarters", "How long a new leader is safe from the street."),
)  # fmt: skip
def forced_exit(
    mobilisation,
    coercive_capacity,
    tenure,
    independent,
    forced_exit_hazard,
    tolerable_mobilisation,
    safe_quarters,
):
    """A large street drives a leader out of office, unless coercion holds it back.

    >>> round(forced_exit(0.2, 0.2, 8, 1.0, 2.5, 0.12, 4), 2)
    0.16
    """
    chance = (
        forced_exit_hazard
        * at_least(mobilisation - tolerable_mobilisation, 0.0)
        * (1.0 - coercive_capacity)
    )
    return independent * either(tenure >= safe_quarters, chance, 0.0)
