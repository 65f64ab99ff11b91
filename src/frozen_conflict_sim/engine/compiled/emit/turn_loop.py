"""Emit the loops over blocks and turns: block by block, and within a block turn by turn, so that a block stays in the cache."""

from __future__ import annotations

from ..ir.builder import LANES
from .steps import POINTERS

# The table of pointers that each block has: its own, and two for each population.
PER_BLOCK = ("block", "streams", "columns")
PER_POPULATION = ("traits", "network")
# The table that all blocks share; the addresses of the residents' functions follow.
SHARED = (
    "constants", "scratch", "keys", "surroundings", "results", "records",
    "published", "sums", "trajectories", "choices", "kept", "runs", "turns",
)  # fmt: skip


def emit_turn_loop(module, calls, interface, functions, layout, rows: tuple[int, int]) -> None:
    """Emit ``play(own, blocks, shared, from, to)``, which plays turns of all blocks; ``own`` has a row for each block.

    ``calls`` lists what a turn calls: sections of the actors' code, and ``functions`` of the residents. ``rows`` are the
    numbers of values and of choices that are recorded in a turn. Which of them are kept says the array ``kept``: the number of
    values, that of choices, and then their rows in a record.
    """
    width = len(PER_BLOCK) + interface.members * len(PER_POPULATION)
    with module.function("@play(ptr %own, i64 %blocks, ptr %shared, i64 %from, i64 %to)"):
        turns = module.emit("sub i64 %to, %from")
        with module.counted_loop("%blocks", prefix="block") as at:
            here = _address(module, "%own", "i64", module.emit(f"mul i64 {at}, {width}"))
            with module.counted_loop(turns, prefix="turn") as since:
                turn = module.emit(f"add i64 %from, {since}")
                module.text.append(f"  call void @turn(ptr {here}, ptr %shared, i64 {turn})")
            module.text.append(f"  call void @transpose(ptr {here}, ptr %shared, i64 %from, i64 {turns})")
    _emit_turn(module, calls, interface, functions, layout, sum(rows))
    _emit_transpose(module, sum(rows))


def _emit_turn(module, calls, interface, functions, layout, rows: int) -> None:
    """Emit the function that plays a turn of one block."""
    with module.function("@turn(ptr %own, ptr %shared, i64 %turn)"):
        pointers = _pointers(module)
        arguments = ", ".join(f"ptr {pointers[name]}" for name in ("scratch", "streams", "keys"))
        module.text.append(f"  call void @random_numbers({arguments}, i64 %turn)")
        pointers["records"] = _address(module, pointers["records"], "float", module.emit(f"mul i64 %turn, {rows * LANES}"))
        arguments = ", ".join(f"ptr {pointers[name]}" for name in POINTERS)
        for kind, name in calls:
            if kind == "section":
                module.text.append(f"  call void @{name}({arguments}, i64 %turn)")
                continue
            for member in range(interface.members):
                if kind == "update":
                    _call(module, interface, pointers, name, member, functions)
                else:
                    held = layout.fields[f"{name} is held"]
                    with module.conditional(_any_run(module, pointers[held.buffer], held.slot((), member))):
                        _call(module, interface, pointers, "vote", member, functions)


def _emit_transpose(module, width: int) -> None:
    """Emit the function that moves what is kept of a block's records ``(turn, row, lane)`` into tables ``(row, run, turn)``."""
    with module.function("@transpose(ptr %own, ptr %shared, i64 %from, i64 %turns)"):
        pointers = _pointers(module)
        runs, turns = (module.emit(f"ptrtoint ptr {pointers[name]} to i64") for name in ("runs", "turns"))
        count, first = [module.emit(f"load i64, ptr {_address(module, pointers['kept'], 'i64', at)}") for at in (0, 1)], "2"
        for number, table, kind in ((count[0], "trajectories", "float"), (count[1], "choices", "i8")):
            with (
                module.conditional(module.emit(f"icmp ugt i64 {number}, 0")),
                module.counted_loop(number, prefix="row") as row,
                module.counted_loop(str(LANES), prefix="run") as lane,
            ):
                listed = module.emit(f"add i64 {row}, {first}")
                record = module.emit(f"load i64, ptr {_address(module, pointers['kept'], 'i64', listed)}, align 8")
                record = module.emit(f"add i64 {module.emit(f'mul i64 {record}, {LANES}')}, {lane}")
                column = module.emit(f"load i64, ptr {_address(module, pointers['columns'], 'i64', lane)}, align 8")
                run = module.emit(f"add i64 {module.emit(f'mul i64 {row}, {runs}')}, {column}")
                start = module.emit(f"mul i64 {run}, {turns}")
                with module.counted_loop("%turns", prefix="turn") as since:
                    turn = module.emit(f"add i64 {since}, %from")
                    at = module.emit(f"add i64 {module.emit(f'mul i64 {turn}, {width * LANES}')}, {record}")
                    value = module.emit(f"load float, ptr {_address(module, pointers['records'], 'float', at)}, align 4")
                    value = value if kind == "float" else module.emit(f"fptoui float {value} to {kind}")
                    address = _address(module, pointers[table], kind, module.emit(f"add i64 {start}, {turn}"))
                    module.text.append(f"  store {kind} {value}, ptr {address}, align 1")
            first = module.emit(f"add i64 {count[0]}, 2")


def _pointers(module) -> dict[str, str]:
    """Load both tables of pointers."""
    own = {name: _pointer(module, "%own", at) for at, name in enumerate(PER_BLOCK)}
    return own | {name: _pointer(module, "%shared", at) for at, name in enumerate(SHARED)}


def _address(module, pointer: str, kind: str, at) -> str:
    return module.emit(f"getelementptr {kind}, ptr {pointer}, i64 {at}")


def _pointer(module, table: str, at: int) -> str:
    return module.emit(f"load ptr, ptr {_address(module, table, 'ptr', at)}, align 8")


def _call(module, interface, pointers, function: str, member: int, functions) -> None:
    """Call a function of the residents of one member."""
    population, size = interface.functions, interface.precision.size
    address = _pointer(module, "%shared", len(SHARED) + member * len(functions) + functions.index(function))
    traits, network = (_pointer(module, "%own", len(PER_BLOCK) + member * len(PER_POPULATION) + at) for at in range(2))
    rows = {"surroundings": len(population.surroundings), "results": population.result_rows}
    surroundings, result = (_address(module, pointers[name], "i8", member * rows[name] * LANES * size) for name in rows)
    arguments = (traits, surroundings, network, pointers["published"], pointers["sums"], result)
    module.text.append(f"  call void {address}({', '.join(f'ptr {pointer}' for pointer in arguments)})")


def _any_run(module, pointer: str, slot: int) -> str:
    """Whether a value is above one half in any run of the block."""
    wide = f"<{LANES} x double>"
    values = module.emit(f"load {wide}, ptr {_address(module, pointer, 'double', slot * LANES)}, align 64")
    half = "<" + ", ".join(["double 0.5"] * LANES) + ">"
    module.declare(f"declare i1 @llvm.vector.reduce.or.v{LANES}i1(<{LANES} x i1>)")
    above = module.emit(f"fcmp ogt {wide} {values}, {half}")
    return module.emit(f"call i1 @llvm.vector.reduce.or.v{LANES}i1(<{LANES} x i1> {above})")
