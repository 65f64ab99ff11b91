"""The size of an experiment: points, replicates, values of levers, and arms. It may grow in a folder; all else is fixed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ..designs import KINDS
from ..errors import FolderTaken
from ..load import Experiment
from ..spec import Range


def size_of(experiment: Experiment) -> dict:
    """The size of an experiment as plain data, for a manifest."""
    design = experiment.design
    found = {"replicates": experiment.replicates}
    if _counts_points(experiment):
        found["points"] = (KINDS[design.kind].defaults | design.options)["points"]
    found["levers"] = {key: list(lever) for key, lever in experiment.levers.items() if not isinstance(lever, Range)}
    found["table"] = {key: list(values) for key, values in design.table.items()}
    found["arms"] = {name: dict(values) for name, values in experiment.arms.items()}
    return {name: value for name, value in found.items() if value}


def resized(experiment: Experiment, size: dict) -> Experiment:
    """A copy of the experiment with the points, replicates, levers and arms that ``size`` records."""
    options = {"points": size["points"]} if "points" in size else {}
    table = {key: tuple(values) for key, values in size.get("table", {}).items()}
    levers = {key: tuple(values) for key, values in size.get("levers", {}).items()}
    return replace(
        experiment,
        replicates=size["replicates"],
        design=replace(experiment.design, options=experiment.design.options | options, table=table),
        levers={key: levers.get(key, lever) for key, lever in experiment.levers.items()},
        arms=size.get("arms", {}),
    )


def template(experiment: Experiment) -> Experiment:
    """A copy of the experiment without its size: what must be equal for two studies to share a folder."""
    design = experiment.design
    options = {name: value for name, value in design.options.items() if not (name == "points" and _counts_points(experiment))}
    levers = {key: lever if isinstance(lever, Range) else () for key, lever in experiment.levers.items()}
    table = dict.fromkeys(design.table, ())
    return replace(experiment, replicates=1, levers=levers, arms={}, design=replace(design, options=options, table=table))


def merged(sizes: Iterable[dict], kind: str) -> dict:
    """The smallest size that contains all of ``sizes``, for a design of some kind.

    Raises :class:`FolderTaken` if an arm or the lists of a zip design contradict each other.
    """
    sizes = list(sizes)
    found = {name: max(size[name] for size in sizes) for name in ("replicates", "points") if name in sizes[0]}
    lists = [size.get("levers", {}) for size in sizes]
    found["levers"] = _longest(lists) if kind == "zip" else {key: _distinct(each[key] for each in lists) for key in lists[0]}
    found["table"] = _distinct_rows([size.get("table", {}) for size in sizes])
    found["arms"] = {}
    for name, values in (item for size in sizes for item in size.get("arms", {}).items()):
        if found["arms"].setdefault(name, values) != values:
            raise FolderTaken(f"its arm {name!r} has other values; give the new one another name, or choose another folder")
    return {name: value for name, value in found.items() if value}


def _counts_points(experiment: Experiment) -> bool:
    return "points" in KINDS[experiment.design.kind].defaults


def _distinct(lists: Iterable[list]) -> list:
    """All values, each once, in the order of their first appearance."""
    return list(dict.fromkeys(value for values in lists for value in values))


def _longest(lists: list[dict]) -> dict:
    """The longest of several sets of parallel lists, if each other set is a beginning of it."""
    longest = max(lists, key=lambda each: len(next(iter(each.values()), ())))
    for each in lists:
        if any(longest[key][: len(values)] != values for key, values in each.items()):
            message = "its lists begin with other values"
            raise FolderTaken(f"{message}; add new ones at their ends, or choose another folder with --out")
    return longest


def _distinct_rows(tables: list[dict]) -> dict:
    rows = _distinct([*zip(*table.values())] for table in tables)
    return {key: [row[position] for row in rows] for position, key in enumerate(tables[0])}
