"""Every number matters: moved to its bounds, it changes an outcome of some shipped scenario, with the same random numbers."""

import numpy as np
import pytest

from frozen_conflict_sim.model.model import FrozenConflictModel
from frozen_conflict_sim.politics.catalogue import declared
from frozen_conflict_sim.scenario import load_scenario, shipped_names

from .declared_numbers import numbers

LEAST_RUNS, MOST_RUNS, RUNS_AT_ONCE, SEED = 25, 1500, 6000, 7
TELLING = (  # the scenarios in which most numbers matter come first: each needs code of its own
    "georgia_2014", "georgia_2006", "donbas_2014", "what_if/gas_cut", "what_if/unpaid_promise", "what_if/accession_granted",
    "south_ossetia_2022", "what_if/courts_rule", "what_if/tense_line", "transnistria_2014", "what_if/inherited_bid",
    "abkhazia_2014", "three_theatres_2014",
)  # fmt: skip
BY_DESIGN = {  # structural choices that experiments vary, under which alone a number is read
    "loss_aversion": {"play.choice_rule": "prospect_theory"},
    "diminishing_sensitivity": {"play.choice_rule": "prospect_theory"},
    "aspiration": {"play.choice_rule": "satisficing"},
    "channel_threshold": {"parent.grievance_channel": "threshold"},
    "threshold_channel_strength": {"parent.grievance_channel": "threshold"},
    "saturation_midpoint": {"parent.response_to_pushes": "saturating"},
    "de_facto_reach.welfare": {"territory.strategic_clause.welfare": 0.5},
}


def key(address):
    """Role, name and item: one key for all members."""
    role, _, name, item = address
    return f"{role}.{name}" + (f".{item}" if item else "")


def all_keys():
    """Every number that a scenario can set and that is not computed anew."""
    setting = load_scenario("georgia_2014")
    recomputed = {name for name, one in declared.quantities.items() if getattr(one, "recomputed", "")}
    return list(dict.fromkeys(key(address) for address, _, _ in numbers(setting) if address[2] not in recomputed))


def outcomes(setting, given, streams):
    """Every outcome but utilities, which follow weights in any case, and the class; shape ``(outcome, run)``."""
    model = FrozenConflictModel(setting, seed=SEED, stream_numbers=streams, given=given, compiled=True).run_to_end()
    found = [values for name, values in model.outcomes().items() if ".utility" not in name]
    classes = np.unique(model.classes(), return_inverse=True)[1].astype(float)
    model.release()
    return np.stack([*found, classes])


def mattering(name, keys, each, values=None):
    """The keys whose bounds change an outcome of a scenario in some of ``each`` runs."""
    setting = load_scenario(name).with_values({"public.residents": 50} | (values or {}))
    at_once = max(1, (RUNS_AT_ONCE // each - 1) // 2)
    for first in range(0, len(keys), at_once):
        some = keys[first : first + at_once]
        groups = 1 + 2 * len(some)
        given = {}
        for address, one, usual in numbers(setting):
            if key(address) in some:
                group = 1 + 2 * some.index(key(address))
                numbers_of_runs = np.full((groups, each), usual, float)
                numbers_of_runs[group], numbers_of_runs[group + 1] = one.low, one.high
                given[address] = numbers_of_runs.ravel()
        came_out = outcomes(setting, given, np.tile(np.arange(each), groups))
        came_out = np.nan_to_num(came_out.reshape(len(came_out), groups, each), nan=-1.0)
        moved = (came_out != came_out[:, :1]).any(axis=(0, 2))
        yield from (one for at, one in enumerate(some) if moved[1 + 2 * at : 3 + 2 * at].any())


@pytest.fixture(scope="module")
def inert():
    """The keys that matter nowhere: the fewer are left, the more runs of the next scenario each of them is given."""
    left = [one for one in all_keys() if one.split(".", 1)[1] not in BY_DESIGN]
    for name in (*TELLING, *(one for one in shipped_names() if one not in TELLING)):
        each = RUNS_AT_ONCE // (1 + 2 * len(left))
        matters = set(mattering(name, left, min(max(each, LEAST_RUNS), MOST_RUNS))) if left else set()
        left = [one for one in left if one not in matters]
    return left


def test_every_number_matters_in_some_shipped_scenario(inert):
    assert inert == []


@pytest.mark.parametrize("name", BY_DESIGN)
def test_a_number_of_a_structural_choice_matters_under_it(name):
    (one,) = (each for each in all_keys() if each.split(".", 1)[1] == name)
    assert list(mattering("georgia_2014", [one], 100, BY_DESIGN[name])) == [one]
