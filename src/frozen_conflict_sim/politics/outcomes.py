"""What comes out of a run: one decorated function an outcome, each with its unit, meaning and whose gain it is.

An outcome reads whole histories: arrays whose first axis is the turn. It is a pure function and is never read by a rule.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ..engine.rule import Rule
from .roles import Role, elite, parent, patron, project, public, territory

QUARTERS = 4.0


@dataclass(frozen=True)
class Outcome:
    """A declared outcome: ``kind`` is ``share`` for what happens or does not, ``number`` for anything else."""

    rule: Rule
    role: Role
    unit: str
    better_for: str
    kind: str
    by: str

    @property
    def meaning(self) -> str:
        """What the outcome says."""
        return self.rule.sentence


OUTCOMES: dict[str, Outcome] = {}


def outcome(role: Role, unit: str, *, better_for: str = "", kind: str = "number", by: str = "", name: str = "") -> Callable:
    """Declare an outcome of every member of a role."""

    def declare(function):
        OUTCOMES[name or function.__name__] = Outcome(Rule.of(function), role, unit, better_for, kind, by)
        return function

    return declare


def at_the_end(history):
    """The value on the last turn."""
    return history[-1]


def on_average(history):
    """The mean over all turns."""
    amount = history[0].astype(float)
    for turn in history[1:]:
        amount = amount + turn
    return amount / len(history)


def count(history):
    """How often something happened."""
    return on_average(history) * len(history)


def ever(history):
    """Whether something happened at all."""
    return (np.max(history, axis=0) > 0.5).astype(float)


def first_turn(history):
    """The turn on which something happened first, counted from 1; NaN where it never did."""
    happened = np.max(history, axis=0) > 0.5
    return np.where(happened, np.argmax(history > 0.5, axis=0) + 1.0, np.nan)


def where_defined(defined, value):
    """The value where it is defined, NaN elsewhere."""
    return np.where(defined, value, np.nan)


# What became of the territory


@outcome(territory, "depth", better_for="patron")
def integration(integration):
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


@outcome(territory, "0 or 1", kind="share", better_for="patron")
def asked(patron_asks):
    """Whether the patron ever asked for deeper integration."""
    return ever(patron_asks)


@outcome(territory, "0 or 1", kind="share", better_for="patron")
def treaty_signed(signs):
    """Whether a deeper treaty was ever signed."""
    return ever(signs)


@outcome(territory, "turn", better_for="parent")
def treaty_turn(signs):
    """The turn of the first signature; undefined without one."""
    return first_turn(signs)


def _first_treaty(signs, agreed):
    """Depth just before and just after the first signature, NaN without one; the turn axis gone."""
    signed = np.max(signs, axis=0) > 0.5
    turn = np.argmax(signs > 0.5, axis=0)
    after = np.take_along_axis(agreed, turn[None, None], 0)[0]
    before = np.take_along_axis(agreed, np.maximum(turn - 1, 0)[None, None], 0)[0]
    return signed, turn, before, after


def _gained(signs, agreed, agreed_at_start, asks, ask_step):
    signed, turn, before, after = _first_treaty(signs, agreed)
    before = np.where(turn > 0, before, agreed_at_start)
    goal = np.maximum(np.minimum(asks, before + ask_step), before)
    return signed, after - before, goal - before


@outcome(territory, "share", better_for="patron")
def depth_gained(signs, agreed, agreed_at_start, asks, ask_step):
    """Of what was still to be gained when asked, the share that the first treaty brought; undefined without one."""
    signed, gained, to_gain = _gained(signs, agreed, agreed_at_start, asks, ask_step)
    return where_defined(signed, np.sum(gained, axis=0) / np.maximum(np.sum(to_gain, axis=0), 1e-9))


@outcome(territory, "share", better_for="patron", by="clause")
def clause_gained(signs, agreed, agreed_at_start, asks, ask_step):
    """Of what was still to be gained in the clause, the share that the first treaty brought; undefined without one."""
    signed, gained, to_gain = _gained(signs, agreed, agreed_at_start, asks, ask_step)
    return where_defined(signed & (to_gain > 1e-6), gained / np.maximum(to_gain, 1e-9))


@outcome(territory, "count", better_for="elite")
def redrafts(elite_redrafts):
    """How often the elite signed a softened text."""
    return count(elite_redrafts)


@outcome(territory, "count", better_for="elite")
def refusals(elite_refuses):
    """How often the elite refused."""
    return count(elite_refuses)


@outcome(territory, "USD million a year", better_for="elite")
def subsidy_bill(bill_in_dollars):
    """What the patron paid for the territory, in dollars of the day, on average."""
    return on_average(bill_in_dollars)


@outcome(territory, "ratio", better_for="elite")
def paid_over_promised(paid, promised):
    """What was paid of what was promised, on average."""
    return on_average(paid) / np.maximum(on_average(promised), 1e-9)


@outcome(territory, "count", better_for="parent")
def cuts(patron_withholds):
    """How often the patron held money back."""
    return count(patron_withholds)


@outcome(territory, "count", better_for="elite")
def raises(patron_raises_subsidy):
    """How often the patron raised the subsidy."""
    return count(patron_raises_subsidy)


@outcome(elite, "index", better_for="elite")
def perks(perks):
    """What is left of the perks of nominal independence at the end."""
    return at_the_end(perks)


@outcome(territory, "share", better_for="parent")
def dependence(dependence):
    """Share of the budget that comes from the patron at the end."""
    return at_the_end(dependence)


@outcome(public, "index", better_for="patron")
def support(mean_support):
    """Support for integration at the end, over all residents."""
    return at_the_end(mean_support)


@outcome(public, "share", better_for="patron")
def prefers_accession(accession_share):
    """Share of residents who would rather join the patron at the end."""
    return at_the_end(accession_share)


@outcome(public, "share", better_for="elite")
def prefers_independence(accession_share):
    """Share of residents who would rather stay apart at the end."""
    return 1.0 - at_the_end(accession_share)


@outcome(public, "share", better_for="parent")
def peak_mobilisation(mobilisation):
    """The largest share of residents in the street on any turn."""
    return np.max(mobilisation, axis=0)


@outcome(public, "count", better_for="parent")
def protests(mobilisation):
    """On how many turns more than a tenth of the residents were in the street."""
    return count((mobilisation > 0.1).astype(float))


@outcome(elite, "count", better_for="parent")
def forced_exits(forced_exit):
    """How often the street drove a leader out."""
    return count(forced_exit)


@outcome(elite, "count")
def votes_held(vote_held):
    """How many elections were held."""
    return count(vote_held)


@outcome(elite, "share")
def incumbents_beaten(incumbent_beaten, incumbent_returned):
    """Of the leaders who stood again, the share that lost; undefined where none stood."""
    stood = count(incumbent_beaten) + count(incumbent_returned)
    return where_defined(stood > 0.5, count(incumbent_beaten) / np.maximum(stood, 1.0))


@outcome(elite, "share", better_for="patron")
def favourites_won(favourite_won, favourite_lost):
    """Of the candidates whom the patron endorsed, the share that won; undefined where there was none."""
    stood = count(favourite_won) + count(favourite_lost)
    return where_defined(stood > 0.5, count(favourite_won) / np.maximum(stood, 1.0))


@outcome(elite, "count", better_for="elite")
def silencings(elite_suppresses):
    """How often the elite suppressed the autonomy-minded."""
    return count(elite_suppresses)


@outcome(elite, "count")
def bids(elite_bids, beaten_leader_bids):
    """How many bids for accession were made."""
    return count(elite_bids) + count(beaten_leader_bids)


@outcome(elite, "count")
def bids_withdrawn(bid_suspended, bid_dropped):
    """How many bids a successor suspended or dropped."""
    return count(bid_suspended) + count(bid_dropped)


@outcome(elite, "count", better_for="parent")
def bids_rebuffed(patron_rebuffs):
    """How many bids the patron rebuffed."""
    return count(patron_rebuffs)


@outcome(elite, "count")
def bids_voted_on(bid_reaches_a_vote):
    """How many bids reached a vote."""
    return count(bid_reaches_a_vote)


@outcome(elite, "count", better_for="parent")
def deals_halted(deal_suspended, deal_dropped):
    """How often a leader halted or denounced a predecessor's deal."""
    return count(deal_suspended) + count(deal_dropped)


