"""A scenario for readers: every parameter in a row, and the whole in a few lines."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from math import isnan

from ..engine.declare.parameter import GRADES, Category, Quantity
from ..engine.declare.registry import Declarations
from ..engine.declare.role import Role
from ..engine.event_numbers import AT, DATE, EVENT, HAZARD, PRESENT
from ..engine.setting import Event, Setting, Value
from ..engine.time_step import PLURAL
from ..files.dates import in_year, written
from ..files.problems import listed
from .addresses import Addresses, Target, addresses_in, addresses_of
from .lint import facts_not_given
from .schema import key_of_belonging


@dataclass(frozen=True)
class ParameterRow:
    """One parameter: its dotted key, value, bounds and meaning, and how well it is known."""

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
    """How well the parameters of a listing are known, best grade first."""
    counted = []
    for grade in GRADES:
        graded = [row for row in rows if row.grade == grade]
        given = sum(row.set_by == "scenario" for row in graded)
        share = round(len(graded) / max(len(rows), 1), 4)
        counted.append(GradeRow(grade, len(graded), share, given, sum(row.verified for row in graded)))
    return counted


def in_words(value: Value, unit: str = "") -> str:
    """A value as text.

    >>> in_words(Value("between", (0.2, 0.9))), in_words(Value("choices", (2014.0, 2014.25)), DATE)
    ('0.2 to 0.9', 'one of 2014-Q1, 2014-Q2')
    """
    if unit == DATE:
        dates = [in_year(year) for year in value.numbers]
        return f"one of {listed(dates, 5)}" if len(dates) > 1 else dates[0]
    if value.law == "choices":
        return f"one of {len(value.numbers)} numbers" + (f", drawn jointly: {value.jointly}" if value.jointly else "")
    numbers = [f"{number:g}" if isinstance(number, float) else str(number) for number in value.numbers]
    return {
        "between": "{0} to {1}",
        "normal": "normal, mean {0}, sd {1}",
        "lognormal": "log-normal, median {0}, log sd {1}",
        "fixed": "{0}",
    }[value.law].format(*numbers, *[""] * 2)


def parameter_rows(declared: Declarations, scenario: Setting | None = None, grade: str | None = None) -> list[ParameterRow]:
    """All parameters: one row a quantity, or one for each member to which the scenario gives a value of its own."""
    addresses = addresses_in(declared, scenario) if scenario else any_members(declared)
    values = scenario.values if scenario else {}
    rows = []
    for target in addresses.targets.values():
        if target.role is not EVENT and (target.shared or not target.role.many):
            rows += _rows(target, values, addresses)
    return [row for row in rows if grade in (None, row.grade)]


def any_members(declared: Declarations) -> Addresses:
    """The dotted keys of any scenario, with ``<name>`` in the place of members."""
    return addresses_of(declared, {role.level: _placeholder(role) for role in declared.roles.values()})


def _placeholder(role: Role) -> tuple[str, ...]:
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


def _options(category: Category) -> tuple[str, ...]:
    return (*category.options, f"one of the {category.open_to}") if category.open_to else category.options


def summary(declared: Declarations, scenario: Setting) -> str:
    """The content of a checked scenario in a few lines: who, when, how well known, what may happen, warnings."""
    lines = [scenario.title, ""]
    span = f"{written(scenario.start)} to {written(scenario.start, scenario.quarters - 1)}"
    lines.append(f"  {'horizon':12}{span}, {scenario.turns} turns ({PLURAL[scenario.time_step]})")
    for role in declared.roles.values():
        if role.name == role.level and role.naming != "none" and not _named_inside(declared, role):
            called = ", ".join(_called(scenario, declared, role, member) for member in scenario.entities[role.level])
            lines.append(f"  {role.name:12}{called or '–'}")
    lines.append(f"  {'values':12}{_counts(scenario)}")
    units = {value.stream: DATE if (at[0], at[2]) == (EVENT.name, AT) else "" for at, value in scenario.values.items()}
    uncertain = {value.stream: value for value in scenario.values.values() if value.law != "fixed"}
    lines += _column("uncertain", [f"{key}  {in_words(value, units[key])}" for key, value in uncertain.items()])
    lines += _column("policies", [f"{policy.name}  {policy.description}" for policy in scenario.policies.values()])
    lines += _column("events", [f"{when}  {name}" for when, name in event_rows(scenario)])
    lines += _column("not given", facts_not_given(declared, scenario))
    lines += _column("notes", list(getattr(scenario, "notes", ())))
    return "\n".join(lines)


def event_rows(scenario: Setting) -> list[tuple[str, str]]:
    """When each event may happen, and its name."""
    return [(_when(event, scenario), event.name) for event in scenario.events]


def _column(title: str, rows: list[str]) -> list[str]:
    return [f"  {'' if number else title:12}{row}" for number, row in enumerate(rows)]


def _named_inside(declared: Declarations, role: Role) -> bool:
    """Whether a file names the members of a role inside the section of another, as strata inside territories."""
    return bool(role.inside) and not key_of_belonging(declared, role)


def _called(scenario: Setting, declared: Declarations, role: Role, member: str) -> str:
    inner = [
        inside for inside in declared.roles.values() if role.level in inside.inside[:1] and _named_inside(declared, inside)
    ]
    parts = [name for inside in inner for name in scenario.entities[inside.level] if name.startswith(f"{member}.")]
    return scenario.names.get(member, member) + (f" ({', '.join(scenario.names[name] for name in parts)})" if parts else "")


def _counts(scenario: Setting) -> str:
    values = {value.stream: value for value in scenario.values.values()}.values()
    grades = Counter(value.grade for value in values)
    uncertain = sum(value.law != "fixed" for value in values)
    sourced = [value for value in values if value.source]
    unverified = sum(not value.verified for value in sourced)
    by_grade = ", ".join(f"{grades[grade]} {grade}" for grade in GRADES)
    by_source = f"{len(sourced)} with a source, {unverified} of these not yet verified"
    return f"{len(values)} given: {by_grade}; {uncertain} uncertain; {by_source}"


def _when(event: Event, scenario: Setting) -> str:
    drawn = {at[2]: value for at, value in scenario.values.items() if at[:2] == (EVENT.name, event.key)}
    if not event.present and PRESENT not in drawn:
        return "never"
    if event.kind == "scheduled":
        return in_words(drawn[AT], DATE) if AT in drawn else written(scenario.start, event.first)
    if event.kind == "conditional":
        address, comparison, number = event.when
        return f"when {'.'.join(part for part in address[1:] if part)} {comparison} {number:g}"
    span = f"{written(scenario.start, event.first)} to {written(scenario.start, event.last)}"
    return (
        span if event.kind == "trend" else f"{span}, {in_words(drawn.get(HAZARD, Value('fixed', (event.hazard,))))} a quarter"
    )
