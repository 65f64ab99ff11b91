"""What one experiment asks that another does not, as ``key=value``: for messages and for the names of folders."""

from __future__ import annotations

from collections.abc import Iterator

from ...engine.setting import Value
from ...scenario.addresses import addresses_of
from ...scenario.schema import declarations
from ..load import Experiment
from .size import template


def differences(new: Experiment, old: Experiment) -> list[str]:
    """What differs in ``new`` but its size, each as ``key=value``; a key alone where the value is no single number or word."""
    new, old = template(new), template(old)
    return list(dict.fromkeys([*_of_scenario(new, old), *_of_experiment(new, old)]))


def _of_scenario(new: Experiment, old: Experiment) -> Iterator[str]:
    ours, theirs = new.scenario, old.scenario
    if ours.title != theirs.title:
        yield f"title={ours.title}"
    if ours.quarters != theirs.quarters:
        yield f"quarters={ours.quarters}"
    specific = addresses_of(declarations(), ours.entities).specific
    for address in dict.fromkeys((*ours.values, *theirs.values)):
        value = ours.values.get(address)
        if not _same(value, theirs.values.get(address)):
            shared = value.stream if value is not None and value.law == "fixed" else ""
            yield _pair(shared or specific.get(address, address[2]), value)
    for name in ("start", "entities", "belongs", "policies"):
        if getattr(ours, name) != getattr(theirs, name):
            yield name
    if ours.quarters == theirs.quarters:
        here, there = ({event.name: event for event in one.events} for one in (ours, theirs))
        yield from (f"events.{name}" for name in dict.fromkeys((*here, *there)) if here.get(name) != there.get(name))


def _of_experiment(new: Experiment, old: Experiment) -> Iterator[str]:
    if new.seed != old.seed:
        yield f"seed={new.seed}"
    for name in ("levers", "uncertainties"):
        ours, theirs = getattr(new, name), getattr(old, name)
        yield from (f"{name}.{key}" for key in dict.fromkeys((*ours, *theirs)) if ours.get(key) != theirs.get(key))
    for name in ("design", "keep"):
        if getattr(new, name) != getattr(old, name):
            yield name


def _same(one: Value | None, other: Value | None) -> bool:
    return one == other if one is None or other is None else (one.law, one.numbers) == (other.law, other.numbers)


def _pair(key: str, value: Value | None) -> str:
    if value is None or value.law != "fixed":
        return key
    return f"{key}={value.fixed if isinstance(value.fixed, str) else format(value.fixed, 'g')}"
