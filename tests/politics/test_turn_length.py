"""The length of a turn: calendar time and all that is given by the quarter stay the same, whatever is played."""

from dataclasses import replace

import numpy as np
import pytest

import frozen_conflict_sim as fcs
from frozen_conflict_sim.engine.declare.parameter import Quantity
from frozen_conflict_sim.engine.setting import Event
from frozen_conflict_sim.engine.time_step import MONTHS, by_the_quarter, quarters
from frozen_conflict_sim.experiment.load import load_experiment
from frozen_conflict_sim.experiment.store.verify import verify
from frozen_conflict_sim.model.model import FrozenConflictModel
from frozen_conflict_sim.politics.catalogue import declared
from frozen_conflict_sim.record.matching import scenarios_to_score
from frozen_conflict_sim.scenario import InputError, load_scenario, scenario_from
from frozen_conflict_sim.scenario.write import tree_of

LENGTHS = tuple(MONTHS)
OTHERS = ("half_year", "month")
YEARS = 6

# Far from where they would come to rest, so that there is something to fade.
DISPLACED = {
    "patron": {"sanctions": 0.6, "condemnation": 0.8, "recent_force": 0.9, "budget_pressure": 0.8, "prestige_climate": 0.9},
    "parent": {
        "alienation": 0.8, "acceptance": 0.5, "outrage": 0.8, "recent_integration": 0.5, "public_opinion": 0.4, "tension": 0.7,
        "reception_of_patron": 0.9, "western_support": 0.7, "economy": -0.5, "hardline_share": 0.6,
    },
    "territory": {
        "programme": 400, "committed_money": 300, "engagement": 0.6, "western_engagement": 0.6, "treaty_template": 0.8,
        "recognisers": 12,
    },
    "elite": {"suppression": 0.5, "bid_refused": 0.8, "red_line_pressure": 0.3},
}  # fmt: skip
FADING = {f"{role}.{name}": value for role, states in DISPLACED.items() for name, value in states.items()}


@pytest.fixture(scope="module")
def nobody_acts():
    """The Georgian conflict in which nothing but time does anything: no events, and every act closed."""
    tree, closed = tree_of(load_scenario("georgia_2014"), declared), {}
    for decision in declared.decisions.values():
        acts = [f"{decision.name}.{option.name}" for option in decision.options if not option.nothing]
        closed.setdefault(decision.role.name, {"forbidden": []})["forbidden"] += acts
    tree["policies"] = {"nobody_acts": {"description": "Nobody acts.", **closed}}
    tree["patron"]["policy"] = "nobody_acts"
    tree["events"] = []
    values = {
        "public.residents": 50,
        "quarters": 4 * YEARS,
        "territory.recognition_loss_rate": 0.03,
        "parent.protest_against_patron_hazard": 0.0,
    }
    return scenario_from(tree).with_values({**values, "parent.clash_hazard": 0.0, "parent.quarters_to_vote": 80, **FADING})


@pytest.fixture(scope="module")
def courses(nobody_acts):
    """Every course by length, at the end of each year, shape (run, year); and how many votes there were, shape (run,)."""
    found = {}
    for turn in LENGTHS:
        model = FrozenConflictModel(nobody_acts.with_values({"play.time_step": turn}), runs=400, seed=3).run_to_end()
        ends = np.arange(1, YEARS + 1) * model.setting.turns // YEARS - 1
        found[turn] = {name: values[:, ends] for name, values in model.trajectories().items()}
        found[turn] |= {name: values for name, values in model.outcomes().items() if name.endswith(".votes_held")}
    return found


@pytest.mark.parametrize("turn", OTHERS)
@pytest.mark.parametrize(("key", "displaced"), FADING.items(), ids=list(FADING))
def test_what_fades_has_faded_as_far_after_as_many_years(courses, turn, key, displaced):
    usual = courses["quarter"]
    names = [name for name in usual if name.rpartition(".")[2] == key.rpartition(".")[2]]
    assert names
    for name in names:
        way = max(abs(displaced - usual[name].mean(axis=0)))
        assert np.allclose(courses[turn][name].mean(axis=0), usual[name].mean(axis=0), atol=0.04 * way), name


@pytest.mark.parametrize("turn", OTHERS)
@pytest.mark.parametrize(
    "name", ["abkhazia.subsidy_paid", "abkhazia.subsidy_expected", "abkhazia.implemented.law", "south_ossetia.perks"]
)
def test_what_follows_something_else_follows_it_as_fast(courses, turn, name):
    assert np.allclose(courses[turn][name].mean(axis=0), courses["quarter"][name].mean(axis=0), rtol=0.03)


@pytest.mark.parametrize("turn", OTHERS)
def test_what_wanders_wanders_as_far_and_votes_are_as_many(courses, turn):
    for name in ("nato.interest", "eu.interest"):
        assert courses[turn][name][:, -1].std() == pytest.approx(courses["quarter"][name][:, -1].std(), rel=0.15)
    for territory in ("abkhazia", "south_ossetia"):
        held = (courses[length][f"{territory}.votes_held"].mean() for length in (turn, "quarter"))
        assert next(held) == pytest.approx(next(held), rel=0.1)


@pytest.mark.parametrize("turn", LENGTHS)
def test_the_horizon_and_its_dates_are_the_same(turn):
    scenario = load_scenario("georgia_2014", {"play.time_step": turn})
    assert scenario.quarters == 40
    assert scenario.turns * quarters(turn) == 40
    assert scenario.date(0) in ("2014-Q1", "2014-01")
    assert scenario.date(scenario.turns - 1) == {"quarter": "2023-Q4", "half_year": "2023-Q3", "month": "2023-12"}[turn]
    assert scenario_from(tree_of(scenario, declared)) == scenario
    assert scenario.with_values({"play.time_step": "quarter"}).turns == 40


