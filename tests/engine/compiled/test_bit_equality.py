"""Compiled turns and turns on arrays give the same results to the last bit."""

from dataclasses import replace

import numpy as np
import pytest

from frozen_conflict_sim.engine import cache
from frozen_conflict_sim.engine.compiled.run import machine_code
from frozen_conflict_sim.engine.setting import Event, Mandate, Policy, Value
from frozen_conflict_sim.model.back_end import program_of
from frozen_conflict_sim.model.model import FrozenConflictModel
from frozen_conflict_sim.scenario import load_scenario

FEW = {"public.residents": 60}

MOOD, MONEY = ("parent", "georgia", "alienation", ""), ("parent", "georgia", "economy", "")


def tables(scenario, runs, in_machine_code, turns=None, **more):
    model = FrozenConflictModel(scenario, runs=runs, seed=11, compiled=in_machine_code, **more)
    assert bool(model.compiled) == in_machine_code
    for _ in range(turns or 0):
        model.step()
    if not turns:
        model.run_to_end()
    found = {
        "outcomes": model.outcomes(),
        "trajectories": model.trajectories(),
        "decisions": model.decisions(),
        "drawn": model.drawn(),
        "fate": {"class": model.classes(), "ended": np.asarray(model.ended_turn)},
    }
    model.release()
    return found


def assert_equal(one, other):
    for name, table in one.items():
        assert table.keys() == other[name].keys()
        different = [
            column
            for column, values in table.items()
            if values.dtype != other[name][column].dtype or values.tobytes() != other[name][column].tobytes()
        ]
        assert different == [], name


SCENARIOS = ("georgia_2014", "abkhazia_2014", "what_if/accession_granted", "what_if/no_treaty", "donbas_2014")


@pytest.mark.parametrize("name", SCENARIOS)
def test_compiled_code_and_arrays_agree_on_scenarios(name):
    scenario = load_scenario(name)
    assert_equal(tables(scenario, 70, True), tables(scenario, 70, False))


VARIANTS = {
    "best response": {"play.choice_rule": "best_response"},
    "prospect theory": {"play.choice_rule": "prospect_theory"},
    "satisficing": {"play.choice_rule": "satisficing"},
    "any open option": {"play.choice_rule": "random_option"},
    "another order of play": {"play.phase_order": "elites_before_patron"},
    "residents between": {"play.phase_order": "public_before_money"},
    "channels off": {"parents.georgia.channels": "off"},
    "a delay": {"parents.georgia.channel_delay": 3},
    "war goes on": {"play.after_war": "goes_on"},
    "double precision": {"play.residents_precision": "double", "public.residents": 77},
    "other publics": {"public.network_degree": 5, "public.residents": 77},
    "publics unlike each other": {
        "territories.abkhazia.public.residents": 51,
        "territories.south_ossetia.public.network_degree": 3,
    },
    "uncertain strata": {
        "territories.abkhazia.public.strata.abkhaz.prefers_accession": {"from": 0.1, "to": 0.9},
        "territories.abkhazia.public.strata.abkhaz.share": {"from": 0.2, "to": 0.9},
        "territories.abkhazia.public.autonomy_minded_share": {"from": 0.3, "to": 0.7},
    },
}


@pytest.mark.parametrize("values", VARIANTS.values(), ids=VARIANTS)
def test_compiled_code_and_arrays_agree_on_variants(values):
    scenario = load_scenario("georgia_2014").with_values(values)
    assert_equal(tables(scenario, 20, True, turns=14), tables(scenario, 20, False, turns=14))


def test_compiled_code_and_arrays_agree_on_a_public_that_leaves_the_cache():
    scenario = load_scenario("abkhazia_2014").with_values({"public.residents": 50_003})
    assert "call void @llvm.prefetch" in FrozenConflictModel(scenario, runs=2, compiled=True).populations[0].code.source
    assert_equal(tables(scenario, 2, True, turns=3), tables(scenario, 2, False, turns=3))


@pytest.mark.parametrize("policy", sorted(load_scenario("georgia_2014").policies))
def test_compiled_code_and_arrays_agree_on_policies(policy):
    scenario = load_scenario("georgia_2014").with_values({"patron.policy": policy})
    assert_equal(tables(scenario, 20, True, turns=14), tables(scenario, 20, False, turns=14))


EVENTS = (
    Event("news", "scheduled", {MOOD: 0.2, MONEY: -0.1}, first=2, last=2),
    Event("drift", "trend", {MOOD: -0.03}, first=1, last=9),
    Event("rumour", "random", {MOOD: 0.1}, first=0, last=13, hazard=0.3),
    Event("quarrel", "conditional", {MONEY: -0.2}, first=0, last=13, when=(MOOD, ">", 0.4)),
    Event("scandal", "conditional", {MOOD: 0.3}, first=3, last=13, when=(MONEY, "<=", 0.0), once=True, hazard=0.5),
)


