"""Tension at the line, clashes and war. A war ends a run unless the scenario says otherwise.

Reference: @schelling1966; @fearon1995.
"""

from ....engine.declare.parameter import quantity
from ....engine.numerics import at_most, both
from ....engine.time_step import compounded
from ...roles import parent, patron, play


@parent.changes("tension", phase="world")
def pressure_raises_tension(patron_coerces, patron_eases, tension, time_step):
    """Coercion at the line raises tension, easing lowers it.

    >>> round(pressure_raises_tension(1.0, 0.0, 0.4, "quarter"), 3)
    0.036
    """
    return (
        compounded(time_step, 0.06) * patron_coerces * (1.0 - tension)
        - compounded(time_step, 0.08) * patron_eases * tension
    )


@parent.changes("tension", phase="world",
    usual_tension=quantity(0.25, 0, 1, "index", "Tension at the line in quiet times.", fact=True),
)  # fmt: skip
def line_calms(tension, usual_tension, time_step):
    """Left alone, the line calms.

    >>> round(line_calms(0.45, 0.25, "quarter"), 3)
    -0.024
    """
    return compounded(time_step, 0.12) * (usual_tension - tension)


parent.aggregates(
    "provocations",
    of="elite_provokes",
    how="sum",
    meaning="How many elites stir trouble at the line.",
)


@parent.changes("tension", phase="world")
def trouble_stirred(provocations, tension, time_step):
    """Trouble stirred by a separatist elite raises tension.

    >>> round(trouble_stirred(1.0, 0.4, "quarter"), 3)
    0.09
    """
    return compounded(time_step, 0.15) * provocations * (1.0 - tension)


@parent.hazard(phase="world",
    clash_hazard=quantity(0.10, 0, 1, "per quarter",
        "How likely clashes are in a quarter at full tension and full pressure."),
)  # fmt: skip
def clash(clash_hazard, tension, patron_coerces, mobilised_against_patron, provocations):
    """Shots are fired where tension meets coercion, crowds or provocation.

    >>> round(clash(0.05, 0.5, 1.0, 0.0, 0.0), 4)
    0.0063
    """
    return (
        clash_hazard
        * tension
        * tension
        * at_most(
            0.1 + 0.4 * patron_coerces + 0.3 * mobilised_against_patron + 0.4 * provocations, 1.0
        )
    )


@parent.changes("tension", phase="world")
def clash_raises_tension(clash, tension):
    """Shots raise tension.

    >>> clash_raises_tension(1.0, 0.5)
    0.15
    """
    return 0.3 * clash * (1.0 - tension)


@parent.hazard(phase="world",
    war_after_clash=quantity(0.12, 0, 1, "probability", "How likely a clash is to become a war."),
)  # fmt: skip
def war_breaks_out(clash, war_after_clash, tension):
    """A clash may become a war, the likelier the tenser the line was.

    >>> round(war_breaks_out(1.0, 0.12, 0.5), 2)
    0.09
    """
    return clash * war_after_clash * (0.5 + 0.5 * tension)


@parent.changes("at_war", phase="world")
def war_begins(war_breaks_out, at_war):
    """A war has begun.

    >>> war_begins(1.0, 0.0)
    1.0
    """
    return war_breaks_out * (1.0 - at_war)


@parent.changes("at_war", phase="world")
def ceasefire(at_war):
    """Where a war does not end the run, a ceasefire ends the war.

    >>> ceasefire(1.0)
    -1.0
    """
    return -at_war


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
    "wars", of="war_breaks_out", how="largest", meaning="Whether the patron goes to war this turn."
)


@patron.changes("recent_force", phase="world")
def force_used(wars, recent_force):
    """War is force.

    >>> force_used(1.0, 0.4)
    0.6
    """
    return wars * (1.0 - recent_force)


@patron.changes("recent_force", phase="world")
def force_forgotten(recent_force, time_step):
    """Force is remembered for a year or so.

    >>> round(force_forgotten(0.5, "quarter"), 2)
    -0.15
    """
    return -compounded(time_step, 0.3) * recent_force
