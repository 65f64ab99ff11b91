"""Play one run of stored results again, bit for bit, with everything that is too large to store for every run."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from ..engine.arrays.receipts import Receipt
from ..engine.setting import Value
from ..experiment.execute.simulate import result_of
from ..experiment.provenance import changes_since
from ..experiment.study.rows import Task
from ..model.columns import Column, columns
from ..model.simulation import Simulation
from ..results import Results, open_results
from ..scenario import Scenario
from ..scenario.addresses import addresses_in
from ..scenario.schema import declarations

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Replay:
    """A run of some results, played again on plain arrays, with the receipt of every decision.

    ``model`` has played to the end; ``row`` and ``turns`` are its results in the form in which they are stored. ``compared``
    counts the stored columns with which they were compared, 0 if the run is not stored; ``differing`` names those that are
    not equal to the last bit. ``notes`` say what a reader should know.
    """

    run: int
    title: str
    task: Task
    model: Simulation
    row: pa.Table
    turns: pa.Table
    compared: int
    differing: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def equal(self) -> bool | None:
        """Whether the run is equal to the stored one to the last bit; None if nothing is stored."""
        return not self.differing if self.compared else None

    @property
    def seed(self) -> int:
        """The seed of the study."""
        return self.model.world.streams.seed

    @cached_property
    def columns(self) -> dict[str, Column]:
        """The declarations of trajectories, decisions and outcomes by name."""
        return {column.name: column for column in columns(self.model.setting)}

    @cached_property
    def values(self) -> dict[str, object]:
        """What identifies and distinguishes the run, and its outcomes, by column; None where one is not defined."""
        return {name: column[0].as_py() for name, column in zip(self.row.column_names, self.row.columns)}

    @cached_property
    def trajectories(self) -> pd.DataFrame:
        """Every quantity by turn, in single precision; the index is the first day, or the quarter, of the turn."""
        return self._of_kind("trajectory")

    @cached_property
    def decisions(self) -> pd.DataFrame:
        """Every decision by turn, as the name of the option."""
        table = self._of_kind("decision")
        return table.apply(lambda codes: codes.map(dict(enumerate(self.columns[codes.name].options))))

    @property
    def receipts(self) -> list[Receipt]:
        """The receipt of every decision in the order of play, each for all its members."""
        return self.model.decision_maker.receipts

    def _of_kind(self, kind: str) -> pd.DataFrame:
        names = [name for name in self.turns.column_names if name in self.columns and self.columns[name].kind == kind]
        table = self.turns.select(names).to_pandas()
        return table.set_axis([self.model.setting.date(turn) for turn in range(len(table))]).rename_axis("date")

    @cached_property
    def scenario(self) -> Scenario:
        """The scenario with the values of the run in place of what was varied or uncertain.

        Played with the ``seed`` and the stream number of the run, it gives the same run.
        """
        scenario, declared = self.task.scenario, declarations()
        specific = addresses_in(declared, scenario).specific
        given = {address: float(values[0]) for address, values in self.task.rows.given.items()}
        fixed = {address: Value("fixed", (number,), stream=specific[address]) for address, number in given.items()}
        ordered = {address: value for address in specific if (value := (scenario.values | fixed).get(address))}
        policies = {
            name: replace(policy, values={address: value for address, value in policy.values.items() if address not in given})
            for name, policy in scenario.policies.items()
        }
        return replace(scenario, values=ordered, policies=policies, layers=(), notes=())


def replay(results: Results | str | os.PathLike[str], run: int, *, debug: bool = False) -> Replay:
    """Play one run again and compare it with what is stored.

    ``results`` are open results or their folder. A run that the study has but that is not stored is played as well. An error
    in the run is raised as it is; with ``debug`` the arrays stay as they were, for a debugger. Raises ``NoSuchRun`` for a
    number that the study does not have.
    """
    results = results if isinstance(results, Results) else open_results(results)
    (task,) = results.tasks([run])
    stored = results.stored(run)
    model = played(task, results.manifest["seed"], debug=debug)
    result = result_of(model, task.rows)
    pairs = [] if stored is None else [(result.runs, stored[0]), (result.turns, stored[1])]
    return Replay(
        run,
        results.title,
        task,
        model,
        result.runs,
        result.turns,
        sum(mine.num_columns for mine, _ in map(_in_both, pairs)),
        tuple(name for pair in pairs for name in _differing(*pair)),
        tuple(_notes(results, run, stored)),
    )


def played(task: Task, seed: int, *, debug: bool = False) -> Simulation:
    """A model that has played all runs of a task to the end and keeps receipts and the ledger."""
    rows = task.rows
    model = Simulation(
        task.scenario, len(rows), seed, stream_numbers=rows.stream, given=rows.given, keep_receipts=True, debug=debug
    )
    return model.run_to_end()


def _in_both(pair: tuple[pa.Table, pa.Table]) -> tuple[pa.Table, pa.Table]:
    names = [name for name in pair[1].column_names if name in pair[0].column_names]
    return pair[0].select(names), pair[1].select(names)


def _differing(mine: pa.Table, stored: pa.Table) -> list[str]:
    """The columns of two tables that are not equal to the last bit."""
    if len(mine) != len(stored):
        return ["status"]
    mine, stored = _in_both((mine, stored))
    return [name for name in mine.column_names if not _same_bits(mine[name], stored[name])]


def _same_bits(one: pa.ChunkedArray, other: pa.ChunkedArray) -> bool:
    if not pa.types.is_floating(one.type) or one.type != other.type or one.null_count or other.null_count:
        return one.to_pylist() == other.to_pylist()
    bits = [np.ascontiguousarray(values.to_numpy()).view(f"i{one.type.bit_width // 8}") for values in (one, other)]
    return np.array_equal(*bits)


def _notes(results: Results, run: int, stored):
    changed = changes_since(results.manifest["code"])
    if changed:
        yield f"the model has changed since ({changed}), so the run may not be the one that was played then"
    if stored is None:
        yield f"run {run} is not stored, so there is nothing to compare it with"
