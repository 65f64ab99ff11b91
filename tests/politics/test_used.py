"""Declared equals used: every option is taken, every outcome varies, and every incentive matters to some choice."""

from dataclasses import replace

import numpy as np
import pytest

from frozen_conflict_sim.engine.arrays.decisions import DecisionMaker
from frozen_conflict_sim.engine.choice_rules import ALL_CHOICE_RULES
from frozen_conflict_sim.engine.policies import in_force
from frozen_conflict_sim.model.columns import columns, decision_columns
from frozen_conflict_sim.model.model import FrozenConflictModel
from frozen_conflict_sim.politics.catalogue import declared
from frozen_conflict_sim.scenario import load_scenario, shipped_names

OPTIONS = [option for decision in declared.decisions.values() for option in decision.options]
INCENTIVES = [(option, incentive) for option in OPTIONS for incentive in option.incentives]

ALL_RUNS = 1200
TELLING = (  # the scenarios in which most incentives matter come first; when none is left, no other is played
    "georgia_2014", "donbas_2014", "georgia_2006", "what_if/accession_granted", "abkhazia_2014", "south_ossetia_2022",
    "what_if/money_for_land", "what_if/west_answers_treaties", "what_if/courts_rule", "what_if/engagement",
    "what_if/gathering_lands", "northern_cyprus_2004", "what_if/engaging_tbilisi",
)  # fmt: skip


@pytest.mark.parametrize("option", OPTIONS, ids=[option.address for option in OPTIONS])
def test_every_option_is_taken_in_some_shipped_scenario(option, all_shipped):
    at = option.decision.options.index(option)
    for name, played in all_shipped.items():
        for column in decision_columns(load_scenario(name), option.decision):
            if (played.decisions[column] == at).any():
                return
    pytest.fail(f"no shipped scenario ever sees {option.address}")


def test_every_outcome_varies_in_some_shipped_scenario(all_shipped):
    named, vary = set(), set()
    for name, played in all_shipped.items():
        for column in columns(load_scenario(name)):
            if column.kind == "outcome":
                outcome = column.name.removeprefix(f"{column.owner}.")
                named.add(outcome)
                if len(np.unique(played.outcomes[column.name])) > 1:
                    vary.add(outcome)
    assert sorted(named - vary) == []


def test_every_column_that_comes_out_is_explained_and_none_besides(all_shipped):
    for name, played in all_shipped.items():
        explained = {f"{column.kind} {column.name}" for column in columns(load_scenario(name))}
        assert explained == played.tables.keys() - {"class", "ended"}


class Without(DecisionMaker):
    """Deliberates without one incentive in each group of as many runs; the first group has them all."""

    def __init__(self, model, left_out, each):
        world = model.world
        super().__init__(
            world,
            ALL_CHOICE_RULES[world.categories["choice_rule", "play"]],
            in_force(declared, model.setting, world.categories),
        )
        self.share = {}
        for group, (option, incentive) in enumerate(left_out, 1):
            share = np.ones(world.runs)
            share[group * each : (group + 1) * each] = 0.0
            self.share[option.address, incentive.name] = share

    def contributions(self, option):
        amounts = super().contributions(option)
        return {name: amount * self.share.get((option.address, name), 1.0) for name, amount in amounts.items()}


def shifts(name, incentives, each):
    """For each incentive whether leaving it out shifts a choice of its own decision, with the same random numbers."""
    if not incentives:
        return
    setting = replace(load_scenario(name).with_values({"public.residents": 50}), turns=30)
    model = FrozenConflictModel(setting, seed=77, stream_numbers=np.tile(np.arange(each), 1 + len(incentives)), compiled=False)
    model.decision_maker = Without(model, incentives, each)
    chosen = model.run_to_end().decisions()
    model.release()
    for group, (option, _) in enumerate(incentives, 1):
        courses = [chosen[column].reshape(-1, each, setting.turns) for column in decision_columns(setting, option.decision)]
        yield any((course[group] != course[0]).any() for course in courses)


@pytest.fixture(scope="module")
def idle():
    """The incentives that matter nowhere: those that did not matter in one scenario are tried in the next, in more runs."""
    left, others = INCENTIVES, [name for name in shipped_names() if name not in TELLING]
    for name in (*TELLING, *others, TELLING[0]):
        left = [one for one, matters in zip(left, shifts(name, left, ALL_RUNS // (1 + len(left)))) if not matters]
    return {f"{option.address}: {incentive.name}" for option, incentive in left}


@pytest.mark.parametrize("name", [f"{option.address}: {incentive.name}" for option, incentive in INCENTIVES])
def test_leaving_an_incentive_out_shifts_some_choice(name, idle):
    assert name not in idle, "no choice in any shipped scenario depends on it"
