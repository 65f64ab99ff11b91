"""Explain a parameter: where it is declared, what reads it, what it becomes in the results, and who sets it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from math import isnan

from ...engine.declare.parameter import Quantity
from ...engine.declare.registry import Declarations
from ...files.problems import InputError, Position, Problem, nearest
from ...scenario.addresses import Target
from ...scenario.describe import ParameterRow, any_members
from .readers import Reader, causes_of, readers
from .result_columns import ResultColumns, result_columns
from .setters import Setter, setters


@dataclass(frozen=True)
class ParameterExplanation:
    """All that is known about one parameter; ``readers``, ``causes``, ``columns`` and ``setters`` may be empty."""

    key: str
    meaning: str
    default: str
    bounds: str
    unit: str
    source: str
    grade: str
    declared_at: str
    readers: tuple[Reader, ...]
    causes: tuple[Reader, ...]
    columns: tuple[ResultColumns, ...]
    setters: tuple[Setter, ...]

    def to_dict(self) -> dict:
        """Plain data for JSON."""
        return asdict(self)


def explain(declared: Declarations, key: str) -> tuple[ParameterExplanation, ...]:
    """Explain the parameters that a dotted key or a bare name addresses: several if roles share a name.

    Raises :class:`InputError` with the nearest key if there is none.
    """
    found = matching(declared, key)
    if not found:
        targets = any_members(declared).targets
        known = [*targets, *(name.rpartition(".")[2] for name in targets)]
        raise InputError([Problem(Position(key), "", f"no parameter has this key{nearest(key, known)}")])
    return tuple(_explained(declared, target) for target in found)


def matching(declared: Declarations, key: str) -> list[Target]:
    """The parameters that a key addresses, at most one for each role: a dotted key, with or without its item, or a bare name.

    A key may name a member, as ``parents.georgia.grievance`` does; what addresses all members of a role is preferred.
    """
    found: dict[tuple, Target] = {}
    for target in any_members(declared).targets.values():
        short = target.key.removesuffix(f".{target.item}") if target.item else target.key
        if key in (target.declared.name, target.declared.key, target.key, short) or _with_members(key, target.key, short):
            identity = (target.role.name, short.rpartition(".")[2], ".incentives." in target.key)
            if identity not in found or (target.shared and not found[identity].shared) or target.key == key:
                found[identity] = target
    return list(found.values())


def _with_members(key: str, *patterns: str) -> bool:
    """Whether a key is one of some patterns, in which ``<name>`` is any member."""
    parts = key.split(".")
    for pattern in patterns:
        expected = pattern.split(".")
        if len(parts) == len(expected) and all(
            one in (other, "") or other.startswith("<") for one, other in zip(parts, expected)
        ):
            return True
    return False


def search(rows: list[ParameterRow], word: str) -> list[ParameterRow]:
    """The parameters with a word in the key or the meaning, in upper or lower case."""
    word = word.casefold()
    return [row for row in rows if word in row.key.casefold() or word in row.meaning.casefold()]


def _explained(declared: Declarations, target: Target) -> ParameterExplanation:
    quantity = target.declared
    number = isinstance(quantity, Quantity)
    default = quantity.default_of(target.item) if number else quantity.default
    return ParameterExplanation(
        key=target.key,
        meaning=quantity.meaning,
        default=default if not number else "computed from others" if isnan(default) else f"{default:g}",
        bounds=f"{quantity.low:g} to {quantity.high:g}" if number else ", ".join(quantity.options),
        unit=quantity.unit if number else "word",
        source=quantity.source,
        grade=quantity.grade,
        declared_at=quantity.place,
        readers=readers(declared, target),
        causes=causes_of(declared, quantity.name) if target.of_state else (),
        columns=result_columns(declared, target),
        setters=setters(target),
    )
