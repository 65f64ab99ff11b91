"""Bargaining: each clause is settled at a mean of ideal points, weighted by power and salience.

Reference: @achen2006 for the compromise model, Van den Bos's and his own. The patron's power rises
with the territory's dependence and falls with its own stake: a patron that needs the client can be
resisted.
"""

from ....engine.declare.parameter import quantity
from ....engine.numerics import (
    NEGLIGIBLE,
    at_least,
    at_most,
    between,
    either,
    largest_step,
    logistic,
    total,
)
from ...actors.elite.answer import closer_to_the_ideal
from ...roles import WELFARE, WITH_OTHERS, elite, territory


@territory.derived("0 or 1")
def independent(annexed, reintegrated):
    """Whether the territory is still apart from both its patron and its parent.

    >>> independent(0.0, 1.0)
    0.0
    """
    return (1.0 - annexed) * (1.0 - reintegrated)


@territory.derived("depth", by="clause")
def draft(asks, agreed, ask_step):
    """What the patron's draft demands: its goal, one step at a time, never less than is agreed.

    >>> draft(0.9, 0.4, 0.2)
    0.6000000000000001
    """
    return at_least(at_most(asks, agreed + ask_step), agreed)


@elite.derived("index", by="clause",
    salience_without_sovereignty=quantity(0.2, 0.01, 1, "index",
        "How much a clause matters to an elite that touches no sovereignty."),
)  # fmt: skip
def elite_salience(clause_sovereignty, salience_without_sovereignty):
    """How much a clause matters to the elite at the table: more, the more sovereignty it touches.

    >>> elite_salience(0.5, 0.2)
    0.7
    """
    return salience_without_sovereignty + clause_sovereignty


@territory.derived("index")
def outside_option(
    engagement, western_engagement, friends_elsewhere, corridor_open, markets_elsewhere
):
    """What a territory could lean on besides its patron.

    The parent, the West, states that recognise it, a corridor, those who buy what it makes.

    >>> round(outside_option(0.4, 0.2, 0.0, 0.0, 0.0), 2)
    0.52
    """
    return 1.0 - (1.0 - engagement) * (1.0 - western_engagement) * (1.0 - friends_elsewhere) * (
        1.0 - corridor_open
    ) * (1.0 - markets_elsewhere)


@territory.derived("index",
    outside_option_by_trade=quantity(0.3, 0, 1, "index",
        "How much of an alternative to the patron it is to trade with others alone."),
)  # fmt: skip
def markets_elsewhere(trade_shares, outside_option_by_trade):
    """Who sells elsewhere can lean on its buyers.

    >>> round(markets_elsewhere([0.4, 0.3, 0.3], 0.3), 2)
    0.09
    """
    return outside_option_by_trade * trade_shares[WITH_OTHERS]


territory.aggregates(
    "corridors_open",
    of="project_open",
    how="largest",
    meaning="Whether a project that crosses the territory operates.",
)


@territory.derived("index",
    outside_option_by_corridor=quantity(0.25, 0, 1, "index",
        "How much of an alternative to the patron an open corridor is."),
)  # fmt: skip
def corridor_open(corridors_open, outside_option_by_corridor):
    """What an open corridor is worth as an alternative to the patron.

    >>> corridor_open(1.0, 0.25)
    0.25
    """
    return corridors_open * outside_option_by_corridor


@territory.derived("log odds",
    patron_power_baseline=quantity(-1.15, -4, 4, "log odds",
        "The patron's power where nothing else speaks."),
    patron_power_by_dependence=quantity(4.0, 0, 8, "log odds",
        "How much dependence adds to the patron's power."),
    patron_power_lost_to_own_stake=quantity(1.5, -4, 4, "log odds",
        "How much the patron's own stake takes from its power; the opposite sign is a documented "
        "alternative."),
)  # fmt: skip
def patrons_footing(
    dependence,
    stake,
    patron_power_baseline,
    patron_power_by_dependence,
    patron_power_lost_to_own_stake,
):
    """The patron's footing: dependence is power, but a patron that needs its client is weaker.

    >>> round(patrons_footing(0.9, 0.1, -2.1, 4.0, 1.5), 2)
    1.35
    """
    return (
        patron_power_baseline
        + patron_power_by_dependence * dependence
        - patron_power_lost_to_own_stake * stake
    )


@territory.derived("share",
    patron_power_lost_to_street=quantity(2.5, 0, 8, "log odds",
        "How much a mobilised public takes from the patron's power."),
    patron_power_lost_to_voice=quantity(2.2, 0, 8, "log odds",
        "How much voices for autonomy, as far as they are heard, take from the patron's power."),
    patron_power_lost_to_outside_option=quantity(1.0, 0, 5, "log odds",
        "How much an outside option takes from the patron's power."),
)  # fmt: skip
def patron_power(
    patrons_footing,
    mobilisation,
    voice_heard,
    outside_option,
    patron_power_lost_to_street,
    patron_power_lost_to_voice,
    patron_power_lost_to_outside_option,
):
    """The patron's share of the power at the table.

    Less against a mobilised public and voices that are heard, and where there is another door.

    >>> round(patron_power(1.35, 0.0, 0.0, 0.0, 2.5, 1.0, 1.0), 2)
    0.79
    """
    return logistic(
        patrons_footing
        - patron_power_lost_to_street * mobilisation
        - patron_power_lost_to_voice * voice_heard
        - patron_power_lost_to_outside_option * outside_option
    )


@territory.derived("depth", by="clause")
def compromise(draft, ideal, agreed, patron_power, clause_interest, elite_salience):
    """The mean of draft and ideal, weighted by power and salience, between agreed and asked depth.

    >>> round(compromise(0.9, 0.3, 0.2, 0.5, 1.0, 1.0), 2)
    0.6
    """
    patrons, elites = patron_power * clause_interest, (1.0 - patron_power) * elite_salience
    return between((patrons * draft + elites * ideal) / (patrons + elites), agreed, draft)


@territory.derived("depth", by="clause")
def settled_depth(
    compromise,
    agreed,
    ideal,
    elite_salience,
    dependence,
    weight_of_ideal_served,
    weight_of_wages_and_pensions,
):
    """The compromise, or as much of it as leaves the elite no worse off than without a treaty.

    >>> settled_depth([0.6] * 6, [0.4] * 6, [0.7] * 6, [1.0] * 6, 0.5, 0.77, 0.35)
    [0.6, 0.6, 0.6, 0.6, 0.6, 0.6]
    """

    def on_the_way(share):
        return [have + share * (goal - have) for have, goal in zip(agreed, compromise)]

    def no_worse(share):
        text = on_the_way(share)
        principle = weight_of_ideal_served * closer_to_the_ideal(
            text, agreed, ideal, elite_salience
        )
        money = weight_of_wages_and_pensions * dependence * (text[WELFARE] - agreed[WELFARE])
        return principle + money >= -NEGLIGIBLE

    step = largest_step(no_worse)
    return [
        either(step >= 1.0, goal, have + step * (goal - have))
        for have, goal in zip(agreed, compromise)
    ]


@territory.derived("depth")
def deepening(settled_depth, agreed):
    """How much deeper the text goes that would be signed, over all clauses.

    >>> round(deepening([0.6, 0.6], [0.4, 0.2]), 2)
    0.3
    """
    return total([depth - have for depth, have in zip(settled_depth, agreed)]) / len(agreed)
