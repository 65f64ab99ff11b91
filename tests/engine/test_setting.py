"""The calendar of a setting."""

from frozen_conflict_sim.engine.setting import Setting


def test_turns_are_quarters():
    toy = Setting("Toy", (2014, 4), 10, {})
    assert [toy.date(turn) for turn in (0, 1, 5)] == ["2014-Q4", "2015-Q1", "2016-Q1"]
    assert toy.date_as_year(1) == 2015.125
