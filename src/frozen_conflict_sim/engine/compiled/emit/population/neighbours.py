"""Averages over the neighbours of a resident, whose values lie side by side where they were published."""

from __future__ import annotations

from collections.abc import Iterator

from ...ir.builder import LANES
from ...ir.symbols import Symbol

NEAR = 8 << 20  # bytes: of what is published, so much stays in the cache of a processor
AHEAD = 16  # residents
PREFETCH = "declare void @llvm.prefetch.p0(ptr, i32, i32, i32)"


def neighbour_averages(builder, body, published: list[str]) -> dict[str, Symbol]:
    """Emit the averages of published values over the neighbours of the current resident, added tie by tie."""
    if isinstance(body.resident, str) and builder.residents * len(published) * LANES * builder.precision.size > NEAR:
        _fetch_ahead(builder, body, published)
    sums: dict[str, Symbol] = {}
    for name, at in _addresses(builder, body, body.resident, published):
        value = body.symbol(f"load {builder.precision.number}, ptr {at}, align 64")
        sums[name] = sums[name] + value if name in sums else value
    return {name: amount / float(builder.degree) for name, amount in sums.items()}


def _fetch_ahead(builder, body, published: list[str]) -> None:
    """Emit requests for what the neighbours of a later resident published: a friend far away is not in the cache yet."""
    later = body.emit(f"add i64 {body.resident}, {AHEAD}")
    is_there = body.emit(f"icmp ult i64 {later}, {builder.residents}")
    later = body.emit(f"select i1 {is_there}, i64 {later}, i64 {body.resident}")
    for _, at in _addresses(builder, body, later, published):
        body.instructions.append(f"  call void @llvm.prefetch.p0(ptr {at}, i32 0, i32 2, i32 1)")


def _addresses(builder, body, resident: str | int, published: list[str]) -> Iterator[tuple[str, str]]:
    """The name and the address of each value that a neighbour of a resident published."""
    first = str(resident * builder.degree) if isinstance(resident, int) else body.emit(f"mul i64 {resident}, {builder.degree}")
    ties = body.emit(f"getelementptr i32, ptr %network, i64 {first}")
    for tie in range(builder.degree if published else 0):
        address = body.emit(f"getelementptr i32, ptr {ties}, i64 {tie}")
        other = body.emit(f"zext i32 {body.emit(f'load i32, ptr {address}, align 4')} to i64")
        start = body.emit(f"mul i64 {other}, {LANES * len(published)}")
        for number, name in enumerate(published):
            at = body.emit(f"add i64 {start}, {number * LANES}")
            yield name, body.emit(f"getelementptr {builder.precision.name}, ptr %published, i64 {at}")
