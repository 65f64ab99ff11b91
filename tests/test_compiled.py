"""Compiled turns give what arrays give, to the last bit; an edited rule is never played by old code."""

from dataclasses import replace

import numpy as np
import pytest

from frozen_conflict_sim.engine import numerics, random_streams
from frozen_conflict_sim.engine.arrays.births import BirthPlan, create_population
from frozen_conflict_sim.engine.compiled.ir.builder import LANES, ModuleBuilder
from frozen_conflict_sim.engine.compiled.ir.symbols import Symbol, traced
from frozen_conflict_sim.engine.compiled.layout.blocks import BlockLayout
from frozen_conflict_sim.engine.compiled.run.machine_code import MachineCode, is_cached, load_code
from frozen_conflict_sim.engine.compiled.run.population import CompiledPopulation
from frozen_conflict_sim.engine.numerics import at_least
from frozen_conflict_sim.engine.setting import Event
from frozen_conflict_sim.model import back_end
from frozen_conflict_sim.model.model import FrozenConflictModel
from frozen_conflict_sim.politics.roles import public
from frozen_conflict_sim.scenario import load_scenario

FEW = {"public.residents": 60}
MOOD, MONEY = ("parent", "georgia", "alienation", ""), ("parent", "georgia", "economy", "")


@pytest.fixture(autouse=True)
def _own_cache(tmp_path_factory, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "kernels"))


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


def assert_same(one, other):
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
def test_compiled_turns_give_what_arrays_give(name):
    scenario = load_scenario(name)
    assert_same(tables(scenario, 70, True), tables(scenario, 70, False))


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
def test_whatever_a_scenario_chooses(values):
    scenario = load_scenario("georgia_2014").with_values(values)
    assert_same(tables(scenario, 20, True, turns=14), tables(scenario, 20, False, turns=14))


@pytest.mark.parametrize("policy", sorted(load_scenario("georgia_2014").policies))
def test_whatever_a_policy_closes_or_orders(policy):
    scenario = load_scenario("georgia_2014").with_values({"patron.policy": policy})
    assert_same(tables(scenario, 20, True, turns=14), tables(scenario, 20, False, turns=14))


EVENTS = (
    Event("news", "scheduled", {MOOD: 0.2, MONEY: -0.1}, first=2, last=2),
    Event("drift", "trend", {MOOD: -0.03}, first=1, last=9),
    Event("rumour", "random", {MOOD: 0.1}, first=0, last=13, hazard=0.3),
    Event("quarrel", "conditional", {MONEY: -0.2}, first=0, last=13, when=(MOOD, ">", 0.4)),
    Event("scandal", "conditional", {MOOD: 0.3}, first=3, last=13, when=(MONEY, "<=", 0.0), once=True, hazard=0.5),
)


def test_precision_matters_little():
    scenario = load_scenario("georgia_2014").with_values(FEW)
    single, double = (
        tables(scenario.with_values({"play.residents_precision": word}), 40, True) for word in ("single", "double")
    )
    one, other = (found["trajectories"]["abkhazia.mean_support"][:, 0] for found in (single, double))
    assert one.tobytes() != other.tobytes()
    assert one == pytest.approx(other, abs=1e-6)
    drift = [np.abs(found["outcomes"]["georgia.alienation_at_end"]).mean() for found in (single, double)]
    assert drift[0] == pytest.approx(drift[1], abs=0.01)


def test_whatever_happens():
    scenario = replace(load_scenario("georgia_2014"), events=EVENTS)
    assert_same(tables(scenario, 40, True, turns=14), tables(scenario, 40, False, turns=14))


def test_many_turns_at_once_are_turns_one_by_one():
    warlike = {"parent.war_after_clash": 1.0, "parent.clash_hazard": 0.5}
    scenario = load_scenario("georgia_2014").with_values(FEW | warlike)
    one_by_one = tables(scenario, 40, True, turns=scenario.turns)
    assert_same(tables(scenario, 40, True), one_by_one)
    assert one_by_one["fate"]["ended"].min() < scenario.turns


def test_a_turn_may_be_played_by_arrays_where_turns_are_compiled():
    scenario, held = load_scenario("georgia_2014").with_values(FEW), []
    for in_machine_code in (True, False):
        model = FrozenConflictModel(scenario, runs=20, seed=3, compiled=in_machine_code)
        for step in model.schedule:
            model.play(step)
        held.append({name: np.array(values) for name, values in model.world.values.items()})
    assert held[0].keys() == held[1].keys()
    assert [name for name in held[0] if not np.array_equal(held[0][name], held[1][name], equal_nan=True)] == []


@pytest.mark.parametrize("residents", [50, 51, 77, 1000])
def test_compiled_residents_are_born_settle_and_add_up_as_others_do(residents):
    model = FrozenConflictModel(load_scenario("georgia_2014"), runs=21, seed=3, **{"public.residents": residents})
    world, look = model.world, model.publics[0].surroundings
    birth_plan = BirthPlan(world, public, 0)
    publics = (
        create_population(birth_plan),
        CompiledPopulation(birth_plan, back_end.population_code_for(world, birth_plan).compile(), BlockLayout(world.streams)),
    )

    def answers(population):
        yield from population.averages([each.of for each in public.residents.observed], look).values()
        yield population.quantiles("autonomy_mindedness", "voter", world.values["voter_quantile"])
        for part in range(len(birth_plan.parts)):
            yield population.average("prefers_accession_now", look, part=part)
        for trait in public.residents.traits:
            yield from (block.traits[trait][:, at] for block in population.blocks for at in np.argsort(block.columns))

    for _ in range(2):
        for one, other in zip(*map(answers, publics)):
            assert one.tobytes() == other.tobytes()
        for population in publics:
            population.settle(look)


