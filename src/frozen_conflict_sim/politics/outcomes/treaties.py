"""What treaties came to."""

from functools import reduce

import numpy as np

from ...engine.numerics import NEGLIGIBLE
from ..roles import elite, territory
from .declare import (
    at_the_end,
    count,
    ever,
    first_quarter,
    on_average,
    outcome,
    share_of,
    turns_of,
    where_defined,
)


@outcome(territory, "depth", better_for="patron", key_outcome=True)
def integration_at_end(integration):
    """How deep integration is carried out at the end, over all clauses."""
    return at_the_end(integration)


@outcome(territory, "depth", better_for="patron")
def integration_on_average(integration):
    """How deep integration was carried out over the run, over all clauses."""
    return on_average(integration)


@outcome(territory, "depth", better_for="patron", by="clause")
def carried_out(implemented):
    """How deep the clause is carried out at the end."""
    return at_the_end(implemented)


@outcome(territory, "depth", better_for="patron", by="clause")
def carried_out_on_average(implemented):
    """How deep the clause was carried out over the run."""
    return on_average(implemented)


@outcome(territory, "yes or no", better_for="patron")
def asked(patron_asks):
    """Whether the patron ever asked for deeper integration."""
    return ever(patron_asks)


@outcome(territory, "yes or no", better_for="patron", key_outcome=True)
def treaty_signed(signs):
    """Whether a deeper treaty was ever signed."""
    return ever(signs)


@outcome(territory, "quarter", better_for="parent")
def treaty_quarter(signs, time_step):
    """The quarter of the first signature, counted from 1; undefined without one."""
    return first_quarter(signs, time_step)


def _first_treaty(signs, agreed):
    """Whether a treaty was signed, on which turn first, and the depth before and after it."""
    signed = np.max(signs, axis=0) > 0.5
    turn = np.argmax(signs > 0.5, axis=0)
    after = np.take_along_axis(agreed, turn[None, None], 0)[0]
    before = np.take_along_axis(agreed, np.maximum(turn - 1, 0)[None, None], 0)[0]
    return signed, turn, before, after


def _gained(signs, agreed, agreed_at_start, asks, ask_step):
    signed, turn, before, after = _first_treaty(signs, agreed)
    before = np.where(turn > 0, before, agreed_at_start)
    goal = np.maximum(np.minimum(asks, before + ask_step), before)
    # An annexation on the same turn is not the treaty's gain, nor a lapse its loss.
    return signed, np.maximum(np.minimum(after, goal) - before, 0.0), goal - before


@outcome(territory, "share", better_for="patron", key_outcome=True)
def depth_gained(signs, agreed, agreed_at_start, asks, ask_step):
    """Of what was to be gained when asked, the share that the first treaty brought."""
    signed, gained, to_gain = _gained(signs, agreed, agreed_at_start, asks, ask_step)
    return where_defined(signed, share_of(np.sum(gained, axis=0), np.sum(to_gain, axis=0)))


@outcome(territory, "share", better_for="patron", by="clause")
def clause_gained(signs, agreed, agreed_at_start, asks, ask_step):
    """Of what was to be gained in the clause, the share that the first treaty brought."""
    signed, gained, to_gain = _gained(signs, agreed, agreed_at_start, asks, ask_step)
    return where_defined(signed, share_of(gained, to_gain, least=NEGLIGIBLE))


@outcome(elite, "ratio")
def boldest_ideal(faction_ideals, asks):
    """The boldest faction's depth over the patron's ask, where that is not for everything."""
    room = asks < 1.0
    asked = np.sum(asks * room, axis=0)
    return share_of(np.max(np.sum(faction_ideals * room, axis=1), axis=0), asked)


@outcome(territory, "count", better_for="elite")
def redrafts(elite_redrafts):
    """How often the elite signed a softened text."""
    return count(elite_redrafts)


@outcome(territory, "count", better_for="elite")
def refusals(elite_refuses):
    """How often the elite refused."""
    return count(elite_refuses)


@outcome(elite, "count", better_for="parent")
def deals_halted(deal_suspended, deal_dropped):
    """How often a leader halted or denounced a predecessor's deal."""
    return count(deal_suspended) + count(deal_dropped)


@outcome(territory, "yes or no", better_for="parent", key_outcome=True)
def contested(
    patron_asks,
    elite_refuses,
    ask_dropped,
    forced_exit,
    deal_suspended,
    deal_dropped,
    contest_window,
    time_step,
):
    """Whether an ask was contested soon after.

    It met a refusal, was dropped, drove a leader out, or ended in a halted deal.
    """
    contests = [elite_refuses, ask_dropped, forced_exit, deal_suspended, deal_dropped]
    contest = reduce(np.maximum, contests)
    met = np.zeros(patron_asks.shape[1:], bool)
    within = turns_of(contest_window, time_step)
    for asked in range(len(patron_asks)):
        met |= (patron_asks[asked] > 0.5) & (
            np.max(contest[asked : asked + within + 1], axis=0) > 0.5
        )
    return met.astype(float)
