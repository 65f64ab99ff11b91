"""Treaty bargaining: a redraft settles each clause at a mean of ideal points, weighted by power and salience.

The compromise model of Van den Bos and Achen; Achen (2006), "Institutional realism and bargaining models", in Thomson et al.,
*The European Union Decides*. The patron's power rises with the territory's dependence and falls with its own stake: a patron
that needs the client can be resisted.
"""

from ...engine.quantity import quantity
from ...engine.words import at_least, at_most, average, between, both, either, largest_step, logistic, one_of, total
from ..actors.elite.answer import closer_to_the_ideal
from ..roles import elite, patron, territory
from ..world import clauses

territory.declares(
    speed=quantity(clauses(0.5, 0.4, 0.25, 0.14, 0.3, 0.10), 0, 1, "per turn", "Share of the gap to what is agreed that is carried out in a turn.", by="clause"),
)  # fmt: skip


@territory.measure("0 or 1")
def independent(annexed, reintegrated):
    """Whether the territory is still apart from both its patron and its parent.

    >>> independent(0.0, 1.0)
    0.0
    """
    return (1.0 - annexed) * (1.0 - reintegrated)


@territory.measure("depth", by="clause")
def draft(asks, agreed, ask_step):
    """What the patron's draft demands: its goal, one step at a time, and never less than what is agreed.

    >>> draft(0.9, 0.4, 0.2)
    0.6000000000000001
    """
    return at_least(at_most(asks, agreed + ask_step), agreed)


@elite.measure("index", by="clause", salience_of_money=quantity(0.2, 0.01, 1, "index", "How much a clause matters to an elite that touches no sovereignty."))
def elite_salience(sovereignty, salience_of_money):
    """How much a clause matters to the elite at the table: the more, the more of sovereignty it touches.

    >>> elite_salience(0.5, 0.2)
    0.7
    """
    return salience_of_money + sovereignty


@territory.measure("index")
def outside_option(engagement, western_engagement):
    """What a territory could lean on besides its patron.

    >>> round(outside_option(0.4, 0.2), 2)
    0.52
    """
    return 1.0 - (1.0 - engagement) * (1.0 - western_engagement)


@territory.measure(
    "share",
    patrons_ground=quantity(-1.0, -4, 4, "log odds", "The patron's power where nothing else speaks."),
    power_by_dependence=quantity(2.5, 0, 8, "log odds", "How much dependence adds to the patron's power."),
    need_weakens=quantity(1.5, -4, 4, "log odds", "How much the patron's own stake takes from its power; the opposite sign is a documented alternative."),
    street_weakens=quantity(2.5, 0, 8, "log odds", "How much a mobilised public takes from the patron's power."),
    outside_weakens=quantity(1.0, 0, 5, "log odds", "How much an outside option takes from the patron's power."),
)  # fmt: skip
def patron_power(
    dependence, stake, mobilisation, outside_option, patrons_ground, power_by_dependence, need_weakens, street_weakens, outside_weakens
):  # fmt: skip
    """The patron's share of the power at the table.

    >>> round(patron_power(0.9, 0.1, 0.0, 0.0, -1.0, 2.5, 1.3, 2.5, 1.0), 2)
    0.75
    """
    odds = patrons_ground + power_by_dependence * dependence - need_weakens * stake
    return logistic(odds - street_weakens * mobilisation - outside_weakens * outside_option)


@territory.measure("depth", by="clause")
def compromise(draft, ideal, agreed, patron_power, clause_interest, elite_salience):
    """The mean of draft and ideal, weighted by power and salience, and never outside what is agreed and asked.

    >>> round(compromise(0.9, 0.3, 0.2, 0.5, 1.0, 1.0), 2)
    0.6
    """
    patrons, elites = patron_power * clause_interest, (1.0 - patron_power) * elite_salience
    return between((patrons * draft + elites * ideal) / (patrons + elites), agreed, draft)


@territory.measure("depth", by="clause")
def settled_depth(compromise, agreed, ideal, elite_salience, dependence, weight_of_ideal_served, weight_of_wages_and_pensions):
    """The compromise, or as much of the way to it as does not leave the elite worse off than no treaty.

    >>> settled_depth([0.6] * 6, [0.4] * 6, [0.7] * 6, [1.0] * 6, 0.5, 0.77, 0.35)
    [0.6, 0.6, 0.6, 0.6, 0.6, 0.6]
    """

    def on_the_way(share):
        return [have + share * (goal - have) for have, goal in zip(agreed, compromise)]

    def no_worse(share):
        text = on_the_way(share)
        principle = weight_of_ideal_served * closer_to_the_ideal(text, agreed, ideal, elite_salience)
        money = weight_of_wages_and_pensions * dependence * (text[4] - agreed[4])
        return principle + money >= -1e-9

    step = largest_step(no_worse)
    return [either(step >= 1.0, goal, have + step * (goal - have)) for have, goal in zip(agreed, compromise)]