@outcome(territory, "0 or 1", kind="share", better_for="patron")
def annexed(annexed):
    """Whether the patron annexed the territory."""
    return at_the_end(annexed)


@outcome(territory, "0 or 1", kind="share", better_for="parent")
def settled(reintegrated):
    """Whether the territory settled with its parent."""
    return at_the_end(reintegrated)


@outcome(territory, "0 or 1", kind="share", better_for="parent")
def contested(patron_asks, elite_refuses, ask_dropped, forced_exit, deal_suspended, deal_dropped):
    """Whether an ask met, within eight turns, a refusal, was dropped, drove a leader out or ended in a halted deal."""
    contest = np.maximum.reduce([elite_refuses, ask_dropped, forced_exit, deal_suspended, deal_dropped])
    met = np.zeros(patron_asks.shape[1:], bool)
    for turn in range(len(patron_asks)):
        met |= (patron_asks[turn] > 0.5) & (np.max(contest[turn : turn + 9], axis=0) > 0.5)
    return met.astype(float)


# What became of the parent


@outcome(parent, "index", better_for="patron")
def alienation(alienation):
    """The parent government's alienation at the end."""
    return at_the_end(alienation)


@outcome(parent, "index")
def alienation_on_average(alienation):
    """The parent government's alienation over the run."""
    return on_average(alienation)


