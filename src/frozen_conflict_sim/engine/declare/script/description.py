"""Digests of the declarations of a script, the same in every session that declares the same."""

from __future__ import annotations

import inspect
import textwrap
import types
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from hashlib import blake2b

import numpy as np

from ...elementwise.functions import needed_by
from ..names import Owner
from ..rule import Rule
from .packing import changed, entries, is_installed

_NOT_TOLD = ("place", "names", "careful", "declared", "decision")


def described(declared, sealed: list[tuple]) -> dict[str, str]:
    """A digest of everything that was declared or taken away since the seal, by name with ``+`` or ``-``."""
    found: dict[str, str] = {}
    for number in changed(sealed):
        held, before = sealed[number]
        if held is not declared.places and held is not declared.incentives:
            for name, one in _differences(held, before):
                told = f"{found.get(name, '')} {number} {text(one)}"
                found[name] = blake2b(told.encode(), digest_size=8).hexdigest()
    return found


def _differences(held, before) -> Iterator[tuple[str, object]]:
    for sign, these, others in (("+", held, before), ("-", before, held)):
        known = {id(one) for _, one in entries(others)}
        yield from ((f"{sign} {_name(key, one)}", one) for key, one in entries(these) if id(one) not in known)


def _name(key, one) -> str:
    return str(getattr(getattr(one, "rule", one), "name", key))


def text(value, above: tuple[int, ...] = ()) -> str:
    """A value as text; ``above`` are the values in which it stands."""
    if isinstance(value, Owner | types.ModuleType):
        return value.name if isinstance(value, Owner) else value.__name__
    if id(value) in above:
        return "itself"
    above = (*above, id(value))
    if isinstance(value, Rule):
        return f"{value.name}{value.reads}{text(value.function, above)}"
    if isinstance(value, types.FunctionType):
        if is_installed(value):
            return f"{value.__module__}.{value.__qualname__}"
        return f"{_source(value)}{text(value.__defaults__, above)}{text(needed_by(value), above)}"
    if isinstance(value, np.ndarray):
        return f"{value.dtype}{value.shape}{blake2b(np.ascontiguousarray(value).tobytes()).hexdigest()}"
    if is_dataclass(value):
        parts = {one.name: getattr(value, one.name) for one in fields(value) if one.name not in _NOT_TOLD}
        return f"{type(value).__name__}{text(parts, above)}"
    if isinstance(value, dict):
        return str({key: text(one, above) for key, one in sorted(value.items())})
    return str([text(one, above) for one in value]) if isinstance(value, list | tuple) else repr(value)


def _source(function: types.FunctionType) -> str:
    """The source of a function; where there is none, what its code does."""
    try:
        return textwrap.dedent(inspect.getsource(function))
    except (OSError, TypeError):
        return str(instructions(function.__code__))


def instructions(code: types.CodeType) -> tuple:
    """What a piece of code does, wherever it stands."""
    constants = (instructions(one) if inspect.iscode(one) else repr(one) for one in code.co_consts)
    return code.co_code, code.co_names, code.co_varnames, tuple(constants)
