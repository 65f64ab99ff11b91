"""What the West does to the patron, the parent and the territories; and what the West sees.

Reference: @drezner1999; the record (events) of 2008 and 2014.
"""

from ....engine.declare.parameter import quantity
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


@patron.changes("sanctions", phase="world",
    sanctions_adoption_rate=quantity(0.4, 0, 1, "per quarter",
        "How fast sanctions are adopted by a West that is united on them."),
)  # fmt: skip
def sanctions_imposed(sanctions_now, sanctions, sanctions_adoption_rate):
    """Sanctions are imposed.

    >>> round(sanctions_imposed(1.0, 0.5, 0.4), 2)
    0.2
    """
    return sanctions_adoption_rate * sanctions_now * (1.0 - sanctions)


@patron.changes("sanctions", phase="world",
    sanctions_decay_rate=quantity(0.03, 0, 1, "per quarter", "How fast sanctions erode."),
)  # fmt: skip
def sanctions_erode(sanctions, sanctions_decay_rate):
    """Sanctions erode unless they are renewed.

    >>> sanctions_erode(0.5, 0.03)
    -0.015
    """
    return -sanctions_decay_rate * sanctions


@patron.changes("condemnation", phase="world",
    condemnation_adjustment_rate=quantity(0.5, 0, 1, "per quarter",
        "How fast the last condemnation gives way to the next, or to silence."),
)  # fmt: skip
def condemned(condemnation_now, condemnation, condemnation_adjustment_rate):
    """A condemnation is loud for a quarter or two.

    >>> condemned(1.0, 0.0, 0.5)
    0.5
    """
    return condemnation_adjustment_rate * (condemnation_now - condemnation)


@parent.changes("western_support", phase="world",
    western_support_gain_rate=quantity(0.1, 0, 1, "per quarter",
        "How fast support grows when all of the West decides on it."),
)  # fmt: skip
def support_given(support_now, western_support, western_support_gain_rate):
    """Support comes when voices of the West decide on it.

    >>> round(support_given(1.0, 0.5, 0.1), 3)
    0.05
    """
    return western_support_gain_rate * support_now * (1.0 - western_support)


@parent.changes("western_support", phase="world",
    western_support_decay_rate=quantity(0.06, 0, 1, "per quarter",
        "How fast support lapses that is not renewed."),
)  # fmt: skip
def support_lapses(western_support, western_support_decay_rate):
    """Programmes end unless they are renewed.

    >>> support_lapses(0.5, 0.06)
    -0.03
    """
    return -western_support_decay_rate * western_support


@territory.changes("western_engagement", phase="world",
    western_engagement_gain_rate=quantity(0.1, 0, 1, "per quarter",
        "How fast contacts with the West grow while all of it engages the territories."),
)  # fmt: skip
def west_engages(engagement_now, western_engagement, independent, western_engagement_gain_rate):
    """Scholarships, visas and projects reach the territories.

    >>> west_engages(1.0, 0.5, 1.0, 0.1)
    0.05
    """
    return western_engagement_gain_rate * engagement_now * independent * (1.0 - western_engagement)


@territory.changes("western_engagement", phase="world",
    western_engagement_decay_rate=quantity(0.08, 0, 1, "per quarter",
        "How fast contacts with the West fade that are not kept up."),
)  # fmt: skip
def west_loses_touch(western_engagement, western_engagement_decay_rate):
    """Contacts fade unless they are kept up.

    >>> west_loses_touch(0.5, 0.08)
    -0.04
    """
    return -western_engagement_decay_rate * western_engagement


voice.noise("mood_of_a_capital", "What else moves a voice's interest.")


@voice.changes("interest", phase="world",
    usual_interest=quantity(0.6, 0, 1, "index", "This voice's interest in ordinary times."),
    interest_reversion_rate=quantity(0.2, 0, 1, "per quarter",
        "How fast this voice's interest returns to the usual."),
    interest_volatility=quantity(0.05, 0, 0.5, "index per √quarter",
        "How much this voice's interest wanders."),
)  # fmt: skip
def interest_wanders(
    interest, usual_interest, mood_of_a_capital, interest_volatility, interest_reversion_rate
):
    """Interest wanders about its usual level.

    >>> round(interest_wanders(0.5, 0.6, 0.0, 0.05, 0.2), 3)
    0.02
    """
    return (
        interest_reversion_rate * (usual_interest - interest)
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
