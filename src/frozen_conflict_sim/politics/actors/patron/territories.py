"""What the patron does about each territory. De Waal's puzzle lives here: what does it hope to get out of a treaty?

Each rival answer is an incentive of its own, and any of them can be zero. The unit of account is goodwill: one unit is the
loss that the patron would feel if a full integration met a backlash of one.
"""

from ....engine.quantity import quantity
from ....engine.words import at_least, at_most, average, both, total
from ...roles import patron, territory
from ...world import clauses

treatment = patron.decides("treatment", "how it treats the territory", phase="patron", about=territory)

hold = treatment.nothing("hold", "Leave things as they are.")
ask = treatment.option("ask_for_deeper_integration", "Put the draft of a deeper treaty on the table.", act="patron_asks", one_a_turn=True)
raise_subsidy = treatment.option("raise_subsidy", "Pay more.", act="patron_raises_subsidy")
withhold_subsidy = treatment.option("withhold_subsidy", "Hold back a part of the money.", act="patron_withholds")
back_a_candidate = treatment.option("back_a_candidate", "Endorse a candidate in the coming vote.", act="patron_backs")


@ask.open_when
def no_ask_pending(ask_pending):
    """One ask at a time."""
    return ask_pending < 0.5


@ask.open_when
def cooled_down(turns_since_ask, cool_down):
    """The last ask lies far enough back."""
    return turns_since_ask >= cool_down


@patron.measure("index", attention_needed=quantity(0.6, 0, 1, "index", "Attention without which the patron prepares no treaty."))
def free_attention(attention, attention_needed):
    """How much attention is left beyond what preparing a treaty needs."""
    return attention - attention_needed


@ask.open_when
def attention_is_free(free_attention):
    """A patron that is busy elsewhere does not prepare treaties."""
    return free_attention > 0.0


@ask.open_when
def something_is_left_to_ask(to_be_gained, independent):
    """The draft goes further than what is agreed, and there is still a separate territory to sign it."""
    return both(to_be_gained > 0.03, independent > 0.5)


@territory.measure("index", saturation=quantity(0.1, 0.01, 1, "depth", "The deepening at which a new step has half its full show."))
def show(deepening, saturation):
    """How much of a show a deepening makes: the first step counts most.

    >>> round(show(0.3, 0.1), 2)
    0.75
    """
    return deepening / (deepening + saturation)


@territory.measure(
    "index",
    de_facto_reach=quantity(clauses(1, 1, 0.9, 0.5, 1, 0.2), 0, 1, "share", "How far de facto control reaches into a clause.", by="clause"),
    strategic_clause=quantity(clauses(1, 1, 1, 1, 0, 1), 0, 1, "index", "Whether depth in a clause is control at all; welfare only costs.", by="clause"),
)  # fmt: skip
def control_gained(settled_depth, agreed, de_facto_control, de_facto_reach, strategic_clause, foreseen_share):
    """What a treaty adds to the control that the patron has anyway, as far as it looks ahead.

    >>> round(control_gained([1.0, 0.9], [0.4, 0.6], 0.8, [1.0, 1.0], [1.0, 0.0], [0.5, 0.5]), 3)
    0.05
    """
    held = [at_least(have, de_facto_control * reach) for have, reach in zip(agreed, de_facto_reach)]
    gains = [at_least(depth - have, 0.0) for depth, have in zip(settled_depth, held)]
    return average([gain * counts * ahead for gain, counts, ahead in zip(gains, strategic_clause, foreseen_share)])


patron.declares(
    foresight=quantity(8, 0, 20, "turns", "How many turns ahead the patron looks."),
    discount=quantity(0.95, 0.5, 1, "per turn", "What the next turn counts relative to this one."),
)