@territory.measure("depth")
def deepening(settled_depth, agreed):
    """How much deeper the text goes that would be signed, over all clauses.

    >>> round(deepening([0.6, 0.6], [0.4, 0.2]), 2)
    0.3
    """
    return total([depth - have for depth, have in zip(settled_depth, agreed)]) / len(agreed)


@elite.measure("depth")
def mean_ideal(ideal):
    """The ruling faction's ideal depth, over all clauses.

    >>> mean_ideal([0.25, 0.75])
    0.5
    """
    return average(ideal)


@elite.measure("depth")
def overreach(agreed, ideal):
    """How far the treaties in force go beyond the ruling faction's ideal, over all clauses.

    >>> round(overreach([0.8, 0.2], [0.4, 0.4]), 2)
    0.2
    """
    return average([at_least(have - goal, 0.0) for have, goal in zip(agreed, ideal)])


@elite.measure("depth")
def overreach_of_the_draft(draft, ideal, agreed):
    """How far the draft goes beyond what both the treaties in force and the ruling faction's ideal hold, over all clauses.

    >>> round(overreach_of_the_draft([0.9], [0.4], [0.3]), 2)
    0.5
    """
    return average([at_least(asked - at_least(goal, have), 0.0) for asked, goal, have in zip(draft, ideal, agreed)])


@elite.measure("index")
def red_line_of_the_draft(draft, agreed, sovereignty):
    """How hard the draft presses on what people hold sovereign.

    >>> round(red_line_of_the_draft([0.9, 0.9], [0.4, 0.4], [1.8, 0.0]), 2)
    0.45
    """
    return average([touches * (asked - have) for touches, asked, have in zip(sovereignty, draft, agreed)])


@territory.measure("0 or 1")
def signs(elite_accepts, elite_redrafts):
    """Whether a treaty is signed this turn.

    >>> signs(0.0, 1.0)
    1.0
    """
    return elite_accepts + elite_redrafts


@territory.measure("depth", by="clause")
def signed_step(elite_accepts, elite_redrafts, draft, settled_depth, agreed):
    """How much deeper the text goes that is signed this turn.

    >>> round(signed_step(0.0, 1.0, 0.9, 0.6, 0.4), 2)
    0.2
    """
    return elite_accepts * (draft - agreed) + elite_redrafts * (settled_depth - agreed)


@territory.changes("agreed", phase="elites")
def signature(signed_step):
    """A signature makes agreements deeper.

    >>> signature(0.2)
    0.2
    """
    return signed_step


@territory.changes("fresh_signature", phase="elites")
def signature_seen(signed_step, fresh_signature):
    """The parent and everybody else see how deep this turn's signature goes.

    >>> signature_seen([0.2, 0.4], 0.0)
    0.30000000000000004
    """
    return average(signed_step) - fresh_signature


@elite.changes("red_line_pressure", phase="elites")
def red_line_touched(signed_step, sovereignty):
    """A signature presses on what people hold sovereign.

    >>> round(red_line_touched([0.1, 0.3], [1.8, 0.0]), 2)
    0.09
    """
    return average([touches * step for touches, step in zip(sovereignty, signed_step)])


@elite.changes("red_line_pressure", phase="world", red_line_fades=quantity(0.2, 0, 1, "per turn", "How fast a crossed red line is forgotten."))
def red_line_forgotten(red_line_pressure, red_line_fades):
    """What pressed last year presses less now.

    >>> red_line_forgotten(0.5, 0.2)
    -0.1
    """
    return -red_line_fades * red_line_pressure


@elite.changes("ask_pending", phase="patron")
def asked(patron_asks):
    """The draft lies on the table.

    >>> asked(1.0)
    1.0
    """
    return patron_asks


@elite.changes("ask_pending", phase="elites")
def answered(signs, elite_refuses, ask_pending):
    """A signature or a refusal takes it off the table.

    >>> answered(1.0, 0.0, 1.0)
    -1.0
    """
    return -(signs + elite_refuses) * ask_pending


@elite.measure("0 or 1", patience=quantity(5, 1, 20, "turns", "How often an ask can be stalled before the patron gives up."),
               street_veto=quantity(0.2, 0, 1, "share", "Share of residents in the street that makes an elite drop an ask."))  # fmt: skip
def ask_dropped(ask_pending, stalls, patience, mobilisation, street_veto):
    """Whether a pending ask is dropped: the street forces it, or the patron gives up.

    >>> ask_dropped(1.0, 0.0, 5, 0.3, 0.2)
    1.0
    """
    return ask_pending * either(one_of(stalls >= patience, mobilisation > street_veto), 1.0, 0.0)


@elite.changes("ask_pending", phase="office")
def dropped(ask_dropped):
    """A dropped ask is off the table.

    >>> dropped(1.0)
    -1.0
    """
    return -ask_dropped


