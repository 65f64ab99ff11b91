"""Events as levers and uncertainties of an experiment: by name or by key, with dates, presence, size, hazard and shocks."""

import pytest

from frozen_conflict_sim.engine.setting import Value
from frozen_conflict_sim.experiment.load import load_experiment
from frozen_conflict_sim.experiment.spec import Range
from frozen_conflict_sim.scenario import InputError, load_scenario

TEXT = """\
question: What if there had been no Crimea?
scenario: georgia_2014
levers:
  events.Crimea.at: [2014-03, 2016-03]
  events.sanctions over Ukraine.present: [true, false]
uncertainties:
  events.Crimea.size: {from: 0.5, to: 1.5}
  events.slump_in_georgia.at: {from: 2014-10, to: 2015-06}
  events.Crimea.shock.patron.attention: {from: -1, to: 0}
design: {kind: sobol, points: 4}
compare_with:
  later: {events.fall of the rouble.present: false, events.crisis elsewhere.hazard: 0.1}
keep: []
"""


def test_an_event_is_addressed_by_its_name_or_by_its_key(desk):
    read = desk.load(TEXT)
    assert read.levers == {"events.crimea.at": (2014.0, 2016.0), "events.sanctions_over_ukraine.present": (1.0, 0.0)}
    assert {key: (value.law, value.numbers) for key, value in read.uncertainties.items()} == {
        "events.crimea.size": ("between", (0.5, 1.5)),
        "events.slump_in_georgia.at": ("choices", (2014.75, 2015.0, 2015.25)),
        "events.crimea.shock.patron.attention": ("between", (-1.0, 0.0)),
    }
    assert read.arms == {"later": {"events.fall_of_the_rouble.present": 0.0, "events.crisis_elsewhere.hazard": 0.1}}


def test_it_is_written_with_dates_and_loads_back(desk):
    read = desk.load(TEXT)
    text = read.to_yaml()
    assert "2016-Q1" in text
    assert "events.sanctions_over_ukraine.present:\n    - true\n    - false" in text
    assert "events.fall_of_the_rouble.present: false" in text
    assert desk.load(text) == read


def test_a_range_of_dates_is_every_quarter_in_it(desk):
    read = desk.load(TEXT.replace("[2014-03, 2016-03]", "{from: 2014-10, to: 2015-06}"))
    assert read.levers["events.crimea.at"] == (2014.75, 2015.0, 2015.25)
    read = desk.load(TEXT.replace("events.Crimea.at: [2014-03, 2016-03]", "events.Crimea.size: {from: 0, to: 2}").replace(
        "  events.Crimea.size: {from: 0.5, to: 1.5}\n", ""))  # fmt: skip
    assert read.levers["events.crimea.size"] == Range(0.0, 2.0)


def test_an_arm_without_a_name_is_named_after_what_it_sets(desk):
    one = "compare_with: {events.crisis elsewhere.present: false}\n"
    read = desk.load(TEXT[: TEXT.index("compare_with")] + one)
    assert list(read.arms) == ["events.crisis_elsewhere.present=false"]


@pytest.mark.parametrize(
    ("old", "new", "key", "words"),
    [
        ("events.Crimea.at", "events.Crimae.at", "levers.events.Crimae.at", ["did you mean 'events.crimea.at'?"]),
        ("events.Crimea.at", "events.Crimea.on", "levers.events.Crimea.on", ["addresses nothing"]),
        ("[2014-03, 2016-03]", "[2014-03, 2034-03]", "levers.events.Crimea.at", ["a date, 2014-Q1 to 2023-Q4", "2034-Q1"]),
        ("[2014-03, 2016-03]", "[2014, 2016]", "levers.events.Crimea.at", ["a year's first quarter is 2014-Q1"]),
        ("[2014-03, 2016-03]", "{from: 2016-03, to: 2014-03}", "levers.events.Crimea.at.from", ["2016-Q1 is not below 'to'"]),
        ("[2014-03, 2016-03]", "{from: 2014-03, to: 2016-03, levels: 3}", "levers.events.Crimea.at.levels", ["every quarter"]),
        ("[2014-03, 2016-03]", "[2014-01, 2014-03]", "levers.events.Crimea.at", ["is listed twice"]),
        ("[true, false]", "[true, 0]", "levers.events.sanctions over Ukraine.present", ["true or false", "found 0"]),
        ("[true, false]", "{from: false, to: true}", "levers.events.sanctions over Ukraine.present", ["a list of values"]),
        ("{from: 0.5, to: 1.5}", "{from: 0.5, to: 99}", "uncertainties.events.Crimea.size.to", ["0 to 10 (ratio), found 99"]),
        ("{from: -1, to: 0}", "{from: -3, to: 0}", "uncertainties.events.Crimea.shock.patron.attention.from", ["-1 to 1"]),
        ("rouble.present: false", "rouble.present: true", "compare_with.later", ["the scenario has", "present: true"]),
        (
            "  events.Crimea.size: {from: 0.5, to: 1.5}\n",
            "  events.Crimea.size: {from: 0.5, to: 1.5}\n  events.crimea.size: {from: 0, to: 1}\n",
            "uncertainties.events.crimea.size",
            ["is set twice"],
        ),
    ],
)
def test_a_mistake_is_shown_where_it_stands(desk, old, new, key, words):
    assert old in TEXT
    text = TEXT.replace(old, new)
    if "rouble" in old:
        text = text.replace(", events.crisis elsewhere.hazard: 0.1", "")
    problems = desk.problems(text)
    message = next(message for _, found, message in problems if found == key)
    for word in words:
        assert word in message


def test_points_in_a_table_may_be_dates(desk):
    (desk.path / "points.csv").write_text("events.Crimea.at,events.crimea.present\n2014-Q3,true\n2015-01,false\n")
    text = "question: Which?\nscenario: georgia_2014\ndesign: {kind: file, path: points.csv}\nkeep: []\n"
    read = desk.load(text)
    assert read.design.table == {"events.crimea.at": (2014.5, 2015.0), "events.crimea.present": (1.0, 0.0)}


def test_an_event_is_set_from_outside_unless_the_experiment_varies_it(desk):
    assert desk.load(TEXT, {"events.slump in Russia.size": 0.5}).scenario.events[3].size == 0.5
    ((_, key, message),) = desk.problems(TEXT, {"events.Crimea.at": "2015-03"})
    assert key == "events.crimea.at"
    assert "this has no effect, since events.crimea.at is set under levers" in message


def test_the_shipped_placebo_has_the_event_as_a_lever():
    read = load_experiment("placebo_crimea")
    assert read.levers == {"events.crimea.at": (2014.0, 2016.0)}
    assert read.arms["no_crimea"] == {"events.crimea.present": 0.0, "events.sanctions_over_ukraine.present": 0.0}


def test_by_grade_leaves_events_alone(desk):
    text = "question: Which?\nscenario: georgia_2014\nuncertainties: {by_grade: {assumed: 0.5}}\ndesign: {kind: sobol}\n"
    assert not [key for key in desk.load(text).uncertainties if key.startswith("events.")]


def test_what_the_scenario_leaves_uncertain_is_inherited(desk):
    scenario = load_scenario("georgia_2014").with_values({"events.Crimea.size": {"from": 0, "to": 1}})
    assert scenario.values["event", "crimea", "size", ""] == Value("between", (0.0, 1.0), stream="events.crimea.size")
    with pytest.raises(InputError, match="2 lies above 'to', 1"):
        scenario.with_values({"events.Crimea.size": {"from": 2, "to": 1}})
