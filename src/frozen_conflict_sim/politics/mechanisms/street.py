"""The street: residents join when grievance, less risk, plus the pull of others passes their own threshold.

Reference: Granovetter (1978), "Threshold models of collective behavior"; Epstein (2002), "Modeling civil violence". Taking part tires, and
a new leader starts with fresh legitimacy: without both, the street would never empty.
"""

from ...engine.declare.parameter import quantity
from ...engine.numerics import at_least, either
from ..roles import elite, public

public.declares(
    discontent=quantity(0.51, 0, 2, "index", "Grievance that is always there."),
    red_line_anger=quantity(
        1.7, 0, 6, "ratio", "How much pressure on sovereignty angers the autonomy-minded."
    ),
    hardship_anger=quantity(
        1.7, 0, 6, "ratio", "How much money below expectation angers the dependent."
    ),
    risk=quantity(0.40, 0, 2, "index", "How much the risk of taking part deters."),
    pull=quantity(0.5, 0, 2, "ratio", "How much others in the street pull one along."),
    fatigue_fades=quantity(
        0.4, 0, 1, "per quarter", "How fast the tiredness of the street passes."
    ),
    fatigue_gained=quantity(0.2, 0, 1, "index per quarter", "How much taking part tires."),
)


@public.resident_measure
def grievance_felt(
    autonomy_mindedness,
    own_dependence,
    red_line_pressure,
    surprise,
    discontent,
    red_line_anger,
    hardship_anger,
):
    """What a resident holds against its rulers.

    >>> round(grievance_felt(0.5, 0.8, 0.1, -0.2, 0.5, 1.7, 1.7), 3)
    0.857
    """
    hardship = hardship_anger * own_dependence * at_least(-surprise, 0.0)
    return discontent + red_line_anger * autonomy_mindedness * red_line_pressure + hardship


@public.resident_measure
def perceived_risk(risk, coercion, suppression, mobilisation):
    """What taking part may cost: less where the means of coercion are weak, and in a crowd.

    >>> round(perceived_risk(0.36, 0.2, 0.1, 0.0), 3)
    0.205
    """
    return risk * (0.2 + coercion * (1.8 + 0.5 * suppression)) * (1.0 - mobilisation)


@public.resident_measure
def urge(grievance_felt, legitimacy, perceived_risk, neighbours_taking_part, pull, fatigue):
    """How strongly a resident is drawn into the street.

    >>> round(urge(0.8, 0.4, 0.2, 0.5, 0.5, 0.1), 2)
    0.43
    """
    return (
        grievance_felt * (1.0 - legitimacy)
        - perceived_risk
        + pull * neighbours_taking_part
        - fatigue
    )


@public.resident_measure
def dissatisfied(grievance_felt, legitimacy, threshold):
    """Whether a resident would take to the street if it cost nothing and nobody else mattered.

    >>> dissatisfied(0.8, 0.4, 0.4), dissatisfied(0.8, 0.6, 0.4)
    (1.0, 0.0)
    """
    return either(grievance_felt * (1.0 - legitimacy) > threshold, 1.0, 0.0)


@public.resident_changes("taking_part", phase="public")
def joins(urge, threshold, taking_part):
    """Who is drawn strongly enough joins.

    >>> joins(0.5, 0.4, 0.0)
    1.0
    """
    return either(urge > threshold, 1.0, 0.0) * (1.0 - taking_part)


@public.resident_changes("taking_part", phase="public")
def goes_home(urge, threshold, taking_part):
    """Who is not goes home.

    >>> goes_home(0.3, 0.4, 1.0)
    -1.0
    """
    return -either(urge > threshold, 0.0, 1.0) * taking_part


@public.resident_changes("fatigue", phase="public")
def tires(taking_part, fatigue_gained):
    """Taking part tires.

    >>> tires(1.0, 0.2)
    0.2
    """
    return fatigue_gained * taking_part


@public.resident_changes("fatigue", phase="public")
def rests(fatigue, fatigue_fades):
    """Time rests, in the end completely: what is left for ever after would only slow a processor down.

    >>> rests(0.5, 0.4), rests(1e-10, 0.4)
    (-0.2, -1e-10)
    """
    return -either(fatigue > 1e-9, fatigue_fades, 1.0) * fatigue


@elite.hazard(phase="office", exit_hazard=quantity(2.5, 0, 10, "hazard per quarter", "How fast a street beyond the tolerable drives a leader out where nobody holds it back."),
              tolerable_street=quantity(0.12, 0, 1, "share", "Share in the street that a leader can sit out."), safe_turns=quantity(4, 0, 20, "quarters", "How long a new leader is safe from the street."))  # fmt: skip
def forced_exit(
    mobilisation, coercion, tenure, independent, exit_hazard, tolerable_street, safe_turns
):
    """A large street drives a leader out of office, unless coercion holds it back.

    >>> round(forced_exit(0.2, 0.2, 8, 1.0, 2.5, 0.12, 4), 2)
    0.16
    """
    chance = exit_hazard * at_least(mobilisation - tolerable_street, 0.0) * (1.0 - coercion)
    return independent * either(tenure >= safe_turns, chance, 0.0)
