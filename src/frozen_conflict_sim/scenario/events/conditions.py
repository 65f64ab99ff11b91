"""Conditions on the state, as in ``parents.georgia.alienation > 0.8``: those of events, and those of mandates."""

from __future__ import annotations

import re

from ...files.nodes import described
from ...files.problems import Report
from ...files.scalars import NotANumber, decimal_comma, meaning
from ...files.specs import Parsed
from ...politics import examples
from ..addresses import Addresses, Target

_WHEN = re.compile(r"(\S+?)\s*(<=|>=|<|>)\s*(\S+)")


def condition(
    found: Parsed, key: str, addresses: Addresses, report: Report, levels: frozenset[str] = frozenset()
) -> tuple | None:
    """Address, comparison and threshold of a condition; a report if it is none.

    A key for all members of a role whose level is among ``levels`` gives an address without a member.
    """
    parts = _WHEN.fullmatch(found.data.strip())
    number = _number(parts[3]) if parts else None
    if number is None:
        comma = decimal_comma(parts[3]) if parts else ""
        report.add(
            found.position, key, f"expected a condition such as {examples.CONDITION!r}, found {described(found.data)}{comma}"
        )
        return None
    dotted, comparison = parts[1], parts[2]
    problem = _problem(dotted, number, addresses, levels)
    if problem:
        report.add(found.position, key, problem)
        return None
    target = addresses[dotted]
    if len(target.addresses) == 1:
        return target.addresses[0], comparison, number
    return (target.role.name, "", target.declared.name, target.item), comparison, number


def _number(text: str) -> float | None:
    try:
        number = meaning(text)
    except NotANumber:
        return None
    return float(number) if isinstance(number, (int, float)) and not isinstance(number, bool) else None


def _problem(dotted: str, number: float, addresses: Addresses, levels: frozenset[str]) -> str:
    if dotted not in addresses:
        return addresses.unknown(dotted, states_only=True)
    target = addresses[dotted]
    if not target.of_state:
        return f"expected a quantity that changes during a run, but {dotted} stays as it is"
    if len(target.addresses) != 1 and target.role.level not in levels:
        return _several(dotted, target, addresses)
    if not target.declared.low <= number <= target.declared.high:
        return f"expected a threshold of {target.declared.bounds}, found {number:g}"
    return ""


def _several(dotted: str, target: Target, addresses: Addresses) -> str:
    each = " or ".join(addresses.specific[address] for address in target.addresses[:2])
    return f"expected one quantity, but {dotted} addresses {len(target.addresses)}; name one, as {each}"