@outcome(parent, "index")
def acceptance(acceptance):
    """How far the parent has come to live with the fait accompli at the end."""
    return at_the_end(acceptance)


@outcome(parent, "share")
def hardline_share(hardline_share):
    """The weight of hard-liners in government at the end."""
    return at_the_end(hardline_share)


@outcome(parent, "index", better_for="west")
def western_alignment(western_alignment):
    """The parent's alignment with the West at the end."""
    return at_the_end(western_alignment)


@outcome(parent, "index", better_for="west")
def western_alignment_on_average(western_alignment):
    """The parent's alignment with the West over the run."""
    return on_average(western_alignment)


@outcome(parent, "share", better_for="west")
def public_opinion(public_opinion):
    """Support for the West among the parent's public at the end."""
    return at_the_end(public_opinion)


@outcome(parent, "index", better_for="parent")
def normalisation(normalisation):
    """Trade, flights, visas and talks with the patron at the end."""
    return at_the_end(normalisation)


@outcome(parent, "count", better_for="patron")
def coerced_turns(patron_coerces):
    """On how many turns the patron coerced at the line."""
    return count(patron_coerces)


@outcome(parent, "count")
def embargoes(patron_embargoes):
    """On how many turns the patron banned goods or flights."""
    return count(patron_embargoes)


@outcome(parent, "count")
def clashes(clash):
    """How often shots were fired."""
    return count(clash)


@outcome(parent, "0 or 1", kind="share")
def war(war_breaks_out):
    """Whether war broke out."""
    return ever(war_breaks_out)


@outcome(project, "0 or 1", kind="share", better_for="parent")
def opened(project_open):
    """Whether the project ever operated."""
    return ever(project_open)


@outcome(project, "turn", better_for="parent")
def opening_turn(project_open):
    """The turn on which it opened; undefined if it never did."""
    return first_turn(project_open)


# What became of the patron


@outcome(patron, "index", better_for="west")
def sanctions(sanctions):
    """Western sanctions on the patron at the end."""
    return at_the_end(sanctions)


@outcome(patron, "strength")
def perceived_backlash(perceived_backlash):
    """What the patron has come to believe of the parent's backlash at the end."""
    return at_the_end(perceived_backlash)


@outcome(patron, "count", better_for="patron")
def treaties(treaties_signed):
    """How many treaties were signed."""
    return count(treaties_signed)
