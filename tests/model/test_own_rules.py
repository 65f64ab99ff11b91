"""Rules that users declare: they count the same on arrays and compiled, and what is no number fails with the rule's name."""

import warnings

import numpy as np
import pytest

import frozen_conflict_sim as fcs
from frozen_conflict_sim.engine.declare.faults import DeclarationError, NotFinite
from frozen_conflict_sim.engine.declare.parameter import quantity
from frozen_conflict_sim.model import back_end
from frozen_conflict_sim.model.model import FrozenConflictModel
from frozen_conflict_sim.politics.actors.patron.asking import ask
from frozen_conflict_sim.politics.catalogue import declared
from frozen_conflict_sim.politics.outcomes.declare import outcome
from frozen_conflict_sim.politics.roles import elite, patron, public
from frozen_conflict_sim.scenario import load_scenario

STAKE = ("territory", "abkhazia", "stake", "")


@pytest.fixture(autouse=True)
def nothing_is_left():
    yield
    declared.restore()


@pytest.fixture(scope="module")
def georgia():
    return load_scenario("georgia_2014", {"public.residents": 50, "quarters": 10})


def add(rule):
    """Declare an incentive to ask for a treaty."""
    with declared.open():
        ask.incentive(weight=quantity(0.5, 0, 2, "utility", "What it is worth."))(rule)


def tables(scenario, runs, compiled):
    model = FrozenConflictModel(scenario, runs=runs, seed=5, compiled=compiled).run_to_end()
    assert bool(model.compiled) == compiled
    found = {**model.outcomes(), **{f"{name} by turn": values for name, values in model.trajectories().items()}}
    model.release()
    return found


def powers(tension, deepening):
    return tension**2 * deepening - deepening**1.5


def branches(tension, deepening):
    if tension != 0.3 and deepening > 0.1:
        return deepening
    return max(0.0, tension - 0.1)


def numpys(tension, deepening):
    return np.where(tension > 0.2, np.exp(-tension), np.clip(deepening, 0.1, 0.4)) - np.minimum(tension, np.log1p(deepening))


def logical(tension, deepening):
    return (((tension > 0.2) ^ True) | (deepening > 0.1)) & (True ^ (deepening > 0.6))


def exclusive_numbers(tension, deepening):
    return np.logical_xor(tension > 0.2, deepening) * tension + ((tension > 0.2) ^ (deepening > 0.3))


@pytest.mark.parametrize("rule", [powers, branches, numpys, logical, exclusive_numbers])
def test_an_incentive_counts_the_same_alone_among_others_and_compiled(georgia, rule):
    add(rule)
    alone, few, compiled = tables(georgia, 1, False), tables(georgia, 20, False), tables(georgia, 20, True)
    assert alone[f"moscow.utility.{rule.__name__}"].any() or few[f"moscow.utility.{rule.__name__}"].any()
    for name, values in few.items():
        assert values.tobytes() == compiled[name].tobytes(), name
        assert values[:1].tobytes() == alone[name].tobytes(), name


def test_residents_may_follow_such_rules_too(georgia):
    with declared.open():

        @public.resident_changes("support", phase="public")
        def wavering(support, neighbours_support, legitimacy):
            """One follows the neighbours, the faster the further away they are."""
            return 0.1 * np.exp(-support) * (neighbours_support - support) if support > legitimacy else 0.01 * support**1.5

    few, compiled = tables(georgia, 20, False), tables(georgia, 20, True)
    for name, values in few.items():
        assert values.tobytes() == compiled[name].tobytes(), name


def test_what_cannot_be_compiled_is_played_on_arrays_and_said_once(georgia, monkeypatch):
    def waves(tension, deepening):
        return np.sin(tension) * deepening

    monkeypatch.setattr(back_end, "_SAID", set())
    add(waves)
    few = tables(georgia, 20, False)
    with pytest.warns(UserWarning, match=rf"on arrays.*: waves \({__file__}:\d+\) cannot be compiled: it calls np.sin"):
        model = FrozenConflictModel(georgia, runs=20, seed=5, compiled=True)
    assert model.compiled is None
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        FrozenConflictModel(georgia, runs=20, seed=5, compiled=True)
    outcomes = model.run_to_end().outcomes()
    assert {name: outcomes[name].tobytes() for name in outcomes} == {name: few[name].tobytes() for name in outcomes}


