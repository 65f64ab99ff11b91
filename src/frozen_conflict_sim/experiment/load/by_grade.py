"""Every number of a scenario as uncertain as its grade says: a convention, to ask how much rests on what nobody measured."""

from __future__ import annotations

from collections.abc import Iterator
from math import isnan

from ...engine.declare.parameter import GRADES, Quantity
from ...engine.setting import Value
from ...files.numbers import Number
from ...files.section import Section
from ...files.specs import Parsed
from ...scenario.addresses import Target
from .keys import Keys

BY_GRADE = "by_grade"
SHARE = Number(0.0, 1.0, "share", "the share by which a number of this grade may be off, up or down")
SPEC = Section("every number as uncertain as its grade says, {assumed: 0.5}", dict.fromkeys(GRADES, SHARE))


def expanded(read: dict, keys: Keys) -> dict:
    """What was read, with a span around every number in place of ``by_grade``.

    No span goes around zero, around what is uncertain already or shapes the world, or around what levers, arms, points or
    uncertainties of their own settle.
    """
    uncertain = dict(read.get("uncertainties") or {})
    if BY_GRADE not in uncertain:
        return read
    shares = uncertain.pop(BY_GRADE)
    taken = _settled(read, uncertain, keys)
    spans = {}
    for target in keys.addresses.targets.values():
        if isinstance(target.declared, Quantity) and not target.declared.common and (target.shared or not target.role.many):
            for key, number, known in _numbers(target, keys):
                reach = shares.data.get(known.grade, 0.0) * abs(number)
                ends = max(number - reach, target.declared.low), min(number + reach, target.declared.high)
                if ends[0] < ends[1] and not taken & set(keys.addresses[key].addresses):
                    spans[key] = Parsed(Value("between", ends, known.source, known.grade), shares.position)
    return read | {"uncertainties": spans | uncertain}


def _settled(read: dict, uncertain: dict, keys: Keys) -> set:
    arms = read["compare_with"].data.values() if "compare_with" in read else ()
    table = read["design"].data.table if "design" in read else {}
    named = [*(read.get("levers") or {}), *table, *(key for arm in arms for key in arm.data), *uncertain]
    return {address for key in named for address in keys.addresses[key].addresses}


def _numbers(target: Target, keys: Keys) -> Iterator[tuple[str, float, Value | Quantity]]:
    """Key, number, and what tells its grade: for all alike, and for each member with a number of its own."""
    values = keys.scenario.values
    given = {address: values[address] for address in target.addresses if address in values}
    own = {address: value for address, value in given.items() if value.stream != target.key}
    if len(own) < len(target.addresses):
        shared = next((value for value in given.values() if value.stream == target.key), None)
        default = target.declared.default_of(target.item)
        if shared is None and not isnan(default):
            yield target.key, default, target.declared
        elif shared is not None and shared.law == "fixed":
            yield target.key, shared.fixed, shared
    for address, value in own.items():
        if value.law == "fixed":
            yield keys.addresses.specific[address], value.fixed, value
