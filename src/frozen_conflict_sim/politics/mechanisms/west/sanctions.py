"""What the West does to the patron, the parent and the territories; and what the West sees.

Reference: @drezner1999; the record (events) of 2008 and 2014.
"""

from ....engine.declare.parameter import quantity
from ....engine.time_step import compounded
from ...roles import parent, patron, territory, voice, west

west.aggregates(
    "outrage_seen", of="outrage", how="largest", meaning="The loudest outcry among the parents."
)
west.aggregates(
    "alienation_seen", of="alienation", how="mean", meaning="How alienated the parents are."
)
west.aggregates(
    "coercion_seen",
    of="patron_coerces",
    how="largest",
    meaning="Whether the patron coerces somewhere at a dividing line.",
)
west.aggregates(
    "annexation_seen",
    of="annexation",
    how="largest",
    meaning="Whether the patron annexes a territory this turn.",
)
west.aggregates(
    "treaty_step_seen",
    of="fresh_signature",
    how="sum",
    meaning="How deep this turn's signatures go.",
)
west.aggregates(
    "engagement_seen",
    of="engagement",
    how="mean",
    meaning="How far the parents engage the territories.",
)


@voice.derived("share")
def condemning(voice_condemns, influence):
    """A voice's part in a condemnation.

    >>> condemning(1.0, 0.3)
    0.3
    """
    return voice_condemns * influence


@voice.derived("share")
def sanctioning(voice_sanctions, influence):
    """A voice's part in sanctions.

    >>> sanctioning(1.0, 0.3)
    0.3
    """
    return voice_sanctions * influence


@voice.derived("share")
def supporting(voice_supports, influence):
    """A voice's part in the support for the parents.

    >>> supporting(1.0, 0.3)
    0.3
    """
    return voice_supports * influence


@voice.derived("share")
def engaging(voice_engages, influence):
    """A voice's part in engaging the territories.

    >>> engaging(1.0, 0.3)
    0.3
    """
    return voice_engages * influence


west.aggregates(
    "condemnation_now",
    of="condemning",
    how="sum",
    meaning="How much of the West condemns the patron this turn.",
)
west.aggregates(
    "sanctions_now",
    of="sanctioning",
    how="sum",
    meaning="How much of the West sanctions the patron this turn.",
)
west.aggregates(
    "support_now",
    of="supporting",
    how="sum",
    meaning="How much of the West supports the parents this turn.",
)
west.aggregates(
    "engagement_now",
    of="engaging",
    how="sum",
    meaning="How much of the West engages the territories this turn.",
)


@patron.changes("sanctions", phase="world")
def sanctions_imposed(sanctions_now, sanctions, time_step):
    """Sanctions are imposed.

    >>> round(sanctions_imposed(1.0, 0.5, "quarter"), 2)
    0.2
    """
    return compounded(time_step, 0.4) * sanctions_now * (1.0 - sanctions)


@patron.changes("sanctions", phase="world",
    sanctions_decay_rate=quantity(0.03, 0, 1, "per quarter", "How fast sanctions erode."),
)  # fmt: skip
def sanctions_erode(sanctions, sanctions_decay_rate):
    """Sanctions erode unless they are renewed.

    >>> sanctions_erode(0.5, 0.03)
    -0.015
    """
    return -sanctions_decay_rate * sanctions


@patron.changes("condemnation", phase="world")
def condemned(condemnation_now, condemnation, time_step):
    """A condemnation is loud for a quarter or two.

    >>> condemned(1.0, 0.0, "quarter")
    0.5
    """
    return compounded(time_step, 0.5) * (condemnation_now - condemnation)


@parent.changes("western_support", phase="world")
def support_given(support_now, western_support, time_step):
    """Support comes when voices of the West decide on it.

    >>> round(support_given(1.0, 0.5, "quarter"), 3)
    0.05
    """
    return compounded(time_step, 0.1) * support_now * (1.0 - western_support)


@parent.changes("western_support", phase="world")
def support_lapses(western_support, time_step):
    """Programmes end unless they are renewed.

    >>> support_lapses(0.5, "quarter")
    -0.03
    """
    return -compounded(time_step, 0.06) * western_support


@territory.changes("western_engagement", phase="world")
def west_engages(engagement_now, western_engagement, independent, time_step):
    """Scholarships, visas and projects reach the territories.

    >>> west_engages(1.0, 0.5, 1.0, "quarter")
    0.05
    """
    return compounded(time_step, 0.1) * engagement_now * independent * (1.0 - western_engagement)


@territory.changes("western_engagement", phase="world")
def west_loses_touch(western_engagement, time_step):
    """Contacts fade unless they are kept up.

    >>> west_loses_touch(0.5, "quarter")
    -0.04
    """
    return -compounded(time_step, 0.08) * western_engagement


voice.noise("mood_of_a_capital", "What else moves a voice's interest.")


@voice.changes("interest", phase="world",
    usual_interest=quantity(0.6, 0, 1, "index", "This voice's interest in ordinary times."),
    interest_volatility=quantity(0.05, 0, 0.5, "index per √quarter",
        "How much this voice's interest wanders."),
)  # fmt: skip
def interest_wanders(interest, usual_interest, mood_of_a_capital, interest_volatility, time_step):
    """Interest wanders about its usual level.

    >>> round(interest_wanders(0.5, 0.6, 0.0, 0.05, "quarter"), 3)
    0.02
    """
    return (
        compounded(time_step, 0.2) * (usual_interest - interest)
        + interest_volatility * mood_of_a_capital
    )


@patron.changes("rulings_against_patron", phase="world",
    rulings_decay_rate=quantity(0.15, 0, 1, "per quarter", "How fast a ruling is forgotten."),
)  # fmt: skip
def rulings_forgotten(rulings_against_patron, rulings_decay_rate):
    """A ruling is remembered for a year or two.

    >>> rulings_forgotten(1.0, 0.15)
    -0.15
    """
    return -rulings_decay_rate * rulings_against_patron
