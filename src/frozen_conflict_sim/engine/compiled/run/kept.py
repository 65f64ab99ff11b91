"""What was emitted is kept from one process to the next, as long as no file of the model changes and no script adds to it.

To emit the code of a model takes longer than to load what was compiled of it.
"""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import lru_cache
from pathlib import Path
from types import FunctionType

import numpy as np

from .... import engine
from ... import cache
from ...declare.registry import Declarations

PACKAGE = Path(engine.__file__).parents[1]
TICK = 1.0  # seconds: how exactly a file system knows when a file was saved


def kept(declared: Declarations, key: tuple, make: Callable, kind: type, fits: Callable = lambda found: True):
    """What ``make`` emits from the rules of a catalogue, or the same of that ``kind`` from an earlier process, if it ``fits``.

    ``key`` is all that it depends on besides the files of the model: plain values, and functions, which must be of those files.
    """
    name = name_of(declared, key)
    if name is None:
        return make()
    data = cache.read(name)
    if data is not None:
        with suppress(Exception):  # of another version of a library
            found = pickle.loads(zlib.decompress(data))
            if isinstance(found, kind) and fits(found):
                return found
    made = make()
    with suppress(pickle.PicklingError, AttributeError, TypeError):  # it holds a function that has no name
        cache.write(name, zlib.compress(pickle.dumps(made), 1))
    return made


def name_of(declared: Declarations, key: tuple) -> str | None:
    """The name of the file; ``None`` if something that is emitted is in no file of the model, as it is now."""
    if not declared.made_of or declared.additions or not _are_as_loaded():
        return None
    try:
        return f"{cache.named_by(declared.made_of, _written(key))}.emitted"
    except TypeError:
        return None


@lru_cache
def _are_as_loaded() -> bool:
    """Whether no file of the package has changed since it was loaded: of one that was saved meanwhile, old code may be here."""
    return max(path.stat().st_mtime for path in PACKAGE.rglob("*.py")) < engine.LOADED - TICK


def _written(part) -> str:
    """A part of a key as text, the same in every process; raise ``TypeError`` if it has none.

    >>> _written(("turns", 40, frozenset({"b", "a"})))
    "('turns', 40, {'a', 'b'})"
    """
    if isinstance(part, tuple):
        return f"({', '.join(map(_written, part))})"
    if isinstance(part, frozenset | set):
        return f"{{{', '.join(sorted(map(_written, part)))}}}"
    if isinstance(part, dict):
        return _written(tuple(part.items()))
    if is_dataclass(part) and not isinstance(part, type):
        return f"{type(part).__name__}{_written(tuple(getattr(part, one.name) for one in fields(part)))}"
    if isinstance(part, FunctionType) and part.__module__.startswith(f"{__package__.partition('.')[0]}."):
        return f"{part.__module__}.{part.__qualname__}"
    if isinstance(part, Enum):
        return f"{type(part).__name__}.{part.name}"
    if part is None or isinstance(part, str | bool | int | float | type | np.generic):
        return repr(part)
    raise TypeError(f"{part!r} is no part of a key")
