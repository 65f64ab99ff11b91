"""Slips of the pen that are valid YAML: a member almost like an inherited one, a colon without a space."""

import pytest

from frozen_conflict_sim.scenario import InputError, load_scenario

MOVES = "at: 2015-Q1, shock: {parents.georgia.tension: 0.1}"


@pytest.fixture
def load(tmp_path):
    def load(text):
        (tmp_path / "mine.yaml").write_text(f"extends: georgia_2014\n{text}\n", "utf-8")
        return load_scenario(tmp_path / "mine.yaml")

    return load


@pytest.mark.parametrize(
    ("text", "key", "meant"),
    [
        ("territories: {abkhasia: {stake: 0.6}}", "territories.abkhasia", "abkhazia"),
        ("territories: {south_osetia: {}}", "territories.south_osetia", "south_ossetia"),
        ("parents: {gorgia: {grievance: 0.6}}", "parents.gorgia", "georgia"),
        ("west: {voices: {nto: {}}}", "west.voices.nto", "nato"),
        ("projects: {railwy: {}}", "projects.railwy", "railway"),
        ("territories: {abkhazia: {public: {strata: {abkaz: {}}}}}", "territories.abkhazia.public.strata.abkaz", "abkhaz"),
        ("policies: {swalow: {patron: {forbidden: []}}}", "policies.swalow", "swallow"),
        ("events: [{name: Crimae, size: 2}]", "events.Crimae", "Crimea"),
        (f"events: [{{name: crimea, {MOVES}}}]", "events.crimea", "Crimea"),
        (f"events: [{{name: slump in Rusia, {MOVES}}}]", "events.slump in Rusia", "slump in Russia"),
    ],
)
def test_a_member_called_almost_like_an_inherited_one_is_asked_about(load, text, key, meant):
    with pytest.raises(InputError) as refused:
        load(text)
    (problem,) = refused.value.problems
    assert (problem.key, problem.line) == (key, 2)
    assert problem.message.startswith(f"adds one beside {meant!r}; did you mean that?")


def test_a_member_that_has_a_name_or_is_called_otherwise_is_meant(load):
    assert load("west: {voices: {nto: {name: NTO}}}").entities["voice"][-1] == "nto"
    assert load("west: {voices: {osce: {}}}").entities["voice"][-1] == "osce"


def test_an_event_and_a_policy_that_say_what_they_are_are_meant(load):
    assert len(load(f"events: [{{name: slump in Moldova, {MOVES}}}]").events) == 7
    assert len(load(f"events: [{{name: Crimae, description: another one, {MOVES}}}]").events) == 7
    assert "swalow" in load("policies: {swalow: {description: ask for less, patron: {forbidden: []}}}").policies


@pytest.mark.parametrize(
    ("text", "where", "meant"),
    [
        ("parent: {grievance: 0,5}", "parent: ", "0.5"),
        ("parent:\n  grievance: 0,5", "parent.grievance: ", "0.5"),
        ("parent: {grievance: {from: 0,2, to: 1}}", "parent.grievance: ", "0.2"),
        ("parent: {grievance: '1.000,25'}", "parent.grievance: ", "1000.25"),
        ("events: [{name: a, when: 'parents.georgia.tension > 0,5', shock: {parents.georgia.tension: 0.1}}]", "when: ", "0.5"),
    ],
)
def test_a_decimal_comma_is_explained(load, text, where, meant):
    with pytest.raises(InputError, match=f"{where}.*; with a decimal point that is {meant}"):
        load(text)


def test_a_colon_without_a_space_is_explained(load):
    with pytest.raises(InputError, match="write a space after the colon: from: 0"):
        load("parent: {grievance: {from:0, to: 1}}")
