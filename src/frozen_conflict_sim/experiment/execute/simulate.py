"""Simulation of a task: a pure function from (scenario, seed, rows) to tables.

If a task fails it is halved until each run at fault is alone, so that only these are lost.
"""

from __future__ import annotations

import traceback
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from ...engine.setting import Setting
from ..errors import is_out_of_memory
from ..study.rows import Rows
from .arrow_arrays import arrow_array

if TYPE_CHECKING:
    from ...model.simulation import Simulation

IDENTITY = ("run", "point", "replicate", "stream")
STATUS = ("status", "class", "ended_quarter")
KEPT = 3  # models that are kept for another call
_KEPT: list = []
_ASKED: deque[tuple] = deque(maxlen=4 * KEPT)  # which runs were asked for in the last calls
ENOUGH = 32  # runs of a task that fail one after the other before the rest is assumed to fail too


@dataclass(frozen=True)
class TaskResult:
    """The results of some runs: a table with a row a run, one with a row a run and turn, and the failures."""

    runs: pa.Table
    turns: pa.Table
    failures: tuple[dict, ...] = ()


def simulate(scenario: Setting, seed: int, rows: Rows, keep: tuple[str, ...] | None = None) -> TaskResult:
    """Play the runs of ``rows``; ``keep`` names the trajectories and decisions to return (``None``: all)."""
    found = _tried(scenario, seed, rows, keep)
    if isinstance(found, TaskResult):
        return found
    return _isolated(scenario, seed, rows, keep) if len(rows) > 1 else failed(rows, seed, *found)


def simulate_for_debugger(scenario: Setting, seed: int, rows: Rows, keep: tuple[str, ...] | None = None) -> TaskResult:
    """The same on plain arrays, without isolating failures: the first exception is raised with the model still whole."""
    return _played(scenario, seed, rows, keep, {}, debug=True)


def simulate_kept(scenario: Setting, seed: int, rows: Rows, keep: tuple[str, ...] | None = None) -> TaskResult:
    """The same in compiled code whatever the size, from the second call for the same runs on with a model that is kept."""
    from ...live.reusable import ReusableModels, structure_of
    from ...model.back_end import worth_optimising

    if not _KEPT:
        _KEPT.append(ReusableModels(KEPT))
    streams = np.resize(rows.stream, max(len(rows), 2))  # a single run would need machine code of its own
    given = {address: np.resize(values, len(streams)) for address, values in rows.given.items()}
    try:
        asked = seed, streams.tobytes(), structure_of(scenario)
        with _KEPT[0].lock:
            if asked not in _ASKED:
                _ASKED.append(asked)
                return _compiled(scenario, seed, streams, given, rows, keep)
            model = _KEPT[0].get(scenario, seed, streams).at(scenario, given)
            if worth_optimising(scenario, len(streams)) and model.compiled:
                model.compiled.optimise()
            return result_of(model.run_to_end(), rows, keep, np.array)
    except Exception:
        return simulate(scenario, seed, rows, keep)  # which isolates the runs at fault


def _compiled(scenario: Setting, seed: int, streams: np.ndarray, given: dict, rows: Rows, keep) -> TaskResult:
    """Play runs, of which ``rows`` are the first or all, in compiled code if that is possible."""
    from ...model.simulation import Simulation

    compiled = True if find_spec("llvmlite") else None
    model = Simulation(scenario, seed=seed, stream_numbers=streams, given=given, compiled=compiled, keep=keep)
    try:
        return result_of(model.run_to_end(), rows, keep)
    finally:
        model.release()


def _isolated(scenario: Setting, seed: int, rows: Rows, keep: tuple[str, ...] | None) -> TaskResult:
    """Play runs of which some fail: halve them until each run at fault is alone.

    Runs are shuffled first. After ``ENOUGH`` failures in a row with no success in between, all others are assumed to fail and
    are not tried: one by one would take a hundred times as long.
    """
    mixed = rows.take(np.random.default_rng(len(rows)).permutation(len(rows)))
    waiting, results, streak, last = [mixed], [], 0, ("", "", {})
    while waiting:
        some = waiting.pop()
        if streak >= ENOUGH:
            reason = f"Not tried alone: {streak} runs of its task were, and each failed. The last of them: {last[1]}"
            results.append(failed(some, seed, last[0], reason))
            continue
        tried = _tried(scenario, seed, some, keep)
        if isinstance(tried, TaskResult):
            results.append(tried)
            streak = 0
        elif len(some) > 1:
            middle = len(some) // 2
            waiting += [some.take(slice(middle, None)), some.take(slice(None, middle))]
        else:
            results.append(failed(some, seed, *tried))
            streak, last = streak + 1, tried
    whole = joined(results)
    failures = sorted(whole.failures, key=lambda failure: failure["run"])
    return TaskResult(
        whole.runs.sort_by("run"), whole.turns.sort_by([("run", "ascending"), ("turn", "ascending")]), tuple(failures)
    )


