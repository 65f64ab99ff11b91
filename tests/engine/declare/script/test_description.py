"""The digests of what a script declares: the same for the same, others for anything else that counts."""

from frozen_conflict_sim.engine.declare.parameter import quantity
from tests.engine.declare.test_registry import CROWN, march_of, toy, weighed


def digests(factor=1.0, weight=1.0, low=0.0, helper=None, before=0):
    """The digests after a script has declared an incentive and a quantity."""
    declared = toy()
    declared.seal()
    helper = helper or (lambda x: x)
    with declared.open():
        for number in range(before):
            CROWN(declared).declares(**{f"gold{number}": quantity(1, 0, 9, "coins", "Gold.")})
        CROWN(declared).declares(silver=quantity(1, low, 9, "coins", "The silver."))

        @march_of(declared).incentive(quantity(weight, 0, 9, "utility", "What loot is worth."))
        def loot(mood):
            """It pays."""
            return helper(mood) * factor

    return declared.describe_additions()


def doubled(x):
    return x * 2.0


def test_without_additions_there_is_none():
    declared = toy()
    declared.seal()
    assert declared.describe_additions() == {}


def test_the_same_has_the_same_digests_and_says_what_was_added():
    assert digests() == digests()
    assert digests().keys() == {"+ loot", "+ silver"}


def test_anything_that_counts_has_another():
    same, by_what = digests(), {"factor": 2.0, "weight": 2.0, "helper": doubled}
    for name, value in by_what.items():
        other = digests(**{name: value})
        assert other["+ silver"] == same["+ silver"]
        assert other["+ loot"] != same["+ loot"], name
    assert digests(low=0.5)["+ silver"] != same["+ silver"]


def test_where_it_stands_does_not_count():
    assert digests(before=2)["+ silver"] == digests()["+ silver"]


def test_what_was_taken_away_is_told():
    declared = toy()
    declared.seal()
    with declared.open():
        march_of(declared).incentive(weighed())(doubled_mood)
        del march_of(declared).incentives[1]
        del declared.incentives["crown", "fame"]
        del declared.option_utilities["march_pays"]
    assert {"+ doubled_mood", "- fame"} <= declared.describe_additions().keys()


def doubled_mood(mood):
    return doubled(mood)
