"""A debugger works: with ``debug`` errors of rules come through as they are, and breakpoints in rules stop there."""

import pdb
import traceback
from dataclasses import replace
from itertools import count

import pytest

import frozen_conflict_sim as fcs
from frozen_conflict_sim.cli import main
from frozen_conflict_sim.model.simulation import Simulation
from frozen_conflict_sim.politics.catalogue import declared

CHANGES = count()  # code that was made for one declaration is not used for another


@pytest.fixture
def changed_rule(monkeypatch):
    """Replace the function of a hazard that the model evaluates every turn."""

    def change(function):
        clash = declared.hazards["clash"]
        rule = replace(clash.rule, function=function, reads=("tension",))
        monkeypatch.setitem(declared.hazards, "clash", replace(clash, rule=rule))
        monkeypatch.setattr(declared, "version", declared.version + 1000 + next(CHANGES))

    return change


def broken(tension):
    raise ZeroDivisionError("a fault in a rule")


def test_plain_arrays_give_the_same_numbers(small):
    assert fcs.run(small, 8, 3, debug=True).runs.equals(fcs.run(small, 8, 3).runs)


def frames_of(error_traceback):
    return [frame for frame, _ in traceback.walk_tb(error_traceback)]


def test_the_first_error_is_raised_from_the_rule_with_the_model_whole(small, changed_rule, tmp_path):
    changed_rule(broken)
    with pytest.raises(ZeroDivisionError) as raised:
        fcs.run(small, 4, debug=True)
    frames = frames_of(raised.value.__traceback__)
    assert frames[-1].f_code is broken.__code__
    (model,) = {id(one): one for frame in frames for one in frame.f_locals.values() if isinstance(one, Simulation)}.values()
    assert model.world.turn == 0
    assert len(model.populations) == len(small.entities["territory"])
    assert len(fcs.run(small, 4, out=tmp_path / "stored").failures) == 4, "without debug, errors are recorded"


def test_a_breakpoint_in_a_rule_stops_there(small, changed_rule, monkeypatch):
    stops = []
    monkeypatch.setattr("sys.breakpointhook", lambda: stops.append("here"))

    def stopping(tension):
        breakpoint()
        return 0.0 * tension

    changed_rule(stopping)
    Simulation(small, runs=4000, seed=1, debug=True).step()
    assert stops


def test_debug_needs_one_process(small):
    with pytest.raises(ValueError, match="in this process"):
        fcs.run(small, 4, workers=2, debug=True)


def test_the_command_opens_pdb_at_the_first_error(changed_rule, monkeypatch, tmp_path, capsys):
    changed_rule(broken)
    opened = []
    monkeypatch.setattr(pdb, "post_mortem", opened.append)
    words = ["run", "georgia_2014", "--runs", "2", "--debug", "--no-plots", "-q", "--set", "quarters=2"]
    with pytest.raises(SystemExit, match="1"):
        main([*words, "--out", str(tmp_path / "out")])
    (frames,) = opened
    assert frames_of(frames)[-1].f_code is broken.__code__
    assert "a fault in a rule" in capsys.readouterr().err


def test_the_command_refuses_several_processes(tmp_path, capsys):
    words = ["run", "georgia_2014", "--debug", "--workers", "2", "--out", str(tmp_path / "out")]
    with pytest.raises(SystemExit, match="2"):
        main(words)
    assert "--debug plays all runs in this process" in capsys.readouterr().err
