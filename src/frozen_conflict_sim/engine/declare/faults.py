"""Faults in declarations: where something is declared, what it gets wrong, and the nearest word that is known."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping, Set
from functools import lru_cache
from pathlib import Path

_HERE = str(Path(__file__).parent)
_SOURCES = Path(__file__).parents[3]


class DeclarationError(ValueError):
    """Declarations that cannot be used; ``faults`` has a line for each fault, with file, line and name."""

    def __init__(self, faults: Iterable[str]):
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))


class Miswritten(DeclarationError, TypeError):
    """A declaration that is given what it does not take, or that is not written as what it is."""


class NotFinite(ArithmeticError):
    """A run gave an infinite number, or no number where there must be one. An outcome may be undefined, the state may not."""


def place_of(function: Callable) -> str:
    """The file and line of a function, as ``frozen_conflict_sim/politics/mechanisms/treaties/asks.py:21``."""
    return f"{_short(function.__code__.co_filename)}:{function.__code__.co_firstlineno}"


def calling_place() -> str:
    """The file and line of the code that calls this package to declare something."""
    frame = sys._getframe(1)
    while frame.f_back is not None and frame.f_code.co_filename.startswith(_HERE):
        frame = frame.f_back
    return f"{_short(frame.f_code.co_filename)}:{frame.f_lineno}"


@lru_cache(maxsize=256)
def _short(file: str) -> str:
    path = Path(file)
    return path.relative_to(_SOURCES).as_posix() if path.is_relative_to(_SOURCES) else file


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A clause that offers the nearest known word, or nothing if none is near."""
    from difflib import get_close_matches

    found = get_close_matches(word, list(known), n=1)
    return f"; did you mean {found[0]!r}?" if found else ""


def unknown(words: Iterable[str], known: Iterable[str], place: str, says: str) -> list[str]:
    """A fault for each word that is not known; ``says`` is what is said of it, such as ``'voice reads'``."""
    known = known if isinstance(known, Set | Mapping) else set(known)
    lost = [word for word in dict.fromkeys(words) if word not in known]
    return [f"{place}: {says} {word!r}, which nothing declares{did_you_mean(word, sorted(known))}" for word in lost]
