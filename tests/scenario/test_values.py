"""The content of a loaded scenario, values given from outside, and writing: what is written is read back as it was."""

import pickle

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from frozen_conflict_sim.engine.arrays.state import WorldState
from frozen_conflict_sim.engine.random_streams import RandomStreams
from frozen_conflict_sim.scenario import InputError, Scenario, load_scenario, scenario_from, settings
from frozen_conflict_sim.scenario.describe import parameter_rows, summary


def test_it_is_a_setting_that_runs(folder, declared):
    scenario = folder.load()
    world = WorldState(declared, scenario, RandomStreams(1, range(3)))
    ask_cool_down, prestige = world.values["ask_cool_down"], world.weights["patron", "prestige"]
    assert ask_cool_down.shape == prestige.shape == (1, 3)
    assert ((ask_cool_down >= 1) & (ask_cool_down <= 2)).all(), "the policy in force mandates it"
    assert ((prestige >= 0.2) & (prestige <= 0.9)).all()
    assert world.categories["policy", "moscow"] == "salami"


def test_who_takes_part(folder):
    scenario = folder.load()
    assert isinstance(scenario, Scenario)
    assert (scenario.start, scenario.turns) == ((2014, 1), 40)
    assert scenario.entities["patron"] == ("moscow",)
    assert scenario.entities["voice"] == ("nato", "eu")
    assert scenario.entities["stratum"] == ("abkhazia.abkhaz", "abkhazia.armenian", "south_ossetia.ossetian")
    assert scenario.belongs["stratum", "territory"] == (0, 0, 1)
    assert scenario.belongs["project", "territory"] == (0,)
    assert scenario.names["georgia"] == "Tbilisi"
    assert scenario.names["south_ossetia"] == "South Ossetia"
    assert scenario.names["abkhazia.elite"] == "Sukhumi"


@pytest.mark.parametrize(("name", "column"), [("Ankara", "ankara"), ("Москва", "patron"), ("Ереван (Yerevan)", "yerevan")])
def test_a_patron_may_have_a_name_in_any_script(folder, georgia, name, column):
    scenario = folder.load_text(georgia.replace("name: Moscow", f"name: {name}"))
    assert scenario.entities["patron"] == (column,)
    assert scenario.names[column] == name


def test_values_keep_their_law_evidence_and_stream(folder):
    values = folder.load().values
    stake = values["territory", "abkhazia", "stake", ""]
    assert (stake.law, stake.fixed, stake.source, stake.grade, stake.verified) == (
        "fixed",
        0.6,
        "An article.",
        "documented",
        True,
    )
    assert values["patron", "moscow", "prestige", ""].numbers == (0.2, 0.9)
    assert values["patron", "moscow", "prestige", ""].stream == "patron.incentives.prestige"
    assert values["parent", "georgia", "economy", ""].stream == "parent.economy"
    assert values["public", "abkhazia", "autonomy_minded_share", ""].law == "lognormal"


def test_events_in_turns_and_addresses(folder):
    recession, slide, crisis, fury = folder.load().events
    economy = ("parent", "georgia", "economy", "")
    assert (recession.kind, recession.first, recession.shock, recession.grade) == ("scheduled", 4, {economy: -0.3}, "estimated")
    assert (slide.kind, slide.first, slide.last, slide.shock) == ("trend", 3, 5, {economy: -0.02})
    assert (crisis.kind, crisis.hazard, crisis.first, crisis.last) == ("random", 0.03, 0, 39)
    assert (fury.kind, fury.when, fury.once) == ("conditional", (("parent", "georgia", "alienation", ""), ">", 0.8), True)


def test_a_shock_to_one_wins_over_a_shock_to_all(folder, georgia):
    text = georgia.replace("{parent.economy: -0.3}", "{territories.abkhazia.agreed.law: 0.1, territory.agreed.law: 0.2}")
    shock = folder.load_text(text).events[0].shock
    assert shock == {("territory", "abkhazia", "agreed", "law"): 0.1, ("territory", "south_ossetia", "agreed", "law"): 0.2}


def test_policies_are_mandates(folder):
    salami, swallow = folder.load().policies.values()
    assert salami.forbidden == ("patron.toward_territory.raise_subsidy",)
    assert swallow.mandatory == ("patron.toward_territory.ask",)
    assert salami.values["patron", "moscow", "ask_cool_down", ""].numbers == (1.0, 2.0)
    assert salami.values["patron", "moscow", "ask_cool_down", ""].stream == "patron.ask_cool_down"


def test_what_is_given_wins_over_all_files(folder):
    changed = folder.load().with_values({"parent.grievance": 1.5, "parent.channels": "off", "quarters": 8}, folder.declared)
    assert changed.values["parent", "georgia", "grievance", ""].fixed == 1.5
    assert changed.values["parent", "georgia", "channels", ""].fixed == "off"
    assert (changed.turns, [event.name for event in changed.events]) == (8, ["recession", "slide", "crisis", "fury"])
    assert folder.load("georgia.yaml", {"parent.grievance": 1.5, "parent.channels": "off", "quarters": 8}) == changed
    again = changed.with_values({"parents.georgia.grievance": {"from": 0, "to": 1}}, folder.declared)
    assert again.values["parent", "georgia", "grievance", ""].law == "between"
    assert again.turns == 8
    last = again.with_values({"parent.grievance": 0.1}, folder.declared)
    assert last.values["parent", "georgia", "grievance", ""].fixed == 0.1


