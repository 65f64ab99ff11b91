"""How integration reaches the parent's government: two opposed channels, and nothing else.

*Grievance* answers signature and what is carried out, and alienates. *Accommodation* answers what
is carried out alone, is a stock of its own that slowly fades, and bends the parent's course. Each
can be off, linear, beyond a threshold, or delayed. The net sign is not settled by the record: it is
explored, never assumed. Every path from a treaty to the parent passes here.

Reference: @dewaal2015 for grievance; @schweller1994 for accommodation.
"""

from ....engine.declare.parameter import quantity
from ....engine.numerics import either
from ....engine.time_step import quarters
from ...roles import parent, territory

parent.declares(
    signature_share_of_integration=quantity(0.5, 0, 1, "share",
        "How much of what integration means to the parent is the signature; the rest is what is "
        "carried out."),
    ask_relative_to_signature=quantity(0.3, 0, 1, "ratio",
        "How much of a signature a mere ask for as much is to the parent."),
    channel_delay=quantity(0, 0, 16, "quarters", "After what time integration reaches the parent."),
    channel_threshold=quantity(0.05, 0, 1, "depth",
        "Recent integration below which a threshold channel stays silent."),
    threshold_channel_strength=quantity(1.5, 0, 5, "ratio",
        "How strong a threshold channel is beyond its threshold, relative to a linear one."),
)  # fmt: skip


@parent.derived("turns")
def turns_of_delay(channel_delay, time_step):
    """After how many turns integration reaches the parent.

    >>> turns_of_delay(4.0, "half_year")
    2.0
    """
    return channel_delay / quarters(time_step)


@territory.derived("depth")
def signature_felt(fresh_signature, salience):
    """A signature as the parent feels it.

    >>> signature_felt(0.4, 0.5)
    0.2
    """
    return fresh_signature * salience


@territory.derived("depth")
def ask_felt(patron_asks, to_be_gained, salience):
    """A draft on the table as the parent feels it.

    >>> ask_felt(1.0, 0.4, 0.5)
    0.2
    """
    return patron_asks * to_be_gained * salience


parent.aggregates(
    "asks_felt",
    of="ask_felt",
    how="sum",
    meaning="This turn's drafts, by how much the territories matter.",
)
parent.delayed("asks_arrived", of="asks_felt", turns="turns_of_delay")


@territory.derived("depth")
def implementation_felt(fresh_implementation, salience):
    """What is carried out, as the parent feels it.

    >>> implementation_felt(0.1, 0.5)
    0.05
    """
    return fresh_implementation * salience


parent.aggregates(
    "signatures_felt",
    of="signature_felt",
    how="sum",
    meaning="This turn's signatures, by how much the territories matter.",
)
parent.aggregates(
    "implementations_felt",
    of="implementation_felt",
    how="sum",
    meaning="What is carried out this turn, by how much the territories matter.",
)
parent.delayed("signatures_arrived", of="signatures_felt", turns="turns_of_delay")
parent.delayed("implementations_arrived", of="implementations_felt", turns="turns_of_delay")


@parent.changes("recent_integration", phase="world")
def integration_noticed(integration_arrived):
    """Recent integration adds up.

    >>> integration_noticed(0.2)
    0.2
    """
    return integration_arrived


@parent.changes("recent_integration", phase="world")
def drafts_noticed(asks_arrived, ask_relative_to_signature):
    """A draft on the table is a grip that tightens, too.

    >>> drafts_noticed(0.2, 0.5)
    0.1
    """
    return ask_relative_to_signature * asks_arrived


@parent.changes("recent_integration", phase="world",
    recent_integration_decay_rate=quantity(0.1, 0, 1, "per quarter",
        "How fast the parent forgets recent integration."),
)  # fmt: skip
def integration_forgotten(recent_integration, recent_integration_decay_rate):
    """Integration that was noticed fades over some years.

    >>> integration_forgotten(0.5, 0.1)
    -0.05
    """
    return -recent_integration_decay_rate * recent_integration


def open_share(switch, form, recent, threshold, strength):
    """How far a channel is open: not at all, fully, or only beyond a threshold.

    >>> open_share("on", "linear", 0.0, 0.05, 1.5), open_share("off", "linear", 0.9, 0.05, 1.5)
    (1.0, 0.0)
    >>> open_share("on", "threshold", 0.1, 0.05, 1.5)
    1.5
    """
    beyond = either(recent > threshold, strength, 0.0)
    return either(
        switch == "on", either(form == "linear", 1.0, either(form == "threshold", beyond, 0.0)), 0.0
    )


@parent.derived("strength")
def grievance_at_work(
    grievance,
    channels,
    grievance_channel,
    recent_integration,
    channel_threshold,
    threshold_channel_strength,
):
    """How strongly integration alienates at this moment.

    >>> grievance_at_work(1.2, "on", "linear", 0.0, 0.05, 1.5)
    1.2
    """
    return grievance * open_share(
        channels,
        grievance_channel,
        recent_integration,
        channel_threshold,
        threshold_channel_strength,
    )


@parent.derived("strength")
def accommodation_at_work(
    accommodation,
    channels,
    accommodation_channel,
    recent_integration,
    channel_threshold,
    threshold_channel_strength,
):
    """How strongly integration is adjusted to at this moment.

    >>> accommodation_at_work(0.6, "off", "linear", 0.0, 0.05, 1.5)
    0.0
    """
    return accommodation * open_share(
        channels,
        accommodation_channel,
        recent_integration,
        channel_threshold,
        threshold_channel_strength,
    )
