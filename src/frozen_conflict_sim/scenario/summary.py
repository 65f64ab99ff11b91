"""What a checked scenario says, in a few lines: who, when, how well known, what may happen."""

from __future__ import annotations

from collections import Counter

from ..engine.declare.parameter import GRADES
from ..engine.declare.role import Declarations
from ..engine.setting import Setting
from ..engine.time_step import PLURAL
from ..files.dates import written
from .describe import in_words
from .lint import left_open


def summary(declared: Declarations, scenario: Setting) -> str:
    """What a checked scenario says, in a few lines."""
    lines = [scenario.title, ""]
    span = f"{written(scenario.start)} to {written(scenario.start, scenario.quarters - 1)}"
    lines.append(f"  {'horizon':12}{span}, {scenario.turns} turns ({PLURAL[scenario.time_step]})")
    for role in declared.roles.values():
        if role.name == role.level and role.name not in ("play", "stratum"):
            names = ", ".join(_called(scenario, declared, role.name, member) for member in scenario.entities[role.level])
            lines.append(f"  {role.name:12}{names or '–'}")
    lines.append(f"  {'values':12}{_counts(scenario)}")
    uncertain = {value.stream: value for value in scenario.values.values() if value.law != "fixed"}
    lines += _column("uncertain", [f"{key}  {in_words(value)}" for key, value in uncertain.items()])
    lines += _column("policies", [f"{policy.name}  {policy.description}" for policy in scenario.policies.values()])
    lines += _column("events", [f"{_when(event, scenario)}  {event.name}" for event in scenario.events])
    lines += _column("not given", left_open(declared, scenario))
    lines += _column("notes", list(getattr(scenario, "notes", ())))
    return "\n".join(lines)


def _column(title: str, rows: list[str]) -> list[str]:
    return [f"  {'' if number else title:12}{row}" for number, row in enumerate(rows)]


def _called(scenario: Setting, declared: Declarations, level: str, member: str) -> str:
    strata = [name for name in scenario.entities.get("stratum", ()) if level == "territory" and name.startswith(f"{member}.")]
    inner = f" ({', '.join(scenario.names[name] for name in strata)})" if strata else ""
    return scenario.names.get(member, member) + inner


def _counts(scenario: Setting) -> str:
    written = {value.stream: value for value in scenario.values.values()}.values()
    grades = Counter(value.grade for value in written)
    uncertain = sum(value.law != "fixed" for value in written)
    sourced = [value for value in written if value.source]
    unverified = sum(not value.verified for value in sourced)
    by_grade = ", ".join(f"{grades[grade]} {grade}" for grade in GRADES)
    by_source = f"{len(sourced)} with a source, {unverified} of these not yet verified"
    return f"{len(written)} given: {by_grade}; {uncertain} uncertain; {by_source}"


def _when(event, scenario: Setting) -> str:
    if event.kind == "scheduled":
        return written(scenario.start, event.first)
    if event.kind == "conditional":
        address, comparison, number = event.when
        return f"when {'.'.join(part for part in address[1:] if part)} {comparison} {number:g}"
    span = f"{written(scenario.start, event.first)} to {written(scenario.start, event.last)}"
    return span if event.kind == "trend" else f"{span}, {event.hazard:g} a quarter"
