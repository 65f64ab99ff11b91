"""How integration reaches the parent's government: two opposed channels, and nothing else.

*Grievance* answers signature and what is carried out, and alienates. *Accommodation* answers what is carried out alone, is a
stock of its own that slowly fades, and bends the parent's course. Each can be off, linear, beyond a threshold, or delayed. The
net sign is not settled by the record: it is explored, never assumed. Every path from a treaty to the parent passes here.
"""

from ...engine.quantity import quantity
from ...engine.words import either
from ..roles import parent, patron, territory

parent.declares(
    channel_delay=quantity(0, 0, 16, "turns", "After how many turns integration reaches the parent.", ),
    channel_threshold=quantity(0.05, 0, 1, "depth", "Recent integration below which a threshold channel stays silent."),
)  # fmt: skip


@territory.measure("depth")
def signature_felt(fresh_signature, salience):
    """A signature as the parent feels it.

    >>> signature_felt(0.4, 0.5)
    0.2
    """
    return fresh_signature * salience


@territory.measure("depth")
def implementation_felt(fresh_implementation, salience):
    """What is carried out, as the parent feels it.

    >>> implementation_felt(0.1, 0.5)
    0.05
    """
    return fresh_implementation * salience


parent.gathers("signatures_felt", of="signature_felt", how="sum", meaning="This turn's signatures, by how much the territories matter.")
parent.gathers("implementations_felt", of="implementation_felt", how="sum", meaning="What is carried out this turn, by how much the territories matter.")
parent.delayed("signatures_arrived", of="signatures_felt", turns="channel_delay")
parent.delayed("implementations_arrived", of="implementations_felt", turns="channel_delay")


@parent.changes("recent_integration", phase="world")
def integration_noticed(signatures_arrived, implementations_arrived):
    """Recent integration adds up.

    >>> integration_noticed(0.2, 0.1)
    0.15000000000000002
    """
    return 0.5 * signatures_arrived + 0.5 * implementations_arrived


@parent.changes("recent_integration", phase="world")
def integration_forgotten(recent_integration):
    """And fades over some years.

    >>> integration_forgotten(0.5)
    -0.05
    """
    return -0.1 * recent_integration


def open_share(switch, form, recent, threshold):
    """How far a channel is open: not at all, one to one, or half as much again once recent integration passes a threshold.

    >>> open_share("on", "linear", 0.0, 0.05), open_share("off", "linear", 0.9, 0.05), open_share("on", "threshold", 0.1, 0.05)
    (1.0, 0.0, 1.5)
    """
    beyond = either(recent > threshold, 1.5, 0.0)
    return either(switch == "on", either(form == "linear", 1.0, either(form == "threshold", beyond, 0.0)), 0.0)


@parent.measure("strength")
def grievance_at_work(grievance, channels, grievance_channel, recent_integration, channel_threshold):
    """How strongly integration alienates at this moment.

    >>> grievance_at_work(1.2, "on", "linear", 0.0, 0.05)
    1.2
    """
    return grievance * open_share(channels, grievance_channel, recent_integration, channel_threshold)


@parent.measure("strength")
def accommodation_at_work(accommodation, channels, accommodation_channel, recent_integration, channel_threshold):
    """How strongly integration is adjusted to at this moment.

    >>> accommodation_at_work(0.6, "off", "linear", 0.0, 0.05)
    0.0
    """
    return accommodation * open_share(channels, accommodation_channel, recent_integration, channel_threshold)


@parent.measure("ratio")
def own_concessions(reception):
    """Outrage is greater after the parent's own concessions ("destructive actions to Georgia's efforts", March 2015).

    >>> own_concessions(1.0)
    1.25
    """
    return 1.0 + 0.5 * (reception - 0.5)


@parent.changes("alienation", phase="world", felt=quantity(2.2, 0, 6, "ratio", "How much a full integration moves alienation or acceptance at strength one."))
def grievance_over_integration(grievance_at_work, signatures_arrived, implementations_arrived, own_concessions, alienation, felt):
    """What is signed and what is carried out alienates the parent's government.

    >>> round(grievance_over_integration(1.0, 0.2, 0.0, 1.0, 0.5, 2.2), 2)
    0.11
    """
    arrived = 0.5 * signatures_arrived + 0.5 * implementations_arrived
    return felt * grievance_at_work * own_concessions * arrived * (1.0 - alienation)


