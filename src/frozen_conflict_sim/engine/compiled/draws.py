"""Many uniform numbers of one stream at once: the generator of ``luck``, traced."""

from __future__ import annotations

from functools import cache

import numpy as np

from ..luck import Luck, key_of, scrambled, share_of
from .board import aligned
from .lines import DOUBLE, Body, Writer
from .machine import machine
from .symbols import Symbol, traced


@cache
def source() -> str:
    """The lines: four numbers from each place of a stream, for all runs."""
    writer = Writer()
    pointers = "ptr noalias %numbers, ptr noalias %luck"
    counts = "i64 %width, i64 %places, i64 %turn, i64 %first, i64 %second"
    with writer.function(f"@uniform({pointers}, {counts})"), writer.counting("%places") as place:
        before = Body(writer)
        seed = [Symbol(before, before.splat(name, "bits"), "bits") for name in (place, "%turn", "%first", "%second")]
        writer.text += before.head
        with writer.counting("%width", DOUBLE.width) as run:
            body = Body(writer)
            halves = [_half(body, run, half) for half in (0, 1)]
            counter = [Symbol(body, known.name, "bits") for known in seed]
            for word, bits in enumerate(traced(scrambled)((*counter[:2], *halves), counter[2:])):
                row = body.line(f"add i64 {body.line(f'mul i64 {place}, 4')}, {word}")
                at = body.line(f"add i64 {body.line(f'mul i64 {row}, %width')}, {run}")
                at = body.line(f"getelementptr double, ptr %numbers, i64 {at}")
                share = traced(share_of)(body.as_number(bits))
                body.lines.append(f"  store {DOUBLE.number} {body.operand(share)}, ptr {at}, align 64")
            writer.text += [*body.head, *body.lines]
    return writer.source()


def _half(body, run: str, half: int) -> Symbol:
    start = body.line(f"mul i64 %width, {half}")
    at = body.line(f"getelementptr i64, ptr %luck, i64 {body.line(f'add i64 {start}, {run}')}")
    return body.symbol(f"load {DOUBLE.bits}, ptr {at}, align 64", "bits")


def quickly(luck: Luck):
    """A way to draw for some runs: ``draw(stream, turn, count)`` gives what :meth:`Luck.uniform` does."""
    function = machine(source()).function("uniform", "ppiiiii")
    runs = len(luck.indices)
    width = -(-runs // DOUBLE.width) * DOUBLE.width
    halves = aligned((2, width), np.uint64)
    halves[0, :runs], halves[1, :runs] = luck.indices & 0xFFFFFFFF, luck.indices >> np.uint64(32)

    def draw(stream: str, turn: int, count: int) -> np.ndarray:
        places = (count + 3) // 4
        numbers = aligned((4 * places, width))
        function(numbers.ctypes.data, halves.ctypes.data, width, places, turn, *key_of(luck.seed, stream))
        return numbers[:count, :runs]

    return draw