def _tried(scenario: Setting, seed: int, rows: Rows, keep) -> TaskResult | tuple[str, str, dict]:
    """The result, or the stage, the traceback and the parameters of the failure."""
    progress = {"stage": "set-up", "parameters": {}}
    try:
        return _played(scenario, seed, rows, keep, progress)
    except Exception as error:
        if len(rows) == 1 and is_out_of_memory(error):
            raise  # a failure of the machine, not of the run
        return progress["stage"], "".join(traceback.format_exception(error)), progress["parameters"]


def failed(rows: Rows, seed: int, stage: str, reason: str, parameters: dict | None = None) -> TaskResult:
    """The result of runs that could not be finished: a row with status ``failed`` and a failure record for each."""
    failures = [
        {
            "run": int(run),
            "stream": int(stream),
            "seed": seed,
            "stage": stage,
            "parameters": {**{name: _plain(values[at]) for name, values in rows.columns.items()}, **(parameters or {})},
            "traceback": reason,
        }
        for at, (run, stream) in enumerate(zip(rows.run, rows.stream))
    ]
    nothing = {"run": np.zeros(0, np.int64), "turn": np.zeros(0, np.int16)}
    status = {"status": np.full(len(rows), "failed")}
    return TaskResult(runs_table(rows, {**status, **rows.columns}), _table(nothing), tuple(failures))


def joined(results: list[TaskResult]) -> TaskResult:
    """Several results as one; a column that one of them lacks is empty there."""
    if len(results) == 1:
        return results[0]
    return TaskResult(
        pa.concat_tables([result.runs for result in results], promote_options="default"),
        pa.concat_tables([result.turns for result in results], promote_options="default"),
        tuple(failure for result in results for failure in result.failures),
    )


def _played(scenario: Setting, seed: int, rows: Rows, keep, progress: dict, debug: bool = False) -> TaskResult:
    from ...model.simulation import Simulation

    model = Simulation(scenario, len(rows), seed, stream_numbers=rows.stream, given=rows.given, debug=debug, keep=keep)
    try:
        progress["parameters"] = {name: float(np.ravel(values)[0]) for name, values in _drawn(model, rows).items()}
        try:
            model.run_to_end()
        finally:
            progress["stage"] = f"turn {model.world.turn}"
        progress["stage"] = "outcomes"
        result = result_of(model, rows, keep)
    except BaseException:
        if not debug:
            model.release()
        raise
    model.release()
    return result


def result_of(model: Simulation, rows: Rows, keep: tuple[str, ...] | None = None, own: Callable = np.asarray) -> TaskResult:
    """The results of a model whose first runs, or all, are ``rows``, played to the end; ``own`` makes an array the table's."""
    count = len(rows)
    outcomes = {name: values[:count] for name, values in model.outcomes().items()}
    status = {"class": model.classes()[:count], "ended_quarter": model.ended_quarter[:count]}
    turns = model.trajectories() | model.decisions()
    kept = {name: own(values[:count]) for name, values in turns.items() if keep is None or name in keep}
    return TaskResult(
        runs_table(rows, {"status": np.full(count, "done"), **status, **rows.columns, **_drawn(model, rows), **outcomes}),
        _turns_table(rows, model.setting.turns, kept),
    )


def _drawn(model: Simulation, rows: Rows) -> dict[str, np.ndarray]:
    """The values that the model drew itself."""
    return {name: values[: len(rows)] for name, values in model.drawn().items() if name not in rows.members_set}


def runs_table(rows: Rows, columns: dict) -> pa.Table:
    """A table with a row a run: its identity, then the columns."""
    identity = {name: np.asarray(getattr(rows, name), np.int64) for name in IDENTITY}
    return _table(identity | columns)


def _turns_table(rows: Rows, turns: int, series: dict) -> pa.Table:
    """A table with a row a run and turn, turns counted from 1."""
    index = {
        "run": np.repeat(np.asarray(rows.run, np.int64), turns),
        "turn": np.tile(np.arange(1, turns + 1, dtype=np.int16), len(rows)),
    }
    return _table(index | {name: np.ascontiguousarray(values).ravel() for name, values in series.items()})


def _table(columns: dict[str, np.ndarray]) -> pa.Table:
    return pa.table({name: arrow_array(values) for name, values in columns.items()})


def _plain(value) -> float | str:
    return value if isinstance(value, str) else float(value)