@parent.changes(
    "alienation",
    phase="world",
    healing=quantity(0.03, 0, 0.5, "per turn", "How fast alienation heals by itself."),
    healing_by_trade=quantity(0.05, 0, 0.5, "per turn", "How much faster it heals under full normalisation."),
    old_grudge=quantity(0.15, 0, 1, "index", "Alienation that does not heal."),
)
def time_heals(alienation, normalisation, healing, healing_by_trade, old_grudge):
    """Alienation heals slowly, faster under normalisation.

    >>> round(time_heals(0.55, 0.4, 0.03, 0.05, 0.15), 3)
    -0.02
    """
    return -(healing + healing_by_trade * normalisation) * (alienation - old_grudge)


@parent.changes("alienation", phase="world")
def fences_alienate(patron_coerces, alienation):
    """Fences and detentions at the line alienate.

    >>> fences_alienate(1.0, 0.5)
    0.002
    """
    return 0.004 * patron_coerces * (1.0 - alienation)


@parent.changes("alienation", phase="world")
def bans_alienate(patron_embargoes):
    """A ban alienates.

    >>> bans_alienate(1.0)
    0.03
    """
    return 0.03 * patron_embargoes


@parent.changes("alienation", phase="world")
def fighting_alienates(clash, war_breaks_out, alienation):
    """Shots alienate, war more than anything.

    >>> fighting_alienates(0.0, 1.0, 0.5)
    0.25
    """
    return (0.04 * clash + 0.5 * war_breaks_out) * (1.0 - alienation)


@parent.changes("acceptance", phase="world")
def fait_accompli(accommodation_at_work, implementations_arrived, acceptance, felt):
    """What is carried out and stays is adjusted to.

    >>> round(fait_accompli(0.6, 0.1, 0.0, 2.2), 3)
    0.132
    """
    return felt * accommodation_at_work * implementations_arrived * (1.0 - acceptance)


@parent.changes("acceptance", phase="world", reawakening=quantity(0.03, 0, 0.5, "per turn", "How fast acceptance fades."))
def acceptance_fades(acceptance, reawakening):
    """A new generation has not made its peace.

    >>> acceptance_fades(0.5, 0.03)
    -0.015
    """
    return -reawakening * acceptance


@parent.changes("outrage", phase="parents_hear", outcry=quantity(6.0, 0, 20, "ratio", "How loud the outcry over a signature is at grievance one."))
def outcry_over_a_signature(grievance_at_work, signatures_arrived, outcry, outrage):
    """A signature is an outrage, through the channel of grievance.

    >>> round(outcry_over_a_signature(1.0, 0.1, 6.0, 0.2), 2)
    0.48
    """
    return outcry * grievance_at_work * signatures_arrived * (1.0 - outrage)


@parent.changes("outrage", phase="world")
def outrage_cools(outrage):
    """Outrage halves with every turn.

    >>> outrage_cools(0.4)
    -0.2
    """
    return -0.5 * outrage


parent.noise("reading", "How the patron misreads the parent's answer.")


@parent.measure("strength", misreading=quantity(0.4, 0, 2, "strength", "How badly the patron reads a single answer."))
def backlash_shown(grievance_at_work, accommodation_at_work, reading, misreading):
    """What the parent's answer to a treaty shows of grievance minus accommodation.

    >>> backlash_shown(1.0, 0.6, 0.0, 0.4)
    0.4
    """
    return grievance_at_work - accommodation_at_work + misreading * reading


@parent.measure("strength")
def lesson(backlash_shown, perceived_backlash, signatures_felt, channels):
    """What the patron learns from the answer to a treaty; with the channels off there is nothing to learn from.

    >>> round(lesson(1.0, 0.6, 0.08, "on"), 2)
    0.4
    """
    weight = either(signatures_felt > 0.08, 1.0, signatures_felt / 0.08)
    return either(channels == "on", weight, 0.0) * (backlash_shown - perceived_backlash)


patron.gathers("lessons", of="lesson", how="sum", meaning="What the patron learns this turn from the parents' answers.")


@patron.changes("perceived_backlash", phase="world", learning=quantity(0.5, 0, 1, "share", "How much of what an answer shows the patron takes in."))
def learning_from_answers(lessons, learning):
    """The patron corrects its belief by how the parent answered.

    >>> learning_from_answers(0.4, 0.5)
    0.2
    """
    return learning * lessons
