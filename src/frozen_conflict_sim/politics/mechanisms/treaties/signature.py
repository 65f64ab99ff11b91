"""A signature: what it deepens, whom it presses, who sees it, and the template it leaves.

Reference: @dewaal2015: the South Ossetian text was written by the same adviser as the Abkhaz one.
"""

from ....engine.declare.parameter import quantity
from ....engine.numerics import at_most, average
from ...roles import elite, patron, territory


@territory.derived("0 or 1")
def signs(elite_accepts, elite_redrafts):
    """Whether a treaty is signed this turn.

    >>> signs(0.0, 1.0)
    1.0
    """
    return elite_accepts + elite_redrafts


@territory.derived("depth", by="clause")
def signed_step(elite_accepts, elite_redrafts, draft, settled_depth, agreed):
    """How much deeper the text goes that is signed this turn.

    >>> round(signed_step(0.0, 1.0, 0.9, 0.6, 0.4), 2)
    0.2
    """
    return elite_accepts * (draft - agreed) + elite_redrafts * (settled_depth - agreed)


@territory.changes("agreed", phase="elites")
def signature(signed_step):
    """A signature makes agreements deeper.

    >>> signature(0.2)
    0.2
    """
    return signed_step


@territory.changes("fresh_signature", phase="elites")
def signature_seen(signed_step, fresh_signature):
    """The parent and everybody else see how deep this turn's signature goes.

    >>> signature_seen([0.2, 0.4], 0.0)
    0.30000000000000004
    """
    return average(signed_step) - fresh_signature


@elite.changes("red_line_pressure", phase="elites")
def red_line_touched(signed_step, clause_sovereignty):
    """A signature presses on what people hold sovereign.

    >>> round(red_line_touched([0.1, 0.3], [1.8, 0.0]), 2)
    0.09
    """
    return average([touches * step for touches, step in zip(clause_sovereignty, signed_step)])


@elite.changes("red_line_pressure", phase="world",
    red_line_decay_rate=quantity(0.2, 0, 1, "per quarter",
        "How fast a crossed red line is forgotten."),
)  # fmt: skip
def red_line_forgotten(red_line_pressure, red_line_decay_rate):
    """What pressed last year presses less now.

    >>> red_line_forgotten(0.5, 0.2)
    -0.1
    """
    return -red_line_decay_rate * red_line_pressure


@elite.changes("deal_owned", phase="elites")
def signed_by_this_leader(signs, deal_owned):
    """Who signs owns the deal.

    >>> signed_by_this_leader(1.0, 0.0)
    1.0
    """
    return signs * (1.0 - deal_owned)


@territory.changes("treaty_template", phase="world")
def template_from_next_door(signs_elsewhere, treaty_template):
    """A treaty signed next door leaves a template in the curator's drawer.

    >>> template_from_next_door(1.0, 0.2)
    0.8
    """
    return signs_elsewhere * (1.0 - treaty_template)


@territory.changes("treaty_template", phase="world",
    template_decay_rate=quantity(0.05, 0, 1, "per quarter", "How fast a template ages."),
)  # fmt: skip
def template_ages_away(treaty_template, template_decay_rate):
    """A template grows old.

    >>> template_ages_away(0.4, 0.05)
    -0.020000000000000004
    """
    return -template_decay_rate * treaty_template


patron.aggregates(
    "treaties_signed", of="signs", how="sum", meaning="How many treaties are signed this turn."
)


@territory.derived("0 or 1")
def signs_elsewhere(treaties_signed, signs):
    """Whether a treaty is signed this turn in another territory of the same patron.

    >>> signs_elsewhere(2.0, 1.0)
    1.0
    """
    return at_most(treaties_signed - signs, 1.0)
