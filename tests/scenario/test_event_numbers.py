"""Numbers of events: uncertain, absent, of another size; and changes of inherited events in part."""

import numpy as np
import pytest

from frozen_conflict_sim.engine.arrays.state import WorldState
from frozen_conflict_sim.engine.random_streams import RandomStreams
from frozen_conflict_sim.engine.setting import Value
from frozen_conflict_sim.scenario import InputError
from frozen_conflict_sim.scenario.addresses import addresses_in
from frozen_conflict_sim.scenario.describe import summary

BASE = "extends: georgia.yaml\n"
RECESSION = "at: 2015-01, name: recession, shock: {parent.economy: -0.3}"
ECONOMY = ("parent", "georgia", "economy", "")


def number(name, *, event="recession", item=""):
    return "event", event, name, item


@pytest.fixture
def recession(folder, georgia):
    """The scenario with another recession."""
    return lambda text: folder.load_text(georgia.replace(RECESSION, text))


def test_an_event_may_have_another_size_or_be_absent(recession):
    event = recession(RECESSION + ", size: 1.5, present: false").events[0]
    assert (event.size, event.present, event.shock) == (1.5, False, {ECONOMY: -0.3})


@pytest.mark.parametrize(
    ("text", "address", "law", "numbers"),
    [
        (RECESSION + ", size: {from: 0.5, to: 1.5}", number("size"), "between", (0.5, 1.5)),
        (RECESSION + ", size: {lognormal: [1.0, 0.2]}", number("size"), "lognormal", (1.0, 0.2)),
        (RECESSION + ", present: {choices: [true, false]}", number("present"), "choices", (1.0, 0.0)),
        (RECESSION.replace("2015-01", "{from: 2014-10, to: 2015-04}"), number("at"), "choices", (2014.75, 2015.0, 2015.25)),
        (RECESSION.replace("2015-01", "{choices: [2014-Q1, 2016-03]}"), number("at"), "choices", (2014.0, 2016.0)),
        (
            RECESSION.replace("-0.3", "{from: -0.5, to: -0.1}"),
            number("shock", item="parents.georgia.economy"),
            "between",
            (-0.5, -0.1),
        ),
        (
            RECESSION.replace("at: 2015-01", "hazard: {normal: [0.1, 0.05]}"),
            number("hazard"),
            "normal",
            (0.1, 0.05),
        ),
    ],
)
def test_a_number_of_an_event_may_be_uncertain(folder, recession, text, address, law, numbers):
    scenario = recession(text)
    found = {at: value for at, value in scenario.values.items() if at[0] == "event"}
    assert list(found) == [address]
    assert (found[address].law, found[address].numbers) == (law, numbers)
    key = addresses_in(folder.declared, scenario)[found[address].stream].key
    assert key == found[address].stream
    assert key in summary(folder.declared, scenario)
    assert folder.load_text(scenario.to_yaml(folder.declared)) == scenario


def test_a_shock_to_all_is_drawn_once_for_all(folder, georgia):
    two = georgia.replace("parents:\n", "parents:\n  moldova: {name: Chisinau}\n")
    two = two.replace("  abkhazia:\n", "  abkhazia:\n    parent: georgia\n").replace(
        "  south_ossetia:\n", "  south_ossetia:\n    parent: moldova\n"
    )
    scenario = folder.load_text(two.replace("{parent.economy: -0.3}", "{parent.economy: {from: -0.5, to: -0.1}}"))
    world = WorldState(folder.declared, scenario, RandomStreams(1, range(20)))
    drawn = [world.event_numbers[number("shock", item=f"parents.{name}.economy")] for name in ("georgia", "moldova")]
    assert np.array_equal(*drawn)
    assert len(np.unique(drawn[0])) == 20
    assert folder.load_text(scenario.to_yaml(folder.declared)) == scenario


def test_an_uncertain_number_has_its_middle_where_none_is_drawn(recession):
    event = recession(RECESSION.replace("2015-01", "{from: 2014-10, to: 2015-04}") + ", size: {from: 0.5, to: 2.5}").events[0]
    assert (event.first, event.size) == (4, 1.5)


@pytest.mark.parametrize(
    ("text", "key", "words"),
    [
        ("size: 99", "events.recession.size", ["0 to 10 (ratio)", "found 99"]),
        ("size: {from: 2, to: 1}", "events.recession.size.from", ["2 lies above 'to', 1"]),
        ("present: 1", "events.recession.present", ["true or false", "found 1"]),
        ("present: {from: true, to: false}", "events.recession.present", ["true or false", "choices"]),
    ],
)
def test_a_mistake_is_shown_where_it_stands(folder, georgia, text, key, words):
    problems = folder.problems(georgia.replace(RECESSION, f"{RECESSION}, {text}"))
    message = next(message for _, found, message in problems if found == key)
    for word in words:
        assert word in message


