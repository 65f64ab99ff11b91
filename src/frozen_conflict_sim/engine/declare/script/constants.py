"""What rules of a script read besides their arguments: constant from their declaration on, since compiled code keeps it."""

from __future__ import annotations

import types
from collections.abc import Iterator
from hashlib import blake2b

from ...elementwise.functions import names_in, needed_by
from ..rule import Rule
from .description import instructions, text
from .packing import is_installed

_REMEDY = (
    "declare it as a parameter, `role.declares(…=quantity(…))`, and read it as an argument; or call restore() on the "
    "declarations, and declare the rule anew"
)


def of_scripts(declared) -> list[Rule]:
    """The rules that a script has declared, outcomes among them."""
    found = [rule for _, _, rule in declared.rules()] + [one.rule for one in declared.outcomes.values()]
    found += [rule for role in declared.roles.values() if role.residents for _, rule in role.residents.rules()]
    return [rule for rule in found if not is_installed(rule.function)]


def constants_of(function: types.FunctionType) -> dict[str, str]:
    """What a function, and those of the script that it calls, reads besides its arguments, as text by name."""
    found: dict[str, str] = {}
    waiting = [function]
    for one in waiting:
        for name, value in _read_by(one):
            if isinstance(value, types.FunctionType) and not is_installed(value):
                waiting += [value] if value not in waiting else []
                value = blake2b(str(instructions(value.__code__)).encode(), digest_size=8).hexdigest()
            if not callable(value):
                found[name if one is function else f"{name} in {one.__name__}"] = text(value)
    return found


def _read_by(function: types.FunctionType) -> Iterator[tuple[str, object]]:
    """What a function refers to by name, and in the place of a module or a class what it refers to there."""
    for name, value in needed_by(function).items():
        if isinstance(value, types.ModuleType | type):
            inside = [inner for inner in names_in(function.__code__) if hasattr(value, inner)]
            yield from ((f"{name}.{inner}", getattr(value, inner)) for inner in inside)
        else:
            yield name, value


def changes(rule: Rule, before: dict[str, str], now: dict[str, str]) -> list[str]:
    """A line for each constant of a rule that is not what it was."""
    pairs = {name: (before.get(name, "nothing"), now.get(name, "nothing")) for name in {**before, **now}}
    changed = {name: f"from {was:.40} to {one:.40}" for name, (was, one) in pairs.items() if was != one}
    told = "since the rule was declared"
    return [f"{rule.place}: {rule.name} reads {name}, which changed {how} {told}; {_REMEDY}" for name, how in changed.items()]
