"""What was emitted is kept for later processes: the same code and numbers, emitted anew after any change, never guessed."""

import pickle
import zlib
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from frozen_conflict_sim import engine
from frozen_conflict_sim.engine import cache
from frozen_conflict_sim.engine.compiled.run import kept
from frozen_conflict_sim.engine.compiled.run.program import Program
from frozen_conflict_sim.engine.declare.parameter import quantity
from frozen_conflict_sim.engine.setting import Policy, Value
from frozen_conflict_sim.model import back_end
from frozen_conflict_sim.model.outcomes import at_once
from frozen_conflict_sim.model.outcomes.compiled import CompiledOutcomes
from frozen_conflict_sim.model.simulation import Simulation
from frozen_conflict_sim.politics.actors.patron.treatment import ask
from frozen_conflict_sim.politics.catalogue import declared
from frozen_conflict_sim.scenario import load_scenario
from frozen_conflict_sim.scenario.shipped import shipped_names
from tests.engine.compiled.test_bit_equality import EVENTS, MANDATES


@pytest.fixture
def files(monkeypatch):
    """What is kept, by name; nothing is at first. Machine code is in the usual cache."""
    found: dict[str, bytes] = {}
    monkeypatch.setattr(kept, "cache", SimpleNamespace(named_by=cache.named_by, read=found.get, write=found.__setitem__))
    monkeypatch.setattr(back_end, "AT_ONCE", 0.0)
    return found


@pytest.fixture
def another_process(monkeypatch):
    """Forget what this process has emitted; returns what is emitted from now on."""

    def begin():
        emitted: list[str] = []
        monkeypatch.setattr(back_end, "_PROGRAMS", {})
        for kind in (Program, CompiledOutcomes):
            monkeypatch.setattr(kind, "__init__", _counting(kind, emitted))
        return emitted

    return begin


_INITS = {kind: kind.__init__ for kind in (Program, CompiledOutcomes)}


def _counting(kind, emitted):
    def init(self, *given):
        emitted.append(kind.__name__)
        _INITS[kind](self, *given)

    return init


@pytest.fixture(scope="module")
def georgia():
    return load_scenario("georgia_2014", {"public.residents": 50, "quarters": 10})


def played(scenario):
    model = Simulation(scenario, 16, seed=3, compiled=True, keep=("georgia.alienation",)).run_to_end()
    found = model.outcomes() | {"classes": model.classes(), **model.trajectories()}
    model.release()
    return found


def same(one, other):
    return one.keys() == other.keys() and all(
        np.array_equal(values, other[name], equal_nan=values.dtype.kind == "f") for name, values in one.items()
    )


BOTH = ["Program", "CompiledOutcomes"]


def test_another_process_emits_nothing_and_plays_the_same(georgia, files, another_process):
    emitted = another_process()
    first, program = played(georgia), next(iter(back_end._PROGRAMS.values()))
    assert emitted == BOTH
    emitted = another_process()
    assert same(played(georgia), first)
    assert emitted == []
    again = next(iter(back_end._PROGRAMS.values()))
    assert again is not program
    assert (again.source, again.streams, again.layout.fields) == (program.source, program.streams, program.layout.fields)


def test_other_numbers_are_played_by_what_is_kept_and_the_same_as_without_it(georgia, files, another_process):
    other = georgia.with_values({"public.stubbornness": 0.5, "patron.policy": "swallow"})
    another_process()
    expected = played(other)
    files.clear()
    another_process()
    played(georgia)
    emitted = another_process()
    assert same(played(other), expected)
    assert emitted == []


def test_a_number_in_the_code_of_outcomes_has_them_emitted_anew(georgia, files, another_process):
    other = georgia.with_values({"play.contest_window": 1})
    another_process()
    expected = played(other)
    files.clear()
    another_process()
    assert not same(played(georgia), expected)
    emitted = another_process()
    assert same(played(other), expected)
    assert emitted == ["CompiledOutcomes"]


@pytest.mark.parametrize("what", ["events", *MANDATES])
def test_events_and_mandates_of_every_kind_are_kept(georgia, files, another_process, what):
    policy = Policy("mandated", "A mandate.", **MANDATES.get(what, {}))
    values = georgia.values | {("patron", "moscow", "policy", ""): Value("fixed", ("mandated",))}
    mandated = {"policies": georgia.policies | {"mandated": policy}, "values": values}
    scenario = replace(georgia, **({"events": EVENTS} if what == "events" else mandated))
    another_process()
    first = played(scenario)
    emitted = another_process()
    assert same(played(scenario), first)
    assert emitted == []


@pytest.mark.parametrize("damaged", [b"", b"text", zlib.compress(pickle.dumps(None))], ids=["empty", "text", "nothing"])
def test_what_cannot_be_read_is_emitted_anew(georgia, files, another_process, damaged):
    another_process()
    first = played(georgia)
    for name in files:
        files[name] = damaged
    emitted = another_process()
    assert same(played(georgia), first)
    assert emitted == BOTH
    assert damaged not in files.values()


def test_rules_of_a_script_are_never_kept(georgia, files, another_process):
    def hope(tension):
        return 1.0 - tension

    try:
        with declared.open():
            ask.incentive(weight=quantity(0.5, 0, 2, "utility", "What it is worth."))(hope)
        emitted = another_process()
        played(georgia)
        assert emitted == BOTH
        assert files == {}
    finally:
        declared.restore()
    emitted = another_process()
    played(georgia)
    assert emitted == BOTH
    assert len(files) == 2


def test_a_changed_file_of_the_model_has_everything_emitted_anew(georgia, files, another_process, monkeypatch):
    another_process()
    played(georgia)
    monkeypatch.setattr(declared, "made_of", "other files")
    emitted = another_process()
    played(georgia)
    assert emitted == BOTH
    monkeypatch.setattr(at_once, "_own_files", lambda: "other files")
    emitted = another_process()
    played(georgia)
    assert emitted == ["CompiledOutcomes"]


@pytest.mark.parametrize("name", shipped_names())
def test_the_programs_of_all_shipped_scenarios_are_kept(name, files, another_process):
    one, other = (Simulation(load_scenario(name), 2, compiled=False) for _ in range(2))
    another_process()
    first = back_end.program_of(one)
    assert len(files) == 1
    emitted = another_process()
    assert back_end.program_of(other).source == first.source
    assert emitted == []


def test_nothing_is_kept_if_a_file_was_saved_while_the_package_was_loaded(georgia, files, another_process, monkeypatch):
    newest = max(path.stat().st_mtime for path in kept.PACKAGE.rglob("*.py"))
    for loaded, number in ((newest + 0.5, 0), (newest + 1.5, 2)):
        monkeypatch.setattr(engine, "LOADED", loaded)
        kept._are_as_loaded.cache_clear()
        emitted = another_process()
        played(georgia)
        assert emitted == BOTH
        assert len(files) == number
    kept._are_as_loaded.cache_clear()


def test_a_key_with_something_else_than_plain_values_names_nothing():
    assert kept.name_of(declared, ("turns", 4, len)) is None
    assert kept.name_of(declared, ("turns", 4, test_a_key_with_something_else_than_plain_values_names_nothing)) is None
    assert kept.name_of(declared, (frozenset("ab"), {"a": 1.0})) == kept.name_of(declared, (frozenset("ba"), {"a": 1.0}))
    assert kept.name_of(declared, ("turns", 4)) != kept.name_of(declared, ("turns", "4"))
