"""What a script declares reaches another process whole: rules by value, with what they refer to."""

import pickle
import subprocess
import sys

import numpy as np
import pytest

from frozen_conflict_sim.engine.declare.faults import DeclarationError
from frozen_conflict_sim.engine.declare.parameter import quantity
from frozen_conflict_sim.engine.numerics import at_least
from tests.engine.declare.test_registry import CROWN, LAND, PEOPLE, march_of, toy, weighed

SHARE = 0.5
TABLE = np.array([1.0, 2.0])


def halved(x):
    return x * SHARE if x > 0.2 else grown(x)


def grown(x):
    return at_least(x, 0.1) ** 2 + TABLE[0]


def sealed():
    declared = toy()
    declared.seal()
    return declared


def taken(declared):
    """Declarations of another process that took what was added to these."""
    other = sealed()
    other.take(declared.additions)
    return other


def test_without_additions_nothing_is_sent():
    declared = sealed()
    assert declared.additions == b""
    with declared.open():
        march_of(declared).incentive(weighed())(loot_of_halves)
    assert declared.additions
    declared.restore()
    assert declared.additions == b""


def test_a_rule_comes_with_its_helpers_its_constants_and_its_closure():
    declared, bonus = sealed(), 3.0
    with declared.open():

        @march_of(declared).incentive(weighed())
        def loot(mood):
            """It pays."""
            return halved(mood) + bonus

    other = taken(declared)
    mine, theirs = (march_of(one).incentives[-1].rule for one in (declared, other))
    assert theirs.function is not mine.function
    mood = np.array([0.1, 0.5])
    assert theirs({"mood": mood}).tolist() == mine({"mood": mood}).tolist() == [4.01, 3.25]
    assert (theirs.sentence, theirs.place, theirs.reads) == (mine.sentence, mine.place, mine.reads)
    assert other.weights["crown", "loot"] == declared.weights["crown", "loot"]
    assert list(other.faults()) == []


def test_everything_that_can_be_declared_is_sent():
    declared = sealed()
    with declared.open():
        CROWN(declared).declares(gold=quantity(1, 0, 9, "coins", "The gold."))
        LAND(declared).noise("weather", "The weather.")
        raid = declared.decisions["crown.campaign"].option("raid", "Raid.", act="raided")
        raid.incentive(weighed())(greed)
        war = CROWN(declared).decides("war", "about war", phase="crown")
        war.nothing("peace", "Keep the peace.")
        war.option("fight", "Fight.", act="fought").incentive("glory")(grown_of_gold)
        PEOPLE(declared).resident_changes("view", phase="talk")(pulled)
        LAND(declared).changes("unrest", phase="world")(stirred)
    other = taken(declared)
    assert list(other.owners) == list(declared.owners)
    assert [one.name for one in other.decisions["crown.campaign"].options] == ["wait", "march", "raid"]
    assert other.decisions["crown.war"].role is CROWN(other)
    assert other.decisions["crown.war"].options[1].decision is other.decisions["crown.war"]
    assert other.contributions[-1].rule.name == "stirred"
    assert [rule.name for _, _, rule in PEOPLE(other).residents.changes] == ["persuasion", "pulled"]
    other.take(b"")
    assert list(other.owners) == list(sealed().owners)
    assert "crown.war" not in other.decisions


def greed(gold):
    return gold * 0.5


def grown_of_gold(gold):
    return grown(gold)


def pulled(view, neighbours_view):
    return (neighbours_view - view) * SHARE


def stirred(weather):
    return weather * 0.0


def test_what_was_taken_away_is_gone_there_too():
    declared = sealed()
    with declared.open():
        del march_of(declared).incentives[1]
        del declared.incentives["crown", "fame"]
        del declared.option_utilities["march_pays"]
    assert [one.name for one in march_of(taken(declared)).incentives] == ["glory"]


def test_it_can_be_taken_twice_and_then_something_else():
    declared, other = sealed(), sealed()
    for share in (0.25, 0.5):
        declared.restore()
        with declared.open():

            @march_of(declared).incentive(weighed())
            def loot(mood):
                """It pays."""
                return mood * share  # noqa: B023 - it is packed at once

        for _ in range(2):
            other.take(declared.additions)
            assert len(march_of(other).incentives) == 3
            assert march_of(other).incentives[-1].rule({"mood": 1.0}) == share


def test_what_cannot_be_sent_is_refused_with_the_rule():
    declared, handle = sealed(), [open]
    handle[0] = (number for number in (1.0, 2.0))
    with declared.open():

        @march_of(declared).incentive(weighed())
        def loot(mood):
            """It pays."""
            return mood + len(handle)

    what = "loot refers to what other processes cannot be sent .*generator"
    with pytest.raises(DeclarationError, match=rf"{__file__}:\d+: {what}"):
        _ = declared.additions


IN_ANOTHER_PROCESS = """
import pickle, sys
from tests.engine.declare.test_registry import march_of, toy
declared = toy()
declared.seal()
declared.take(pickle.load(sys.stdin.buffer))
print(march_of(declared).incentives[-1].rule({"mood": 0.5}), "tests.engine.declare.script.test_packing" in sys.modules)
"""


def test_another_process_does_not_import_the_script():
    declared = sealed()
    with declared.open():
        march_of(declared).incentive(weighed())(loot_of_halves)
    told = pickle.dumps(declared.additions)
    done = subprocess.run([sys.executable, "-c", IN_ANOTHER_PROCESS], input=told, capture_output=True, check=True)
    assert done.stdout.decode().split() == ["0.25", "False"]


def loot_of_halves(mood):
    return halved(mood)
