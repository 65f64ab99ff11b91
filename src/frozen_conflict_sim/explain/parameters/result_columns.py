"""What a parameter becomes in the results: the columns that it changes at the next step, directly or through derived values.

A change of state has consequences for nearly everything later; only the first state or decision on each way counts here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ...engine.declare.population import NEIGHBOURS, Population
from ...engine.declare.registry import Declarations
from ...engine.declare.role import Role
from ...model.columns import recorded
from ...politics.outcomes import OUTCOMES
from ...scenario.addresses import Target


@dataclass(frozen=True)
class ResultColumns:
    """Columns of the results: a pattern with ``<level>`` for the members, their kind, and how the parameter changes them."""

    pattern: str
    kind: str
    because: str


def result_columns(declared: Declarations, target: Target) -> tuple[ResultColumns, ...]:
    """The columns that show a parameter or that it changes first; each pattern once."""
    name, suffix = target.declared.name, f".{target.item}" if target.item else ""
    found = [ResultColumns(target.key, "parameter", "its value in each run, where runs differ in it")]
    if ".incentives." in target.key:
        found += _of_weight(declared, target.role, name)
    else:
        if name in recorded():
            found.append(ResultColumns(f"<{target.role.level}>.{name}{suffix}", "trajectory", "its value on each turn"))
            found += [
                ResultColumns(f"<{one.role.level}>.{outcome}", "outcome", f"computed from the trajectory of {name}")
                for outcome, one in OUTCOMES.items()
                if name in one.rule.reads
            ]
        found += [line for path in paths_from(declared, name).values() for line in _changed(declared, path)]
    return tuple({line.pattern: line for line in reversed(found)}.values())[::-1]


def paths_from(declared: Declarations, name: str) -> dict[str, tuple[str, ...]]:
    """All derived values that a name enters, each with the names on the shortest way to it, its own included.

    >>> from ...politics.catalogue import declared
    >>> paths_from(declared, "grievance")["grievance_at_work"]
    ('grievance', 'grievance_at_work')
    """
    sources = {derived: set(names) for derived, names in declared.computed_from().items()}
    sources |= {name: {one.follows} for name, one in declared.quantities.items() if getattr(one, "follows", "")}
    for role in _populations(declared):
        sources |= {one: {read.removeprefix(NEIGHBOURS) for read in rule.reads} for one, rule in role.residents.derived.items()}
    paths, fresh = {name: (name,)}, [name]
    while fresh:
        before = fresh.pop(0)
        for derived, names in sources.items():
            if before in names and derived not in paths:
                paths[derived] = (*paths[before], derived)
                fresh.append(derived)
    return paths


def _of_weight(declared: Declarations, role: Role, name: str) -> Iterator[ResultColumns]:
    yield ResultColumns(f"<{role.level}>.utility.{name}", "outcome", "the actor's utility from incentives with this weight")
    for decision in declared.decisions.values():
        weighed = [one for option in decision.options for one in option.incentives if one.weight == name]
        if decision.role is role and weighed:
            yield ResultColumns(_column(decision), "decision", f"weighs the incentive {weighed[0].name}")


def _changed(declared: Declarations, path: tuple[str, ...]) -> Iterator[ResultColumns]:
    """The states and decisions whose rules read the last name of a path."""
    name, through = path[-1], f", through {', '.join(path[1:])}" if path[1:] else ""
    for one in declared.contributions:
        if name in one.rule.reads and one.to in recorded():
            owner = declared.owners[one.to].level
            yield ResultColumns(f"<{owner}>.{one.to}", "trajectory", f"changed by {one.rule.name}{through}")
    for decision in declared.decisions.values():
        rules = [*decision.conditions, *(rule for option in decision.options for rule in _rules_of(option))]
        reader = next((rule.name for rule in rules if name in rule.reads), None)
        if reader:
            yield ResultColumns(_column(decision), "decision", f"read by {reader}{through}")
    for role in _populations(declared):
        changed = [(trait, rule) for trait, _, rule in role.residents.changes if {name, NEIGHBOURS + name} & set(rule.reads)]
        for trait, rule in changed:
            averages = [one.name for one in role.residents.observed if one.of in paths_from_trait(role, trait)]
            for state in averages:
                because = f"an average over residents, changed by {rule.name}{through}"
                yield ResultColumns(f"<{declared.owners[state].level}>.{state}", "trajectory", because)


def paths_from_trait(role: Population, trait: str) -> set[str]:
    """A trait of residents and all derived quantities of residents that it enters."""
    reached, size = {trait}, 0
    while size < len(reached):
        size = len(reached)
        reached |= {name for name, rule in role.residents.derived.items() if reached & set(rule.reads)}
    return reached


def _rules_of(option) -> list:
    return [*option.own_conditions, *(one.rule for one in option.incentives)]


def _column(decision) -> str:
    about = f".<{decision.level}>" if decision.level != decision.role.level else ""
    return f"<{decision.role.level}>.{decision.name}{about}"


def _populations(declared: Declarations) -> list[Population]:
    return [role for role in declared.roles.values() if isinstance(role, Population)]
