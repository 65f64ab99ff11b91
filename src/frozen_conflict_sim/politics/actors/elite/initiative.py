"""What the elite starts by itself, and the parting shot of a leader who has just lost."""

from ....engine.quantity import quantity
from ....engine.words import at_least, both
from ...roles import elite

initiative = elite.decides("initiative", "what it starts by itself", phase="elites")

none = initiative.nothing("none", "Nothing.")
bid = initiative.option("referendum_bid", "Call a referendum on accession to the patron.", act="elite_bids")
suppress = initiative.option("suppress_autonomists", "Block a website, bar a candidate.", act="elite_suppresses")
reach_out = initiative.option("reach_out", "Talk to the parent across the line.", act="elite_reaches_out")
provoke = initiative.option("provoke", "Stir trouble at the dividing line.", act="elite_provokes")

parting = elite.decides("parting", "what its beaten leader does on the way out", phase="bids")
leave = parting.nothing("leave", "Hand over.")
parting_bid = parting.option("referendum_bid", "Decree a referendum on accession on the way out.", act="beaten_leader_bids")


@bid.open_when
def no_bid_yet(bid_pending, independent):
    """No bid is pending and there is a separate territory to bid for."""
    return both(bid_pending < 0.5, independent > 0.5)


@bid.incentive(weight=quantity(0.88, 0, 3, "utility", "What a popular cause is worth to a leader in office."))
def office(accession_share, legitimacy, vote_soon):
    """Accession is popular, and a leader who may lose a vote needs a cause.

    >>> round(office(0.8, 0.4, 1.0), 2)
    0.25
    """
    losing = 0.35 + vote_soon * at_least(1.05 - legitimacy, 0.0)
    return (accession_share - 0.55) * losing


@bid.incentive(weight=quantity(0.4, 0, 2, "utility", "How far an annexation elsewhere carries a faction away."))
def wake(prestige_climate, annexed_elsewhere, mean_ideal):
    """In the wake of an annexation elsewhere the door seems open.

    >>> round(wake(0.8, 0.0, 0.8), 2)
    0.4
    """
    return (at_least(prestige_climate - 0.3, 0.0) + annexed_elsewhere) * mean_ideal


@bid.incentive(weight=quantity(0.09, 0, 1, "utility", "What the perks of nominal independence are worth to those who hold them."))
def perks_at_risk(perks):
    """Accession would end offices, contracts and a flag.

    >>> perks_at_risk(0.8)
    -0.8
    """
    return -perks


@bid.incentive(weight=quantity(0.12, 0, 1, "utility", "How much an elite minds acting ahead of the patron it lives from."))
def ahead_of_the_patron(dependence):
    """Who depends on the patron does not act ahead of it.

    >>> ahead_of_the_patron(0.9)
    -0.9
    """
    return -dependence


@bid.incentive(weight=quantity(0.6, 0, 3, "utility", "How strongly a faction's own ideal drives it to a bid."))
def conviction(mean_ideal):
    """A faction whose ideal is union wants it for its own sake.

    >>> round(conviction(0.9), 2)
    0.05
    """
    return mean_ideal - 0.85


@suppress.incentive(weight=quantity(0.5, 0, 2, "utility", "What quiet is worth while an ask is pending."))
def quiet_for_the_deal(ask_pending, coercion, mean_autonomy_mindedness):
    """While an ask is pending, critics are kept off the air by those who can.

    >>> round(quiet_for_the_deal(1.0, 0.7, 0.3), 2)
    0.45
    """
    return ask_pending * (0.2 + coercion) * (0.2 + mean_autonomy_mindedness)


@suppress.incentive(weight=quantity(1.1, 0, 3, "utility", "What it is worth to keep critics off the ballot and the street."))
def rivals_barred(coercion, mean_autonomy_mindedness, vote_soon, mobilisation):
    """Before a vote, or with people in the street, rivals are barred by those who can.

    >>> round(rivals_barred(0.7, 0.3, 1.0, 0.0), 3)
    0.063
    """
    return coercion * (0.3 * mean_autonomy_mindedness * vote_soon + 0.4 * mobilisation)


@suppress.incentive(weight=quantity(0.12, 0, 1, "utility", "What suppression costs those who do it."))
def price_of_suppression(suppression, coercion):
    """Suppression costs more where there is little left to suppress, and where the means are weak.

    >>> round(price_of_suppression(0.1, 0.7), 2)
    -0.93
    """
    return -(0.42 + 2.1 * suppression + (1.0 - coercion))


@reach_out.incentive(weight=quantity(0.5, 0, 2, "utility", "What room for manoeuvre is worth to an elite that wants to stay apart from the patron."))
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


@reach_out.incentive(weight=quantity(0.25, 0, 2, "utility", "How much an elite fears for the money when it talks to others."))
def patron_displeased(dependence):
    """The patron pays, and watches whom one talks to.

    >>> round(patron_displeased(0.7), 2)
    -1.02
    """
    return -(0.32 + dependence)


@provoke.incentive(weight=quantity(0.8, 0, 3, "utility", "What an enemy at the gate is worth to a leader."))
def rally(tension, vote_soon, legitimacy):
    """A tense line rallies people round a weak leader who faces a vote.

    >>> round(rally(0.6, 1.0, 0.4), 2)
    0.36
    """
    return tension * vote_soon * (1.0 - legitimacy)


@provoke.incentive(weight=quantity(0.3, 0, 2, "utility", "What trouble at the line could cost the elite itself."))
def backfire(guarantee, normalisation):
    """Trouble backfires on those who are little protected, and while patron and parent trade.

    >>> round(backfire(0.8, 0.5), 2)
    -0.8
    """
    return -(0.5 + (1.0 - guarantee) + 0.2 * normalisation)


@parting_bid.open_when
def just_beaten(incumbent_beaten, bid_pending, independent):
    """The leader has just lost the vote; no bid is pending."""
    return both(both(incumbent_beaten > 0.5, bid_pending < 0.5), independent > 0.5)


@parting_bid.incentive(weight=quantity(0.6, 0, 3, "utility", "What a place in history is worth to a leader who has lost everything else."))
def legacy(accession_share):
    """'We are going home': a popular cause is a legacy, and a burden for the successor.

    >>> round(legacy(0.8), 2)
    0.2
    """
    return accession_share - 0.6


@parting_bid.incentive(weight=quantity(0.06, 0, 1, "utility", "What a leader on the way out still owes the patron."))
def future_abroad(dependence):
    """A beaten leader will live on the patron's goodwill.

    >>> future_abroad(0.9)
    -0.9
    """
    return -dependence
