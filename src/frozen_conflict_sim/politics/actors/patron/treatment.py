"""What the patron may do about each territory.

Reference: @toal2017; the record (events): recognition on 26 August 2008, after the war.
"""

from ....engine.declare.parameter import quantity
from ...roles import patron, territory

treatment = patron.decides(
    "treatment", "how it treats the territory", phase="patron", about=territory
)
hold = treatment.nothing("hold", "Leave things as they are.")
ask = treatment.option(
    "ask_for_deeper_integration",
    "Put the draft of a deeper treaty on the table.",
    act="patron_asks",
    one_per_turn=True,
)
raise_subsidy = treatment.option("raise_subsidy", "Pay more.", act="patron_raises_subsidy")
withhold_subsidy = treatment.option(
    "withhold_subsidy", "Hold back a part of the money.", act="patron_withholds"
)
back_a_candidate = treatment.option(
    "back_a_candidate", "Endorse a candidate in the coming vote.", act="patron_backs"
)


@treatment.open_when
def still_a_client(independent):
    """The territory is neither annexed nor settled.

    Otherwise: the territory is annexed or settled already.
    """
    return independent > 0.5


standing = patron.decides(
    "recognition", "whether it recognises the territory", phase="bids", about=territory
)
leave = standing.nothing("hold", "Leave its status as it is.")
recognise = standing.option(
    "recognise", "Recognise the territory as a state.", act="patron_recognises"
)


patron.declares(
    recognised_from=quantity(0.5, 0.01, 1, "index",
        "Recognition from which the patron treats a territory as a state."),
)  # fmt: skip


@standing.open_when
def not_recognised_yet(recognition, recognised_from):
    """The patron does not recognise the territory.

    Otherwise: the patron recognises the territory already.
    """
    return recognition < recognised_from


@standing.open_when
def still_to_be_recognised(independent):
    """The territory is neither annexed nor settled.

    Otherwise: the territory is annexed or settled already.
    """
    return independent > 0.5


@recognise.incentive(weight=quantity(1.3, 0, 4, "utility",
    "What it is worth to the patron to seal by recognition what force has decided."))  # fmt: skip
def victory_sealed(recent_force, bases):
    """After a war that it won a patron seals what it holds.

    >>> victory_sealed(0.8, 0.5)
    0.4
    """
    return recent_force * bases


@recognise.incentive(weight="goodwill_kept")
def goodwill_given_up(perceived_backlash, salience):
    """Recognition gives up what goodwill of the parent there is.

    >>> goodwill_given_up(0.6, 0.5)
    -0.3
    """
    return -perceived_backlash * salience


@recognise.incentive(weight="lever_lost")
def lever_blunted(salience):
    """A status that is settled is less of a lever over the parent.

    >>> lever_blunted(0.5)
    -0.5
    """
    return -salience


@recognise.incentive(weight=quantity(0.3, 0, 1, "utility",
    "What breaking with the law of states costs the patron."))  # fmt: skip
def law_of_states():
    """Recognition breaks with what the patron asks of others.

    >>> law_of_states()
    -1.0
    """
    return -1.0
