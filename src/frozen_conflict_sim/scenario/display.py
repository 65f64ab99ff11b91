"""A scenario as a notebook shows it: who and when, what differs from its base, what is uncertain, what happens."""

from __future__ import annotations

from ..engine.declare.registry import Declarations
from ..engine.setting import Setting
from ..engine.time_step import PLURAL
from ..files.dates import written
from ..files.html import heading, table
from .addresses import addresses_of
from .describe import event_rows, in_words

MOST = 40  # rows of a table


def html(scenario: Setting, base: Setting | None, declared: Declarations) -> str:
    """The HTML; ``base`` is what the scenario extends, or was before its values were replaced."""
    parts = [heading(scenario.title, getattr(scenario, "about", ""))]
    span = f"{written(scenario.start)} to {written(scenario.start, scenario.quarters - 1)}"
    rows = [("horizon", f"{span}, {scenario.turns} turns ({PLURAL[scenario.time_step]})")]
    for role in declared.roles.values():
        if role.name == role.level and role.naming != "none":
            called = ", ".join(scenario.names.get(name, name) for name in scenario.entities[role.level])
            rows.append((role.name, called or "–"))
    parts.append(table(["", ""], rows))
    if base is not None:
        parts.append(
            table(["key", "base", "here"], differences(scenario, base, declared)[:MOST], f"Differs from {base.title!r}")
        )
    uncertain = {value.stream: value for value in scenario.values.values() if value.law != "fixed"}
    shown = [(key, in_words(value), value.grade) for key, value in uncertain.items()]
    more = f" (the first {MOST} of {len(shown)})" if len(shown) > MOST else ""
    parts.append(table(["uncertain value", "range", "grade"], shown[:MOST], f"Uncertain{more}"))
    parts.append(table(["when", "event"], event_rows(scenario), "Events"))
    parts.append(table(["policy", ""], [(each.name, each.description) for each in scenario.policies.values()], "Policies"))
    return "".join(parts)


def differences(scenario: Setting, base: Setting, declared: Declarations) -> list[tuple[str, str, str]]:
    """Key, value in the base and value here of all that differs; values that every member shares are one row."""
    addresses = addresses_of(declared, {level: scenario.entities[level] for level in scenario.entities})
    found: dict[str, tuple[str, str]] = {}
    for name in ("title", "start", "quarters"):
        old, new = getattr(base, name), getattr(scenario, name)
        if old != new:
            found[name] = tuple(written(each) if name == "start" else str(each) for each in (old, new))
    for address in {**base.values, **scenario.values}:
        old, new = base.values.get(address), scenario.values.get(address)
        if old != new:
            key = (
                (new or old).stream if (new or old).stream in addresses else addresses.specific.get(address, ".".join(address))
            )
            found[key] = (in_words(old) if old else "default", in_words(new) if new else "default")
    for what in ("policies", "events"):
        old, new = ({each.name: each for each in _items(getattr(side, what))} for side in (base, scenario))
        for name in {**old, **new}:
            if old.get(name) != new.get(name):
                here = "–" if name not in new else "changed" if name in old else "new"
                found[f"{what}: {name}"] = ("there" if name in old else "–", here)
    return [(key, *values) for key, values in found.items()]


def _items(found):
    return found.values() if isinstance(found, dict) else found
