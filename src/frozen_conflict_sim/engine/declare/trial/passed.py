"""Rules of a catalogue are tried once: that they passed is kept as long as no file of the model changes."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path

import numpy as np

from ...cache import named_by, read, write
from ..rule import Rule
from .rules import faults_in

_ENGINE = Path(__file__).parents[2]


def tried_once(rules: Sequence[tuple[Rule, bool]], declared) -> list[str]:
    """The faults of rules, as :func:`.faults_in` finds them, unless they passed their trial in a process before.

    A rule knows from its trial whether it is careful, so that is what is kept. Nothing is kept of a trial that found a fault.
    """
    name = f"{declared.made_of}.trial"
    passed = read(name)
    if passed is not None and len(passed) == len(rules):
        for (rule, _), careful in zip(rules, passed):
            object.__setattr__(rule, "careful", bool(careful))
        return []
    faults = faults_in(rules, declared)
    if not faults:
        write(name, bytes(bool(rule.careful) for rule, _ in rules))
    return faults


def digest_of(catalogue: str) -> str:
    """A digest of all that decides what the rules of a catalogue do; ``catalogue`` is the module that lists their files."""
    return named_by(*_decisive(catalogue))


def _decisive(catalogue: str) -> Iterator[str | bytes]:
    """Every file of the rules and of the engine, and the versions of Python and NumPy."""
    yield from (catalogue, sys.version, np.__version__)
    for folder in (_ENGINE, *map(Path, import_module(catalogue.rpartition(".")[0]).__path__)):
        for path in sorted(folder.rglob("*.py")):
            yield from (path.relative_to(folder).as_posix(), path.read_bytes())
