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


elite.declares(
    means_of_the_weak=quantity(0.2, 0, 1, "index",
        "Means to keep critics off the air that an elite has beyond its coercive capacity."),
    critics_anywhere=quantity(0.2, 0, 1, "index",
        "Critics of a deal whom an elite expects beyond the autonomy-minded."),
    rivals_before_a_vote=quantity(0.3, 0, 2, "ratio",
        "How much the autonomy-minded are feared as rivals before a vote."),
    rivals_in_the_street=quantity(0.4, 0, 2, "ratio",
        "How much people in the street are feared as rivals."),
    first_act_of_suppression=quantity(0.42, 0, 2, "index",
        "What even the first act of suppression costs those who have the means."),
    further_acts_of_suppression=quantity(2.1, 0, 6, "ratio",
        "How much dearer further suppression is where all is suppressed already."),
    room_wanted_up_to=quantity(0.6, 0, 1.1, "depth",
        "Ideal depth from which a faction looks for no other door than the patron's."),
    displeasure_in_any_case=quantity(0.32, 0, 2, "index",
        "How much an elite that does not depend on the patron fears to displease it."),
    provocation_in_any_case=quantity(0.5, 0, 2, "index",
        "What trouble at the line costs even a well protected elite."),
    provocation_amid_trade=quantity(0.2, 0, 2, "ratio",
        "How much more it costs while patron and parent trade freely."),
)  # fmt: skip


@initiative.open_when
def still_a_play_of_its_own(independent):
    """There is still a separate territory to lead.

    Otherwise: the territory is annexed or settled already.
    """
    return independent > 0.5


@suppress.incentive(weight=quantity(0.5, 0, 2, "utility",
    "What quiet is worth while an ask is pending."))  # fmt: skip
def quiet_for_the_deal(
    ask_pending, coercive_capacity, mean_autonomy_mindedness, means_of_the_weak, critics_anywhere
):
    """While an ask is pending, critics are kept off the air by those who can.

    >>> round(quiet_for_the_deal(1.0, 0.7, 0.3, 0.2, 0.2), 2)
    0.45
    """
    return (
        ask_pending
        * (means_of_the_weak + coercive_capacity)
        * (critics_anywhere + mean_autonomy_mindedness)
    )


@suppress.incentive(weight=quantity(1.1, 0, 3, "utility",
    "What it is worth to keep critics off the ballot and the street."))  # fmt: skip
def rivals_barred(
    coercive_capacity,
    mean_autonomy_mindedness,
    vote_soon,
    mobilisation,
    rivals_before_a_vote,
    rivals_in_the_street,
):
    """Before a vote, or with people in the street, rivals are barred by those who can.

    >>> round(rivals_barred(0.7, 0.3, 1.0, 0.0, 0.3, 0.4), 3)
    0.063
    """
    return coercive_capacity * (
        rivals_before_a_vote * mean_autonomy_mindedness * vote_soon
        + rivals_in_the_street * mobilisation
    )


@suppress.incentive(weight=quantity(0.12, 0, 1, "utility",
    "What suppression costs those who do it."))  # fmt: skip
def price_of_suppression(
    suppression, coercive_capacity, first_act_of_suppression, further_acts_of_suppression
):
    """Suppression costs more where there is little left to suppress, and where the means are weak.

    >>> round(price_of_suppression(0.1, 0.7, 0.42, 2.1), 2)
    -0.93
    """
    return -(
        first_act_of_suppression
        + further_acts_of_suppression * suppression
        + (1.0 - coercive_capacity)
    )


@reach_out.incentive(weight=quantity(0.5, 0, 2, "utility",
    "What room for manoeuvre is worth to an elite that wants to stay apart."))  # fmt: skip
def room_for_manoeuvre(mean_ideal, room_wanted_up_to):
    """Who does not want union looks for another door.

    >>> round(room_for_manoeuvre(0.4, 0.6), 2)
    0.2
    """
    return at_least(room_wanted_up_to - mean_ideal, 0.0)


@reach_out.incentive(weight=quantity(0.5, 0, 2, "utility", "What an outstretched hand is worth."))
def hand_taken(outside_option, mean_autonomy_mindedness, tension):
    """A hand held out from outside is taken where people want autonomy and the line is quiet.

    >>> round(hand_taken(0.5, 0.6, 0.2), 2)
    0.24
    """
    return outside_option * mean_autonomy_mindedness * (1.0 - tension)


@reach_out.incentive(weight=quantity(0.25, 0, 2, "utility",
    "How much an elite fears for the money when it talks to others."))  # fmt: skip
def patron_displeased(dependence, displeasure_in_any_case):
    """The patron pays, and watches whom one talks to.

    >>> round(patron_displeased(0.7, 0.32), 2)
    -1.02
    """
    return -(displeasure_in_any_case + dependence)


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
def backfire(guarantee, trade_and_travel, provocation_in_any_case, provocation_amid_trade):
    """Trouble backfires on those who are little protected, and while patron and parent trade.

    >>> round(backfire(0.8, 0.5, 0.5, 0.2), 2)
    -0.8
    """
    return -(
        provocation_in_any_case + (1.0 - guarantee) + provocation_amid_trade * trade_and_travel
    )


@reach_out.incentive(weight=quantity(0.2, 0, 2, "utility",
    "How much leaders who are wanted by courts fear to deal with others."))  # fmt: skip
def wanted_abroad(leaders_indicted):
    """Who is wanted by courts stays at home.

    >>> wanted_abroad(1.0)
    -1.0
    """
    return -leaders_indicted
