"""The West: voices of unequal weight, which watch, condemn, support, sanction or engage.

What it offers the parent rests on its own interest and never mirrors the parent's alignment.

Reference: @cooley2010 on engagement; @drezner1999 on sanctions.
"""

from ...engine.declare.parameter import quantity, state
from ..roles import voice, west

statement = voice.decides("statement", "what it says", phase="west")
silence = statement.nothing("hold", "Say nothing.")
condemn = statement.option("condemn", "Condemn in words.", act="voice_condemns")

patron_policy = voice.decides("toward_patron_state", "what it does to the patron", phase="west")
no_sanctions = patron_policy.nothing("hold", "Do nothing.")
sanction = patron_policy.option("sanction", "Put sanctions on the patron.", act="voice_sanctions")

parent_policy = voice.decides("toward_parents", "what it does for the parents", phase="west")
no_support = parent_policy.nothing("hold", "Do nothing.")
support_parent = parent_policy.option(
    "support", "Support the parents: money, visas, training.", act="voice_supports"
)

territory_policy = voice.decides(
    "toward_territories", "what it does for people in the territories", phase="west"
)
no_engagement = territory_policy.nothing("hold", "Do nothing.")
engage = territory_policy.option(
    "engage", "Engage the territories without recognising them.", act="voice_engages"
)

west.declares(
    western_attention=state(1.0, 0, 1, "share",
        "How much of the West's attention other theatres leave for this one."),
)  # fmt: skip


voice.declares(
    condemnation_of_force=quantity(0.6, 0, 3, "ratio",
        "How much fresh force calls for a statement, relative to an outcry of a parent."),
    condemnation_of_coercion=quantity(0.3, 0, 3, "ratio",
        "How much coercion at a dividing line calls for a statement, relative to an outcry."),
    sanctions_on_annexation=quantity(3.0, 0, 10, "ratio",
        "How much an annexation calls for sanctions, relative to fresh force."),
    door_in_any_case=quantity(0.3, 0, 2, "index",
        "How much people in the territories matter to a voice where the parent engages none."),
)  # fmt: skip


@condemn.incentive(weight=quantity(0.8, 0, 3, "utility",
    "What a statement in time is worth to a voice of the West."))  # fmt: skip
def principle_voiced(
    outrage_seen,
    recent_force,
    coercion_seen,
    annexation_seen,
    condemnation_of_force,
    condemnation_of_coercion,
):
    """What the parents decry, force, and pressure at the line call for a statement.

    >>> round(principle_voiced(0.1, 0.0, 1.0, 0.0, 0.6, 0.3), 2)
    0.4
    """
    return (
        outrage_seen
        + condemnation_of_force * recent_force
        + condemnation_of_coercion * coercion_seen
        + annexation_seen
    )


@condemn.incentive(weight=quantity(0.15, 0, 1, "utility", "What a statement costs."))
def price_of_words(caution):
    """Even a statement takes some trouble.

    >>> price_of_words(1.0)
    -1.0
    """
    return -caution


@support_parent.incentive(weight=quantity(0.5, 0, 2, "utility",
    "What its own interest in the region is worth to a voice of the West."))  # fmt: skip
def own_interest(interest, western_attention):
    """The West supports whom it is interested in, as far as it is not busy elsewhere.

    >>> round(own_interest(0.6, 1.0), 2)
    0.6
    """
    return interest * western_attention


@support_parent.incentive(weight=quantity(0.35, 0, 2, "utility",
    "How far a parent's alarm is heard in the West."))  # fmt: skip
def alarm_heard(alienation_seen):
    """A parent that feels threatened is heard.

    >>> alarm_heard(0.5)
    0.5
    """
    return alienation_seen


@support_parent.incentive(weight=quantity(0.42, 0, 2, "utility",
    "What supporting the parent costs."))  # fmt: skip
def price_of_support(caution):
    """Support costs money, and taxpayers ask.

    >>> price_of_support(1.0)
    -1.0
    """
    return -caution


@sanction.incentive(weight=quantity(0.9, 0, 3, "utility",
    "How much force and annexation call for sanctions."))  # fmt: skip
def force_answered(recent_force, annexation_seen, sanctions_on_annexation):
    """Force is answered, and annexation with more than words; of treaties the record shows nothing.

    >>> force_answered(0.5, 1.0, 3.0)
    3.5
    """
    return recent_force + sanctions_on_annexation * annexation_seen


@sanction.incentive(weight=quantity(0.0, -2, 2, "utility",
    "Whether treaty depth alone calls for sanctions: free around zero.",
    source="2008 and 2014 brought none"))  # fmt: skip
def depth_answered(treaty_step_seen):
    """Whether a deeper treaty by itself calls for sanctions.

    >>> depth_answered(0.2)
    0.2
    """
    return treaty_step_seen


@sanction.incentive(weight=quantity(0.45, 0, 2, "utility",
    "What sanctions cost those who impose them."))  # fmt: skip
def price_of_sanctions(caution):
    """Sanctions hurt both sides.

    >>> price_of_sanctions(1.0)
    -1.0
    """
    return -caution


@engage.incentive(weight=quantity(0.3, 0, 2, "utility",
    "What engagement without recognition is worth to a voice of the West."))  # fmt: skip
def door_kept_open(interest, engagement_seen, door_in_any_case):
    """A door is kept open to people in the territories, most where the parent holds one open too.

    >>> round(door_kept_open(0.6, 0.2, 0.3), 2)
    0.3
    """
    return interest * (door_in_any_case + engagement_seen)


@engage.incentive(weight=quantity(0.10, 0, 1, "utility",
    "What engagement without recognition costs."))  # fmt: skip
def price_of_engagement(caution):
    """Engaging those one does not recognise takes lawyers.

    >>> price_of_engagement(1.0)
    -1.0
    """
    return -caution


@engage.incentive(weight=quantity(0.25, 0, 2, "utility",
    "How much the West minds to deal with leaders who are wanted by courts."))  # fmt: skip
def tainted_partners(indictments_seen):
    """Leaders who are wanted by courts are poor partners.

    >>> tainted_partners(0.5)
    -0.5
    """
    return -indictments_seen


@condemn.incentive(weight=quantity(0.2, 0, 2, "utility",
    "How much rulings of courts call for a statement."))  # fmt: skip
def rulings_voiced(rulings_against_patron):
    """A ruling against the patron calls for a statement.

    >>> rulings_voiced(1.0)
    1.0
    """
    return rulings_against_patron


west.aggregates(
    "indictments_seen",
    of="leaders_indicted",
    how="mean",
    meaning="How far leaders of the territories are wanted by courts.",
)