@pytest.mark.parametrize("turn", LENGTHS)
def test_events_keep_their_dates_and_what_they_come_to(turn):
    state = ("parent", "georgia", "economy", "")
    dated = Event("slump", "scheduled", {state: -0.3}, first=5, last=5).scaled(turn)
    assert dated.first == dated.last == {"quarter": 5, "half_year": 2, "month": 16}[turn]
    assert dated.shock == {state: -0.3}
    for first, last in ((0, 7), (1, 3), (3, 3)):
        trend = Event("decline", "trend", {state: -0.05}, first=first, last=last).scaled(turn)
        assert trend.shock[state] * (trend.last - trend.first + 1) == pytest.approx(-0.05 * (last - first + 1))
        assert trend.first * MONTHS[turn] <= 3 * first
        assert (trend.last + 1) * MONTHS[turn] >= 3 * (last + 1)
    chance = Event("luck", "random", {state: 0.1}, first=0, last=39, hazard=0.2).scaled(turn)
    assert (1 - chance.hazard) ** (chance.last - chance.first + 1) == pytest.approx(0.8**40)
    always = Event("strain", "conditional", {state: -0.1}, last=39, when=(state, "<", 0.0)).scaled(turn)
    assert always.shock[state] == pytest.approx(-0.1 * quarters(turn))
    assert replace(always, once=True, shock={state: -0.1}).scaled("quarter").shock == {state: -0.1}


def test_every_unit_of_time_says_what_becomes_of_it():
    units = {name: quantity for name, quantity in declared.quantities.items() if isinstance(quantity, Quantity)}
    assert not [name for name, quantity in units.items() if "turn" in quantity.unit]
    of_time = {name: quantity for name, quantity in units.items() if by_the_quarter(quantity.unit)}
    assert len(of_time) > 40
    assert not [name for name, quantity in of_time.items() if quantity.state], "what changes is played as it is declared"
    shares = [quantity for quantity in of_time.values() if quantity.unit == "per quarter"]
    assert all(quantity.low >= 0.0 and quantity.high <= 1.0 for quantity in shares), "a share compounds"


@pytest.mark.parametrize("turn", OTHERS)
def test_it_is_the_same_compiled_and_in_arrays(turn):
    scenario = load_scenario(
        "three_theatres_2014", {"public.residents": 50, "quarters": 6, "play.time_step": turn, "parent.channel_delay": 3}
    )
    tables = []
    for compiled in (True, False):
        model = FrozenConflictModel(scenario, runs=3, seed=7, compiled=compiled).run_to_end()
        tables.append(model.outcomes() | model.trajectories())
    assert all(np.array_equal(values, tables[1][name], equal_nan=True) for name, values in tables[0].items())


def test_a_value_that_differs_between_runs_is_told_as_it_was_given():
    given = {"patron.prestige_climate_decay_rate": {"from": 0.05, "to": 0.1}}
    told = [
        FrozenConflictModel(
            load_scenario("georgia_2014", {"quarters": 2, "play.time_step": turn, **given}), runs=5, seed=2
        ).drawn()
        for turn in LENGTHS
    ]
    assert len({tuple(each["patron.prestige_climate_decay_rate"]) for each in told}) == 1


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"play.time_step": "half_yaer"}, "did you mean 'half_year'?"),
        ({"play.time_step": "half_year", "quarters": 25}, "25 quarters are no whole number of half-years; write 26"),
    ],
)
def test_a_length_that_cannot_be_played_is_told(values, says):
    with pytest.raises(InputError, match=says.replace("?", r"\?")):
        load_scenario("georgia_2014", values)


def test_the_record_is_counted_in_quarters():
    with pytest.raises(InputError, match="patterns of the record need turns of a quarter"):
        scenarios_to_score(["georgia_2014"], {"play.time_step": "half_year"})


@pytest.fixture(scope="module")
def mixed(tmp_path_factory):
    """A folder whose runs are played in turns of three lengths."""
    folder = tmp_path_factory.mktemp("mixed")
    (folder / "lengths.yaml").write_text(
        "question: Does the length of a turn matter?\nscenario: georgia_2014\n"
        "levers: {play.time_step: [quarter, half_year, month]}\ndesign: {kind: grid}\nreplicates: 2\n",
        "utf-8",
    )
    small = {"public.residents": 50, "quarters": 6}
    fcs.run_experiment(load_experiment(folder / "lengths.yaml", small), out=folder / "out")
    return folder / "out"


def test_runs_of_different_lengths_share_a_folder_and_are_told_by_date(mixed):
    assert verify(mixed).intact
    results = fcs.open_results(mixed)
    runs, courses = results.runs, results.trajectories["georgia.alienation"]
    assert results.scenario.time_step == "month"
    assert courses.shape == (6, 18)
    assert [str(date)[:7] for date in courses["date"].values[[0, 1, 17]]] == ["2014-01", "2014-02", "2015-06"]
    assert runs.groupby("play.time_step")["ended_quarter"].first().to_dict() == dict.fromkeys(
        ("half_year", "month", "quarter"), 6
    )
    for length, months in MONTHS.items():
        told = courses.values[(runs["play.time_step"] == length).to_numpy()]
        assert np.ptp(told.reshape(2, -1, months), axis=2).max() == 0
        assert (np.diff(told[:, ::months], axis=1) != 0).all()


def test_a_picture_of_different_lengths_shows_quarters(mixed):
    ax = fcs.plots.fan(fcs.open_results(mixed), "georgia.alienation")
    assert [label.get_text() for label in ax.get_xticklabels()] == ["2014", "Q2", "Q3", "Q4", "2015", "Q2"]