def test_the_name_of_a_shipped_rule_is_taken_for_good():
    def deepening(tension):
        return tension

    with pytest.raises(DeclarationError, match=r"'deepening' is declared twice; .*py:\d+\. Choose another name$"):
        add(deepening)


def test_an_outcome_is_not_declared_bare():
    def calm(tension):
        return tension[-1]

    with pytest.raises(TypeError, match=r"calm stands below a bare `outcome`, .*; write @outcome\(role, "):
        outcome(calm)


COST = 1.0


def at_a_cost(deepening):
    return costly(deepening)


def costly(x):
    return COST * x


def test_a_number_of_the_script_that_has_changed_is_never_played(georgia, monkeypatch):
    add(at_a_cost)
    begun = [FrozenConflictModel(georgia, runs=20, seed=5, compiled=compiled) for compiled in (False, True)]
    monkeypatch.setitem(globals(), "COST", 3.0)
    told = "at_a_cost reads COST in costly, which changed from 1.0 to 3.0"
    for play in (begun[0].step, begun[0].run_to_end, begun[1].run_to_end, lambda: tables(georgia, 20, True)):
        with pytest.raises(DeclarationError, match=told):
            play()
    with pytest.raises(DeclarationError, match=told):
        fcs.run(georgia, runs=2)


def test_a_rule_that_is_declared_anew_is_compiled_with_the_new_numbers(georgia, monkeypatch):
    utility, column = {}, "moscow.utility.at_a_cost"
    for cost in (1.0, 3.0, 1.0):
        monkeypatch.setitem(globals(), "COST", cost)
        declared.restore()
        add(at_a_cost)
        few, compiled = tables(georgia, 20, False)[column], tables(georgia, 20, True)[column]
        assert few.tobytes() == compiled.tobytes()
        assert utility.setdefault(cost, few.tobytes()) == few.tobytes()
    assert utility[1.0] != utility[3.0]


def endless(stake, deepening):
    return deepening / (stake - 0.25)


def hopeless(stake, tension):
    return tension * ((stake - 0.25) / (stake - 0.25))


@pytest.mark.parametrize("compiled", [False, True])
@pytest.mark.parametrize(("rule", "what"), [(endless, "infinite"), (hopeless, "no number")])
@pytest.mark.filterwarnings("ignore:(divide by zero|invalid value)")
def test_an_incentive_that_is_no_number_in_a_run_is_an_error_with_its_name(georgia, rule, what, compiled):
    add(rule)
    stakes = np.full(20, 0.5)
    FrozenConflictModel(georgia, runs=20, seed=5, given={STAKE: stakes}, compiled=compiled).run_to_end()
    stakes[7] = 0.25
    model = FrozenConflictModel(georgia, runs=20, seed=5, given={STAKE: stakes}, compiled=compiled)
    where = r"for abkhazia in turn \d+ of the run with stream number 7, where stake is 0.25, \w+ is "
    with pytest.raises(NotFinite, match=rf"^{rule.__name__} \({__file__}:\d+\) is {what} {where}"):
        model.run_to_end()


@pytest.mark.parametrize("compiled", [False, True])
@pytest.mark.filterwarnings("ignore:(divide by zero|invalid value)")
@pytest.mark.parametrize("declare", [lambda: elite.hazard(phase="elites"), lambda: patron.fixed_within_turn(phase="patron")])
def test_chances_and_fixed_values_must_be_numbers_too(georgia, declare, compiled):
    with declared.open():

        def doom(attention_needed_to_ask):
            """It comes."""
            return 0.1 / (attention_needed_to_ask - 0.25)

        declare()(doom)

    needed = {("patron", "moscow", "attention_needed_to_ask", ""): np.array([0.5, 0.25, 0.5])}
    model = FrozenConflictModel(georgia, runs=3, seed=5, given=needed, compiled=compiled)
    with pytest.raises(NotFinite, match=r"^doom .* is infinite for .* in turn 1 .* where attention_needed_to_ask is 0\.25"):
        model.step()


def test_such_runs_are_recorded_as_failed(georgia):
    add(hopeless)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        results = fcs.run(georgia.with_values({"territories.abkhazia.stake": 0.25}), runs=3)
    assert len(results.failures) == 3
    assert all("hopeless" in failure["traceback"] for failure in results.failures)