@elite.changes("stalls", phase="elites")
def stalled(ask_pending, signs, elite_refuses, stalls):
    """A stalled ask has been stalled once more; an answer ends the count.

    >>> stalled(1.0, 0.0, 0.0, 1.0)
    1.0
    """
    waits = ask_pending * (1.0 - signs - elite_refuses)
    return waits - (1.0 - waits) * stalls


@elite.changes("turns_since_ask", phase="patron")
def time_since_the_ask(patron_asks, turns_since_ask):
    """A turn more since the last ask, or none.

    >>> time_since_the_ask(1.0, 20.0)
    -20.0
    """
    return either(patron_asks > 0.5, -turns_since_ask, 1.0)


@territory.measure("0 or 1", by="clause", lapse_rate=quantity(0.004, 0, 0.1, "per turn", "How likely a clause is to lapse in a turn."))
def clause_lapses(lapse_luck, lapse_rate):
    """Whether a clause falls into disuse this turn.

    >>> clause_lapses(0.001, 0.004)
    1.0
    """
    return either(lapse_luck < lapse_rate, 1.0, 0.0)


territory.noise("lapse_luck", "What decides whether a clause lapses.", law="uniform", by="clause")


@territory.changes("agreed", phase="world")
def lapsed(clause_lapses, agreed, agreed_at_start):
    """Half of what was gained in a clause lapses with it.

    >>> round(lapsed(1.0, 0.8, 0.4), 2)
    -0.2
    """
    return -0.5 * clause_lapses * at_least(agreed - agreed_at_start, 0.0)


@territory.changes("agreed", phase="bids")
def denounced(deal_dropped, agreed, ideal):
    """A denounced deal loses what went beyond the new leader's ideal.

    >>> round(denounced(1.0, 0.8, 0.5), 2)
    -0.3
    """
    return -deal_dropped * at_least(agreed - ideal, 0.0)


@territory.measure("depth", by="clause", against_the_grain=quantity(0.6, 0, 1, "ratio", "How fast clauses beyond the ruling faction's ideal are carried out, relative to others."),
                   halted_speed=quantity(0.1, 0, 1, "ratio", "How fast clauses are carried out while the deal is halted."))  # fmt: skip
def carried_out_now(agreed, implemented, speed, ideal, deal_halted, against_the_grain, halted_speed):
    """How much of each clause is carried out, or undone, this turn.

    >>> round(carried_out_now(0.8, 0.4, 0.5, 0.9, 0.0, 0.6, 0.1), 2)
    0.2
    """
    gap = agreed - implemented
    willing = either(both(gap > 0.0, implemented > ideal), against_the_grain, 1.0)
    return speed * gap * willing * either(deal_halted > 0.0, halted_speed, 1.0)


@territory.changes("implemented", phase="money")
def carrying_out(carried_out_now):
    """What is agreed is carried out at each clause's own speed.

    >>> carrying_out(0.2)
    0.2
    """
    return carried_out_now


@territory.changes("fresh_implementation", phase="money")
def carrying_out_seen(carried_out_now, fresh_implementation):
    """The parent sees how much was carried out.

    >>> carrying_out_seen([0.2, 0.0], 0.0)
    0.1
    """
    return average(carried_out_now) - fresh_implementation


@elite.changes("deal_owned", phase="elites")
def signed_by_this_leader(signs, deal_owned):
    """Who signs owns the deal.

    >>> signed_by_this_leader(1.0, 0.0)
    1.0
    """
    return signs * (1.0 - deal_owned)


@elite.changes("deal_halted", phase="bids", halt=quantity(6, 1, 40, "turns", "How long a halted deal stays halted."))
def halted(deal_suspended, deal_halted, halt):
    """A halted deal waits some turns.

    >>> halted(1.0, 0.0, 6)
    6.0
    """
    return either(deal_suspended > 0.5, halt, -at_most(deal_halted, 1.0)) * 1.0


@territory.changes("treaty_template", phase="world")
def template_from_next_door(signs_elsewhere, treaty_template):
    """A treaty signed next door leaves a template in the curator's drawer.

    >>> template_from_next_door(1.0, 0.2)
    0.8
    """
    return signs_elsewhere * (1.0 - treaty_template)


@territory.changes("treaty_template", phase="world", template_ages=quantity(0.05, 0, 1, "per turn", "How fast a template ages."))
def template_ages_away(treaty_template, template_ages):
    """A template grows old.

    >>> template_ages_away(0.4, 0.05)
    -0.020000000000000004
    """
    return -template_ages * treaty_template


patron.gathers("treaties_signed", of="signs", how="sum", meaning="How many treaties are signed this turn.")


@territory.measure("0 or 1")
def signs_elsewhere(treaties_signed, signs):
    """Whether a treaty is signed this turn in another territory of the same patron.

    >>> signs_elsewhere(2.0, 1.0)
    1.0
    """
    return at_most(treaties_signed - signs, 1.0)