@pytest.mark.parametrize("name", ["donbas_2014", "three_theatres_2014"])
def test_a_draft_and_optimised_code_agree(name, monkeypatch, tmp_path):
    monkeypatch.setattr(cache, "cache_folder", lambda: tmp_path)
    monkeypatch.setattr(machine_code, "_LOADED", loaded := {})
    scenario = load_scenario(name).with_values(FEW)
    drafted = tables(scenario, 18, True)
    model = FrozenConflictModel(scenario, runs=18, seed=11, compiled=True)
    sources = {model.compiled.program.source, *(one.code.source for one in model.compiled.populations)}
    assert loaded.keys() >= {f"{source}\0draft" for source in sources}
    assert sources.isdisjoint(loaded)
    model.step()
    model.compiled.optimise()
    assert loaded.keys() >= sources
    assert_equal({"outcomes": drafted["outcomes"]}, {"outcomes": model.run_to_end().outcomes()})
    assert_equal(drafted, tables(scenario, 18, True))


def test_the_precision_of_residents_changes_results_little():
    scenario = load_scenario("georgia_2014").with_values(FEW)
    single, double = (
        tables(scenario.with_values({"play.residents_precision": word}), 40, True) for word in ("single", "double")
    )
    one, other = (found["trajectories"]["abkhazia.mean_support"][:, 0] for found in (single, double))
    assert one.tobytes() != other.tobytes()
    assert one == pytest.approx(other, abs=1e-6)
    drift = [np.abs(found["outcomes"]["georgia.alienation_at_end"]).mean() for found in (single, double)]
    assert drift[0] == pytest.approx(drift[1], abs=0.01)


def test_compiled_code_and_arrays_agree_on_events():
    scenario = replace(load_scenario("georgia_2014"), events=EVENTS)
    assert_equal(tables(scenario, 40, True, turns=14), tables(scenario, 40, False, turns=14))


UNCERTAIN = {
    ("event", "news", "at", ""): Value("choices", (2014.0, 2014.5, 2015.0), stream="events.news.at"),
    ("event", "news", "shock", "parents.georgia.alienation"): Value("between", (0.1, 0.4), stream="events.news.shock"),
    ("event", "drift", "size", ""): Value("between", (0.0, 2.0), stream="events.drift.size"),
    ("event", "rumour", "hazard", ""): Value("between", (0.0, 1.0), stream="events.rumour.hazard"),
    ("event", "scandal", "present", ""): Value("choices", (0.0, 1.0), stream="events.scandal.present"),
}


@pytest.mark.parametrize("time_step", ["quarter", "month"])
def test_compiled_code_and_arrays_agree_on_uncertain_events(time_step):
    scenario = load_scenario("georgia_2014").with_values(FEW | {"play.time_step": time_step})
    scenario = replace(scenario, events=EVENTS, values=scenario.values | UNCERTAIN)
    one, other = (tables(scenario, 40, compiled, turns=14) for compiled in (True, False))
    assert_equal(one, other)
    assert {name for name in one["drawn"] if name.startswith("events.")} == {
        "events.news.at", "events.news.shock.parents.georgia.alienation", "events.drift.size", "events.rumour.hazard",
        "events.scandal.present",
    }  # fmt: skip


def test_compiled_code_and_arrays_agree_on_events_given_run_by_run():
    scenario = replace(load_scenario("georgia_2014").with_values(FEW), events=EVENTS)
    given = {
        ("event", "news", "at", ""): 2014.0 + np.arange(40) % 8 / 4.0,
        ("event", "news", "present", ""): np.arange(40) % 3 / 2.0,
        ("event", "quarrel", "hazard", ""): np.linspace(0.0, 1.0, 40),
        ("event", "drift", "trend", "parents.georgia.alienation"): np.linspace(-0.1, 0.1, 40),
    }
    assert_equal(*(tables(scenario, 40, compiled, turns=14, given=given) for compiled in (True, False)))


ASK, NORMALISE = "patron.treatment.ask_for_deeper_integration", "patron.trade.open"
DENOUNCE = "parent.toward_patron.denounce"
LOW, OWN_LOW = (MOOD, "<", 0.45), (("parent", "", "alienation", ""), "<", 0.5)
WELFARE = (("territory", "abkhazia", "agreed", "welfare"), ">", 0.2)
LEGITIMATE = (("elite", "", "legitimacy", ""), ">=", 0.5)
MANDATES = {
    "for one": {"mandatory": (Mandate(ASK, of=("abkhazia",)),)},
    "for two": {"forbidden": (Mandate(ASK, of=("abkhazia", "south_ossetia")),)},
    "for a time": {"mandatory": (Mandate(ASK, first=2, last=6),), "forbidden": (Mandate(NORMALISE, first=5),)},
    "under a condition": {"mandatory": (Mandate(ASK, when=(LOW,)),), "forbidden": (Mandate(DENOUNCE, when=(LOW,)),)},
    "as each sees it": {"mandatory": (Mandate(ASK, when=(OWN_LOW, LEGITIMATE)),)},
    "by clause": {"mandatory": (Mandate(ASK, when=((("territory", "", "agreed", "law"), "<", 0.3), WELFARE)),)},
    "several on one option": {"mandatory": (Mandate(ASK, of=("abkhazia",), when=(LOW,)), Mandate(ASK, first=8))},
    "forbidden over mandatory": {
        "mandatory": (ASK, NORMALISE),
        "forbidden": (Mandate(ASK, of=("abkhazia",), when=(LEGITIMATE,)),),
    },
    "always both": {"mandatory": (ASK,), "forbidden": (ASK, NORMALISE)},
}


