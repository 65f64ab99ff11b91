"""Outcomes that are computed from the records of a block: the same numbers as from tables of all runs and turns, or none."""

from dataclasses import replace

import numpy as np
import pytest

from frozen_conflict_sim.model import back_end, recorder
from frozen_conflict_sim.model.bounds import OutOfBounds
from frozen_conflict_sim.model.simulation import Simulation
from frozen_conflict_sim.politics.outcomes import OUTCOMES

RUNS = 150
KEPT = {
    "nothing": (),
    "one trajectory": ("georgia.western_alignment",),
    "some of both": ("abkhazia.integration", "moscow.treatment.abkhazia", "south_ossetia.mobilisation"),
}


@pytest.fixture(autouse=True)
def optimised(monkeypatch):
    """Outcomes are compiled from the start."""
    monkeypatch.setattr(back_end, "OPTIMISING", 0)
    monkeypatch.setattr(back_end, "AT_ONCE", 0)


@pytest.fixture(scope="module")
def whole(small):
    return Simulation(small, RUNS, seed=3, compiled=True).run_to_end()


def played(small, **more):
    return Simulation(small, RUNS, seed=3, compiled=True, **more).run_to_end()


def compare(model, whole):
    outcomes, expected = model.outcomes(), whole.outcomes()
    assert list(outcomes) == list(expected)
    assert all(np.array_equal(outcomes[name], expected[name], equal_nan=True) for name in expected)
    assert model.classes().tolist() == whole.classes().tolist()


@pytest.mark.parametrize("threads", [1, 2])
@pytest.mark.parametrize("keep", KEPT.values(), ids=KEPT)
def test_outcomes_at_once_are_the_same_to_the_last_bit(small, whole, keep, threads):
    model = played(small, keep=keep, threads=threads)
    assert model.recorder.at_once
    assert len(model.recorder.values) + len(model.recorder.choices) == len(keep)
    compare(model, whole)
    series, known = model.trajectories() | model.decisions(), whole.trajectories() | whole.decisions()
    assert all(np.array_equal(values, known[name]) for name, values in series.items())


def test_a_single_run_is_the_same_as_among_many(small, whole):
    model = Simulation(small, 1, seed=3, stream_numbers=[5], compiled=True, keep=()).run_to_end()
    assert model.recorder.at_once
    outcomes = model.outcomes()
    assert all(np.array_equal(outcomes[name], values[5:6], equal_nan=True) for name, values in whole.outcomes().items())
    assert model.classes().tolist() == whole.classes()[5:6].tolist()


def test_outcomes_of_a_hundred_years_are_computed_at_once_too(small):
    """Some are computed turn after turn, in more steps than Python's stack is deep."""
    centuries = small.with_values({"quarters": 400})
    once, whole = (Simulation(centuries, 20, seed=3, compiled=True, **more).run_to_end() for more in ({"keep": ()}, {}))
    assert once.recorder.at_once
    compare(once, whole)


def test_another_value_that_all_runs_share_is_another_code(small):
    other = small.with_values({"public.accession_preferred_from": 0.6})
    for setting in (small, other, small):
        once, whole = (played(setting, **more) for more in ({"keep": ()}, {}))
        compare(once, whole)


def test_what_leaves_its_bounds_is_refused_though_it_is_not_kept(small, monkeypatch):
    """The bounds of tension are drawn where some runs pass them in some turns."""
    narrow = recorder.bounds_of
    monkeypatch.setattr(recorder, "bounds_of", lambda name, unit: (0.0, 0.45) if name == "tension" else narrow(name, unit))
    said = []
    for keep in (None, ()):
        with pytest.raises(OutOfBounds, match=r"georgia\.tension is 0\.\d+ after turn \d+ in the run of stream \d+") as error:
            played(small, keep=keep).trajectories()
        said.append(str(error.value))
    assert said[0] == said[1]


def test_an_outcome_that_only_numpy_can_compute_takes_tables(small, monkeypatch):
    name, first = next(iter(OUTCOMES.items()))
    sorting = replace(first.rule, function=lambda *values: np.sort(first.rule.function(*values)))
    with monkeypatch.context() as patched:
        patched.setitem(OUTCOMES, name, replace(first, rule=sorting))
        assert not played(small, keep=()).recorder.at_once
    assert played(small, keep=()).recorder.at_once


def test_few_runs_take_tables(small, monkeypatch):
    monkeypatch.setattr(back_end, "AT_ONCE", np.inf)
    monkeypatch.setattr("frozen_conflict_sim.model.outcomes.at_once.is_cached", lambda source: False)
    assert not played(small, keep=()).recorder.at_once


def test_turns_by_themselves_are_refused(small):
    """The records of a block are there until the next is played."""
    with pytest.raises(ValueError, match="played by run_to_end, all turns at once; leave out keep to play turns"):
        Simulation(small, RUNS, seed=3, compiled=True, keep=()).step()
