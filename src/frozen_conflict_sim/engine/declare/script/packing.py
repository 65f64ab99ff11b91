"""Declarations of a script as bytes for other processes, which never import the script.

A rule of a script is sent by value, with what it refers to; what belongs to the catalogue is sent as its place there.
"""

from __future__ import annotations

import builtins
import io
import marshal
import pickle
import sysconfig
import types
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from ...elementwise.functions import needed_by
from ..decision import Decision, Option
from ..faults import DeclarationError
from ..names import Owner

_INSTALLED = tuple(str(Path(sysconfig.get_path(name)).resolve()) for name in ("stdlib", "purelib", "platlib"))
_PACKAGE = __name__.partition(".")[0]


def entries(held: list | dict) -> Iterator[tuple]:
    """The keys or places of a container, with what is there."""
    return iter(held.items()) if isinstance(held, dict) else enumerate(held)


def changed(sealed: list[tuple]) -> list[int]:
    """The numbers of the containers whose content differs from that at the seal; ``sealed`` has each with that content."""
    return [number for number, (held, before) in enumerate(sealed) if not _alike(held, before)]


def _alike(held, before) -> bool:
    pairs = zip(entries(held), entries(before))
    return len(held) == len(before) and all(key == other and (one is was or one == was) for (key, one), (other, was) in pairs)


def packed(declared, sealed: list[tuple]) -> bytes:
    """What was declared since the seal; no bytes if that is nothing.

    Raise :class:`DeclarationError` if a rule refers to something that cannot be sent.
    """
    contents = {number: sealed[number][0] for number in changed(sealed)}
    if not contents:
        return b""
    stream, packer = io.BytesIO(), None
    try:
        packer = _Packer(stream, _known(declared, sealed))
        packer.dump(contents)
    except Exception as error:
        where = f"{packer.at} refers to" if packer and packer.at else "a declaration has"
        remedy = "keep what a rule needs to numbers, functions and modules"
        raise DeclarationError([f"{where} what other processes cannot be sent ({error}); {remedy}"]) from error
    return stream.getvalue()


def unpack(declared, sealed: list[tuple], data: bytes) -> None:
    """Fill the containers as they were where ``data`` was packed."""
    known = dict(_known(declared, sealed).values())
    contents = _Unpacker(io.BytesIO(data), known).load() if data else {}
    for number, (held, before) in enumerate(sealed):
        content = contents.get(number, before)
        if not _alike(held, content):
            held.clear()
            held.update(content) if isinstance(held, dict) else held.extend(content)


def _known(declared, sealed: list[tuple]) -> dict[int, tuple]:
    """What every process has, by identity: its place, and the thing itself."""
    found = {id(declared): ("declared", declared)}
    for number, (_, before) in enumerate(sealed):
        found |= {
            id(one): ((number, key), one) for key, one in entries(before) if not isinstance(one, str | int | float | tuple)
        }
    return found


class _Packer(pickle.Pickler):
    def __init__(self, stream, known: dict[int, tuple]):
        super().__init__(stream)
        self.known, self.at = known, ""

    def persistent_id(self, one):
        return self.known[id(one)][0] if id(one) in self.known else None

    def reducer_override(self, one):
        if isinstance(one, types.ModuleType):
            return import_module, (one.__name__,)
        if isinstance(one, type) and one.__module__ == "__main__":
            raise pickle.PicklingError(f"the class {one.__name__} of the script")
        if isinstance(one, Owner | Decision | Option):
            return object.__reduce_ex__(one, pickle.HIGHEST_PROTOCOL)  # by value: nobody has it yet
        if not isinstance(one, types.FunctionType) or is_installed(one):
            return NotImplemented
        self.at = f"{one.__code__.co_filename}:{one.__code__.co_firstlineno}: {one.__name__}"
        needs, names = needed_by(one), one.__code__.co_freevars
        made = marshal.dumps(one.__code__), one.__name__, one.__module__, one.__doc__, one.__defaults__, one.__kwdefaults__
        return _function, made, (needs, [needs.get(name) for name in names]), None, None, _refer


class _Unpacker(pickle.Unpickler):
    def __init__(self, stream, known: dict):
        super().__init__(stream)
        self.known = known

    def persistent_load(self, key):
        return self.known[key]


def _function(code: bytes, name: str, module: str, doc: str | None, defaults, keywords) -> types.FunctionType:
    loaded = marshal.loads(code)
    space, cells = {"__name__": module, "__builtins__": builtins}, tuple(types.CellType() for _ in loaded.co_freevars)
    function = types.FunctionType(loaded, space, name, defaults, cells)
    function.__doc__, function.__kwdefaults__ = doc, keywords
    return function


def _refer(function: types.FunctionType, state: tuple) -> None:
    needs, contents = state
    function.__globals__.update(needs)
    for cell, content in zip(function.__closure__ or (), contents):
        cell.cell_contents = content


def is_installed(function: types.FunctionType) -> bool:
    """Whether every process can import a function, because it belongs to this package or to another installed one."""
    if (function.__module__ or "").partition(".")[0] == _PACKAGE:
        return True
    return str(Path(function.__code__.co_filename).resolve()).startswith(_INSTALLED)
