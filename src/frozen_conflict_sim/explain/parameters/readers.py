"""What reads a parameter: rules, by kind and place; other declarations that name it; and code that reads it by name."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from ...engine.arrays.starting_values import resolve
from ...engine.choice_rules import CHOICE_RULES
from ...engine.declare.derived import Vote
from ...engine.declare.faults import place_of
from ...engine.declare.names import WEIGHT
from ...engine.declare.parameter import Category
from ...engine.declare.population import NEIGHBOURS, Population
from ...engine.declare.registry import Declarations
from ...engine.policies import in_force
from ...politics.outcomes import OUTCOMES
from ...scenario.addresses import Target

_PACKAGE = Path(__file__).parents[2]
_FOLDERS = ("engine", "politics", "model")
_DECLARING = {"changes", "resident_changes", "aggregates", "noise", "delayed", "utility_of", "observes", "claim"}


@dataclass(frozen=True)
class Reader:
    """One reader: its ``kind``, its name, its file and line, and what it does in a sentence.

    ``changes`` names the state that a contribution changes, empty for other kinds.
    """

    kind: str
    name: str
    place: str
    meaning: str
    changes: str = ""


def readers(declared: Declarations, target: Target) -> tuple[Reader, ...]:
    """Everything that reads a parameter directly, by kind in the order of declaration."""
    name = target.declared.name
    if (target.role.name, name) in declared.weights and ".incentives." in target.key:
        return (*_weighed(declared, target.role.name, name), *_rules(declared, WEIGHT + name))
    return (*_rules(declared, name), *_declarations(declared, name), *_code(name))


def causes_of(declared: Declarations, name: str) -> tuple[Reader, ...]:
    """The rules that change a state, and the residents' quantity that it averages; empty for any other name."""
    found = [one for one in declared.contributions if one.to == name]
    causes = [Reader("contribution", one.rule.name, one.rule.place, one.rule.sentence, name) for one in found]
    for role in _populations(declared):
        for one in role.residents.observed:
            if one.name == name:
                place = declared.places[name]
                causes.append(Reader("average over residents", one.of, place, f"The average of {one.of}.", name))
    return tuple(causes)


def _weighed(declared: Declarations, role: str, name: str) -> Iterator[Reader]:
    for decision in declared.decisions.values():
        for option in decision.options if decision.role.name == role else ():
            for incentive in option.incentives:
                if incentive.weight == name:
                    about = f"{decision.name}.{option.name}: {incentive.rule.sentence}"
                    yield Reader("incentive that it weighs", incentive.name, incentive.rule.place, about)


def _rules(declared: Declarations, name: str) -> Iterator[Reader]:
    targets = {id(one.rule): one.to for one in declared.contributions}
    for kind, _, rule in declared.rules():
        if name in rule.reads:
            yield Reader(kind, rule.name, rule.place, rule.sentence, targets.get(id(rule), ""))
    for role in _populations(declared):
        changed = {id(rule): trait for trait, _, rule in role.residents.changes}
        for kind, rule in role.residents.rules():
            if {name, NEIGHBOURS + name} & set(rule.reads):
                yield Reader(f"{kind} of residents", rule.name, rule.place, rule.sentence, changed.get(id(rule), ""))
    for outcome in OUTCOMES.values():
        if name in outcome.rule.reads:
            yield Reader("outcome", outcome.rule.name, outcome.rule.place, outcome.meaning)
    for rule in CHOICE_RULES.values():
        if name in rule.reads:
            yield Reader("rule of choice", rule.name, "", rule.meaning)


def _declarations(declared: Declarations, name: str) -> Iterator[Reader]:
    """Declarations other than rules that name a quantity."""
    quantity = declared.quantities[name]
    for one in declared.quantities.values():
        if getattr(one, "follows", "") == name:
            yield Reader("default", one.name, one.place, f"{one.name} has the same value unless it is set.")
    if isinstance(quantity, Category) and quantity.open_to:
        yield Reader("mandate", quantity.open_to, place_of(in_force), f"Selects one of the {quantity.open_to} of the scenario.")
    if name in {f"{role}_types" for role, _ in declared.weights}:
        yield Reader("weights", "all weights of the role", place_of(resolve), "Spreads them between runs.")
    for one in declared.aggregates.values():
        if one.of == name:
            yield Reader("aggregate", one.name, one.place, one.meaning)
    for delay, (of, turns) in declared.delays.items():
        if name in (of, turns):
            yield Reader("delay", delay, declared.places[delay], f"The value of {of} some turns ago.")
    for value in declared.fixed_values.values():
        vote = value.determined_by
        if isinstance(vote, Vote) and name in (vote.when, vote.otherwise, vote.voters):
            yield Reader("vote", value.name, value.place, vote.meaning)
    for role in _populations(declared):
        composition = role.residents.composition
        if composition and name in (composition.count, composition.ties, composition.rewired, composition.shares):
            yield Reader("composition", role.name, composition.place, f"The residents of each {role.name}.")


def _populations(declared: Declarations) -> list[Population]:
    return [role for role in declared.roles.values() if isinstance(role, Population)]


def _code(name: str) -> Iterator[Reader]:
    for function, place in names_in_code().get(name, ()):
        yield Reader("code", function, place, "Reads it by name.")


@cache
def names_in_code() -> dict[str, tuple[tuple[str, str], ...]]:
    """The functions that contain a name as a string, each with file and line; declarations and docstrings do not count."""
    found: dict[str, list] = {}
    for folder in _FOLDERS:
        for path in sorted((_PACKAGE / folder).rglob("*.py")):
            place = path.relative_to(_PACKAGE.parent).as_posix()
            for function in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(function, ast.FunctionDef):
                    for line, text in _strings(function):
                        found.setdefault(text, []).append((function.name, f"{place}:{line}"))
    return {name: tuple(dict.fromkeys(places)) for name, places in found.items()}


def _strings(function: ast.FunctionDef) -> Iterator[tuple[int, str]]:
    """Line and text of the strings in the body of a function, without its decorators and inner declarations."""
    skipped = set()
    for node in (each for statement in function.body for each in ast.walk(statement)):
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") in _DECLARING:
            skipped |= {id(argument) for argument in node.args[:1]}
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in skipped:
            yield node.lineno, node.value
