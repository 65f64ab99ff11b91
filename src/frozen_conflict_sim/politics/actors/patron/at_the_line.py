"""What the patron does at the dividing line.

It is a decision of its own: coercion rose in 2013 while trade reopened.

Reference: @toal2017; in the record, detentions at the line rose in 2013 while trade reopened.
"""

from ....engine.declare.parameter import quantity
from ...roles import parent, patron

at_the_line = patron.decides(
    "at_the_line", "what it does at the dividing line", phase="patron", about=parent
)

hold = at_the_line.nothing("hold", "Leave the line as it is.")
coerce = at_the_line.option("coerce", "Fence, detain, move the signs.", act="patron_coerces")
ease = at_the_line.option("ease", "Open crossings, release the detained.", act="patron_eases")


parent.aggregates(
    "troops_at_the_line",
    of="bases",
    how="largest",
    meaning="The patron's troops beside the parent.",
)


@coerce.open_when
def troops_to_press_with(troops_at_the_line):
    """Who has no troops there moves no fences.

    Otherwise: the patron has no troops at the line.
    """
    return troops_at_the_line > 0.0


patron.declares(
    pressure_in_any_case=quantity(0.35, 0, 2, "index",
        "What a show of force at the line is for, whatever the parent does."),
    pressure_on_the_aligned=quantity(0.5, 0, 2, "ratio",
        "How much a parent's alignment with the West adds to it."),
    pressure_amid_force=quantity(0.4, 0, 2, "ratio",
        "How much force that is in use elsewhere adds to it."),
    goodwill_by_easing=quantity(1.5, 0, 5, "ratio",
        "How much goodwill easing wins, relative to what coercion costs."),
    calm_by_easing=quantity(0.6, 0, 2, "ratio",
        "How much of the risk of clashes easing takes away."),
)  # fmt: skip


@coerce.incentive(weight=quantity(0.25, 0, 2, "utility",
    "What a show of force at the line is worth to the patron."))  # fmt: skip
def pressure(
    western_alignment,
    recent_force,
    pressure_in_any_case,
    pressure_on_the_aligned,
    pressure_amid_force,
):
    """Pressure is put on a parent that goes west, and while force is in use anyway.

    >>> round(pressure(0.6, 0.0, 0.35, 0.5, 0.4), 2)
    0.65
    """
    return (
        pressure_in_any_case
        + pressure_on_the_aligned * western_alignment
        + pressure_amid_force * recent_force
    )


@coerce.incentive(weight=quantity(0.10, 0, 1, "utility", "What goodwill is worth at the line."))
def goodwill_spent(perceived_backlash):
    """Pressure costs goodwill, as far as the patron believes in it.

    >>> goodwill_spent(0.6)
    -0.6
    """
    return -perceived_backlash


@coerce.incentive(weight=quantity(0.4, 0, 2, "utility",
    "How much the patron minds a line that could catch fire."))  # fmt: skip
def risk_of_clashes(tension):
    """A tense line may catch fire.

    >>> risk_of_clashes(0.3)
    -0.3
    """
    return -tension


@coerce.incentive(weight=quantity(0.02, 0, 0.5, "utility",
    "The routine cost of coercion at the line."))  # fmt: skip
def cost_of_fences():
    """Fences and patrols cost something.

    >>> cost_of_fences()
    -1.0
    """
    return -1.0


parent.aggregates(
    "hand_held_out",
    of="engagement",
    how="largest",
    meaning="How far the parent engages a territory, at the most.",
)


@coerce.incentive(weight=quantity(0.0, -1, 1, "utility",
    "Whether a hand held out across the line is answered with pressure: free around zero.",
    source="the record holds no such case"))  # fmt: skip
def hand_struck_away(hand_held_out):
    """Whether a parent that engages a territory is pressed for it.

    >>> hand_struck_away(0.4)
    0.4
    """
    return hand_held_out


@ease.incentive(weight="goodwill_spent")
def goodwill_at_the_line(perceived_backlash, alienation, goodwill_by_easing):
    """Easing wins goodwill where it is not lost for good.

    >>> round(goodwill_at_the_line(0.6, 0.5, 1.5), 2)
    0.45
    """
    return goodwill_by_easing * perceived_backlash * (1.0 - alienation)


@ease.incentive(weight="risk_of_clashes")
def calm(tension, calm_by_easing):
    """Easing calms a tense line.

    >>> round(calm(0.4, 0.6), 2)
    0.24
    """
    return calm_by_easing * tension


@ease.incentive(weight=quantity(0.16, 0, 1, "utility",
    "What softness at the line costs the patron."))  # fmt: skip
def softness():
    """Easing looks soft.

    >>> softness()
    -1.0
    """
    return -1.0
