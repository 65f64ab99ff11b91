"""The submodels of the ODD protocol: every file of rules with its claim, equations, reference and parameters."""

from __future__ import annotations

import inspect
from importlib import import_module

from pages import code, formula, table

from frozen_conflict_sim.engine.declare.parameter import Quantity
from frozen_conflict_sim.engine.declare.rule import Rule
from frozen_conflict_sim.politics.catalogue import ACTORS, MECHANISMS, declared
from frozen_conflict_sim.politics.roles import public

POLITICS = "frozen_conflict_sim.politics"
FILES = [
    *(f"population.{name}" for name in ("strata", "residents", "factions")),
    *(f"mechanisms.{name}" for name in MECHANISMS),
    *(f"actors.{name}" for name in ACTORS),
]


def submodels() -> str:
    """All submodels; a file of an actor is included only if it has rules besides its incentives."""
    shown: set[str] = set()
    parts = [_submodel(name, shown) for name in FILES]
    return "\n\n".join(part for part in parts if part)


def _submodel(name: str, shown: set[str]) -> str:
    module = import_module(f"{POLITICS}.{name}")
    mine = [(line, rule) for line, rule in _rules() if inspect.getmodule(rule.function) is module]
    if not mine:
        return ""
    lines, rules = zip(*mine)
    title = name.split(".", 1)[-1].replace("_", " ").replace(".", ": ")
    text = [f"#### {title.capitalize()}", _claims(module), "\n".join(lines)]
    if parameters := _parameters(rules, shown):
        text.append(parameters)
    if source := Rule.of(rules[0].function).reference:
        text.append(f"Reference: {source}")
    return "\n\n".join(text)


def _claims(module) -> str:
    paragraphs = [" ".join(part.split()) for part in inspect.cleandoc(module.__doc__).split("\n\n")]
    return "\n\n".join(part for part in paragraphs if not part.startswith("Reference:"))


def _rules():
    """Every rule except incentives and conditions, with its line on the page."""
    for step in declared.procedures:
        rule = Rule.of(step.function)
        yield f"* {code(rule.name)} procedure ({step.phase}): {rule.sentence}", rule
    for trait, rule in public.residents.at_birth.items():
        yield f"* {code(rule.name)} initial {code(trait)} of a resident: {_text(rule)}", rule
    for name, one in declared.derived.items():
        by = f" by {one.by}" if one.by else ""
        yield f"* {code(name)} ({one.unit}{by}), derived: {_text(one.rule)}", one.rule
    for name, rule in public.residents.derived.items():
        yield f"* {code(name)}, derived for each resident: {_text(rule)}", rule
    for name, one in declared.hazards.items():
        yield f"* {code(name)} event ({one.phase}), hazard: {_text(one.rule)}", one.rule
    for name, one in declared.fixed_values.items():
        if isinstance(one.determined_by, Rule):
            yield f"* {code(name)} fixed within the turn ({one.phase}): {_text(one.determined_by)}", one.determined_by
    for name, rule in public.residents.candidates.items():
        yield f"* {code(name)} of each candidate: {_text(rule)}", rule
    for rule in public.residents.appeals:
        yield f"* {code(rule.name)} part of a candidate's appeal to a resident: {_text(rule)}", rule
    for to, phase, rule in public.residents.changes:
        yield f"* {code(rule.name)} changes a resident's {code(to)} ({phase}): {_text(rule)}", rule
    for one in declared.contributions:
        yield f"* {code(one.rule.name)} changes {code(one.to)} ({one.phase}): {_text(one.rule)}", one.rule


def _text(rule: Rule) -> str:
    return f"{rule.sentence} `{formula(rule.function)}`"


def _parameters(rules: list[Rule], shown: set[str]) -> str:
    """The fixed numbers that the rules read and no earlier submodel has shown."""
    found = dict.fromkeys(name for rule in rules for name in rule.reads if _is_parameter(name))
    new = [declared.quantities[name] for name in found if name not in shown]
    shown.update(found)
    return _table_of(new) if new else ""


def _table_of(parameters: list[Quantity]) -> str:
    rows = [
        [code(_key(one.name)), _default(one), one.bounds, one.meaning, f"{one.grade}: {one.source}".removesuffix(": ")]
        for one in parameters
    ]
    return table(["parameter", "default", "bounds (unit)", "meaning", "grade"], rows)


def _is_parameter(name: str) -> bool:
    quantity = declared.quantities.get(name)
    return isinstance(quantity, Quantity) and not quantity.state


def _key(name: str) -> str:
    return f"{declared.owners[name].name}.{declared.quantities[name].key}"


def _default(quantity: Quantity) -> str:
    if quantity.follows:
        return f"that of {_key(quantity.follows)}"
    if isinstance(quantity.default, dict):
        return " ".join(f"{value:g}" for value in quantity.default.values()) + f" by {quantity.by}"
    return "follows from others" if quantity.default is None else f"{quantity.default:g}"


def aggregates() -> str:
    """Aggregates over members, and quantities that are seen with a delay."""
    rows = [
        [code(name), one.role.name, f"{one.how} of {code(one.of)}", one.meaning] for name, one in declared.aggregates.items()
    ]
    for name, (of, turns) in declared.delays.items():
        when = f"{code(turns)} turns ago" if isinstance(turns, str) else "last turn"
        rows.append([code(name), declared.owners[name].name, f"{code(of)}, {when}", "Seen with a delay."])
    return table(["name", "seen by", "is", "meaning"], rows)


def unread_by_rules() -> str:
    """Parameters that no rule of a submodel reads: for the start of a run, the rules of play, and direct weights of actors."""
    read = {name for _, rule in _rules() for name in rule.reads}
    return _table_of([quantity for name, quantity in declared.quantities.items() if _is_parameter(name) and name not in read])