def test_values_that_differ_between_runs():
    scenario = load_scenario("georgia_2014")
    given = {
        ("parent", "georgia", "channel_delay", ""): np.linspace(0.0, 5.0, 20),
        ("play", "play", "precision", ""): np.linspace(5.0, 50.0, 20),
        ("parent", "georgia", "grievance", ""): np.linspace(0.0, 3.0, 20),
    }
    assert_same(tables(scenario, 20, True, turns=14, given=given), tables(scenario, 20, False, turns=14, given=given))


def test_a_run_is_the_same_alone_and_among_many():
    scenario = load_scenario("georgia_2014")
    many = tables(scenario, 90, True, turns=14)
    few = tables(scenario, 3, True, turns=14, stream_numbers=[17, 64, 80])
    for name in ("outcomes", "trajectories", "decisions"):
        for column, values in few[name].items():
            assert values.tobytes() == many[name][column][[17, 64, 80]].tobytes(), column


def test_a_small_model_and_one_with_receipts_need_no_compiler():
    scenario = load_scenario("georgia_2014")
    assert FrozenConflictModel(scenario, runs=1, seed=1).compiled is None
    assert FrozenConflictModel(scenario, runs=2, seed=1, compiled=True, keep_receipts=True).compiled is None


def in_machine_code(function, values):
    """What a function of one number gives when it is compiled."""
    module = ModuleBuilder()
    with module.function("@f(ptr %x)"), module.loop_over_runs() as body:
        at = body.emit(f"getelementptr double, ptr %x, i64 {body.run}")
        x = Symbol(body, body.emit(f"load {body.precision.number}, ptr {at}, align 8"), "number")
        body.instructions.append(f"  store {body.precision.number} {traced(function)(x).name}, ptr {at}, align 8")
    run = load_code(module.source()).function("f", "p")
    found = np.resize(values, (-(-len(values) // LANES), LANES)).astype(float)
    for block in found:
        run(block.ctypes.data)
    return found.ravel()[: len(values)]


@pytest.mark.parametrize(
    "function", [numerics.exp, numerics.log, numerics.logistic, random_streams.gumbel_quantile, random_streams.normal_quantile]
)
def test_the_engines_functions_are_the_same_to_the_last_bit(function):
    values = np.concatenate([np.array([2.0**-33, 1e-9, 0.5, 1.0 - 2.0**-33]), np.linspace(0.001, 0.999, 60)])
    assert in_machine_code(function, values).tobytes() == np.asarray(function(values)).tobytes()


def test_an_edited_rule_has_other_lines_and_so_other_code():
    before = in_machine_code(lambda x: at_least(x, 0.5) * 2.0, np.array([0.25, 0.75]))
    after = in_machine_code(lambda x: at_least(x, 0.5) * 3.0, np.array([0.25, 0.75]))
    assert before.tolist() == [1.0, 1.5]
    assert after.tolist() == [1.5, 2.25]


def test_code_is_compiled_once_and_damaged_code_is_not_run(tmp_path, monkeypatch):
    from frozen_conflict_sim.engine.compiled.run import machine_code as module

    monkeypatch.setattr(module, "cache_folder", lambda: tmp_path)
    source, told = "define void @f(ptr %x) {\n  ret void\n}\n", []
    assert not is_cached(source)
    for _ in range(2):
        MachineCode(source, lambda: told.append(1))
    assert len(told) == 1
    assert is_cached(source)
    (file,) = tmp_path.iterdir()
    file.write_bytes(file.read_bytes()[:-5])
    assert not is_cached(source)
    MachineCode(source, lambda: told.append(1))
    assert len(told) == 2


def test_where_nothing_can_be_kept_it_is_compiled_all_the_same(monkeypatch):
    from frozen_conflict_sim.engine.compiled.run import machine_code as module

    monkeypatch.setattr(module, "cache_folder", lambda: None)
    assert MachineCode("define void @f(ptr %x) {\n  ret void\n}\n").function("f", "p")(0) is None


def test_a_rule_that_asks_a_symbol_whether_it_is_true_is_refused():
    with pytest.raises(TypeError, match="one number only"):
        in_machine_code(lambda x: 1.0 if x > 0.5 else 0.0, np.array([0.25]))


def test_the_lines_can_be_read():
    model = FrozenConflictModel(load_scenario("georgia_2014"), runs=2, seed=1)
    text = back_end.program_of(model).source
    for name in ("settled_depth", "alienation <- time_heals", "patron.treatment: options"):
        assert f"; {name}" in text
    text = back_end.population_code_for(model.world, BirthPlan(model.world, public, 0)).source
    for name in ("what they hear", "the ballot", "what residents of a part add up to"):
        assert f"; {name}" in text
