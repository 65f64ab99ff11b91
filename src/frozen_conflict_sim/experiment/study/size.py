"""How far an experiment goes: this may grow in one folder, all else stays as it was when the folder was made."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ..designs import KINDS
from ..errors import FolderTaken
from ..spec import Experiment, Range


def size_of(experiment: Experiment) -> dict:
    """How often, at how many points, over which values and arms: plain data, as a manifest keeps it."""
    design = experiment.design
    found = {"replicates": experiment.replicates}
    if _counts_points(experiment):
        found["points"] = (KINDS[design.kind].defaults | design.options)["points"]
    found["levers"] = {key: list(lever) for key, lever in experiment.levers.items() if not isinstance(lever, Range)}
    found["table"] = {key: list(values) for key, values in design.table.items()}
    found["arms"] = {name: dict(values) for name, values in experiment.arms.items()}
    return {name: value for name, value in found.items() if value}


def resized(experiment: Experiment, extent: dict) -> Experiment:
    """The same experiment, as far as an extent says."""
    options = {"points": extent["points"]} if "points" in extent else {}
    table = {key: tuple(values) for key, values in extent.get("table", {}).items()}
    levers = {key: tuple(values) for key, values in extent.get("levers", {}).items()}
    return replace(
        experiment,
        replicates=extent["replicates"],
        design=replace(experiment.design, options=experiment.design.options | options, table=table),
        levers={key: levers.get(key, lever) for key, lever in experiment.levers.items()},
        arms=extent.get("arms", {}),
    )


def template(experiment: Experiment) -> Experiment:
    """An experiment without its extent: what does not grow."""
    design = experiment.design
    options = {name: value for name, value in design.options.items() if not (name == "points" and _counts_points(experiment))}
    levers = {key: lever if isinstance(lever, Range) else () for key, lever in experiment.levers.items()}
    table = dict.fromkeys(design.table, ())
    return replace(experiment, replicates=1, levers=levers, arms={}, design=replace(design, options=options, table=table))


def merged(extents: Iterable[dict], kind: str) -> dict:
    """The least extent that holds them all; ``kind`` is that of the design."""
    extents = list(extents)
    whole = {name: max(extent[name] for extent in extents) for name in ("replicates", "points") if name in extents[0]}
    lists = [extent.get("levers", {}) for extent in extents]
    whole["levers"] = _longest(lists) if kind == "zip" else {key: _joined(each[key] for each in lists) for key in lists[0]}
    whole["table"] = _rows_joined([extent.get("table", {}) for extent in extents])
    whole["arms"] = {}
    for name, values in (item for extent in extents for item in extent.get("arms", {}).items()):
        if whole["arms"].setdefault(name, values) != values:
            raise FolderTaken(f"its arm {name!r} has other values; give the new one another name, or choose another folder")
    return {name: value for name, value in whole.items() if value}


def _counts_points(experiment: Experiment) -> bool:
    return "points" in KINDS[experiment.design.kind].defaults


def _joined(lists: Iterable[list]) -> list:
    """Values in the order in which they were first met."""
    return list(dict.fromkeys(value for values in lists for value in values))


def _longest(lists: list[dict]) -> dict:
    """Lists that are read side by side: the longest, if it goes on where the others end."""
    longest = max(lists, key=lambda each: len(next(iter(each.values()), ())))
    for each in lists:
        if any(longest[key][: len(values)] != values for key, values in each.items()):
            message = "its lists begin with other values"
            raise FolderTaken(f"{message}; add new ones at their ends, or choose another folder with --out")
    return longest


def _rows_joined(tables: list[dict]) -> dict:
    rows = _joined([*zip(*table.values())] for table in tables)
    return {key: [row[place] for row in rows] for place, key in enumerate(tables[0])}