@pytest.mark.parametrize("name", ["georgia_2014", "three_theatres_2014"])
@pytest.mark.parametrize("lists", MANDATES.values(), ids=MANDATES)
def test_compiled_code_and_arrays_agree_on_mandates(name, lists):
    scenario = load_scenario(name).with_values(FEW)
    policies = scenario.policies | {"mandated": Policy("mandated", "A mandate.", **lists)}
    patron = ("patron", scenario.entities["patron"][0], "policy", "")
    scenario = replace(scenario, policies=policies, values=scenario.values | {patron: Value("fixed", ("mandated",))})
    assert_equal(*(tables(scenario, 20, compiled, turns=12) for compiled in (True, False)))


def test_a_mandate_for_all_and_always_is_compiled_to_the_same_code_however_it_is_written():
    scenario, sources = load_scenario("georgia_2014"), []
    for entry in (ASK, Mandate(ASK)):
        setting = replace(scenario, policies={"swallow": Policy("swallow", "Ask.", mandatory=(entry,))})
        patron = ("patron", "moscow", "policy", "")
        setting = replace(setting, values=setting.values | {patron: Value("fixed", ("swallow",))})
        model = FrozenConflictModel(setting, runs=2, seed=1)
        sources.append(program_of(model).source)
    assert sources[0] == sources[1]


def test_compiled_code_and_arrays_agree_on_asks_of_single_territories():
    values = {"territories.south_ossetia.asks.law": 0.2, "territories.abkhazia.asks.welfare": {"from": 0.1, "to": 0.9}}
    scenario = load_scenario("georgia_2014").with_values(FEW | values | {"patron.asks.borders": {"from": 0.5, "to": 1.0}})
    assert_equal(*(tables(scenario, 20, compiled, turns=14) for compiled in (True, False)))


def test_many_turns_in_one_call_equal_single_turns():
    warlike = {"parent.war_after_clash": 1.0, "parent.clash_hazard": 0.5}
    scenario = load_scenario("georgia_2014").with_values(FEW | warlike)
    one_by_one = tables(scenario, 40, True, turns=scenario.turns)
    assert_equal(tables(scenario, 40, True), one_by_one)
    assert one_by_one["fate"]["ended"].min() < scenario.turns


def test_arrays_can_play_a_turn_of_a_model_with_compiled_turns():
    scenario, held = load_scenario("georgia_2014").with_values(FEW), []
    for in_machine_code in (True, False):
        model = FrozenConflictModel(scenario, runs=20, seed=3, compiled=in_machine_code)
        for step in model.schedule:
            model.play(step)
        held.append({name: np.array(values) for name, values in model.world.values.items()})
    assert held[0].keys() == held[1].keys()
    assert [name for name in held[0] if not np.array_equal(held[0][name], held[1][name], equal_nan=True)] == []


def test_compiled_code_and_arrays_agree_on_values_by_run():
    scenario = load_scenario("georgia_2014")
    given = {
        ("parent", "georgia", "channel_delay", ""): np.linspace(0.0, 5.0, 20),
        ("play", "play", "precision", ""): np.linspace(5.0, 50.0, 20),
        ("parent", "georgia", "grievance", ""): np.linspace(0.0, 3.0, 20),
    }
    assert_equal(tables(scenario, 20, True, turns=14, given=given), tables(scenario, 20, False, turns=14, given=given))


def test_a_run_does_not_depend_on_its_neighbours():
    scenario = load_scenario("georgia_2014")
    many = tables(scenario, 90, True, turns=14)
    few = tables(scenario, 3, True, turns=14, stream_numbers=[17, 64, 80])
    for name in ("outcomes", "trajectories", "decisions"):
        for column, values in few[name].items():
            assert values.tobytes() == many[name][column][[17, 64, 80]].tobytes(), column


def test_small_models_and_models_with_receipts_are_not_compiled():
    scenario = load_scenario("georgia_2014")
    assert FrozenConflictModel(scenario, runs=1, seed=1).compiled is None
    assert FrozenConflictModel(scenario, runs=2, seed=1, compiled=True, keep_receipts=True).compiled is None
