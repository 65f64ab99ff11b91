"""Chance events are told with their odds, and what would have prevented them does."""

import numpy as np

from frozen_conflict_sim.engine.arrays.lanes import in_lanes, set_number
from frozen_conflict_sim.explain.chances import chance_account, chances
from frozen_conflict_sim.explain.flips.chance import ChanceSearch
from frozen_conflict_sim.explain.flips.numbers import Around
from frozen_conflict_sim.explain.run import RunExplanation


def probability(model, receipt, at, number, value):
    """The probability of a chance event in a world with one number otherwise."""
    world, level = in_lanes(model.world, receipt.moment, 0, 1), receipt.hazard.role.level
    set_number(world, number.declared.name, number.place, np.array([value]))
    return np.broadcast_to(receipt.hazard.rule(world.view(level)), (len(receipt.members), 1))[at, 0]


def test_a_chance_event_happens_where_the_number_drawn_is_below_its_probability(georgia):
    found = [(receipt, at) for receipt, at in chances(georgia) if receipt.happened(at, 0)]
    assert found
    for receipt, at in found:
        one = chance_account(georgia, receipt, at)
        assert one.happened
        assert one.drawn < one.probability
        assert one.told[0].isupper()
        later = [moment.fixed for _, _, moment in georgia.moments if moment.turn == receipt.turn and one.name in moment.fixed]
        assert later
        assert all(fixed[one.name][at, 0] == 1.0 for fixed in later)
    assert sum(one["happened"] for one in RunExplanation(georgia).chances().data) == len(found)


def test_what_would_have_prevented_or_brought_a_chance_event_does(georgia):
    tried = 0
    possible = [(receipt, at) for receipt, at in chances(georgia) if receipt.probabilities[at, 0] > 0.0]
    for receipt, at in possible:
        around = Around(georgia.world, receipt.moment, receipt.hazard.role.level, at, 0)
        numbers = {one.key: one for one in around.facts(set(receipt.hazard.rule.reads))}
        happened, drawn = receipt.happened(at, 0), receipt.numbers[at, 0]
        for flip in ChanceSearch(georgia.world, receipt, at).flips():
            assert (drawn < probability(georgia, receipt, at, numbers[flip.key], flip.short)) == happened
            assert (drawn < probability(georgia, receipt, at, numbers[flip.key], flip.to)) != happened
            tried += 1
    assert tried > 5


def test_a_story_says_the_odds_of_chance_and_a_turn_lists_what_did_not_happen(georgia):
    told = RunExplanation(georgia)
    points = [one for point in told.told.turning_points for one in point.happenings if one.kind == "chance"]
    assert all(one.odds is None or 0.0 < one.odds <= 1.0 for one in points)
    lines = str(told.decisions("2014-Q3", flips=True))
    assert "By chance this did not happen:" in lines
    assert max(map(len, lines.splitlines())) <= 80
