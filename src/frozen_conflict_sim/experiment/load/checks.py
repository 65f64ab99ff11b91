"""Checks between the sections of an experiment file, once all of it has been read."""

from __future__ import annotations

from ...files.nodes import Mapping, position_at
from ...files.problems import Position, Report, listed
from ...files.specs import Parsed
from ..designs import KINDS
from ..spec import Design, Range
from .arms import check_arms
from .keys import Keys, effective


def check(root: Mapping, read: dict, keys: Keys, set_outside: set[str], report: Report) -> None:
    """Report contradictions between sections."""
    levers, uncertain = read.get("levers") or {}, read.get("uncertainties") or {}
    design = read["design"].data if "design" in read else Design()
    table = dict.fromkeys(design.table, position_at(root, ("design",)))
    positions = [
        ("levers", {key: found.position for key, found in levers.items()}),
        ("uncertainties", {key: found.position for key, found in uncertain.items()}),
        ("design", table),
    ]
    _check_once(positions, keys, report)
    _check_set(positions, set_outside, keys, report)
    _check_jointly(uncertain, report)
    if design.kind == "zip":
        _check_zip(levers, design, report)
    if design.kind == "one_at_a_time" and not levers and not uncertain:
        report.add(position_at(root, ("design",)), "design", "nothing can be changed: name levers or uncertainties")
    if KINDS[design.kind].samples and not uncertain and not _samples_something(levers, keys):
        message = f"a design of the kind {design.kind} samples, but nothing is uncertain: name uncertainties, or make it a grid"
        report.add(position_at(root, ("design",)), "design", message)
    if "compare_with" in read:
        set_by_design = {key: found.position for key, found in levers.items()} | table
        inherited = {value.stream for value in keys.scenario.values.values() if value.law != "fixed"}
        check_arms(read["compare_with"].data, set_by_design, {*uncertain, *inherited}, keys, report)


def _check_once(positions: list[tuple[str, dict[str, Position]]], keys: Keys, report: Report) -> None:
    """Report addresses that two sections set, and keys that are left with no address to set."""
    setters: dict = {}
    for section, of_section in positions:
        for key, position in of_section.items():
            other = next((setters[at] for at in keys.addresses[key].addresses if at in setters), None)
            if other:
                same = f"{key} is set" if other[1] == key else f"{other[1]}, which addresses the same, is set"
                report.add(position, f"{section}.{key}", f"{same} under {other[0]} already; choose one of the two")
        setters |= {at: (section, key) for key in of_section for at in keys.addresses[key].addresses}
        for key, left in effective(list(of_section), keys.addresses).items():
            if not left:
                report.add(of_section[key], f"{section}.{key}", "keys for single members leave nothing for this one; delete it")


def _check_jointly(uncertain: dict[str, Parsed], report: Report) -> None:
    lengths: dict[str, int] = {}
    for key, found in uncertain.items():
        name, length = found.data.jointly, len(found.data.numbers)
        if name and lengths.setdefault(name, length) != length:
            message = (
                f"lists that are drawn jointly have equal lengths; {name!r} has {lengths[name]} numbers, this one {length}"
            )
            report.add(found.position, f"uncertainties.{key}", message)


def _check_set(positions, set_outside: set[str], keys: Keys, report: Report) -> None:
    for key in {keys.addresses.canonical(key) for key in set_outside} & set(keys.addresses.targets):
        for section, of_section in positions:
            for other in of_section:
                if set(keys.addresses[key].addresses) <= set(keys.addresses[other].addresses):
                    message = f"this has no effect, since {other} is set under {section}; set {section}.{other} instead"
                    report.add(Position("--set"), key, message)


def _check_zip(levers: dict[str, Parsed], design: Design, report: Report) -> None:
    lengths = {}
    for key, found in levers.items():
        is_range = isinstance(found.data, Range)
        lengths[key] = (found.data.levels or design.options.get("levels", 5)) if is_range else len(found.data)
    if len(set(lengths.values())) > 1:
        lengths_listed = listed(f"{key} has {length}" for key, length in lengths.items())
        first = next(iter(lengths.values()))
        odd = next(key for key, length in lengths.items() if length != first)
        report.add(levers[odd].position, f"levers.{odd}", f"a zip pairs lists of equal length, but {lengths_listed}")


def _samples_something(levers: dict[str, Parsed], keys: Keys) -> bool:
    ranges = any(isinstance(found.data, Range) and not found.data.levels for found in levers.values())
    return ranges or any(value.law != "fixed" for value in keys.scenario.values.values())
