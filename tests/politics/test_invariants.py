"""What holds whatever the values: bounds, no NaN, nobody worse off than without a treaty, nobody acting who is gone."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from frozen_conflict_sim.engine.declare.parameter import Quantity
from frozen_conflict_sim.engine.schedule import by_phase
from frozen_conflict_sim.model.model import FrozenConflictModel
from frozen_conflict_sim.politics.actors.elite.answer import closer_to_the_ideal
from frozen_conflict_sim.politics.catalogue import declared
from frozen_conflict_sim.scenario import load_scenario

SIZES = {"residents", "network_degree"}
CLAUSES = declared.items["clause"]


def drawable(setting):
    """Every number that a scenario may set, by its key, with its bounds; sizes are left alone."""
    for name, quantity in declared.quantities.items():
        if isinstance(quantity, Quantity) and name not in SIZES:
            role = declared.owners[name]
            for member in setting.entities[role.level]:
                for item in declared.items[quantity.by] if quantity.by else ("",):
                    yield role.dotted(member, quantity.key, item), (quantity.low, quantity.high)
    for (owner, name), weight in declared.weights.items():
        role = declared.roles[owner]
        for member in setting.entities[role.level]:
            yield role.dotted(member, f"incentives.{name}"), (weight.low, weight.high)


SETTING = replace(load_scenario("georgia_2014"), turns=8)
BOUNDS = dict(drawable(SETTING))
ANY_VALUES = some.lists(some.sampled_from(sorted(BOUNDS)), min_size=4, max_size=40, unique=True).flatmap(
    lambda keys: some.fixed_dictionaries({key: some.floats(*BOUNDS[key]) for key in keys})
)


@settings(max_examples=25)
@given(ANY_VALUES)
def test_whatever_the_values_every_quantity_keeps_its_bounds_and_every_outcome_is_a_number_or_undefined(values):
    setting = replace(SETTING.with_values({"public.residents": 50} | values), turns=SETTING.turns)
    model = FrozenConflictModel(setting, runs=20, seed=5)
    for _ in range(setting.turns):
        model.step()
        for name, quantity in declared.quantities.items():
            if getattr(quantity, "state", False):
                held = model.world.values[name]
                assert np.isfinite(held).all(), name
                assert quantity.low <= held.min() <= held.max() <= quantity.high, name
    for name, outcome in model.outcomes().items():
        assert not np.isinf(outcome).any(), name
    assert all(np.isfinite(course).all() for course in model.trajectories().values())
    assert not (model.classes() == "").any()
    model.release()


def six(low, high):
    return some.lists(some.floats(low, high), min_size=6, max_size=6)


@settings(max_examples=400)
@given(
    asks=six(0, 1), agreed=six(0, 1), ideal=six(0, 1.1), salience=six(0.01, 3), interest=six(0, 2),
    power=some.floats(0.001, 0.999), dependence=some.floats(0, 1), principle=some.floats(0, 3), money=some.floats(0, 2),
)  # fmt: skip
def test_no_settlement_leaves_the_elite_worse_off_than_none(
    asks, agreed, ideal, salience, interest, power, dependence, principle, money
):
    rules = {name: declared.derived[name].rule for name in ("draft", "compromise", "settled_depth")}
    draft = [rules["draft"].function(goal, have, 1.0) for goal, have in zip(asks, agreed)]
    mean = [
        rules["compromise"].function(*of_clause) for of_clause in zip(draft, ideal, agreed, [power] * 6, interest, salience)
    ]
    settled = rules["settled_depth"].function(mean, agreed, ideal, salience, dependence, principle, money)
    welfare = CLAUSES.index("welfare")
    worth = principle * closer_to_the_ideal(settled, agreed, ideal, salience) + money * dependence * (
        settled[welfare] - agreed[welfare]
    )
    assert worth >= -1e-6
    for have, text, goal in zip(agreed, settled, draft):
        assert have - 1e-12 <= text <= goal + 1e-12


@pytest.mark.parametrize("name", ["georgia_2014", "what_if/defiant_abkhazia"])
def test_no_text_is_softened_that_the_patron_would_not_sign(name):
    model = FrozenConflictModel(load_scenario(name).with_values({"public.residents": 50}), runs=100, seed=5)
    redrafts, gains = 0, []
    for _ in range(20):
        for phase, steps in by_phase(model.schedule):
            worth = np.array(model.world.own_level("patron_would_sign"))
            for step in steps:
                model.play(step)
            if phase.name == "elites":
                softened = np.asarray(model.world.own_level("elite_redrafts")) > 0.5
                redrafts += softened.sum()
                gains += worth[softened].tolist()
    assert redrafts > 50
    assert min(gains) > 0.0


@given(some.floats(0, 40000), some.floats(0, 40000), some.floats(0.01, 0.99), some.floats(0.01, 0.99))
def test_expectations_follow_what_is_paid_and_never_overtake_it(paid, expected, to_fortune, to_hardship):
    change = next(c.rule for c in declared.contributions if c.rule.name == "people_get_used_to_it")
    after = expected + change.function(paid, expected, to_fortune, to_hardship)
    assert min(paid, expected) - 1e-9 <= after <= max(paid, expected) + 1e-9
    assert abs(paid - after) <= abs(paid - expected) * (1.0 - min(to_fortune, to_hardship)) + 1e-9


def test_people_get_used_to_constant_money(what_if):
    courses = what_if(
        "patron: {policy: quiet}\n"
        "policies: {quiet: {description: Nothing changes., patron: {forbidden: [treatment.ask_for_deeper_integration,"
        " treatment.raise_subsidy, treatment.withhold_subsidy]}}}\n"
        "territory: {subsidy_expected: 3000}\nparent: {clash_hazard: 0.0}\n"
        "events: [{name: fall of the rouble, remove: true}, {name: slump in Russia, remove: true}]"
    ).trajectories
    for territory in ("abkhazia", "south_ossetia"):
        gap = np.abs(courses[f"{territory}.subsidy_expected"] - courses[f"{territory}.subsidy_paid"])
        assert (np.diff(gap, axis=1) <= 1e-3).all()
        assert gap[:, -1].max() < 1.0 < gap[:, 0].min()


@pytest.mark.parametrize(
    ("name", "fate"), [("what_if/accession_granted", "annexed"), ("what_if/engaging_tbilisi", "reintegrated")]
)
def test_a_territory_that_is_gone_takes_no_more_decisions(name, fate, shipped):
    played = shipped(name)
    for territory in load_scenario(name).entities["territory"]:
        gone = played.trajectories[f"{territory}.{fate}"] > 0.5
        after = np.concatenate([np.zeros((len(gone), 1), bool), gone[:, :-1]], axis=1)
        for column, chosen in played.decisions.items():
            if territory in column.split("."):
                assert not chosen[after].any(), column
        assert not played.trajectories[f"{territory}.ask_pending"][gone].any()
        if territory == "abkhazia":
            assert after.sum() > 50


def test_nobody_decides_after_the_end_of_a_run(georgia, play):
    warlike = {"parent.war_after_clash": 1.0, "parent.clash_hazard": 0.5}
    played = play(georgia.with_values(warlike))
    ended = np.arange(georgia.turns) >= played.ended[:, None]
    assert ended.any()
    for column, chosen in played.decisions.items():
        assert not chosen[ended].any(), column


def test_a_run_is_the_same_in_any_chunk(play):
    setting = replace(load_scenario("what_if/tense_line").with_values({"public.residents": 200}), turns=16)
    whole = play(setting, 40).tables
    for size in (40, 17, 9):
        chunks = [play(setting, stream_numbers=np.arange(40)[at : at + size]).tables for at in range(0, 40, size)]
        for column, values in whole.items():
            assert np.concatenate([chunk[column] for chunk in chunks]).tobytes() == values.tobytes(), (
                f"{column}, chunks of {size}"
            )
    for run in (0, 39):
        alone = play(setting, stream_numbers=[run]).tables
        assert all(alone[column].tobytes() == values[run : run + 1].tobytes() for column, values in whole.items())
