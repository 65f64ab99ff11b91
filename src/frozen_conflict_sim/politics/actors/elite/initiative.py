"""What the elite starts by itself: it silences critics, reaches out to the parent, or provokes.

Reference: @caspersen2012; @dewaal2015 on the blocked website.
"""

from ....engine.declare.parameter import quantity
from ....engine.numerics import at_least
from ...roles import elite

initiative = elite.decides("initiative", "what it starts by itself", phase="elites")
none = initiative.nothing("none", "Nothing.")
bid = initiative.option(
    "referendum_bid", "Call a referendum on accession to the patron.", act="elite_bids"
)
suppress = initiative.option(
    "suppress_autonomists", "Block a website, bar a candidate.", act="elite_suppresses"
)
reach_out = initiative.option(
    "reach_out", "Talk to the parent across the line.", act="elite_reaches_out"
)
provoke = initiative.option("provoke", "Stir trouble at the dividing line.", act="elite_provokes")


@initiative.open_when
def still_a_play_of_its_own(independent):
    """There is still a separate territory to lead."""
    return independent > 0.5


@suppress.incentive(weight=quantity(0.5, 0, 2, "utility",
    "What quiet is worth while an ask is pending."))  # fmt: skip
def quiet_for_the_deal(ask_pending, coercive_capacity, mean_autonomy_mindedness):
    """While an ask is pending, critics are kept off the air by those who can.

    >>> round(quiet_for_the_deal(1.0, 0.7, 0.3), 2)
    0.45
    """
    return ask_pending * (0.2 + coercive_capacity) * (0.2 + mean_autonomy_mindedness)


@suppress.incentive(weight=quantity(1.1, 0, 3, "utility",
    "What it is worth to keep critics off the ballot and the street."))  # fmt: skip
def rivals_barred(coercive_capacity, mean_autonomy_mindedness, vote_soon, mobilisation):
    """Before a vote, or with people in the street, rivals are barred by those who can.

    >>> round(rivals_barred(0.7, 0.3, 1.0, 0.0), 3)
    0.063
    """
    return coercive_capacity * (0.3 * mean_autonomy_mindedness * vote_soon + 0.4 * mobilisation)


@suppress.incentive(weight=quantity(0.12, 0, 1, "utility",
    "What suppression costs those who do it."))  # fmt: skip
def price_of_suppression(suppression, coercive_capacity):
    """Suppression costs more where there is little left to suppress, and where the means are weak.

    >>> round(price_of_suppression(0.1, 0.7), 2)
    -0.93
    """
    return -(0.42 + 2.1 * suppression + (1.0 - coercive_capacity))


@reach_out.incentive(weight=quantity(0.5, 0, 2, "utility",
    "What room for manoeuvre is worth to an elite that wants to stay apart."))  # fmt: skip
def room_for_manoeuvre(mean_ideal):
    """Who does not want union looks for another door.

    >>> round(room_for_manoeuvre(0.4), 2)
    0.2
    """
    return at_least(0.6 - mean_ideal, 0.0)


@reach_out.incentive(weight=quantity(0.5, 0, 2, "utility", "What an outstretched hand is worth."))
def hand_taken(outside_option, mean_autonomy_mindedness, tension):
    """A hand held out from outside is taken where people want autonomy and the line is quiet.

    >>> round(hand_taken(0.5, 0.6, 0.2), 2)
    0.24
    """
    return outside_option * mean_autonomy_mindedness * (1.0 - tension)


@reach_out.incentive(weight=quantity(0.25, 0, 2, "utility",
    "How much an elite fears for the money when it talks to others."))  # fmt: skip
def patron_displeased(dependence):
    """The patron pays, and watches whom one talks to.

    >>> round(patron_displeased(0.7), 2)
    -1.02
    """
    return -(0.32 + dependence)


@provoke.incentive(weight=quantity(0.8, 0, 3, "utility",
    "What an enemy at the gate is worth to a leader."))  # fmt: skip
def rally(tension, vote_soon, legitimacy):
    """A tense line rallies people round a weak leader who faces a vote.

    >>> round(rally(0.6, 1.0, 0.4), 2)
    0.36
    """
    return tension * vote_soon * (1.0 - legitimacy)


@provoke.incentive(weight=quantity(0.3, 0, 2, "utility",
    "What trouble at the line could cost the elite itself."))  # fmt: skip
def backfire(guarantee, trade_and_travel):
    """Trouble backfires on those who are little protected, and while patron and parent trade.

    >>> round(backfire(0.8, 0.5), 2)
    -0.8
    """
    return -(0.5 + (1.0 - guarantee) + 0.2 * trade_and_travel)


@reach_out.incentive(weight=quantity(0.2, 0, 2, "utility",
    "How much leaders who are wanted by courts fear to deal with others."))  # fmt: skip
def wanted_abroad(leaders_indicted):
    """Who is wanted by courts stays at home.

    >>> wanted_abroad(1.0)
    -1.0
    """
    return -leaders_indicted
