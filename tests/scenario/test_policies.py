"""Mandates in a policy: for some members, for some time, under conditions; and policies of several actors."""

import pytest

from frozen_conflict_sim.engine.setting import Mandate

ASK, RAISE = "patron.toward_territory.ask", "patron.toward_territory.raise_subsidy"
ALIENATION = ("parent", "georgia", "alienation", "")
SWALLOW = "mandatory: [toward_territory.ask]"
BASE = "extends: georgia.yaml\n"


@pytest.fixture
def mandates(folder, georgia):
    """The mandates of the policy swallow, with some entries in place of its own."""

    def read(entries, text=None):
        scenario = folder.load_text((text or georgia).replace(SWALLOW, f"mandatory: [{entries}]"))
        return scenario.policies["swallow"].mandatory

    return read


@pytest.mark.parametrize(
    ("entry", "mandate"),
    [
        ("{option: toward_territory.ask}", ASK),
        ("{option: toward_territory.ask, of: abkhazia}", Mandate(ASK, of=("abkhazia",))),
        ("{option: toward_territory.ask, of: [south_ossetia, abkhazia]}", Mandate(ASK, of=("abkhazia", "south_ossetia"))),
        ("{option: toward_territory.ask, from: 2014-10, until: 2016-01}", Mandate(ASK, first=3, last=8)),
        ("{option: toward_territory.ask, from: 2014-01, until: 2023-12}", ASK),
        ("{option: toward_territory.ask, until: 2014-Q1}", Mandate(ASK, last=0)),
        (
            "{option: toward_territory.ask, when: parents.georgia.alienation > 0.6}",
            Mandate(ASK, when=((ALIENATION, ">", 0.6),)),
        ),
        (
            "{option: toward_territory.ask, when: [parent.alienation <= 0.6, territories.abkhazia.agreed.law < 0.5]}",
            Mandate(ASK, when=((ALIENATION, "<=", 0.6), (("territory", "abkhazia", "agreed", "law"), "<", 0.5))),
        ),
        (
            "{option: toward_territory.ask, when: territory.agreed.law < 0.5}",
            Mandate(ASK, when=((("territory", "", "agreed", "law"), "<", 0.5),)),
        ),
    ],
)
def test_an_option_may_say_for_whom_when_and_under_which_conditions(mandates, entry, mandate):
    assert mandates(entry) == (mandate,)


def test_several_entries_for_one_option(mandates):
    first, second = mandates(
        "{option: toward_territory.ask, of: abkhazia, until: 2015-01}, {option: toward_territory.ask, from: 2016-01}"
    )
    assert (first.of, first.last, second.of, second.first) == (("abkhazia",), 4, None, 8)


def test_of_several_parents_a_condition_is_that_of_the_territorys_own(mandates, georgia):
    two = georgia.replace("parents:\n", "parents:\n  moldova: {name: Chisinau}\n")
    two = two.replace("  abkhazia:\n", "  abkhazia:\n    parent: georgia\n")
    two = two.replace("  south_ossetia:\n", "  south_ossetia:\n    parent: moldova\n")
    (mandate,) = mandates("{option: toward_territory.ask, when: parent.alienation > 0.6}", two)
    assert mandate.when == ((("parent", "", "alienation", ""), ">", 0.6),)


@pytest.mark.parametrize(
    ("entry", "key", "words"),
    [
        ("{▸of: abkhazia}", "[1].option", ["missing", "which option"]),
        ("▸{option: toward_territory.ask, form: 2014-01}", "[1].form", ["unknown key", "did you mean 'from'?"]),
        ("{option: ▸toward_territory.aks}", "[1].option", ["expected one of", "did you mean 'toward_territory.ask'?"]),
        ("{option: toward_territory.ask, ▸of: abkazia}", "[1].of", ["no territory of the name 'abkazia'", "mean 'abkhazia'?"]),
        ("{option: toward_territory.ask, ▸of: moscow}", "[1].of", ["known are abkhazia, south_ossetia"]),
        (
            "{option: toward_territory.ask, ▸from: 2013-01}",
            "[1].from",
            ["within the horizon, 2014-Q1 to 2023-Q4, found 2013-Q1"],
        ),
        ("{option: toward_territory.ask, ▸until: 2024-01}", "[1].until", ["within the horizon", "found 2024-Q1"]),
        ("{option: toward_territory.ask, ▸from: 2016-01, until: 2015-01}", "[1].from", ["after 'until'; exchange"]),
        ("{option: toward_territory.ask, from: ▸soon}", "[1].from", ["a month (2014-01)", "'soon'"]),
        ("{option: toward_territory.ask, ▸when: it rains}", "[1].when", ["a condition such as"]),
        ("{option: toward_territory.ask, ▸when: parent.alienaton > 0.5}", "[1].when", ["mean 'parent.alienation'"]),
        ("{option: toward_territory.ask, ▸when: parent.alienation > 5}", "[1].when", ["0 to 1 (index), found 5"]),
        ("{option: toward_territory.ask, ▸when: parent.grievance > 0.5}", "[1].when", ["stays as it is"]),
        ("▸3", "", ["expected one of toward_territory.ask"]),
    ],
)
def test_a_mistake_is_shown_with_its_key(folder, georgia, entry, key, words):
    problems = folder.problems(georgia.replace(SWALLOW, f"mandatory: [{entry.replace('▸', '')}]"))
    assert [found for _, found, _ in problems] == [f"policies.swallow.patron.mandatory{key}"]
    for word in words:
        assert word in problems[0][2]


