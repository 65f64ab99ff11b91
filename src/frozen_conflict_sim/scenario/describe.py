"""Every parameter in a row: how to address it, its value and bounds, what it means, and how well it is known."""

from __future__ import annotations

from dataclasses import dataclass
from math import isnan

from ..engine.declare.parameter import GRADES, Category, Quantity
from ..engine.declare.role import Declarations
from ..engine.setting import Setting, Value
from .addresses import Addresses, Target, addresses_of


@dataclass(frozen=True)
class ParameterRow:
    """One parameter: how to address it, what it is, and how well it is known."""

    key: str
    value: str
    default: str
    bounds: str
    unit: str
    meaning: str
    source: str
    grade: str
    verified: bool
    set_by: str


@dataclass(frozen=True)
class GradeRow:
    """How many parameters have a grade, how many of them the scenario sets, and how many were compared with their source."""

    grade: str
    parameters: int
    share: float
    set_by_scenario: int
    verified: int


def grade_rows(rows: list[ParameterRow]) -> list[GradeRow]:
    """How well the parameters of a listing are known, best first."""
    counted = []
    for grade in GRADES:
        graded = [row for row in rows if row.grade == grade]
        given = sum(row.set_by == "scenario" for row in graded)
        share = round(len(graded) / max(len(rows), 1), 4)
        counted.append(GradeRow(grade, len(graded), share, given, sum(row.verified for row in graded)))
    return counted


def in_words(value: Value) -> str:
    """A value as a reader wants it.

    >>> in_words(Value("between", (0.2, 0.9)))
    '0.2 to 0.9'
    """
    if value.law == "choices":
        return f"one of {len(value.numbers)} listed numbers" + (f", drawn together: {value.jointly}" if value.jointly else "")
    numbers = [f"{number:g}" if isinstance(number, float) else str(number) for number in value.numbers]
    return {
        "between": "{0} to {1}",
        "normal": "normal, mean {0}, sd {1}",
        "lognormal": "log-normal, median {0}, log sd {1}",
        "fixed": "{0}",
    }[value.law].format(*numbers, *[""] * 2)


def parameter_rows(declared: Declarations, scenario: Setting | None = None, grade: str | None = None) -> list[ParameterRow]:
    """All parameters: one row a quantity, or one for each member to which the scenario gives a value of its own."""
    entities = scenario.entities if scenario else {role.level: _placeholder(role) for role in declared.roles.values()}
    addresses = addresses_of(declared, entities)
    values = scenario.values if scenario else {}
    rows = []
    for target in addresses.targets.values():
        if target.shared or not target.role.many:
            rows += _rows(target, values, addresses)
    return [row for row in rows if grade in (None, row.grade)]


def _placeholder(role) -> tuple[str, ...]:
    return (".".join(["<name>"] * max(role.section.count("{}"), 1)),)


def _rows(target: Target, values: dict, addresses: Addresses) -> list[ParameterRow]:
    given = {address: values[address] for address in target.addresses if address in values}
    own = [address for address, value in given.items() if value.stream != target.key]
    shared = [value for value in given.values() if value.stream == target.key]
    rows = [_row(target, addresses.specific[address], given[address]) for address in own]
    everybody = len(own) < len(target.addresses) or not target.addresses
    return ([_row(target, target.key, shared[0] if shared else None)] if everybody else []) + rows


def _row(target: Target, key: str, value: Value | None) -> ParameterRow:
    declared = target.declared
    default = declared.default_of(target.item) if isinstance(declared, Quantity) else declared.default
    if isinstance(declared, Quantity):
        default = "unset" if isnan(default) else f"{default:g}"
    source, grade = (value.source, value.grade) if value else (declared.source, declared.grade)
    return ParameterRow(
        key=key,
        value=in_words(value) if value else default,
        default=default,
        bounds=f"{declared.low:g} to {declared.high:g}" if isinstance(declared, Quantity) else " | ".join(_options(declared)),
        unit=declared.unit if isinstance(declared, Quantity) else "word",
        meaning=declared.meaning,
        source=source,
        grade=grade,
        verified=bool(value and value.verified),
        set_by="scenario" if value else "default",
    )


def _options(words: Category) -> tuple[str, ...]:
    return (*words.options, f"one of the {words.open_to}") if words.open_to else words.options