@territory.measure("share", by="clause")
def foreseen_share(speed, foresight, discount):
    """How much of a deepening will be carried out in the turns the patron looks ahead, discounted.

    >>> round(foreseen_share(0.5, 2, 1.0), 3)
    0.625
    """
    carried_out, weight, left = speed * 0.0, speed * 0.0, speed * 0.0 + 1.0
    for turn in range(1, 21):
        left = left * (1.0 - speed)
        counts = at_most(at_least(foresight - turn + 1.0, 0.0), 1.0)
        weight = weight * discount + counts
        carried_out = carried_out * discount + counts * (1.0 - left)
    return carried_out / at_least(weight, 1.0)


@territory.measure("share")
def foreseen_carrying_out(foreseen_share):
    """How much of a treaty counts on the way to the parent: half is the signature, half what is carried out.

    >>> foreseen_carrying_out([0.5, 0.7])
    0.8
    """
    return 0.5 + 0.5 * average(foreseen_share)


@ask.incentive(weight=quantity(3.0, 0, 8, "utility", "What control over the territory is worth to the patron."))
def control(stake, control_gained):
    """Control over what matters strategically is worth having, where a treaty adds to it.

    >>> round(control(0.8, 0.1), 2)
    0.08
    """
    return stake * control_gained


@ask.incentive(weight=quantity(0.35, 0, 3, "utility", "What a show of strength is worth to the patron."))
def prestige(prestige_climate, show):
    """A new step shows strength, and counts most while the mood is high.

    >>> prestige(1.0, 0.75)
    0.75
    """
    return prestige_climate * show


@ask.incentive(weight=quantity(0.2, 0, 3, "utility", "What leverage over the parent is worth to the patron."))
def leverage(western_alignment, salience, deepening):
    """The further the parent has gone west, the more a hand on its territory is worth (de Waal 2015).

    >>> round(leverage(0.6, 0.5, 0.4), 2)
    0.12
    """
    return western_alignment * salience * deepening


@ask.incentive(weight=quantity(0.15, 0, 2, "utility", "What meeting the client's own wish is worth to the patron."))
def clients_demand(ideal, agreed):
    """The client itself asks to be closer.

    >>> round(clients_demand([0.9, 0.2], [0.5, 0.4]), 2)
    0.2
    """
    return average([at_least(wish - have, 0.0) for wish, have in zip(ideal, agreed)])


@ask.incentive(weight=quantity(0.10, 0, 2, "utility", "What a treaty on the last one's template is worth to the curator."))
def curators_agenda(treaty_template, show):
    """An official whose job is to produce a treaty has the template of the last one at hand.

    >>> curators_agenda(1.0, 0.75)
    0.75
    """
    return treaty_template * show


@ask.incentive(weight=quantity(0.04, 0, 1, "utility", "What consoling a client for a refused accession is worth to the patron."))
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
def sanctions_feared(sanctions, condemnation, deepening):
    """The West may answer, more so after its words; a patron that is already under sanctions has less to lose.

    >>> round(sanctions_feared(0.25, 0.0, 0.4), 2)
    -0.3
    """
    return -(1.0 - sanctions) * (1.0 + 0.5 * condemnation) * deepening


@territory.measure("billion USD a year")
def parity_bill(population, parity_price):
    """What raising wages and pensions to the neighbouring region's level would cost.

    >>> round(parity_bill(240.7, 830), 2)
    0.2
    """
    return population * parity_price / 1e6


@ask.incentive(weight=quantity(2.5, 0, 15, "utility per billion USD", "What money is worth to the patron when its budget is under full pressure."))
def thrift(budget_pressure, parity_bill, welfare_step):
    """Wages and pensions cost money, and the more so under a strained budget.

    >>> round(thrift(0.5, 0.2, 0.4), 3)
    -0.04
    """
    return -budget_pressure * parity_bill * welfare_step


@ask.incentive(weight=quantity(0.08, 0, 0.5, "utility", "The fixed political cost of preparing a treaty."))
def effort():
    """Preparing a treaty has its price whatever it brings.

    >>> effort()
    -1.0
    """
    return -1.0


@raise_subsidy.open_when
def not_raised_lately(turns_since_raise, independent):
    """A rise is not followed by another at once."""
    return both(turns_since_raise >= 6.0, independent > 0.5)