def test_a_condition_on_members_of_another_level_names_one(folder, georgia):
    text = georgia.replace("alienation=", "")
    entry = "{option: toward_territory.ask, when: territory.agreed.law < 0.5}"
    voices = text.replace(SWALLOW, "mandatory: [toward_territory.ask]").replace(
        '{when: "parents.georgia.alienation > 0.8"', '{when: "territory.agreed.law > 0.1"'
    )
    assert any("addresses 2; name one" in message for _, _, message in folder.problems(voices))
    assert folder.load_text(text.replace(SWALLOW, f"mandatory: [{entry}]"))


@pytest.mark.parametrize(
    ("entries", "words"),
    [
        ("mandatory: [toward_territory.ask], forbidden: [{option: toward_territory.ask}]", "cannot be forbidden and mandatory"),
        (
            "mandatory: [{option: toward_territory.ask, of: abkhazia}], "
            "forbidden: [{option: toward_territory.ask, of: abkhazia}]",
            "cannot be forbidden and mandatory at once",
        ),
        (
            "mandatory: [{option: toward_territory.ask, until: 2015-01}], forbidden: [toward_territory.ask]",
            "is forbidden always, so it is never mandatory",
        ),
    ],
)
def test_a_plain_contradiction_is_refused(folder, georgia, entries, words):
    ((_, key, message),) = folder.problems(georgia.replace(SWALLOW, entries))
    assert key == "policies.swallow"
    assert message.startswith("toward_territory.ask")
    assert words in message


def test_an_exception_is_no_contradiction(folder, georgia):
    entries = "mandatory: [toward_territory.ask], forbidden: [{option: toward_territory.ask, when: parent.alienation > 0.6}]"
    policy = folder.load_text(georgia.replace(SWALLOW, entries)).policies["swallow"]
    assert (policy.mandatory, policy.forbidden) == ((ASK,), (Mandate(ASK, when=((ALIENATION, ">", 0.6),)),))


def test_it_is_written_as_it_was_read(folder, georgia):
    entries = (
        "{option: toward_territory.ask, of: abkhazia, from: 2014-10, until: 2016-01, when: parent.alienation > 0.6},"
        "{option: toward_territory.ask, when: [territory.agreed.law < 0.5, parent.economy >= -0.25]},"
        "toward_territory.raise_subsidy"
    )
    scenario = folder.load_text(georgia.replace(SWALLOW, f"mandatory: [{entries}]"))
    again = folder.load_text(scenario.to_yaml(folder.declared))
    assert again == scenario
    assert RAISE in again.policies["swallow"].mandatory


def test_what_is_inherited_is_cut_at_the_horizon_and_goes_with_its_members(folder, georgia):
    entries = (
        "{option: toward_territory.ask, until: 2014-10}, {option: toward_territory.ask, from: 2014-07, until: 2015-10},"
        "{option: toward_territory.ask, of: abkhazia},"
        "{option: toward_territory.ask, when: territories.abkhazia.agreed.law < 0.5}"
    )
    folder.write("georgia.yaml", georgia.replace(SWALLOW, f"mandatory: [{entries}]"))
    child = folder.load_text(BASE + "start: 2015-01\nterritories: {abkhazia: null}\nprojects: null\nevents: []\n")
    assert child.policies["swallow"].mandatory == (Mandate(ASK, last=3),)


def test_values_from_outside_may_mandate(folder):
    entry = {"option": "toward_territory.ask", "of": "abkhazia"}
    scenario = folder.load().with_values({"policies.swallow.patron.mandatory": [entry]}, folder.declared)
    assert scenario.policies["swallow"].mandatory == (Mandate(ASK, of=("abkhazia",)),)
