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
    """Who has no troops there moves no fences."""
    return troops_at_the_line > 0.0


@coerce.incentive(weight=quantity(0.25, 0, 2, "utility",
    "What a show of force at the line is worth to the patron."))  # fmt: skip
def pressure(western_alignment, recent_force):
    """Pressure is put on a parent that goes west, and while force is in use anyway.

    >>> round(pressure(0.6, 0.0), 2)
    0.65
    """
    return 0.35 + 0.5 * western_alignment + 0.4 * recent_force


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
def goodwill_at_the_line(perceived_backlash, alienation):
    """Easing wins goodwill where it is not lost for good.

    >>> round(goodwill_at_the_line(0.6, 0.5), 2)
    0.45
    """
    return 1.5 * perceived_backlash * (1.0 - alienation)


@ease.incentive(weight="risk_of_clashes")
def calm(tension):
    """Easing calms a tense line.

    >>> round(calm(0.4), 2)
    0.24
    """
    return 0.6 * tension


@ease.incentive(weight=quantity(0.16, 0, 1, "utility",
    "What softness at the line costs the patron."))  # fmt: skip
def softness():
    """Easing looks soft.

    >>> softness()
    -1.0
    """
    return -1.0
