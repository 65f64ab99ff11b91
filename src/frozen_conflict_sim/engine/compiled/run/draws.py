"""Random numbers of one stream for all runs at once, by compiled functions traced from :mod:`~...random_streams`."""

from __future__ import annotations

from functools import cache

import numpy as np

from ...memory import aligned, borrowed
from ...random_streams import LAWS, RandomStreams, key_of, scrambled, share_of
from ..ir.builder import DOUBLE, LoopBody, ModuleBuilder
from ..ir.primitives import traced
from ..ir.symbols import Symbol
from .machine_code import load_code


@cache
def source() -> str:
    """The code: a function for each law, with one or four numbers for each counter of a stream."""
    module = ModuleBuilder()
    for law, quantile in LAWS.items():
        for count_each in (1, 4):
            _write(module, f"{law}_{count_each}", quantile, count_each)
    return module.source()


def _write(module: ModuleBuilder, name: str, quantile, count_each: int) -> None:
    pointers = "ptr noalias %numbers, ptr noalias %streams"
    counts = "i64 %width, i64 %counters, i64 %turn, i64 %first, i64 %second"
    with module.function(f"@{name}({pointers}, {counts})"), module.counted_loop("%counters") as place:
        before = LoopBody(module)
        seed = [before.splat(value, "bits") for value in (place, "%turn", "%first", "%second")]
        module.text += before.preheader
        with module.counted_loop("%width", DOUBLE.width) as run:
            body = LoopBody(module)
            at, turn, *key = (Symbol(body, known, "bits") for known in seed)
            halves = [_half(body, run, half) for half in (0, 1)]
            for word, bits in enumerate(traced(scrambled)((at, turn, *halves), key)[:count_each]):
                row = body.emit(f"add i64 {body.emit(f'mul i64 {place}, {count_each}')}, {word}")
                into = body.emit(f"add i64 {body.emit(f'mul i64 {row}, %width')}, {run}")
                into = body.emit(f"getelementptr double, ptr %numbers, i64 {into}")
                number = traced(quantile)(traced(share_of)(body.as_number(bits)))
                body.instructions.append(f"  store {DOUBLE.number} {body.operand(number)}, ptr {into}, align 64")
            module.text += [*body.preheader, *body.instructions]


def _half(body, run: str, half: int) -> Symbol:
    start = body.emit(f"mul i64 %width, {half}")
    at = body.emit(f"getelementptr i64, ptr %streams, i64 {body.emit(f'add i64 {start}, {run}')}")
    return body.symbol(f"load {DOUBLE.bits}, ptr {at}, align 64", "bits")


def halves_of(streams: RandomStreams) -> np.ndarray:
    """The low and the high half of every stream number, shape ``(2, run)``, with room for whole vectors."""
    runs = len(streams.stream_numbers)
    halves = aligned((2, -(-runs // DOUBLE.width) * DOUBLE.width), np.uint64)
    halves[0, :runs], halves[1, :runs] = streams.stream_numbers & np.uint64(0xFFFFFFFF), streams.stream_numbers >> np.uint64(32)
    return halves


def compiled_draw(streams: RandomStreams, compiling=lambda: None, draft: bool = False):
    """A function ``draw(law, stream, turn, count)`` with the numbers of :class:`RandomStreams`, shape ``(count, run)``."""
    code = load_code(source(), compiling, draft)
    functions = {(law, count_each): code.function(f"{law}_{count_each}", "ppiiiii") for law in LAWS for count_each in (1, 4)}
    runs, halves = len(streams.stream_numbers), halves_of(streams)
    width = halves.shape[1]

    def draw(law: str, stream: str, turn: int, count: int) -> np.ndarray:
        count_each = 1 if count == 1 else 4
        counters = -(-count // count_each)
        numbers = borrowed((count_each * counters, width))
        functions[law, count_each](
            numbers.ctypes.data, halves.ctypes.data, width, counters, turn, *key_of(streams.seed, stream)
        )
        return numbers[:count, :runs]

    return draw
