"""The calendar of a setting, and what is computed once for it."""

import pickle
from types import SimpleNamespace

from frozen_conflict_sim.engine.setting import Setting

TOY = Setting("Toy", (2014, 4), 10, {})


def test_turns_are_quarters():
    assert [TOY.date(turn) for turn in (0, 1, 5)] == ["2014-Q4", "2015-Q1", "2016-Q1"]
    assert TOY.date_as_year(1) == 2015.125


def counted(declared, setting):
    """Something that is computed, and counts how often."""
    declared.computed += 1
    return f"{setting.title} {declared.version}"


def test_something_is_computed_once_for_a_setting_and_again_after_a_declaration():
    declared, toy = SimpleNamespace(version=1, computed=0), Setting("Toy", (2014, 4), 10, {})
    assert [toy.once(counted, declared) for _ in range(3)] == ["Toy 1"] * 3
    declared.version = 2
    assert (toy.once(counted, declared), declared.computed) == ("Toy 2", 2)
    assert toy.once(counted, SimpleNamespace(version=2, computed=0)) == "Toy 2"
    assert declared.computed == 2


def test_what_was_computed_stays_out_of_copies_and_comparisons():
    declared, toy = SimpleNamespace(version=1, computed=0), Setting("Toy", (2014, 4), 10, {})
    toy.once(counted, declared)
    copy = pickle.loads(pickle.dumps(toy))
    assert copy == toy == Setting("Toy", (2014, 4), 10, {})
    copy.once(counted, declared)
    assert declared.computed == 2
