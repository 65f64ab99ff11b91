"""What chance hands out in a turn: all streams at once, law by law, from the generator and the laws of ``streams``."""

from __future__ import annotations

from collections.abc import Iterator

from ...random_streams import gumbel_quantile, normal_quantile, scrambled, share_of
from ..ir.builder import LANES
from ..ir.symbols import Symbol, traced
from ..layout.fields import Place

LAWS = {"gumbel": gumbel_quantile, "normal": normal_quantile, "uniform": lambda share: share}


def write_chance(script) -> None:
    """Give every stream of a turn its place, law by law, and write the function that fills them."""
    start, rows = script.places.size["passing"], {law: [] for law in LAWS}
    for law, name, streams, count in _drawn(script.world):
        words, base = (max(count, 1) + 3) // 4, script.places.size["passing"]
        place = Place("passing", base, (count,) if count else (), len(streams), 4 * words, 1)
        script.places.known[name] = place
        script.places.size["passing"] += 4 * words * len(streams)
        script.streams += [(stream, word) for stream in streams for word in range(words)]
        rows[law] += [place.slot(index, member) for member in range(len(streams)) for index in place.indices()]
    with script.writer.function("@chance(ptr noalias %passing, ptr noalias %streams, ptr noalias %keys, i64 %turn)"):
        with script.writer.counting(str(len(script.streams))) as stream, script.writer.over_runs("random bits") as body:
            _draw(script, body, stream, start)
        for law in ("gumbel", "normal"):
            if rows[law]:
                _obey(script, law, rows[law])


def _drawn(world) -> Iterator[tuple[str, str, list[str], int]]:
    """All that chance is asked for in a turn: law, name, a stream for each member, and how many numbers (0: a single one)."""
    declared, setting = world.declared, world.setting
    for decision in declared.decisions.values():
        name = f"{decision.role.name}.{decision.name}"
        streams = [f"{name}/{member}" for member in world.members(decision.level)]
        yield "gumbel", f"tremble of {name}", streams, len(decision.options)
    for noise in declared.noises.values():
        streams = [noise.stream_of(member) for member in world.members(noise.role.level)]
        yield noise.law, noise.name, streams, len(world.items(noise.by)) if noise.by else 0
    for name, hazard in declared.hazards.items():
        yield "uniform", f"chance of {name}", [f"{name}/{member}" for member in world.members(hazard.role.level)], 0
    for event in setting.events_in_turns:
        if event.by_chance:
            yield "uniform", f"chance of event {event.name}", [event.stream], 0


def _draw(script, body, stream: str, start: int) -> None:
    """Four numbers of a stream."""
    key = [_scalar(body, stream, offset) for offset in range(3)]
    seed = [Symbol(body, body.splat(name, "bits"), "bits") for name in key]
    turn = Symbol(body, body.splat("%turn", "bits"), "bits")
    low, high = (_luck(body, half) for half in (0, 1))
    for word, bits in enumerate(traced(scrambled)((seed[2], turn, low, high), seed[:2])):
        row = body.line(f"mul i64 {stream}, {4 * LANES}", "head")
        script.store(body, script.row(body, "%passing", row, start + word), traced(share_of)(body.as_number(bits)))


def _obey(script, law: str, rows: list[int]) -> None:
    """Turn uniform numbers into numbers of a law, where they stand; what nobody looks at stays as it is."""
    table = f"@rows_of_{law}"
    listed = ", ".join(f"i64 {row}" for row in rows)
    script.writer.declare(f"{table} = internal constant [{len(rows)} x i64] [{listed}]")
    with script.writer.counting(str(len(rows))) as number, script.writer.over_runs(law) as body:
        at = body.line(f"getelementptr i64, ptr {table}, i64 {number}", "head")
        row = body.line(f"mul i64 {body.line(f'load i64, ptr {at}', 'head')}, {LANES}", "head")
        address = script.row(body, "%passing", row, 0)
        script.store(body, address, traced(LAWS[law])(script.loaded(body, address)))


def _scalar(body, stream, offset):
    at = body.line(f"mul i64 {stream}, 3", "head")
    at = body.line(f"add i64 {at}, {offset}", "head")
    at = body.line(f"getelementptr i64, ptr %keys, i64 {at}", "head")
    return body.line(f"load i64, ptr {at}", "head")


def _luck(body, half):
    at = body.line(f"getelementptr i64, ptr %streams, i64 {half * LANES}", "head")
    at = body.line(f"getelementptr i64, ptr {at}, i64 {body.run}")
    return body.symbol(f"load {body.precision.bits}, ptr {at}, align 8", "bits")
