"""Tension at the line, clashes and war. A war ends a run unless the scenario says otherwise.

Reference: @schelling1966; @fearon1995.
"""

from ....engine.declare.parameter import quantity
from ....engine.numerics import at_most, average, both, either
from ....engine.time_step import quarters
from ...roles import parent, patron, play


@parent.changes("tension", phase="world",
    tension_by_coercion=quantity(0.06, 0, 1, "per quarter",
        "How much of what is missing to full tension coercion at the line adds in a quarter."),
    tension_decay_by_easing=quantity(0.08, 0, 1, "per quarter",
        "How much of tension easing at the line takes in a quarter."),
)  # fmt: skip
def pressure_raises_tension(
    patron_coerces, patron_eases, tension, tension_by_coercion, tension_decay_by_easing
):
    """Coercion at the line raises tension, easing lowers it.

    >>> round(pressure_raises_tension(1.0, 0.0, 0.4, 0.06, 0.08), 3)
    0.036
    """
    return (
        tension_by_coercion * patron_coerces * (1.0 - tension)
        - tension_decay_by_easing * patron_eases * tension
    )


@parent.changes("tension", phase="world",
    usual_tension=quantity(0.25, 0, 1, "index", "Tension at the line in quiet times.", fact=True),
    tension_reversion_rate=quantity(0.12, 0, 1, "per quarter",
        "How fast a line that is left alone returns to its usual tension."),
)  # fmt: skip
def line_calms(tension, usual_tension, tension_reversion_rate):
    """Left alone, the line calms.

    >>> round(line_calms(0.45, 0.25, 0.12), 3)
    -0.024
    """
    return tension_reversion_rate * (usual_tension - tension)


parent.aggregates(
    "provocations",
    of="elite_provokes",
    how="sum",
    meaning="How many elites stir trouble at the line.",
)


@parent.changes("tension", phase="world",
    tension_by_provocation=quantity(0.15, 0, 1, "per quarter",
        "How much of what is missing to full tension an elite's provocation adds in a quarter."),
)  # fmt: skip
def trouble_stirred(provocations, tension, tension_by_provocation):
    """Trouble stirred by a separatist elite raises tension.

    >>> round(trouble_stirred(1.0, 0.4, 0.15), 3)
    0.09
    """
    return tension_by_provocation * provocations * (1.0 - tension)


@parent.hazard(phase="world",
    clash_hazard=quantity(0.35, 0, 1, "per quarter",
        "How likely clashes are in a quarter at full tension and full pressure."),
    accidental_pressure_at_the_line=quantity(0.1, 0, 1, "index",
        "Pressure at the line to which accident amounts where nobody presses."),
    pressure_by_crowds=quantity(0.3, 0, 1, "index",
        "How much crowds in the parent's streets count as pressure at the line."),
)  # fmt: skip
def clash(
    clash_hazard,
    tension,
    patron_coerces,
    mobilised_against_patron,
    provocations,
    accidental_pressure_at_the_line,
    pressure_by_crowds,
):
    """Shots are fired where tension meets coercion, crowds or provocation.

    >>> round(clash(0.05, 0.5, 1.0, 0.0, 0.0, 0.1, 0.3), 4)
    0.0075
    """
    pressed = at_most(
        accidental_pressure_at_the_line
        + average([patron_coerces, provocations])
        + pressure_by_crowds * mobilised_against_patron,
        1.0,
    )
    return at_most(clash_hazard * tension * tension * pressed, 1.0)


parent.aggregates(
    "protection_of_the_line",
    of="guarantee",
    how="mean",
    meaning="How well the patron protects the territories of the parent.",
)


@parent.derived("index",
    war_deterrence_by_protection=quantity(0.75, 0, 1, "share",
        "How much of the chance of war full protection of the territories takes away."),
)  # fmt: skip
def deterrence(protection_of_the_line, war_deterrence_by_protection):
    """A patron that is bound to defend deters an attack.

    >>> round(deterrence(0.8, 0.75), 2)
    0.6
    """
    return war_deterrence_by_protection * protection_of_the_line


@parent.changes("tension", phase="world",
    tension_by_clash=quantity(0.3, 0, 1, "share",
        "How much of what is missing to full tension a clash adds."),
)  # fmt: skip
def clash_raises_tension(clash, tension, tension_by_clash):
    """Shots raise tension.

    >>> clash_raises_tension(1.0, 0.5, 0.3)
    0.15
    """
    return tension_by_clash * clash * (1.0 - tension)


