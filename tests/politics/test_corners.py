"""Parameters at their edges: whatever corner of their bounds is played, no run fails and nothing leaves its own bounds.

A corner puts one, two, some or all numbers of a scenario at one of their bounds, and every category at any of its words.
"""

from dataclasses import replace

import numpy as np
import pytest

from frozen_conflict_sim.engine.declare.parameter import Category, Quantity
from frozen_conflict_sim.engine.time_step import MONTHS, quarters
from frozen_conflict_sim.model.model import FrozenConflictModel
from frozen_conflict_sim.politics.catalogue import declared
from frozen_conflict_sim.politics.mechanisms.office.opinion import others_heard
from frozen_conflict_sim.scenario import load_scenario, shipped_names

from .declared_numbers import numbers

QUARTERS, CORNERS, SEED = 40, 20, 16
ALIKE = {"georgia_2014", "northern_cyprus_2004"}  # played on arrays and by compiled code
SETS_THE_WORLD_UP = {"ruling", "policy", "residents_precision"}  # words that depend on the scenario, and one without politics
WHAT_IF = "what_if/"


def words(rng, long_turns):
    """A word for every category (turns are quarters or half-years), and a number for everything that all runs share."""
    chosen = {"public.residents": 50}
    for name, one in declared.quantities.items():
        key = f"{declared.owners[name].name}.{one.key}"
        if isinstance(one, Category) and name not in SETS_THE_WORLD_UP:
            chosen[key] = str(rng.choice(one.options))
        elif isinstance(one, Quantity) and one.common and key not in chosen and one.default is not None:
            chosen[key] = float(rng.choice([one.low, one.high, one.default]))
    chosen["play.time_step"] = "half_year" if long_turns else "quarter"
    chosen["public.network_degree"] = int(min(chosen["public.network_degree"], 40))
    return chosen


def corners(setting, rng, count):
    """One corner a run: for every address an array with a number for each run."""
    found = list(numbers(setting))
    at_bound = np.zeros((len(found), count), bool)
    for run in range(count):
        how_many = (1, 2, len(found), int(rng.integers(3, len(found))))[run % 4]
        at_bound[rng.choice(len(found), how_many, replace=False), run] = True
    high = rng.random(at_bound.shape) < 0.5
    return {
        address: np.where(at_bound[at], np.where(high[at], one.high, one.low), usual)
        for at, (address, one, usual) in enumerate(found)
        if at_bound[at].any()
    }


def tables(setting, given, compiled):
    """Everything that comes out, by column; outcomes and trajectories are refused if they leave their bounds."""
    model = FrozenConflictModel(setting, runs=CORNERS, seed=SEED, given=given, compiled=compiled).run_to_end()
    found = {**model.outcomes(), **{f"course of {name}": course for name, course in model.trajectories().items()}}
    found |= {f"choice of {name}": choices for name, choices in model.decisions().items()} | {"class": model.classes()}
    found = {name: np.array(values) for name, values in found.items()}
    model.release()
    return found


@pytest.mark.parametrize("name", shipped_names())
def test_no_corner_of_the_parameters_fails_or_leaves_its_bounds(name):
    rng = np.random.default_rng([SEED, shipped_names().index(name)])
    setting = load_scenario(name).with_values(words(rng, long_turns=name.startswith(WHAT_IF)))
    setting = replace(setting, turns=round(QUARTERS / quarters(setting.time_step)))
    given = corners(setting, rng, CORNERS)
    plain = tables(setting, given, compiled=False)
    assert not (plain["class"] == "").any()
    if name in ALIKE:
        compiled = tables(setting, given, compiled=True)
        assert [column for column in plain if plain[column].tobytes() != compiled[column].tobytes()] == []


def test_the_corners_of_turns_of_every_length_are_clean(georgia):
    rng = np.random.default_rng(SEED)
    for time_step in MONTHS:
        setting = replace(georgia.with_values({"play.time_step": time_step, "public.residents": 50}), turns=20)
        assert tables(setting, corners(setting, rng, CORNERS), compiled=False)


def test_who_hears_nobody_keeps_to_an_opinion():
    assert others_heard(0.0, 0.0, 0.4, 0.25, 0.65) == 0.0