@pytest.mark.parametrize(
    ("values", "message"),
    [
        (
            {"parent.grievence": 1},
            "given: parent.grievence: 'parent.grievence' addresses nothing; did you mean 'parent.grievance'?",
        ),
        ({"territories.adjara.stake": 1}, "given: territories.adjara.stake: 'territories.adjara.stake' addresses nothing"),
        ({"parent.grievance": 9}, "given: parent.grievance: expected 0 to 2 (index), found 9"),
        ({"parent.grievance": True}, "given: parent.grievance: expected a number, 0 to 2 (index), found true"),
        (
            {"parent.grievance": float("nan")},
            "given: parent.grievance: expected a finite number, a word, a map or a list, found nan",
        ),
        ({"parent.grievance": object}, "given: parent.grievance: expected a finite number, a word, a map or a list"),
        ({"parent.channels": False}, "given: parent.channels: expected one of on, off, found false"),
        ({"patron.policy": "salamy"}, "given: patron.policy: expected one of own_judgement, salami, swallow, found 'salamy'"),
        ({"quarters": 0}, "given: quarters: expected a whole number from 1 to 400 (quarters), found 0"),
        ({"events": []}, "given: events: 'events' addresses nothing"),
    ],
)
def test_what_is_given_is_checked_like_a_file(folder, values, message):
    with pytest.raises(InputError) as caught:
        folder.load().with_values(values, folder.declared)
    assert str(caught.value).startswith(message)


def test_settings_of_a_command_line():
    assert settings(["a.b=0.5", "c=off", "d={from: 0, to: 1}", "e=null", "f=2014-01"]) == {
        "a.b": 0.5, "c": "off", "d": {"from": 0, "to": 1}, "e": None, "f": "2014-01",
    }  # fmt: skip
    for pair in ("a", "=1", "a=[", "a=&x 1", "a=.nan", "a=!!python/name:os.system x"):
        with pytest.raises(InputError, match="--set"):
            settings([pair])


def test_it_is_written_as_it_was_read(folder):
    scenario = folder.load()
    again = folder.load_text(scenario.to_yaml(folder.declared))
    assert again == scenario
    assert again.to_yaml(folder.declared) == scenario.to_yaml(folder.declared)


@pytest.mark.parametrize(
    "title", ["no", "1e3", "010", "12:30", "a: b", "# x", "'", '"', "- a", "null", "é → 👍", "x" * 300, " y "]
)
def test_awkward_texts_are_written_safely(folder, title):
    scenario = folder.load().with_values({"title": title}, folder.declared)
    assert folder.load_text(scenario.to_yaml(folder.declared)).title == title


NUMBERS = st.floats(0, 2) | st.integers(0, 2) | st.fixed_dictionaries({"from": st.floats(0, 1), "to": st.floats(1, 2)})
NORMALS = st.fixed_dictionaries({"normal": st.tuples(st.floats(0, 2), st.floats(1e-300, 2)).map(list)})
KEYS = ("parent.grievance", "parents.georgia.grievance", "patron.incentives.prestige", "policies.salami.patron.ask_cool_down")


@given(st.dictionaries(st.sampled_from(KEYS), NUMBERS | NORMALS), st.integers(1, 60))
def test_any_change_is_written_as_it_was_made(tmp_path_factory, declared, georgia, values, turns):
    path = tmp_path_factory.mktemp("round") / "georgia.yaml"
    path.write_text(georgia)
    scenario = load_scenario(path, values | {"quarters": turns}, declared=declared)
    path.write_text(scenario.to_yaml(declared))
    assert load_scenario(path, declared=declared) == scenario


def test_it_can_be_given_as_data(folder, declared):
    scenario = folder.load()
    data = yaml.safe_load(scenario.to_yaml(declared))
    assert scenario_from(data, declared=declared) == scenario
    wrong = (
        {"quarters": "many"},
        {"extends": "georgia_2014"},
        {"quarters": 10**5000},
        {"title": None},
        {3: 4},
        {"play": object()},
    )
    for change in wrong:
        with pytest.raises(InputError, match=r"^given: "):
            scenario_from(data | change, declared=declared)
    with pytest.raises(InputError, match="expected a scenario"):
        scenario_from([data], declared=declared)


def test_it_travels_to_workers(folder):
    scenario = folder.load()
    travelled = pickle.loads(pickle.dumps(scenario))
    assert travelled == scenario
    assert travelled.with_values({"quarters": 3}, folder.declared).turns == 3


def test_every_parameter_has_a_row(folder, declared):
    rows = {row.key: row for row in parameter_rows(declared)}
    assert rows["parent.grievance"].value == "0.5"
    assert rows["parent.grievance"].bounds == "0 to 2"
    assert rows["patron.incentives.prestige"].grade == "estimated"
    assert rows["patron.asks.law"].default == "0.4"
    assert rows["elite.ruling"].bounds == "one of the factions"
    assert {row.key for row in parameter_rows(declared, grade="documented")} == {"public.autonomy_minded_share"}
    assert (
        len(rows) == sum(len((getattr(q, "by", "") and declared.items[q.by]) or [1]) for q in declared.quantities.values()) + 2
    )


def test_rows_of_a_scenario_show_what_it_gives(folder, declared):
    rows = {row.key: row for row in parameter_rows(declared, folder.load())}
    assert rows["patron.incentives.prestige"].value == "0.2 to 0.9"
    assert rows["territories.abkhazia.stake"].verified
    assert rows["territory.stake"].set_by == "default"
    assert "parent.grievance" not in rows
    assert rows["parents.georgia.grievance"].value == "0.7"
    assert rows["parent.economy"].value == "normal, mean 0, sd 0.1"


def test_the_summary_says_who_when_and_how_well_known(folder, declared):
    text = summary(declared, folder.load())
    for words in (
        "2014-Q1 to 2023-Q4",
        "Moscow",
        "Abkhazia (Abkhaz, Armenian)",
        "1 documented",
        "4 uncertain",
        "salami",
        "recession",
    ):
        assert words in text