@parent.hazard(phase="world",
    war_after_clash=quantity(0.50, 0, 1, "probability",
        "How likely a clash at full tension is to become a war where nothing deters."),
)  # fmt: skip
def war_breaks_out(clash, war_after_clash, tension, deterrence, at_war):
    """A clash may become a war, likelier the tenser the line and the weaker the protection.

    >>> round(war_breaks_out(1.0, 0.4, 0.5, 0.5, 0.0), 2)
    0.1
    """
    return clash * war_after_clash * tension * (1.0 - deterrence) * (1.0 - at_war)


@parent.changes("at_war", phase="world")
def war_begins(war_breaks_out, at_war):
    """A war has begun.

    >>> war_begins(1.0, 0.0)
    1.0
    """
    return war_breaks_out * (1.0 - at_war)


@parent.changes("quarters_of_war_left", phase="world")
def told_war_runs_out(quarters_of_war_left, time_step):
    """A war of which the scenario tells how long it lasts has a turn less to go.

    >>> told_war_runs_out(2.0, "quarter")
    -1.0
    """
    return -at_most(quarters_of_war_left, quarters(time_step))


@parent.changes("at_war", phase="events")
def told_war_begins(quarters_of_war_left, at_war):
    """A war that the scenario puts on a date is on.

    >>> told_war_begins(2.0, 0.0)
    1.0
    """
    return either(quarters_of_war_left > 0.0, 1.0 - at_war, 0.0)


@parent.hazard(phase="west",
    ceasefire_rate_by_exhaustion=quantity(0.35, 0, 1, "per quarter",
        "How likely the sides are to end a war by themselves in a quarter."),
    ceasefire_rate_by_mediation=quantity(0.6, 0, 1, "per quarter",
        "How much likelier a ceasefire is with the West's full attention."),
)  # fmt: skip
def ceasefire(
    at_war,
    quarters_of_war_left,
    western_attention,
    ceasefire_rate_by_exhaustion,
    ceasefire_rate_by_mediation,
    time_step,
):
    """The fighting ends, sooner where the West can broker a ceasefire.

    A war of which the scenario tells lasts as long as told.

    >>> round(ceasefire(1.0, 0.0, 0.5, 0.3, 0.6, "quarter"), 2)
    0.6
    """
    chance = at_most(
        ceasefire_rate_by_exhaustion + ceasefire_rate_by_mediation * western_attention, 1.0
    )
    turn = quarters(time_step)
    told = either(quarters_of_war_left > turn, 0.0, 1.0)
    return at_war * either(quarters_of_war_left > 0.0, told, chance)


@parent.changes("at_war", phase="world")
def guns_fall_silent(ceasefire, at_war):
    """A ceasefire ends the war.

    >>> guns_fall_silent(1.0, 1.0)
    -1.0
    """
    return -ceasefire * at_war


play.aggregates(
    "war_anywhere", of="at_war", how="largest", meaning="Whether patron and any parent are at war."
)


@play.ends_runs
def war_is_the_end(war_anywhere, after_war):
    """A war is the end of a run, unless the play goes on.

    >>> war_is_the_end(1.0, "ends_the_run")
    True
    """
    return both(war_anywhere > 0.5, after_war == "ends_the_run")


patron.aggregates(
    "war_seen", of="at_war", how="largest", meaning="Whether the patron is at war with any parent."
)


@patron.changes("recent_force", phase="world")
def force_used(war_seen, recent_force):
    """War is force.

    >>> force_used(1.0, 0.4)
    0.6
    """
    return war_seen * (1.0 - recent_force)


@patron.changes("recent_force", phase="world",
    force_decay_rate=quantity(0.3, 0, 1, "per quarter", "How fast a use of force is forgotten."),
)  # fmt: skip
def force_forgotten(recent_force, force_decay_rate):
    """Force is remembered for a year or so.

    >>> round(force_forgotten(0.5, 0.3), 2)
    -0.15
    """
    return -force_decay_rate * recent_force


@parent.changes("tension", phase="world",
    tension_decay_by_corridor=quantity(0.04, 0, 0.5, "per quarter",
        "How much of tension an open corridor takes, since both sides have something to lose."),
)  # fmt: skip
def corridor_calms(open_projects, tension, tension_decay_by_corridor):
    """Where trains run both sides have something to lose.

    >>> round(corridor_calms(1.0, 0.5, 0.04), 3)
    -0.02
    """
    return -tension_decay_by_corridor * at_most(open_projects, 1.0) * tension
