"""The schedule of a turn: its order, and that arrays, compiled code, printed pages and the plain peer all follow it."""

import sys
from pathlib import Path

import numpy as np
import pytest

from benchmarks.plain.run_writer import RunWriter
from benchmarks.work import RECORDED, work
from frozen_conflict_sim.engine.declare.derived import Contribution
from frozen_conflict_sim.engine.declare.rule import Rule
from frozen_conflict_sim.engine.schedule import Kind, Phase, Step, build_schedule, by_phase
from frozen_conflict_sim.model import back_end
from frozen_conflict_sim.model.model import FrozenConflictModel
from frozen_conflict_sim.model.schedule import order_of_play_text, turn_schedule
from frozen_conflict_sim.model.steps import STEPS
from frozen_conflict_sim.politics.catalogue import declared
from frozen_conflict_sim.politics.phases import ORDER_OF_PLAY
from frozen_conflict_sim.politics.roles import parent
from frozen_conflict_sim.scenario import load_scenario


def added_grievance(alienation):
    """A rule that only this test declares."""
    return 0.125 - 0.25 * alienation


@pytest.fixture
def added_step(monkeypatch):
    """One more contribution, in a phase that has none."""
    (phase,) = (phase.name for phase, steps in by_phase(turn_schedule()) if phase.name == "west")
    added = Contribution(Rule.of(added_grievance), parent, "alienation", phase)
    monkeypatch.setattr(declared, "contributions", [*declared.contributions, added])
    monkeypatch.setattr(back_end, "_PROGRAMS", {})
    return added


def steps_of(phase: str) -> list[Step]:
    return next(steps for found, steps in by_phase(turn_schedule()) if found.name == phase)


def test_a_turn_has_every_phase_and_ends_with_recording_ending_and_memory():
    phases = [phase for phase, _ in by_phase(turn_schedule())]
    assert phases[:-1] == list(ORDER_OF_PLAY)
    assert [step.kind for step in turn_schedule()[-3:]] == [Kind.RECORDING, Kind.ENDING, Kind.MEMORY]
    assert steps_of("events")[0].kind == Kind.EVENTS


def test_every_declared_rule_of_a_phase_is_on_the_schedule():
    names = [name for step in turn_schedule() for name in step.names]
    assert len(names) == len(set(names))
    assert set(declared.decisions) | set(declared.hazards) | set(declared.fixed_values) <= set(names)
    assert {f"{one.to} ← {one.rule.name}" for one in declared.contributions} <= set(names)
    residents = declared.roles["public"].residents
    assert {f"{trait} ← {rule.name}" for trait, _, rule in residents.changes} <= set(names)


def test_neighbouring_phases_can_be_swapped():
    names = [phase.name for phase, _ in by_phase(turn_schedule("elites_before_patron"))]
    assert names[:3] == ["events", "elites", "patron"]


def test_a_phase_without_declarations_has_no_steps():
    assert [step.phase.name for step in build_schedule(declared, (Phase("siesta", "Nothing happens."),))] == ["end_of_turn"] * 3


def test_every_kind_of_step_has_words_and_a_player():
    assert set(STEPS) == set(Kind) == {step.kind for step in turn_schedule()}
    assert all(step.lines() for step in turn_schedule())


def test_a_step_that_is_added_is_printed(added_step):
    assert "      alienation ← added_grievance" in order_of_play_text().splitlines()


def test_a_step_that_is_added_stands_in_the_odd(added_step, monkeypatch):
    monkeypatch.syspath_prepend(str(Path(__file__).parents[2] / "docs" / "source"))
    import declared_things

    assert "      alienation ← added_grievance" in declared_things.order_of_play().splitlines()
    for name in [name for name, module in sys.modules.items() if "docs/source" in str(getattr(module, "__file__", ""))]:
        monkeypatch.delitem(sys.modules, name)


def test_a_step_that_is_added_is_written_for_the_plain_peer(added_step):
    source = RunWriter(work(), RECORDED.values()).source
    assert "added_grievance(alienation__georgia)" in source
    assert source.index("# west:") < source.index("added_grievance(") < source.index("# world:")


def alienation(compiled: bool) -> np.ndarray:
    scenario = load_scenario("georgia_2014").with_values({"public.residents": 50})
    model = FrozenConflictModel(scenario, runs=20, seed=3, compiled=compiled)
    assert bool(model.compiled) == compiled
    for _ in range(3):
        model.step()
    found = model.trajectories()["georgia.alienation"].copy()
    model.release()
    return found


def test_a_step_that_is_added_is_played_by_arrays_and_by_compiled_code_alike(added_step, monkeypatch):
    on_arrays, compiled = alienation(compiled=False), alienation(compiled=True)
    assert on_arrays.tobytes() == compiled.tobytes()
    monkeypatch.undo()
    assert not np.allclose(on_arrays, alienation(compiled=False))
