"""The values that a scenario gives: from dotted keys to addresses. The nearer file wins; within one, the specific key."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ..engine.setting import Value
from ..files.nodes import Mapping, at, position_at
from ..files.problems import Report, listed
from ..files.specs import Parsed
from .addresses import Address, Addresses
from .quantities import Word


def flattened(read: dict, key: str = "") -> Iterator[tuple[str, Parsed]]:
    """The values among what was read, under their dotted keys."""
    for name, found in read.items():
        dotted = f"{key}.{name}" if key else name
        if isinstance(found, dict):
            yield from flattened(found, dotted)
        elif isinstance(found, Parsed) and isinstance(found.data, Value):
            yield dotted, found


def values(read: dict, addresses: Addresses) -> dict[Address, Value]:
    """Each address's value. One that speaks of all members is one draw: its stream is the key as it was written."""
    chosen: dict[Address, tuple] = {}
    for key, found in flattened(read):
        if key not in addresses:
            continue
        target = addresses[key]
        rank = (-found.position.layer, not target.shared)
        for address in target.addresses:
            if address not in chosen or rank > chosen[address][0]:
                chosen[address] = (rank, replace(found.data, stream=key))
    ordered = (address for address in addresses.specific if address in chosen)
    return {address: chosen[address][1] for address in ordered}


def check_open_words(root: Mapping, read: dict, addresses: Addresses, report: Report) -> None:
    """Judge the words that a scenario may add to: names of its policies, or of its factions."""
    given = {key: found for key, found in flattened(read) if key in addresses}
    chosen = values(read, addresses)
    for key, target in addresses.targets.items():
        further = getattr(target.declared, "open_to", "")
        if not further:
            continue
        named = at(root, (further,))
        options = (*target.declared.options, *(named.entries if isinstance(named, Mapping) else ()))
        if key in given:
            Word(target.declared).known(Parsed(given[key].data.fixed, given[key].position), options, key, report)
        elif not target.shared and target.addresses[0] not in chosen and target.declared.default not in options:
            path = tuple(key.split("."))
            if at(root, path) is None:
                message = f"missing: {target.declared.meaning.rstrip('.')}, one of {listed(options) or f'the {further}'}"
                report.add(position_at(root, path), key, message)