@pytest.mark.parametrize(
    ("old", "new", "key", "words"),
    [
        ("2015-01", "{from: 2013-10, to: 2015-04}", "events.recession.at", ["2014-Q1 to 2023-Q4, found 2013-Q4"]),
        ("2015-01", "{from: 2015-10, to: 2015-04}", "events.recession.at.from", ["2015-Q4 lies above 'to', 2015-Q2"]),
        ("2015-01", "{normal: [2015, 1]}", "events.recession.at", ["a date", "{from: …, to: …}"]),
        ("-0.3", "{from: -3, to: 0}", "events.recession.shock.parent.economy.from", ["-2 to 2 (index)", "found -3"]),
        ("parent.economy: -0.3", "parent.econmy: {from: -1, to: 0}", "events.recession.shock.parent.econmy", ["did you mean"]),
    ],
)
def test_a_distribution_is_checked(folder, georgia, old, new, key, words):
    problems = folder.problems(georgia.replace(RECESSION, RECESSION.replace(old, new)))
    message = next(message for _, found, message in problems if found == key)
    for word in words:
        assert word in message


def test_two_events_of_one_key_are_refused(folder, georgia):
    problems = folder.problems(georgia.replace("name: slide", "name: Recession!"))
    assert [(key, "its key in studies is 'recession'" in message) for _, key, message in problems] == [
        ("events.Recession!", True)
    ]


def test_an_entry_that_says_no_shock_changes_an_inherited_event_in_part(folder):
    child = folder.load_text(
        BASE + "events:\n  - {name: recession, at: 2016-01, size: 0.5}\n  - {name: fury, present: false}\n"
    )
    assert [event.name for event in child.events] == ["recession", "slide", "crisis", "fury"]
    recession, _, _, fury = child.events
    assert (recession.first, recession.size, recession.shock, recession.source) == (8, 0.5, {ECONOMY: -0.3}, "The press.")
    assert (fury.present, fury.once) == (False, True)


def test_null_takes_a_part_of_an_inherited_event_away(folder):
    child = folder.load_text(
        BASE + "events: [{name: crisis, description: null}, {name: recession, source: null, grade: null}]\n"
    )
    assert (child.events[2].description, child.events[0].source, child.events[0].grade) == ("", "", "assumed")


def test_an_entry_that_changes_nothing_inherited_is_incomplete(folder):
    ((_, key, message),) = folder.problems(BASE + "events: [{name: downturn, size: 0.5}]\n")
    assert key == "events.downturn"
    assert "found none of these" in message


def test_two_entries_on_one_inherited_event_are_refused(folder):
    problems = folder.problems(BASE + "events:\n  - {name: crisis, size: 0.5}\n  - {name: crisis, present: false}\n")
    assert problems == [("4:5", "events.crisis", "an event on line 3 has this name; put the two together")]


def test_an_inherited_date_outside_the_horizon_is_dropped(folder, georgia):
    text = georgia.replace(RECESSION, RECESSION.replace("2015-01", "{choices: [2014-03, 2014-06, 2015-06]}"))
    folder.write("georgia.yaml", text)
    child = folder.load_text(BASE + "start: 2014-04\n")
    assert child.values[number("at")].numbers == (2014.25, 2015.25)
    assert any("can also fall outside the horizon" in note for note in child.notes)
    later = folder.load_text(BASE + "start: 2016-01\n")
    assert "recession" not in [event.name for event in later.events]
    assert not [address for address in later.values if address[0] == "event"]


@pytest.mark.parametrize("key", ["events.recession", "events.Recession", "events.'recession'"])
def test_events_are_changed_from_outside_by_name_or_by_key(folder, key):
    values = {f"{key}.size": 0.5, f"{key}.at": "2016-03", f"{key}.present": False, f"{key}.shock.parent.economy": -0.1}
    scenario = folder.load().with_values(values, folder.declared)
    event = scenario.events[0]
    assert (event.size, event.first, event.present, event.shock) == (0.5, 8, False, {ECONOMY: -0.1})
    again = scenario.with_values({f"{key}.present": True, f"{key}.size": {"from": 0, "to": 1}}, folder.declared)
    assert (again.events[0].present, again.events[0].first) == (True, 8)
    assert again.values[number("size")] == Value("between", (0.0, 1.0), stream="events.recession.size")


def test_a_name_with_spaces_and_one_in_another_script(folder, georgia):
    named = georgia.replace("name: slide", "name: fall of the rouble").replace("name: crisis", "name: Крым")
    scenario = folder.load_text(named).with_values(
        {"events.fall of the rouble.size": 2, "events.fall_of_the_rouble.present": False, "events.Крым.hazard": 0.5},
        folder.declared,
    )
    assert [(event.size, event.present, event.hazard) for event in scenario.events[1:3]] == [
        (2.0, False, 1.0),
        (1.0, True, 0.5),
    ]


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"events.recesion.size": 1}, "'events.recesion.size' addresses nothing; did you mean 'events.recession.size'?"),
        ({"events.recession.sise": 1}, "events.recession.sise: unknown key; did you mean 'size'?"),
        ({"events.recession": 1}, "expected a map such as {size: 0.5}, found 1"),
        ({"events.recession.at": "2024-03"}, "expected a date within the horizon, 2014-Q1 to 2023-Q4, found 2024-Q1"),
        ({"events.slide.at": "2015-03"}, "expected {at, shock} (scheduled)"),
        ({"events.recession.shock.parent.grievance": 0.1}, "an event moves what changes during a run"),
    ],
)
def test_a_wrong_change_from_outside_is_refused(folder, values, message):
    with pytest.raises(InputError) as caught:
        folder.load().with_values(values, folder.declared)
    assert message in str(caught.value)
