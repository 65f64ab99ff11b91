"""A scenario as one complete YAML file that loads back to an equal one."""

from __future__ import annotations

from ..engine.declare.registry import Declarations
from ..engine.setting import Event, Policy, Setting, Value
from ..files.dates import written as written_date
from ..files.writer import Flow, dumped, number_of
from .addresses import Addresses, addresses_of
from .members import path_of
from .schema import MANDATES, key_of_belonging


def written(scenario: Setting, declared: Declarations) -> str:
    """The text of the file."""
    return dumped(tree_of(scenario, declared))


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
        tree["policies"] = {policy.name: _policy(policy, addresses) for policy in scenario.policies.values()}
    if scenario.events:
        tree["events"] = [_event(event, scenario, addresses) for event in scenario.events]
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
        shared = value.stream in addresses and address in addresses[value.stream].addresses
        key = value.stream if shared else addresses.specific[address]
        _put(tree, key.split("."), form_of(value))


def _evidence(graded: Value | Event) -> dict:
    written = {"source": graded.source} if graded.source else {}
    written |= {"grade": graded.grade} if graded.grade != "assumed" else {}
    return written | ({"verified": True} if graded.verified else {})


def form_of(value: Value):
    """A value as a file writes it."""
    numbers = [number_of(number) for number in value.numbers]
    evidence = _evidence(value)
    if value.law == "fixed":
        return Flow(value=numbers[0], **evidence) if evidence else numbers[0]
    form = dict(zip(("from", "to"), numbers)) if value.law == "between" else {value.law: numbers}
    form |= {"jointly": value.jointly} if value.jointly else {}
    return Flow(**form, **evidence)


def _policy(policy: Policy, addresses: Addresses) -> dict:
    tree: dict = {"description": policy.description}
    _values(tree, policy.values, addresses)
    for mandated in MANDATES:
        for option in getattr(policy, mandated):
            role, _, rest = option.partition(".")
            tree.setdefault(role, {}).setdefault(mandated, []).append(rest)
    return tree


def _event(event: Event, scenario: Setting, addresses: Addresses) -> dict:
    first, last = (written_date(scenario.start, later) for later in (event.first, event.last))
    entire = (event.first, event.last) == (0, scenario.quarters - 1)
    span = {} if entire and event.kind != "trend" else {"from": first, "to": last}
    entry: dict = {"name": event.name}
    entry |= {"description": event.description} if event.description else {}
    if event.kind == "scheduled":
        entry["at"] = first
    elif event.kind == "conditional":
        address, comparison, number = event.when
        entry["when"] = f"{addresses.specific[address]} {comparison} {number_of(number)}"
        entry |= {"once": True} if event.once else {}
    else:
        entry |= span
    if event.kind == "random" or event.hazard != 1.0:
        entry["hazard"] = number_of(event.hazard)
    shock = {addresses.specific[address]: number_of(amount) for address, amount in event.shock.items()}
    entry["trend" if event.kind == "trend" else "shock"] = Flow(shock)
    return entry | _evidence(event)
