"""A program of array functions: it computes one number a run for each of some results, from the records of an ensemble."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from ...memory import aligned
from ..ir.builder import LANES, SINGLE, ModuleBuilder
from .emit import GraphEmitter
from .traced import Traced, as_traced

POINTERS = ("trajectories", "given", "columns", "recorded", "scratch", "results")
PASSED = "ptr %recorded, ptr %given, ptr %scratch, ptr %columns, ptr %results, i64 %runs"


class Records(NamedTuple):
    """The records of a block: how many rows each turn has, and the least and largest number that each checked row may hold."""

    rows: int
    limits: dict[int, tuple[float, float]]


class ArrayProgram:
    """The code of some results, each an array ``(…, run)``, of trajectories with ``turns`` turns.

    :meth:`trajectory` and :meth:`given` are the arrays from which the results are computed before the program is made.
    ``evaluate`` fills ``results``, shape ``(row, run)``, for one block of runs; ``given_values`` are the values of the slots
    of ``given`` as arrays ``(…, run)`` by name, ``rows`` is the first row of each result. ``evaluate_records`` does the same
    right after a block was played, from its records ``(turn, row, lane)``, and says in the last row whether any of them was
    outside its limits (1) or none (0).
    """

    def __init__(self, turns: int):
        self.turns, self.given_slots, self.given_values = turns, 0, {}
        self.slots: dict[str, int] = {}
        self._read: dict[int, int] = {}
        self._inputs: dict[str, Traced] = {}

    def trajectory(self, name: str, first_row: int, shape: tuple[int, ...]) -> Traced:
        """The array of a recorded name, whose rows begin with ``first_row``; ``shape`` is that of one turn of one run."""
        if name not in self._inputs:
            place = len(self._read)
            for row in range(int(np.prod(shape, dtype=int))):
                self._read[first_row + row] = place + row
            self._inputs[name] = Traced("recorded", shape=(self.turns, *shape, LANES), dtype=np.float32, more=place)
        return self._inputs[name]

    def given(self, name: str, values: np.ndarray) -> Traced:
        """The array of a value ``(…, run)`` that does not change during a run."""
        if name not in self._inputs:
            self.slots[name], self.given_values[name] = self.given_slots, values
            self._inputs[name] = Traced("given", shape=(*values.shape[:-1], LANES), dtype=np.float64, more=self.given_slots)
            self.given_slots += int(np.prod(values.shape[:-1], dtype=int))
        return self._inputs[name]

    def given_in_blocks(self, run_blocks, given_values: Mapping[str, np.ndarray] | None = None) -> np.ndarray:
        """The values of :meth:`given`, or others of the same shapes, as ``(block, slot, lane)``."""
        blocks = aligned((run_blocks.count, max(self.given_slots, 1), LANES))
        for name, values in (given_values or self.given_values).items():
            flat = np.broadcast_to(values, (*values.shape[:-1], run_blocks.runs)).reshape(-1, run_blocks.runs)
            blocks[:, self.slots[name] : self.slots[name] + len(flat)] = run_blocks.to_blocks(flat)
        return blocks

    def emit(self, results: Mapping[str, object], records: Records | None = None) -> ArrayProgram:
        """Emit the code, see ``source``; with ``records`` also that which reads them."""
        module = ModuleBuilder()
        nodes = {name: as_traced(value).astype(float) for name, value in results.items()}
        graph = GraphEmitter(module, self.turns)
        graph.emit(list(nodes.values()))
        with module.function(f"@compute({PASSED})"):
            graph.emit_calls()
            self.rows, self.row_count = {}, 0
            for name, node in nodes.items():
                self.rows[name] = self.row_count
                count = int(np.prod(node.shape[:-1], dtype=int))
                _emit_stores(module, graph.stored[id(node)], self.row_count, count)
                self.row_count += count
        pointers = ", ".join(f"ptr noalias %{name}" for name in POINTERS)
        with module.function(f"@evaluate({pointers}, i64 %runs)"):
            self._emit_loads(module)
            module.text.append(f"  call void @compute({PASSED})")
        if records:
            with module.function(f"@evaluate_records({pointers.replace('trajectories', 'records')}, i64 %runs)"):
                self._emit_copies(module, records)
                _emit_check(module, records, self.turns, module.emit(f"getelementptr i8, ptr %scratch, i64 {graph.size}"))
                _emit_stores(module, graph.size, self.row_count, 1)
                module.text.append(f"  call void @compute({PASSED})")
            self.row_count += 1
        self.scratch, self.recorded = graph.size + 8 * LANES, len(self._read) * self.turns * LANES
        self.source = module.source()
        return self

    def _emit_copies(self, module: ModuleBuilder, records: Records) -> None:
        """Copy the rows that are read from the records of the block to ``recorded``."""
        wide = f"<{LANES} x float>"
        with (
            module.counted_loop(str(len(self._read)), prefix="row") as at,
            module.counted_loop(str(self.turns), prefix="turn") as turn,
        ):
            row = _loaded(module, "i64", "@rows_read", at)
            value = _loaded(module, wide, "%records", _place(module, turn, records.rows, row))
            place = module.emit(f"getelementptr {wide}, ptr %recorded, i64 {_place(module, at, self.turns, turn)}")
            module.text.append(f"  store {wide} {value}, ptr {place}, align 64")

    def _emit_loads(self, module: ModuleBuilder) -> None:
        """Copy the rows that are read, for the runs of the block, to ``recorded``."""
        listed = ", ".join(f"i64 {row}" for row in self._read)
        module.declare(f"@rows_read = internal constant [{len(self._read)} x i64] [{listed}]")
        with (
            module.counted_loop(str(len(self._read)), prefix="row") as at,
            module.counted_loop(str(LANES), prefix="lane") as lane,
        ):
            row, column = _loaded(module, "i64", "@rows_read", at), _loaded(module, "i64", "%columns", lane)
            run = module.emit(f"add i64 {module.emit(f'mul i64 {row}, %runs')}, {column}")
            start = module.emit(f"mul i64 {run}, {self.turns}")
            to = module.emit(f"add i64 {module.emit(f'mul i64 {at}, {self.turns * LANES}')}, {lane}")
            with module.counted_loop(str(self.turns), prefix="turn") as turn:
                source = module.emit(f"getelementptr float, ptr %trajectories, i64 {module.emit(f'add i64 {start}, {turn}')}")
                value = module.emit(f"load float, ptr {source}, align 4")
                place = module.emit(f"add i64 {module.emit(f'mul i64 {turn}, {LANES}')}, {to}")
                place = module.emit(f"getelementptr float, ptr %recorded, i64 {place}")
                module.text.append(f"  store float {value}, ptr {place}, align 4")


def _place(module: ModuleBuilder, row: str, width: int, column: str | int) -> str:
    """The place of an item in a table with rows of some width."""
    return module.emit(f"add i64 {module.emit(f'mul i64 {row}, {width}')}, {column}")


def _loaded(module: ModuleBuilder, kind: str, pointer: str, at: str) -> str:
    """An item of an array."""
    return module.emit(f"load {kind}, ptr {module.emit(f'getelementptr {kind}, ptr {pointer}, i64 {at}')}")


def _emit_check(module: ModuleBuilder, records: Records, turns: int, flags: str) -> None:
    """Store for each lane whether any checked row is outside its limits, or no number, in any turn."""
    wide, mask, outside = f"<{LANES} x float>", f"<{LANES} x i1>", f"<{LANES} x double>"
    module.text.append(f"  store {outside} zeroinitializer, ptr {flags}, align 64")
    if not records.limits:
        return
    listed = {
        "i64": list(records.limits),
        "float": [SINGLE.literal(limit) for pair in records.limits.values() for limit in pair],
    }
    for kind, values in listed.items():
        constant = ", ".join(f"{kind} {value}" for value in values)
        module.declare(f"@checked_{kind} = internal constant [{len(values)} x {kind}] [{constant}]")
    with module.counted_loop(str(len(records.limits)), prefix="row") as at:
        row, limits = _loaded(module, "i64", "@checked_i64", at), []
        for side in range(2):
            limit = _loaded(module, "float", "@checked_float", _place(module, at, 2, side))
            first = module.emit(f"insertelement {wide} poison, float {limit}, i64 0")
            limits.append(module.emit(f"shufflevector {wide} {first}, {wide} poison, <{LANES} x i32> zeroinitializer"))
        with module.counted_loop(str(turns), prefix="turn") as turn:
            value = _loaded(module, wide, "%records", _place(module, turn, records.rows, row))
            sides = [module.emit(f"fcmp {how} {wide} {value}, {limit}") for how, limit in zip(("ult", "ugt"), limits)]
            either = module.emit(f"or {mask} {', '.join(sides)}")
            found = module.emit(f"uitofp {mask} {either} to {outside}")
            before = module.emit(f"load {outside}, ptr {flags}, align 64")
            more = module.emit(f"fcmp ogt {outside} {found}, {before}")
            found = module.emit(f"select {mask} {more}, {outside} {found}, {outside} {before}")
            module.text.append(f"  store {outside} {found}, ptr {flags}, align 64")


def _emit_stores(module: ModuleBuilder, stored: int, first: int, count: int) -> None:
    """Copy a result of the block's runs to its rows of ``results``."""
    with module.counted_loop(str(count), prefix="row") as at, module.counted_loop(str(LANES), prefix="lane") as lane:
        source = module.emit(f"getelementptr i8, ptr %scratch, i64 {stored}")
        place = module.emit(f"add i64 {module.emit(f'mul i64 {at}, {LANES}')}, {lane}")
        value = module.emit(f"load double, ptr {module.emit(f'getelementptr double, ptr {source}, i64 {place}')}, align 8")
        column = _loaded(module, "i64", "%columns", lane)
        row = module.emit(f"mul i64 {module.emit(f'add i64 {at}, {first}')}, %runs")
        into = module.emit(f"getelementptr double, ptr %results, i64 {module.emit(f'add i64 {row}, {column}')}")
        module.text.append(f"  store double {value}, ptr {into}, align 8")
