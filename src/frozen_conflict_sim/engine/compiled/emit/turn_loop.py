"""The frame of play as lines: block by block, so that what a block needs stays at hand, and turn by turn within a block."""

from __future__ import annotations

from ..ir.builder import LANES
from .steps import POINTERS

# What a block has of its own, before what each of its publics has; and what all blocks share, before the residents' functions.
OWN = ("block", "streams", "columns")
OWN_OF_PUBLIC = ("traits", "network")
SHARED = ("fixed", "passing", "keys", "around", "answers", "notes", "said", "sums", "courses", "choices", "runs", "turns")


def write_play(writer, steps, residing, calls, places, notes: tuple[int, int]) -> None:
    """The function ``play(own, blocks, shared, from, to)`` plays turns of all blocks; ``own`` has a row for each block.

    ``notes`` says how many values, and then how many choices, are written down in a turn.
    """
    width = len(OWN) + residing.members * len(OWN_OF_PUBLIC)
    with writer.function("@play(ptr %own, i64 %blocks, ptr %shared, i64 %from, i64 %to)"):
        turns = _line(writer, "sub i64 %to, %from")
        with writer.counting("%blocks", prefix="block") as at:
            here = _address(writer, "%own", "i64", _line(writer, f"mul i64 {at}, {width}"))
            with writer.counting(turns, prefix="turn") as since:
                turn = _line(writer, f"add i64 %from, {since}")
                writer.text.append(f"  call void @turn(ptr {here}, ptr %shared, i64 {turn})")
            writer.text.append(f"  call void @keep(ptr {here}, ptr %shared, i64 %from, i64 {turns})")
    _write_turn(writer, steps, residing, calls, places, sum(notes))
    _write_keep(writer, notes)


def _write_turn(writer, steps, residing, calls, places, rows: int) -> None:
    """A turn of one block."""
    with writer.function("@turn(ptr %own, ptr %shared, i64 %turn)"):
        known = _known(writer)
        chance = ", ".join(f"ptr {known[name]}" for name in ("passing", "streams", "keys"))
        writer.text.append(f"  call void @chance({chance}, i64 %turn)")
        known["notes"] = _address(writer, known["notes"], "float", _line(writer, f"mul i64 %turn, {rows * LANES}"))
        given = ", ".join(f"ptr {known[name]}" for name in POINTERS)
        for kind, name in steps:
            if kind == "section":
                writer.text.append(f"  call void @{name}({given}, i64 %turn)")
                continue
            for member in range(residing.members):
                if kind == "live":
                    _call(writer, residing, known, name, member, calls)
                else:
                    place = places.known[f"{name} is held"]
                    with writer.when(_anywhere(writer, known[place.space], place.slot((), member))):
                        _call(writer, residing, known, "vote", member, calls)


def _write_keep(writer, notes: tuple[int, int]) -> None:
    """Put what was written down of a block's turns in its place among all turns of each run: ``(row, run, turn)``."""
    with writer.function("@keep(ptr %own, ptr %shared, i64 %from, i64 %turns)"):
        known = _known(writer)
        runs, turns = (_line(writer, f"ptrtoint ptr {known[name]} to i64") for name in ("runs", "turns"))
        for first, rows, into, kind in ((0, notes[0], "courses", "float"), (notes[0], notes[1], "choices", "i8")):
            with writer.counting(str(rows), prefix="row") as row, writer.counting(str(LANES), prefix="run") as place:
                noted = _line(writer, f"mul i64 {_line(writer, f'add i64 {row}, {first}')}, {LANES}")
                noted = _line(writer, f"add i64 {noted}, {place}")
                column = _line(writer, f"load i64, ptr {_address(writer, known['columns'], 'i64', place)}, align 8")
                run = _line(writer, f"add i64 {_line(writer, f'mul i64 {row}, {runs}')}, {column}")
                start = _line(writer, f"mul i64 {run}, {turns}")
                with writer.counting("%turns", prefix="turn") as since:
                    turn = _line(writer, f"add i64 {since}, %from")
                    at = _line(writer, f"add i64 {_line(writer, f'mul i64 {turn}, {sum(notes) * LANES}')}, {noted}")
                    value = _line(writer, f"load float, ptr {_address(writer, known['notes'], 'float', at)}, align 4")
                    value = value if kind == "float" else _line(writer, f"fptoui float {value} to {kind}")
                    address = _address(writer, known[into], kind, _line(writer, f"add i64 {start}, {turn}"))
                    writer.text.append(f"  store {kind} {value}, ptr {address}, align 1")


def _known(writer) -> dict[str, str]:
    known = {name: _pointer(writer, "%own", at) for at, name in enumerate(OWN)}
    return known | {name: _pointer(writer, "%shared", at) for at, name in enumerate(SHARED)}


def _address(writer, pointer: str, kind: str, at) -> str:
    return _line(writer, f"getelementptr {kind}, ptr {pointer}, i64 {at}")


def _line(writer, text: str) -> str:
    name = writer.fresh()
    writer.text.append(f"  {name} = {text}")
    return name


def _pointer(writer, table: str, at: int) -> str:
    return _line(writer, f"load ptr, ptr {_address(writer, table, 'ptr', at)}, align 8")


def _call(writer, residing, known, function: str, member: int, calls) -> None:
    """Call a function of the residents of one member."""
    script, size = residing.residents, residing.precision.size
    address = _pointer(writer, "%shared", len(SHARED) + member * len(calls) + calls.index(function))
    traits, network = (_pointer(writer, "%own", len(OWN) + member * len(OWN_OF_PUBLIC) + at) for at in range(2))
    rows = {"around": len(script.around), "answers": script.answers}
    around, answer = (_address(writer, known[name], "i8", member * rows[name] * LANES * size) for name in rows)
    given = (traits, around, network, known["said"], known["sums"], answer)
    writer.text.append(f"  call void {address}({', '.join(f'ptr {pointer}' for pointer in given)})")


def _anywhere(writer, pointer: str, slot: int) -> str:
    """Whether a value is above one half in any run of the block."""
    wide = f"<{LANES} x double>"
    values = _line(writer, f"load {wide}, ptr {_address(writer, pointer, 'double', slot * LANES)}, align 64")
    half = "<" + ", ".join(["double 0.5"] * LANES) + ">"
    writer.declare(f"declare i1 @llvm.vector.reduce.or.v{LANES}i1(<{LANES} x i1>)")
    above = _line(writer, f"fcmp ogt {wide} {values}, {half}")
    return _line(writer, f"call i1 @llvm.vector.reduce.or.v{LANES}i1(<{LANES} x i1> {above})")
