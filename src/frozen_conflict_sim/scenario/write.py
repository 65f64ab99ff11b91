"""A scenario as one complete YAML file that loads back to an equal one."""

from __future__ import annotations

from ..engine.declare.parameter import Category, Quantity
from ..engine.declare.registry import Declarations
from ..engine.event_numbers import AT, EVENT, HAZARD, PRESENT, SIZE, amounts_of
from ..engine.setting import MANDATES, Event, Mandate, Policy, Setting, Value
from ..files.dates import written as written_date
from ..files.writer import Flow, dumped, number_of
from .addresses import Addresses, addresses_in, addresses_of
from .members import path_of
from .quantities import number_spec
from .schema import key_of_belonging


def written(scenario: Setting, declared: Declarations) -> str:
    """The text of the file."""
    return dumped(tree_of(scenario, declared))


def as_section(scenario: Setting, declared: Declarations) -> str:
    """The text of the file as a section of another; written once for a scenario."""
    return scenario.once(_section, declared)


def _section(declared: Declarations, scenario: Setting) -> str:
    return dumped({"scenario": tree_of(scenario, declared)})


def tree_of(scenario: Setting, declared: Declarations) -> dict:
    """The content of the file as nested dictionaries."""
    addresses = addresses_of(declared, scenario.entities)
    tree: dict = {"title": scenario.title}
    about, verified = getattr(scenario, "about", ""), getattr(scenario, "verified", False)
    tree |= {"about": about} if about else {}
    tree |= {"start": written_date(scenario.start), "quarters": scenario.quarters}
    tree |= {"verified": True} if verified else {}
    for role in declared.roles.values():
        _members(tree, scenario, declared, role)
    _values(tree, scenario.values, addresses)
    if scenario.policies:
        tree["policies"] = {policy.name: _policy(policy, scenario, addresses) for policy in scenario.policies.values()}
    if scenario.events:
        known = addresses_in(declared, scenario)
        tree["events"] = [_event(event, scenario, known) for event in scenario.events]
    return tree


def _put(tree: dict, path, value) -> None:
    *sections, last = path
    for name in sections:
        tree = tree.setdefault(name, {})
    tree[last] = value


def _members(tree: dict, scenario: Setting, declared: Declarations, role) -> None:
    above = key_of_belonging(declared, role)
    for index, member in enumerate(scenario.entities[role.level]):
        path = path_of(role, member)
        name = scenario.names.get(member if role.name == role.level else f"{member}.{role.name}")
        if name and role.naming != "none":
            _put(tree, (*path, "name"), name)
        if above:
            _put(tree, (*path, above), scenario.entities[above][scenario.belongs[role.level, above][index]])


def _values(tree: dict, values: dict, addresses: Addresses) -> None:
    for address, value in values.items():
        if address[0] == EVENT.name:
            continue
        shared = value.stream in addresses and address in addresses[value.stream].addresses
        key = value.stream if shared else addresses.specific[address]
        _put(tree, key.split("."), form_of(value))


def _evidence(graded: Value | Event) -> dict:
    written = {"source": graded.source} if graded.source else {}
    written |= {"grade": graded.grade} if graded.grade != "assumed" else {}
    return written | ({"verified": True} if graded.verified else {})


def as_written(declared: Quantity | Category | None, number):
    """A number or word of a quantity as a file writes it: some numbers are dates, or true and false."""
    return number_spec(declared).written(number) if isinstance(declared, Quantity) else number_of(number)


def form_of(value: Value, declared: Quantity | None = None):
    """A value as a file writes it."""
    numbers = [as_written(declared, number) for number in value.numbers]
    evidence = _evidence(value)
    if value.law == "fixed":
        return Flow(value=numbers[0], **evidence) if evidence else numbers[0]
    form = dict(zip(("from", "to"), numbers)) if value.law == "between" else {value.law: numbers}
    form |= {"jointly": value.jointly} if value.jointly else {}
    return Flow(**form, **evidence)


