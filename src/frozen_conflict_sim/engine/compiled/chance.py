"""What chance hands out in a turn: all streams at once, law by law, from the generator and the laws of ``luck``."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from ..luck import gumbel_quantile, normal_quantile, scrambled, share_of
from .lines import LANES
from .places import Place
from .symbols import Symbol, traced

LAWS = {"gumbel": gumbel_quantile, "normal": normal_quantile, "uniform": lambda share: share}


def write_chance(script) -> None:
    """Give every stream of a turn its place, law by law, and write the function that fills them."""
    families: dict[str, list[tuple[str, Callable, str, int]]] = {law: [] for law in LAWS}
    world = script.world
    for decision in script.declared.decisions.values():
        stream = f"{decision.role.name}.{decision.name}"
        families["gumbel"].append((f"tremble of {stream}", _streams(stream), decision.level, len(decision.options)))
    for noise in script.declared.noises.values():
        count = len(world.items(noise.by)) if noise.by else 0
        stream = partial(noise.stream_of, names=world.setting.names)
        families[noise.law].append((noise.name, stream, noise.role.level, count))
    for name, hazard in script.declared.hazards.items():
        families["uniform"].append((f"chance of {name}", _streams(name), hazard.role.level, 0))
    start, reach = script.places.size["block"], {}
    for law, family in families.items():
        before = script.places.size["block"]
        for name, stream, level, count in family:
            words = (max(count, 1) + 3) // 4
            members = world.members(level)
            base = script.places.size["block"]
            script.places.known[name] = Place("block", base, (count,) if count else (), len(members), 4 * words, 1)
            script.places.size["block"] += 4 * words * len(members)
            script.streams += [(stream(member), place) for member in members for place in range(words)]
        reach[law] = before, script.places.size["block"]
    writer = script.writer
    head = "@chance(ptr noalias %block, i64 %blocks, ptr noalias %luck, ptr noalias %keys, i64 %turn)"
    with writer.function(head), writer.counting("%blocks") as at:
        block = script.here("%block", at, "SIZE")
        with writer.counting(str(len(script.streams))) as stream, writer.over_runs("random bits") as body:
            key = [_scalar(body, stream, offset) for offset in range(3)]
            seed = [Symbol(body, body.splat(name, "bits"), "bits") for name in key]
            turn = Symbol(body, body.splat("%turn", "bits"), "bits")
            low, high = (_luck(body, at, half) for half in (0, 1))
            for word, bits in enumerate(traced(scrambled)((seed[2], turn, low, high), seed[:2])):
                share = traced(share_of)(body.as_number(bits))
                row = body.line(f"mul i64 {stream}, {4 * LANES}", "head")
                script.store(body, script.row(body, block, row, start + word), share)
        for law in ("gumbel", "normal"):
            first, last = reach[law]
            if last > first:
                with writer.counting(str(last - first)) as number, writer.over_runs(law) as body:
                    row = body.line(f"mul i64 {number}, {LANES}", "head")
                    address = script.row(body, block, row, first)
                    script.store(body, address, traced(LAWS[law])(script.loaded(body, address)))


def _streams(name: str) -> Callable[[str], str]:
    return lambda member: f"{name}/{member}"


def _scalar(body, stream, offset):
    at = body.line(f"mul i64 {stream}, 3", "head")
    at = body.line(f"add i64 {at}, {offset}", "head")
    at = body.line(f"getelementptr i64, ptr %keys, i64 {at}", "head")
    return body.line(f"load i64, ptr {at}", "head")


def _luck(body, block, half):
    at = body.line(f"mul i64 {block}, {2 * LANES}", "head")
    at = body.line(f"add i64 {at}, {half * LANES}", "head")
    at = body.line(f"getelementptr i64, ptr %luck, i64 {at}", "head")
    at = body.line(f"getelementptr i64, ptr {at}, i64 {body.run}")
    return body.symbol(f"load {body.precision.bits}, ptr {at}, align 8", "bits")
