"""How the patron answers a bid for accession.

Reference: @toal2017; @afp2022 on the suspended referendum.
"""

from ....engine.declare.parameter import quantity
from ...roles import patron, territory

on_a_bid = patron.decides(
    "on_a_bid", "how it answers a bid for accession", phase="bids", about=territory
)

ignore = on_a_bid.nothing("ignore", "Take note and do nothing.")
rebuff = on_a_bid.option("rebuff", "Say that the time has not come.", act="patron_rebuffs")
encourage = on_a_bid.option(
    "encourage", "Let the vote go ahead and watch who worries.", act="patron_encourages"
)
accept = on_a_bid.option("accept", "Accept: annex the territory.", act="patron_annexes")


@on_a_bid.open_when
def a_bid_to_answer(bid_on_the_table):
    """There is a bid.

    Otherwise: no bid is on the table.
    """
    return bid_on_the_table > 0.5


@rebuff.incentive(weight=quantity(0.15, 0, 1, "utility",
    "What goodwill is worth when a bid is on the table."))  # fmt: skip
def goodwill_kept(perceived_backlash, salience):
    """Turning the bid down reassures the parent.

    >>> goodwill_kept(0.6, 0.5)
    0.3
    """
    return perceived_backlash * salience


@rebuff.incentive(weight=quantity(0.03, 0, 1, "utility",
    "What reassuring the West is worth to the patron."))  # fmt: skip
def west_reassured(sanctions):
    """Turning the bid down reassures the West.

    >>> west_reassured(0.2)
    0.8
    """
    return 1.0 - sanctions


@rebuff.incentive(weight=quantity(0.06, 0, 1, "utility",
    "What a rebuff to a friend costs the patron."))  # fmt: skip
def friend_snubbed():
    """A friend is snubbed in public.

    >>> friend_snubbed()
    -1.0
    """
    return -1.0


@encourage.incentive(weight="leverage")
def leverage_of_a_bid(western_alignment, salience):
    """A bid in the air makes a parent nervous that has gone far west.

    >>> round(leverage_of_a_bid(0.6, 0.5), 2)
    0.3
    """
    return western_alignment * salience


@encourage.incentive(weight=quantity(0.15, 0, 1, "utility",
    "What goodwill is worth when the patron plays with a bid."))  # fmt: skip
def goodwill_gambled(perceived_backlash, salience):
    """The parent will not forget who encouraged it.

    >>> goodwill_gambled(0.6, 0.5)
    -0.3
    """
    return -perceived_backlash * salience


@encourage.incentive(weight=quantity(0.12, 0, 1, "utility",
    "What the raised hopes of a client cost the patron."))  # fmt: skip
def hopes_raised():
    """Hopes that are raised must be met one day.

    >>> hopes_raised()
    -1.0
    """
    return -1.0


@accept.incentive(weight="control")
def control_by_annexation(stake, de_facto_control):
    """Annexation adds what de facto control does not reach.

    >>> round(control_by_annexation(0.8, 0.75), 2)
    0.2
    """
    return stake * (1.0 - de_facto_control)


@accept.incentive(weight="prestige")
def prestige_of_annexation(prestige_climate):
    """Gathering lands counts most while the mood is high.

    >>> prestige_of_annexation(0.5)
    0.5
    """
    return prestige_climate


patron.declares(
    resentment_of_accession=quantity(1.5, 0, 5, "ratio",
        "How much more the parent is expected to resent an accession than a full treaty."),
    war_risk_at_a_calm_line=quantity(0.5, 0, 1, "share",
        "How much of the fear of war over an accession is there even at a calm line."),
)  # fmt: skip


@accept.incentive(weight=None)
def goodwill_burnt(perceived_backlash, salience, resentment_of_accession):
    """The parent would never forgive an annexation.

    >>> round(goodwill_burnt(0.5, 0.5, 1.2), 2)
    -0.3
    """
    return -resentment_of_accession * perceived_backlash * salience


@accept.incentive(weight=quantity(0.5, 0, 3, "utility",
    "What a territory without access by land or sea costs the patron to hold."))  # fmt: skip
def out_of_reach(land_access):
    """A territory that cannot be reached cannot be held.

    >>> out_of_reach(0.25)
    -0.75
    """
    return land_access - 1.0


@accept.incentive(weight=quantity(0.45, 0, 3, "utility",
    "How much the patron fears that an accession ends in war with the parent."))  # fmt: skip
def war_risked(tension, recent_force, war_risk_at_a_calm_line):
    """An accession may be answered by force, likelier at a tense line.

    Who is at war anyway has less to fear.

    >>> round(war_risked(0.5, 0.0, 0.5), 2), war_risked(0.5, 1.0, 0.5)
    (-0.75, -0.0)
    """
    risk = war_risk_at_a_calm_line + (1.0 - war_risk_at_a_calm_line) * tension
    return -risk * (1.0 - recent_force)


@accept.incentive(weight=quantity(0.5, 0, 3, "utility",
    "What a territory in dispute is worth to the patron as a lever over the parent."))  # fmt: skip
def lever_lost(salience):
    """A territory that is annexed is no lever over its parent any more.

    >>> lever_lost(0.5)
    -0.5
    """
    return -salience


patron.declares(
    sanctions_by_accession=quantity(1.8, 1, 5, "index",
        "How severe the sanctions are that an accession brings, where those on depth alone would "
        "be one."),
    price_of_reversal_per_recogniser=quantity(0.02, 0, 0.5, "per state",
        "How much each state that was talked into recognition adds to the price of going back on "
        "it."),
)  # fmt: skip


@accept.incentive(weight="sanctions_feared")
def sanctions_certain(sanctions, sanctions_by_accession):
    """Annexation brings sanctions for certain; those in force already cost nothing more.

    >>> round(sanctions_certain(0.6, 1.6), 2)
    -1.0
    """
    return -(sanctions_by_accession - sanctions)


@accept.incentive(weight="thrift")
def price_of_annexation(budget_pressure, parity_bill, ordinary_thrift):
    """A new region must be paid for.

    >>> round(price_of_annexation(0.7, 0.2, 0.3), 2)
    -0.2
    """
    return -(ordinary_thrift + budget_pressure) * parity_bill


@accept.incentive(weight=quantity(0.22, 0, 1, "utility",
    "The price of abandoning a recognition given before."))  # fmt: skip
def own_word(recognition, recognisers, price_of_reversal_per_recogniser):
    """The patron recognised this independence itself, as far as it did, and talked others into it.

    >>> round(own_word(1.0, 5.0, 0.02), 2)
    -1.1
    """
    return -recognition * (1.0 + price_of_reversal_per_recogniser * recognisers)


@accept.incentive(weight=quantity(0.1, 0, 1, "utility",
    "What a vote for accession is worth to the patron as a title."))  # fmt: skip
def people_have_spoken(accession_mandate):
    """A vote of the residents is a title, for those who want one.

    >>> people_have_spoken(1.0)
    1.0
    """
    return accession_mandate


@rebuff.incentive(weight="people_have_spoken")
def people_turned_away(accession_mandate):
    """To turn down a people that has voted looks bad.

    >>> people_turned_away(1.0)
    -1.0
    """
    return -accession_mandate