def _policy(policy: Policy, scenario: Setting, addresses: Addresses) -> dict:
    tree: dict = {"description": policy.description}
    _values(tree, policy.values, addresses)
    for kind in MANDATES:
        for entry in getattr(policy, kind):
            mandate = Mandate(entry) if isinstance(entry, str) else entry
            role, _, option = mandate.option.partition(".")
            written = option if isinstance(entry, str) else _mandate(mandate, option, scenario, addresses)
            tree.setdefault(role, {}).setdefault(kind, []).append(written)
    return tree


def _mandate(mandate: Mandate, option: str, scenario: Setting, addresses: Addresses) -> dict:
    entry: dict = {"option": option}
    entry |= {"of": list(mandate.of)} if mandate.of is not None else {}
    entry |= {"from": written_date(scenario.start, mandate.first)} if mandate.first else {}
    entry |= {"until": written_date(scenario.start, mandate.last)} if mandate.last is not None else {}
    when = [_condition(one, addresses) for one in mandate.when]
    return Flow(entry | ({"when": when[0] if len(when) == 1 else when} if when else {}))


def _condition(condition: tuple, addresses: Addresses) -> str:
    """A condition; one that each member reads of its own addresses all members of a role."""
    (role, member, name, item), comparison, number = condition
    if member:
        return f"{addresses.specific[role, member, name, item]} {comparison} {number_of(number)}"
    shared = (one for one in addresses.targets.values() if one.shared and one.role.name == role)
    key = next(one.key for one in shared if (one.declared.name, one.item) == (name, item))
    return f"{key} {comparison} {number_of(number)}"


def _event(event: Event, scenario: Setting, addresses: Addresses) -> dict:
    first, last = (written_date(scenario.start, later) for later in (event.first, event.last))
    entire = (event.first, event.last) == (0, scenario.quarters - 1)
    span = {} if entire and event.kind != "trend" else {"from": first, "to": last}
    entry: dict = {"name": event.name}
    entry |= {"description": event.description} if event.description else {}
    numbers = {name: _number(event, name, scenario, addresses) for name in (AT, HAZARD, SIZE, PRESENT)}
    if event.kind == "scheduled":
        entry[AT] = numbers[AT]
    elif event.kind == "conditional":
        entry["when"] = _condition(event.when, addresses)
        entry |= {"once": True} if event.once else {}
    else:
        entry |= span
    if event.kind == "random" or (event.kind == "conditional" and numbers[HAZARD] != 1):
        entry[HAZARD] = numbers[HAZARD]
    entry[amounts_of(event)] = Flow(_amounts(event, scenario, addresses))
    entry |= {SIZE: numbers[SIZE]} if numbers[SIZE] != 1 else {}
    entry |= {PRESENT: numbers[PRESENT]} if numbers[PRESENT] is not True else {}
    return entry | _evidence(event)


def _number(event: Event, name: str, scenario: Setting, addresses: Addresses):
    """A number of an event as a file writes it; ``None`` if events of its kind have none of that name."""
    address = EVENT.name, event.key, name, ""
    if address not in addresses.specific:
        return None
    declared, value = addresses[addresses.specific[address]].declared, scenario.values.get(address)
    return as_written(declared, declared.default) if value is None else form_of(value, declared)


def _amounts(event: Event, scenario: Setting, addresses: Addresses) -> dict:
    """What an event adds, by the keys of the states; an amount that is drawn for all members at once is written once."""
    amounts, word = {}, amounts_of(event)
    for state, amount in event.shock.items():
        key = addresses.specific[state]
        value = scenario.values.get((EVENT.name, event.key, word, key))
        if value is None:
            amounts[key] = number_of(amount)
        else:
            amounts[value.stream.removeprefix(f"{EVENT.dotted(event.key, word)}.")] = form_of(value)
    return amounts
