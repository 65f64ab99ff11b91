"""What the page shows before anything is played: sliders and choices from the declarations, events, policies, charts."""

from __future__ import annotations

from math import isnan

from ..engine.declare.parameter import Category, Quantity
from ..engine.setting import Value
from ..explain.story import ending, meaning_of_ending
from ..files.dates import written
from ..live import LiveEnsemble
from ..model.columns import Column, called, columns, name_of
from ..politics import dilemma
from ..politics.outcomes.classes import CLASSES
from ..politics.roles import ACTORS
from ..scenario import Scenario
from ..scenario.addresses import Target, options_of
from ..scenario.describe import parameter_rows
from ..scenario.schema import declarations

FIRST = 8
POLICIES = "policies"  # the section of a scenario with the policies


def describe(ensemble: LiveEnsemble, name: str, state: dict) -> dict:
    """All that the page needs at its start, as plain data; ``state`` is the setting with which it opens."""
    scenario = ensemble.scenario
    controls = controls_of(ensemble)
    charts = [column for column in columns(scenario) if column.kind == "trajectory" and column.key_outcome]
    policy = next((one for one in controls if one["kind"] == "word" and one["open_to"] == POLICIES), None)
    return {
        "title": scenario.title, "about": scenario.about, "name": name, "runs": ensemble.runs, "seed": ensemble.seed,
        "turns": scenario.turns,
        "dates": [scenario.date_as_year(turn) for turn in range(scenario.turns)],
        "labels": [scenario.date(turn) for turn in range(scenario.turns)],
        "controls": controls, "first": FIRST, "state": state,
        "policies": [{"name": one.name, "meaning": one.description} for one in scenario.policies.values()],
        "policy_key": policy["key"] if policy else "",
        "events": [_event(event, scenario) for event in scenario.events],
        "charts": [_chart(column) for column in charts],
        "shown": _first_chart(charts).name,
        "classes": [{"name": name, "ending": ending(name), "meaning": meaning_of_ending(scenario, name)} for name in CLASSES],
        "territories": {member: called(scenario, member) for member in scenario.entities["territory"]},
        "names": {member: called(scenario, member) for level in scenario.entities.values() for member in level},
    }  # fmt: skip


def controls_of(ensemble: LiveEnsemble) -> list[dict]:
    """Every number and word that may be set, as the scenario addresses it: by member where members differ, else for all."""
    scenario, targets = ensemble.scenario, ensemble.targets
    still = set(ensemble.still())
    instruments = {address for policy in scenario.policies.values() for address in policy.values}
    found = []
    for row in parameter_rows(declarations(), scenario):
        target = targets[row.key]
        if not target.addresses:
            continue
        value = scenario.values.get(target.addresses[0])
        policy = bool(instruments & set(target.addresses)) or getattr(target.declared, "open_to", "") == POLICIES
        number = isinstance(target.declared, Quantity)
        found.append(
            {
                "key": row.key, "name": _name(target), "owner": _owner(target, scenario),
                "group": "policy" if policy else "assumption", "moves": row.key not in still,
                "meaning": row.meaning, "source": row.source, "grade": row.grade, "verified": row.verified,
                "own_text": row.value,
            }
            | (_number(target.declared, target.item, value) if number else _word(target, value, scenario))
        )  # fmt: skip
    return sorted(found, key=lambda control: (control.get("law", "fixed") == "fixed", not control["set"]))


def _number(declared: Quantity, item: str, value: Value | None) -> dict:
    default = declared.default_of(item)
    law, numbers = (value.law, value.numbers) if value else ("fixed", (None if isnan(default) else default,))
    return {
        "kind": "number", "low": declared.low, "high": declared.high, "unit": declared.unit, "law": law,
        "numbers": list(numbers), "common": declared.common, "set": value is not None, "state": declared.state,
        "recomputed": declared.recomputed,
    }  # fmt: skip


def _word(target: Target, value: Value | None, scenario: Scenario) -> dict:
    declared: Category = target.declared
    own = value.fixed if value else declared.default
    options = [*options_of(declarations(), declared, scenario)]
    return {"kind": "word", "options": options, "word": own, "open_to": declared.open_to, "set": value is not None}


def _name(target: Target) -> str:
    words = target.declared.key.replace("_", " ")
    return f"{words}, {target.item.replace('_', ' ')}" if target.item else words


def _owner(target: Target, scenario: Scenario) -> str:
    if target.shared and len(target.addresses) > 1:
        return f"every {target.role.name}".replace("_", " ")
    member = target.addresses[0][1]
    return scenario.names.get(f"{member}.{target.role.name}", called(scenario, member))


def _event(event, scenario: Scenario) -> dict:
    when = {
        "scheduled": written(scenario.start, event.first),
        "random": f"by chance, {event.hazard:.0%} a quarter",
        "trend": f"every quarter from {written(scenario.start, event.first)} to {written(scenario.start, event.last)}",
        "conditional": "when its condition holds",
    }[event.kind]
    at = scenario.date_as_year(0) + event.first / 4 if event.kind in ("scheduled", "trend") else None
    return {"name": event.name, "meaning": event.description, "source": event.source, "when": when, "at": at}


def _chart(column: Column) -> dict:
    return {
        "name": column.name, "label": column.label, "unit": column.unit, "meaning": column.meaning,
        "low": column.low, "high": column.high,
    }  # fmt: skip


def _first_chart(charts: list[Column]) -> Column:
    """The trajectory that the page shows first: that of the map."""
    return next((column for column in charts if column.name.endswith(f".{dilemma.MAPPED}")), charts[0])


def chairs_of(scenario: Scenario) -> list[dict]:
    """The actors whose part a player may take: role, member and name of each."""
    return [
        {"role": role.name, "member": member, "name": name_of(scenario, role, member)}
        for role in ACTORS
        for member in scenario.entities[role.level]
    ]