@raise_subsidy.incentive(weight=quantity(0.45, 0, 2, "utility", "What a client who stays in office and content is worth to the patron."))
def client_kept(mobilisation, surprise, vote_soon, legitimacy):
    """Unrest, hardship and a close vote make the tie dear.

    >>> round(client_kept(0.2, -0.1, 1.0, 0.5), 3)
    0.375
    """
    return at_most(mobilisation, 0.3) + at_least(-surprise, 0.0) + 0.15 * vote_soon * (1.0 - legitimacy)


@raise_subsidy.incentive(weight="thrift")
def thrift_on_a_raise(budget_pressure, parity_bill):
    """More subsidy costs money even in good times.

    >>> round(thrift_on_a_raise(0.3, 0.2), 3)
    -0.048
    """
    return -0.4 * (0.3 + budget_pressure) * parity_bill


@raise_subsidy.incentive(weight=quantity(0.06, 0, 0.5, "utility", "The political cost of finding more money."))
def effort_of_a_raise():
    """Finding money has its price in the capital.

    >>> effort_of_a_raise()
    -1.0
    """
    return -1.0


patron.worth_of(
    "patron_would_sign", ask, without=("effort",), meaning="What the treaty on the table is worth to the patron, its effort being spent."
)


@withhold_subsidy.open_when
def something_is_paid(withheld, independent):
    """There is still something to hold back."""
    return both(withheld < 0.6, independent > 0.5)


@withhold_subsidy.incentive(weight=quantity(0.85, 0, 4, "utility", "What a client who keeps its word is worth to the patron."))
def compliance(missed_conditions):
    """What was signed is not carried out: money is the reminder.

    >>> compliance(0.2)
    0.2
    """
    return missed_conditions


@withhold_subsidy.incentive(weight="thrift")
def thrift_by_withholding(budget_pressure, parity_bill):
    """Money that is not paid is saved, which counts under a strained budget.

    >>> round(thrift_by_withholding(0.5, 0.2), 2)
    0.05
    """
    return 0.1 * budget_pressure * (0.3 + parity_bill / 0.2)


@withhold_subsidy.incentive(weight="client_kept")
def client_put_at_risk(mobilisation, withheld):
    """A cut endangers the client, the more so amid unrest and after earlier cuts.

    >>> round(client_put_at_risk(0.1, 0.0), 2)
    -0.57
    """
    return -(0.47 + at_most(mobilisation, 0.3) + 0.2 * withheld)


@back_a_candidate.open_when
def a_vote_is_near(elite_turns_to_vote, endorsement, independent):
    """There is a vote within two turns, and nobody is endorsed yet."""
    return both(both(elite_turns_to_vote <= 2.0, endorsement < 0.5), independent > 0.5)


@back_a_candidate.incentive(weight=quantity(0.25, 0, 1, "utility", "What a friend in office is worth to the patron."))
def friend_in_office(stake):
    """A friend in office helps, most where the territory matters.

    >>> round(friend_in_office(0.8), 2)
    1.16
    """
    return 0.36 + stake


@back_a_candidate.incentive(weight=quantity(0.22, 0, 1, "utility", "What an endorsement that backfires costs the patron."))
def resented_meddling(mean_autonomy_mindedness):
    """Among the autonomy-minded an endorsement repels.

    >>> resented_meddling(0.5)
    -0.5
    """
    return -mean_autonomy_mindedness


@territory.measure("depth")
def welfare_step(settled_depth, agreed):
    """How far wages and pensions would rise toward parity.

    >>> round(welfare_step([0.5, 0.5, 0.5, 0.5, 0.67, 0.5], [0.1, 0.1, 0.1, 0.1, 0.3, 0.1]), 2)
    0.37
    """
    return at_least(settled_depth[4] - agreed[4], 0.0)


@territory.measure("depth")
def to_be_gained(draft, agreed):
    """How much deeper the draft goes than what is agreed, over all clauses.

    >>> round(to_be_gained([1.0, 0.8], [0.5, 0.5]), 2)
    0.4
    """
    return total([goal - have for goal, have in zip(draft, agreed)]) / len(agreed)
