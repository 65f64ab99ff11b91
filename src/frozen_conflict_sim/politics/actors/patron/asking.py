"""Why the patron asks for deeper integration, or does not.

De Waal's puzzle lives here: what does it hope to get out of a treaty? Each rival answer is an
incentive of its own, and any of them can be zero. The unit of account is goodwill: one unit is the
loss that the patron would feel if a full integration met a backlash of one.

Reference: @dewaal2015 on the treaty with South Ossetia; @walter2006 on reputation.
"""

from ....engine.declare.parameter import quantity
from ....engine.numerics import at_least, average
from ...roles import patron
from .treatment import ask


@ask.open_when
def no_ask_pending(ask_pending):
    """One ask at a time.

    Otherwise: an ask is pending already.
    """
    return ask_pending < 0.5


@ask.open_when
def cooled_down(quarters_since_ask, ask_cool_down):
    """The last ask lies far enough back.

    Otherwise: the last ask was too short a time ago.
    """
    return quarters_since_ask >= ask_cool_down


@patron.derived("index",
    attention_needed_to_ask=quantity(0.6, 0, 1, "index",
        "Attention without which the patron prepares no treaty."),
)  # fmt: skip
def free_attention(attention, attention_needed_to_ask):
    """How much attention is left beyond what preparing a treaty needs.

    >>> free_attention(0.75, 0.5)
    0.25
    """
    return attention - attention_needed_to_ask


@ask.open_when
def attention_is_free(free_attention):
    """A patron that is busy elsewhere does not prepare treaties.

    Otherwise: the patron is busy elsewhere.
    """
    return free_attention > 0.0


patron.declares(
    least_ask=quantity(0.03, 0, 1, "depth",
        "Deepening, over all clauses, for which the patron prepares no treaty yet."),
    sanctions_after_condemnation=quantity(0.5, 0, 3, "ratio",
        "How much likelier the patron thinks sanctions after full condemnation."),
)  # fmt: skip


@ask.open_when
def something_is_left_to_ask(to_be_gained, least_ask):
    """The draft goes further than what is agreed.

    Otherwise: a draft would hardly go further than what is agreed.
    """
    return to_be_gained > least_ask


@ask.incentive(weight=quantity(3.3, 0, 8, "utility",
    "What control over the territory is worth to the patron."))  # fmt: skip
def control(stake, control_gained):
    """Control over what matters strategically is worth having, where a treaty adds to it.

    >>> round(control(0.8, 0.1), 2)
    0.08
    """
    return stake * control_gained


@ask.incentive(weight=quantity(0.35, 0, 3, "utility",
    "What a show of strength is worth to the patron."))  # fmt: skip
def prestige(prestige_climate, show):
    """A new step shows strength, and counts most while the mood is high.

    >>> prestige(1.0, 0.75)
    0.75
    """
    return prestige_climate * show


@ask.incentive(weight=quantity(0.2, 0, 3, "utility",
    "What leverage over the parent is worth to the patron."))  # fmt: skip
def leverage(western_alignment, salience, deepening):
    """A hand on the parent's territory is worth more, the further the parent has gone west.

    >>> round(leverage(0.6, 0.5, 0.4), 2)
    0.12
    """
    return western_alignment * salience * deepening


@ask.incentive(weight=quantity(0.15, 0, 2, "utility",
    "What meeting the client's own wish is worth to the patron."))  # fmt: skip
def clients_demand(ideal, agreed):
    """The client itself asks to be closer.

    >>> round(clients_demand([0.9, 0.2], [0.5, 0.4]), 2)
    0.2
    """
    return average([at_least(wish - have, 0.0) for wish, have in zip(ideal, agreed)])


@ask.incentive(weight=quantity(0.10, 0, 2, "utility",
    "What a treaty on the last one's template is worth to the curator."))  # fmt: skip
def curators_agenda(treaty_template, show):
    """An official whose job is to produce a treaty has the template of the last one at hand.

    >>> curators_agenda(1.0, 0.75)
    0.75
    """
    return treaty_template * show


@ask.incentive(weight=quantity(0.04, 0, 1, "utility",
    "What consoling a client for a refused accession is worth to the patron."))  # fmt: skip
def consolation(bid_refused):
    """A client whose accession was refused is given a treaty instead.

    >>> consolation(0.5)
    0.5
    """
    return bid_refused


@ask.incentive(weight=None)
def goodwill_lost(perceived_backlash, salience, deepening, foreseen_carrying_out):
    """The parent will resent it, as far as the patron believes that it resents such things.

    >>> round(goodwill_lost(1.0, 0.5, 0.4, 1.0), 2)
    -0.2
    """
    return -perceived_backlash * salience * deepening * foreseen_carrying_out


@ask.incentive(weight=quantity(0.30, 0, 2, "utility", "What new sanctions would cost the patron."))
def sanctions_feared(sanctions, condemnation, deepening, sanctions_after_condemnation):
    """The West may answer, more so after condemning; a patron under sanctions has less to lose.

    >>> round(sanctions_feared(0.25, 0.0, 0.4, 0.5), 2)
    -0.3
    """
    return -(1.0 - sanctions) * (1.0 + sanctions_after_condemnation * condemnation) * deepening


@ask.incentive(weight=quantity(1.3, 0, 15, "utility per billion USD",
    "What money is worth to the patron when its budget is under full pressure."))  # fmt: skip
def thrift(budget_pressure, parity_bill, welfare_step):
    """Wages and pensions cost money, and the more so under a strained budget.

    >>> round(thrift(0.5, 0.2, 0.4), 3)
    -0.04
    """
    return -budget_pressure * parity_bill * welfare_step


@ask.incentive(weight=quantity(0.3, 0, 1, "utility",
    "What it costs the patron to treat with whom it does not recognise."))  # fmt: skip
def status_conceded(recognition):
    """A treaty concedes the status that the patron itself has withheld.

    >>> status_conceded(0.0)
    -1.0
    """
    return recognition - 1.0


@ask.incentive(weight=quantity(0.08, 0, 0.5, "utility",
    "The fixed political cost of preparing a treaty."))  # fmt: skip
def effort():
    """Preparing a treaty has its price whatever it brings.

    >>> effort()
    -1.0
    """
    return -1.0


patron.utility_of(
    "patron_would_sign",
    ask,
    without=("effort",),
    meaning="What the treaty on the table is worth to the patron, its effort being spent.",
)
