"""Null models: each changes one thing and nothing else."""

import numpy as np
import pytest

from frozen_conflict_sim import run
from frozen_conflict_sim.record.nulls import NULLS, BaseRates, Persistence
from frozen_conflict_sim.record.runs import Runs
from frozen_conflict_sim.scenario import load_scenario


@pytest.fixture(scope="module")
def scenario():
    return load_scenario("georgia_2014").with_values({"public.residents": 60, "quarters": 12})


@pytest.fixture(scope="module")
def played(scenario):
    """A few runs of each null model that has runs of its own, and of the model."""
    changes = {"model": lambda same: same} | {name: null.change for name, null in NULLS.items() if null.change}
    return {name: run(change(scenario), runs=40, seed=3) for name, change in changes.items()}


def test_the_record_names_seven():
    assert set(NULLS) == {
        "persistence", "base_rates", "no_treaty", "coupling_off", "random_option", "labels_swapped", "placebo_crimea",
    }  # fmt: skip


def signed(results):
    return results.runs["south_ossetia.treaty_signed"].mean()


def test_nobody_asks(played):
    assert signed(played["model"]) > 0.3
    assert signed(played["no_treaty"]) == 0.0


def test_without_the_coupling_all_else_is_the_same(played):
    on, off = (played[name].runs for name in ("model", "coupling_off"))
    assert off["georgia.acceptance_at_end"].max() == 0.0 < on["georgia.acceptance_at_end"].max()


def test_at_random_even_annexations_are_accepted(played):
    assert (
        played["random_option"].runs["south_ossetia.annexed_at_end"].mean()
        > played["model"].runs["south_ossetia.annexed_at_end"].mean() + 0.1
    )


def test_swapped_labels_swap_all_data_and_nothing_else(scenario, played):
    swapped = NULLS["labels_swapped"].change(scenario)
    for one, other in (("abkhazia", "south_ossetia"), ("south_ossetia", "abkhazia")):
        for name in ("stake", "coercive_capacity", "dependence"):
            assert swapped.values["territory", one, name, ""].fixed == scenario.values["territory", other, name, ""].fixed
        strata = [stratum.split(".")[1] for stratum in scenario.entities["stratum"] if stratum.startswith(f"{other}.")]
        assert [stratum.split(".")[1] for stratum in swapped.entities["stratum"] if stratum.startswith(f"{one}.")] == strata
    again = NULLS["labels_swapped"].change(swapped)
    assert again.values == scenario.values
    assert again.entities == scenario.entities


def test_a_single_territory_stays_as_it_is():
    transnistria = load_scenario("transnistria_2014")
    assert NULLS["labels_swapped"].change(transnistria) is transnistria


def test_crimea_is_moved_and_nothing_else(scenario):
    assert not {"Crimea", "sanctions over Ukraine"} & {event.name for event in NULLS["placebo_crimea"].change(scenario).events}
    longer = scenario.with_values({"quarters": 40})
    moved = {event.name: event.first for event in NULLS["placebo_crimea"].change(longer).events}
    before = {event.name: event.first for event in longer.events}
    assert {name: moved[name] - first for name, first in before.items() if moved[name] != first} == {
        "Crimea": 20,
        "sanctions over Ukraine": 20,
    }


def test_in_persistence_nothing_happens_and_nothing_changes(played):
    runs, model = Persistence(played["model"]), Runs(played["model"])
    trajectory = runs.trajectory("georgia.alienation")
    assert (trajectory == trajectory[:, :1]).all()
    assert np.array_equal(trajectory[:, 0], model.trajectory("georgia.alienation")[:, 0])
    assert runs.chose("moscow.treatment.abkhazia", "hold").all()
    assert not runs.chose("moscow.treatment.abkhazia", "ask_for_deeper_integration").any()
    assert not runs.happened("abkhazia.forced_exit").any()
    assert np.isnan(runs.outcome("abkhazia.depth_gained")).all()


def test_base_rates_keep_frequencies_and_permute_place_and_time(played):
    runs, model = BaseRates(played["model"]), Runs(played["model"])
    names = [f"moscow.treatment.{territory}" for territory in ("abkhazia", "south_ossetia")]
    asks = {
        kind: [seen.chose(name, "ask_for_deeper_integration") for name in names]
        for kind, seen in (("base", runs), ("model", model))
    }
    assert np.sum(asks["base"]) == np.sum(asks["model"])
    assert not np.array_equal(asks["base"], asks["model"])
    both = [
        np.concatenate([seen.outcome(f"{territory}.depth_gained") for territory in ("abkhazia", "south_ossetia")])
        for seen in (runs, model)
    ]
    assert np.array_equal(*(np.sort(values) for values in both), equal_nan=True)
    again = BaseRates(played["model"]).trajectory("abkhazia.subsidy_paid")
    assert np.array_equal(again, runs.trajectory("abkhazia.subsidy_paid"), equal_nan=True)
