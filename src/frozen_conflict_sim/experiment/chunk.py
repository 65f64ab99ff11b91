"""A chunk of runs: a pure function from (scenario, seed, rows) to tables.

If something goes wrong in a chunk it is halved until the run at fault stands alone, and only that one is lost.
"""

from __future__ import annotations

import traceback
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from ..engine.setting import Setting
from .study import Rows

IDENTITY = ("run", "point", "replicate", "luck")
FATE = ("status", "class", "ended_turn")


@dataclass(frozen=True)
class Chunk:
    """What some runs gave: a table with a row a run, a table with a row a run and turn, and what failed."""

    runs: pa.Table
    turns: pa.Table
    failures: tuple[dict, ...] = ()


class NotFinite(ArithmeticError):
    """A run gave an infinite number. Undefined is legal, infinite is not."""


def simulate(scenario: Setting, seed: int, rows: Rows, keep: tuple[str, ...] | None = None) -> Chunk:
    """Play the runs of ``rows``; ``keep`` names the trajectories and decisions wanted, ``None`` means all."""
    progress = {"stage": "set-up", "parameters": {}}
    try:
        return _played(scenario, seed, rows, keep, progress)
    except Exception as error:
        if len(rows) == 1:
            return failed(rows, seed, progress["stage"], "".join(traceback.format_exception(error)), progress["parameters"])
    middle = len(rows) // 2
    halves = [simulate(scenario, seed, rows.take(half), keep) for half in (slice(None, middle), slice(middle, None))]
    return joined(halves)


def failed(rows: Rows, seed: int, stage: str, reason: str, parameters: dict | None = None) -> Chunk:
    """The chunk of runs that could not be finished."""
    failures = [
        {
            "run": int(run),
            "luck": int(luck),
            "seed": seed,
            "stage": stage,
            "parameters": {**{name: _plain(values[at]) for name, values in rows.columns.items()}, **(parameters or {})},
            "traceback": reason,
        }
        for at, (run, luck) in enumerate(zip(rows.run, rows.luck))
    ]
    nothing = {"run": np.zeros(0, np.int64), "turn": np.zeros(0, np.int16)}
    fate = {"status": np.full(len(rows), "failed")}
    return Chunk(_runs_table(rows, {**fate, **rows.columns}), pa.table(nothing), tuple(failures))


def joined(chunks: list[Chunk]) -> Chunk:
    """Several chunks as one; a column that one of them lacks is empty there."""
    return Chunk(
        pa.concat_tables([chunk.runs for chunk in chunks], promote_options="default"),
        pa.concat_tables([chunk.turns for chunk in chunks], promote_options="default"),
        tuple(failure for chunk in chunks for failure in chunk.failures),
    )


def _played(scenario: Setting, seed: int, rows: Rows, keep, progress: dict) -> Chunk:
    from ..politics.model import FrozenConflictModel

    model = FrozenConflictModel(scenario, runs=len(rows), seed=seed, luck=rows.luck, given=rows.given)
    try:
        drawn = {name: values for name, values in model.drawn().items() if name not in rows.settled}
        progress["parameters"] = {name: float(np.ravel(values)[0]) for name, values in drawn.items()}
        try:
            model.run_to_end()
        finally:
            progress["stage"] = f"turn {model.world.turn}"
        progress["stage"] = "outcomes"
        outcomes = {name: _finite(name, values) for name, values in model.outcomes().items()}
        fate = {"status": np.full(len(rows), "done"), "class": model.classes(), "ended_turn": np.asarray(model.ended_turn)}
        turns = {name: _finite(name, values, np.float32) for name, values in model.trajectories().items()} | {
            name: values.astype(np.int8) for name, values in model.decisions().items()
        }
    finally:
        model.release()
    kept = turns if keep is None else {name: values for name, values in turns.items() if name in keep}
    return Chunk(_runs_table(rows, {**fate, **rows.columns, **drawn, **outcomes}), _turns_table(rows, scenario.turns, kept))


def _finite(name: str, values: np.ndarray, kind=np.float64) -> np.ndarray:
    with np.errstate(over="ignore"):
        values = np.asarray(values).astype(kind)
    if np.isinf(values).any():
        raise NotFinite(f"{name} is infinite")
    return values


def _runs_table(rows: Rows, columns: dict) -> pa.Table:
    identity = {name: pa.array(getattr(rows, name), pa.int64()) for name in IDENTITY}
    return pa.table(identity | {name: _column(values) for name, values in columns.items()})


def _turns_table(rows: Rows, turns: int, series: dict) -> pa.Table:
    index = {
        "run": pa.array(np.repeat(rows.run, turns), pa.int64()),
        "turn": pa.array(np.tile(np.arange(turns, dtype=np.int16), len(rows))),
    }
    return pa.table(index | {name: pa.array(np.ascontiguousarray(values).ravel()) for name, values in series.items()})


def _plain(value) -> float | str:
    return value if isinstance(value, str) else float(value)


def _column(values: np.ndarray) -> pa.Array:
    values = np.asarray(values)
    if values.dtype.kind in "UO":
        return pa.array(values.tolist(), pa.string())
    if values.dtype.kind == "f":
        return pa.array(values, from_pandas=True)
    return pa.array(values.astype(np.int64))
