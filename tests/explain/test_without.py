"""The same run without something: the same bits where nothing is taken out, and only consequences where something is."""

import numpy as np
import pytest

from frozen_conflict_sim.explain.without import alone, played_without, removal_called, taken_out
from frozen_conflict_sim.politics.catalogue import declared
from frozen_conflict_sim.politics.wording import ACTS, ASKED_FOR_AS, CHANCE
from frozen_conflict_sim.scenario import InputError


def removed(model, what):
    return removal_called(declared, model.setting, what)


def test_a_run_played_again_is_the_same_to_the_last_bit(georgia):
    again = alone(georgia, 1).run_to_end()
    mine = georgia.trajectories()
    assert all(np.array_equal(values[0], mine[name][1]) for name, values in again.trajectories().items())


def test_without_a_treaty_it_is_not_signed_and_nothing_before_it_changes(georgia):
    removal = removed(georgia, "the treaty with Abkhazia")
    turns = taken_out(georgia, removal)
    other = played_without(georgia, removal)
    mine, theirs = georgia.trajectories(), other.trajectories()
    assert all(np.array_equal(values[0, : turns[0]], mine[name][0, : turns[0]]) for name, values in theirs.items())
    answers = other.decisions()["abkhazia.answer"][0]
    options = [option.name for option in declared.decisions["elite.answer"].options]
    assert not {options[code] for code in answers} & {"accept", "redraft"}
    assert mine["abkhazia.integration"][0, -1] > theirs["abkhazia.integration"][0, -1]
    assert np.array_equal(mine["moscow.prestige_climate"][0], theirs["moscow.prestige_climate"][0])


def test_an_act_may_be_taken_out_of_one_turn_an_event_and_a_channel_out_of_all(georgia):
    turn = taken_out(georgia, removed(georgia, "ask"))[0]
    removal = removed(georgia, f"moscow's ask {georgia.setting.date(turn)}")
    assert taken_out(georgia, removal) == [turn]
    asked = played_without(georgia, removal).decisions()
    assert not any(asked[f"moscow.treatment.{territory}"][0, turn] == 1 for territory in ("abkhazia", "south_ossetia"))
    assert not played_without(georgia, removed(georgia, "crimea")).occurred.get("Crimea")
    deaf = played_without(georgia, removed(georgia, "grievance"))
    assert not [1 for _, to, cause, amount in deaf.world.ledger if cause == "grievance_over_integration" and amount.any()]


@pytest.mark.parametrize(
    ("what", "options", "members"),
    [
        ("abkhazia treaty", {"accept", "redraft"}, {"territory": {0}}),
        ("sukhumi refusal", {"refuse"}, {"territory": {0}}),
        ("bids", {"referendum_bid"}, None),
        ("patron_annexes south ossetia", {"accept"}, {"territory": {1}}),
        ("NATO condemnation", {"condemn"}, {"voice": {0}}),
        ("patron.treatment.ask_for_deeper_integration", {"ask_for_deeper_integration"}, None),
        ("Tbilisi engagement", {"engage"}, {"territory": {0, 1}}),
    ],
)
def test_what_a_text_means(georgia, what, options, members):
    found = removed(georgia, what)
    assert {option.name for option in found.options} == options
    assert found.members == (members and {level: frozenset(places) for level, places in members.items()})


@pytest.mark.parametrize(
    ("what", "message"),
    [
        ("abkhasia treaty", "did you mean 'abkhazia'"),
        ("abkhazia", "names no act, event or channel"),
        ("crimia", "did you mean 'crimea'"),
        ("ask 2034-Q1", "turns are 1 to 20, or 2014-Q1 to 2018-Q4"),
    ],
)
def test_what_is_not_known_is_refused_with_the_nearest(georgia, what, message):
    with pytest.raises(InputError, match=message):
        removed(georgia, what)


def test_what_did_not_happen_cannot_be_taken_out(georgia):
    with pytest.raises(InputError, match="nothing to take out: no annexation"):
        taken_out(georgia, removed(georgia, "annexation"))


def test_every_act_is_worded_and_every_word_means_an_act():
    chances = {*declared.hazards, *declared.fixed_values}
    assert set(ACTS) == set(declared.acts)
    assert set(CHANCE) <= chances
    assert set(declared.hazards) <= set(CHANCE)
    assert {act for acts in ASKED_FOR_AS.values() for act in acts} <= set(declared.acts)
