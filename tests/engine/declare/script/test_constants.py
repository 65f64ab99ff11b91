"""What a rule of a script reads besides its arguments is constant: whoever plays it later would otherwise play another rule."""

import types

import numpy as np
import pytest

from frozen_conflict_sim.engine.declare.faults import DeclarationError
from tests.engine.declare.test_registry import march_of, toy, weighed

SHARE, TABLE, WORDS = 0.5, np.array([1.0, 2.0]), {"depth": 1.0}
SETTINGS = types.ModuleType("settings")
SETTINGS.share = 0.5


def halved(x):
    return x * SHARE


def by_number(mood):
    return mood * SHARE


def by_helper(mood):
    return halved(mood)


def by_array(mood):
    return mood * TABLE[0]


def by_words(mood):
    return mood * WORDS["depth"]


def by_module(mood):
    return mood * SETTINGS.share


def sealed_with(rule):
    declared = toy()
    declared.seal()
    with declared.open():
        march_of(declared).incentive(weighed())(rule)
    return declared


CHANGES = {
    by_number: (lambda patch: patch.setitem(globals(), "SHARE", 5.0), "SHARE, which changed from 0.5 to 5.0 "),
    by_helper: (lambda patch: patch.setitem(globals(), "SHARE", 5.0), "SHARE in halved, which changed from 0.5 to 5.0 "),
    by_array: (lambda patch: patch.setitem(globals(), "TABLE", TABLE + 1.0), "TABLE, which changed"),
    by_words: (lambda patch: patch.setitem(WORDS, "depth", 2.0), "WORDS, which changed"),
    by_module: (lambda patch: patch.setattr(SETTINGS, "share", 2.0), "SETTINGS.share, which changed from 0.5 to 2.0 "),
}


@pytest.mark.parametrize(("rule", "change"), CHANGES.items(), ids=[rule.__name__ for rule in CHANGES])
def test_a_constant_that_has_changed_is_refused_with_the_rule_until_it_is_declared_anew(rule, change, monkeypatch):
    declared, (make, error) = sealed_with(rule), change
    declared.check_constants()
    make(monkeypatch)
    place = f"{__file__}:{rule.__code__.co_firstlineno}: {rule.__name__} reads"
    told = rf"^{place} {error}.*declare it as a parameter, `role.declares\(…=quantity\(…\)\)`"
    for ask in (declared.check_constants, declared.describe_additions, lambda: declared.additions):
        with pytest.raises(DeclarationError, match=told):
            ask()
    declared.restore()
    declared.check_constants()
    with declared.open():
        march_of(declared).incentive(weighed())(rule)
    declared.check_constants()


def test_a_variable_around_a_rule_is_a_constant_too():
    share = 0.5

    def bound(mood):
        return mood * share

    declared = sealed_with(bound)
    share = 2.0
    with pytest.raises(DeclarationError, match=r"bound reads share, which changed from 0\.5 to 2\.0 "):
        declared.check_constants()


def test_another_helper_is_refused_and_the_same_again_is_not(monkeypatch):
    declared = sealed_with(by_helper)
    space = {"SHARE": SHARE, "__name__": __name__}
    for body, same in (("x * SHARE", True), ("x + SHARE", False)):
        exec(f"def halved(x):\n    return {body}\n", space)
        monkeypatch.setitem(globals(), "halved", space["halved"])
        if same:
            declared.check_constants()
        else:
            with pytest.raises(DeclarationError, match="by_helper reads halved, which changed"):
                declared.check_constants()


def test_other_processes_have_constants_of_their_own(monkeypatch):
    declared, other = sealed_with(by_number), toy()
    other.seal()
    other.take(declared.additions)
    monkeypatch.setitem(globals(), "SHARE", 5.0)
    other.check_constants()
