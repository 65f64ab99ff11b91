"""Emit the random numbers of a turn: all streams at once; choice noise remains uniform until a decision needs it."""

from __future__ import annotations

from collections.abc import Iterator

from ...random_streams import LAWS, scrambled, share_of
from ..ir.builder import LANES
from ..ir.primitives import traced
from ..ir.symbols import Symbol
from ..layout.fields import Field


def emit_random_numbers(emitter) -> None:
    """Allocate a field for every stream of a turn, and emit the function that fills them."""
    start, normal = emitter.layout.size["scratch"], []
    for law, name, streams, count in _drawn(emitter.world):
        blocks, offset = (max(count, 1) + 3) // 4, emitter.layout.size["scratch"]
        field = Field("scratch", offset, (count,) if count else (), len(streams), 4 * blocks, 1)
        emitter.layout.fields[name] = field
        emitter.layout.size["scratch"] += 4 * blocks * len(streams)
        emitter.streams += [(stream, block) for stream in streams for block in range(blocks)]
        if law == "normal":
            normal += [field.slot(index, member) for member in range(len(streams)) for index in field.indices()]
    with emitter.module.function("@random_numbers(ptr noalias %scratch, ptr noalias %streams, ptr noalias %keys, i64 %turn)"):
        with (
            emitter.module.counted_loop(str(len(emitter.streams))) as stream,
            emitter.module.over_runs("random bits") as body,
        ):
            _draw(emitter, body, stream, start)
        if normal:
            _transform(emitter, "normal", normal)
    _emit_choice_noise(emitter)


def _emit_choice_noise(emitter) -> None:
    """Emit a function that turns uniform numbers in neighbouring rows into choice noise, if there is a choice at all."""
    module = emitter.module
    with (
        module.function("@choice_noise(ptr %rows, i64 %count, i1 %is_choice) noinline"),
        module.conditional("%is_choice"),
        module.counted_loop("%count", prefix="option") as option,
        module.over_runs("gumbel") as body,
    ):
        at = body.emit(f"getelementptr double, ptr %rows, i64 {body.emit(f'mul i64 {option}, {LANES}')}")
        emitter.store(body, at, traced(LAWS["gumbel"])(emitter.loaded(body, at)))


def _drawn(world) -> Iterator[tuple[str, str, list[str], int]]:
    """All random numbers of a turn: law, name, a stream for each member, and the count of numbers (0: a single one)."""
    declared = world.declared
    for decision in declared.decisions.values():
        name = decision.key
        streams = [f"{name}/{member}" for member in world.members(decision.level)]
        yield "gumbel", f"choice noise of {name}", streams, len(decision.options)
    for noise in declared.noises.values():
        streams = [noise.stream_of(member) for member in world.members(noise.role.level)]
        yield noise.law, noise.name, streams, len(world.items(noise.by)) if noise.by else 0
    for name, hazard in declared.hazards.items():
        yield "uniform", f"chance of {name}", [f"{name}/{member}" for member in world.members(hazard.role.level)], 0
    for event in world.events:
        if event.by_chance:
            yield "uniform", f"chance of event {event.name}", [event.stream], 0


def _draw(emitter, body, stream: str, start: int) -> None:
    """Emit four uniform numbers of a stream."""
    key = [_key(body, stream, offset) for offset in range(3)]
    seed = [Symbol(body, body.splat(name, "bits"), "bits") for name in key]
    turn = Symbol(body, body.splat("%turn", "bits"), "bits")
    low, high = (_stream_half(body, half) for half in (0, 1))
    for block, bits in enumerate(traced(scrambled)((seed[2], turn, low, high), seed[:2])):
        row = body.emit(f"mul i64 {stream}, {4 * LANES}", "preheader")
        emitter.store(body, emitter.row(body, "%scratch", row, start + block), traced(share_of)(body.as_number(bits)))


def _transform(emitter, law: str, rows: list[int]) -> None:
    """Emit the transformation of uniform numbers to another distribution, in place."""
    table = f"@rows_of_{law}"
    listed = ", ".join(f"i64 {row}" for row in rows)
    emitter.module.declare(f"{table} = internal constant [{len(rows)} x i64] [{listed}]")
    with emitter.module.counted_loop(str(len(rows))) as number, emitter.module.over_runs(law) as body:
        at = body.emit(f"getelementptr i64, ptr {table}, i64 {number}", "preheader")
        row = body.emit(f"mul i64 {body.emit(f'load i64, ptr {at}', 'preheader')}, {LANES}", "preheader")
        address = emitter.row(body, "%scratch", row, 0)
        emitter.store(body, address, traced(LAWS[law])(emitter.loaded(body, address)))


def _key(body, stream, offset):
    at = body.emit(f"mul i64 {stream}, 3", "preheader")
    at = body.emit(f"add i64 {at}, {offset}", "preheader")
    at = body.emit(f"getelementptr i64, ptr %keys, i64 {at}", "preheader")
    return body.emit(f"load i64, ptr {at}", "preheader")


def _stream_half(body, half):
    at = body.emit(f"getelementptr i64, ptr %streams, i64 {half * LANES}", "preheader")
    return body.symbol(f"load {body.precision.bits}, ptr {at}, align 8", "bits")
