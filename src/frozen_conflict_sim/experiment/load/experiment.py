"""Experiments: the checked data of a file, how they are read, and how they are written."""

from __future__ import annotations

import os
from collections.abc import Mapping as Map
from dataclasses import replace
from pathlib import Path

from ...files.nodes import GIVEN, Broken, Mapping, Scalar, from_python, holds_no_keys, sort_of
from ...files.parser import parse, read_text
from ...files.problems import InputError, Position, Problem, Report, placed
from ...files.specs import Parsed
from ...model.columns import columns
from ...scenario import Scenario, load_scenario
from ...scenario.load import build
from ...scenario.schema import declarations
from ...scenario.shipped import locate
from ..spec import Design, ExperimentSpec
from .checks import check
from .keys import Keys
from .search import with_candidates
from .sections import SETTINGS, sections
from .uncertainties import expanded
from .writing import to_yaml

SCALARS = ("question", "about", "scenario", "replicates", "seed", "verified", "outcomes", "keep", "compare_with", "design")
MAPS = ("levers", "uncertainties", "design", "compare_with", "search")


class Experiment(ExperimentSpec):
    """A checked experiment, ready to be laid out and run."""

    def __repr__(self) -> str:
        varied = f"{len(self.levers)} levers, {len(self.uncertainties)} uncertainties, {len(self.arms)} arms"
        return f"<Experiment {self.question!r}: {varied}, {self.replicates} replicates>"

    def with_values(self, values: Map[str, object]) -> Experiment:
        """A copy with other values by dotted key, of the experiment (``replicates``) or of its scenario; checked again."""
        design = self.design
        chosen = {name: value for name, value in design.options.items() if name == "random_numbers"}
        inline = Design("list", chosen, design.table)
        stand_in = replace(self, design=inline) if design.kind == "file" else self
        report = Report()
        made = _experiment(parse(stand_in.to_yaml(), GIVEN, report), Path(), report, values, self.path)
        return replace(made, design=design) if made.design == inline else made

    def to_yaml(self) -> str:
        """The experiment as one complete file, its scenario inside; it loads back to an equal one."""
        return to_yaml(self)


def load_experiment(path: str | os.PathLike, overrides: Map[str, object] | None = None) -> Experiment:
    """Read and check an experiment: a path, or the bare name of a shipped one.

    ``overrides`` are values by dotted key: those of the experiment (``replicates``, ``design.points``), or of its scenario
    (``parent.salience``). Raises :class:`InputError` with all problems.
    """
    file = locate(path, kind="experiments")
    report = Report()
    root = parse(read_text(file), str(file), report)
    if not isinstance(root, Mapping):
        raise _refused(root.position if root else Position(str(file), 1, 1), sort_of(root), report)
    if holds_no_keys(root, ("question", "scenario")):
        raise _refused(root.position, "lines that mean something else", Report())
    if not root.entries.keys() & {"question", "scenario"} and root.entries.keys() & {"extends", "patron", "quarters"}:
        raise _refused(root.position, "a scenario; the command run plays it", report)
    return _experiment(root, file.parent, report, overrides or {}, str(file))


def experiment_from(data: Map[str, object], overrides: Map[str, object] | None = None, *, folder: Path = Path()) -> Experiment:
    """An experiment from plain data, checked like a file; ``scenario`` may be a loaded one, paths start in ``folder``."""
    report = Report()
    given = data.get("scenario")
    loaded = given if isinstance(given, Scenario) else None
    plain = {**data, "scenario": loaded.title} if loaded else data
    root = from_python(plain, Position(GIVEN), "", report)
    return _experiment(root, folder, report, overrides or {}, "", loaded)


def _refused(position: Position, found: str, report: Report) -> InputError:
    message = f"expected an experiment (question, scenario, levers, uncertainties, design, …), found {found}"
    return InputError([*report.problems, Problem(position, "", message)])


def _experiment(
    root: Mapping, folder: Path, report: Report, overrides: Map[str, object], path: str, loaded: Scenario | None = None
) -> Experiment:
    root, for_scenario = _overridden(root, overrides, report)
    scenario = loaded or _scenario(root, folder, path, report)
    if scenario is None:
        sections(None, folder).check(root, "", report)
        report.raise_if_any()
        raise AssertionError("a scenario that is missing is reported")
    scenario = with_candidates(scenario, root.entries.get("search"), report)
    if for_scenario:
        scenario = scenario.with_values(for_scenario)
    keys = Keys(scenario, declarations())
    read = expanded(sections(keys, folder).check(root, "", report), keys)
    check(root, read, keys, set(for_scenario), report)
    report.raise_if_any()
    given = {name: found.data for name, found in read.items() if isinstance(found, Parsed) and name in SETTINGS}
    found = {name: found.data for name, found in read.items() if name not in SETTINGS and isinstance(found, Parsed)}
    replicates, until = given.pop("replicates", (1, None))
    return Experiment(
        replicates=replicates,
        until=until,
        scenario=scenario,
        levers=_data(read.get("levers")),
        uncertainties=_data(read.get("uncertainties")),
        design=found.get("design", Design()),
        arms=_data(found.get("compare_with")),
        outcomes=found.get("outcomes", ()),
        keep=found["keep"] if "keep" in found else key_outcomes(scenario),
        search=found.get("search"),
        path=path,
        **given,
    )


def key_outcomes(scenario: Scenario) -> tuple[str, ...]:
    """The trajectories and decisions that are stored by default."""
    return tuple(
        column.name for column in columns(scenario) if column.key_outcome and column.kind in ("trajectory", "decision")
    )


def _data(read: dict[str, Parsed] | None) -> dict:
    return {name: found.data for name, found in (read or {}).items()}


def _scenario(root: Mapping, folder: Path, path: str, report: Report) -> Scenario | None:
    node = root.entries.get("scenario")
    try:
        if isinstance(node, Scalar) and isinstance(node.value, str):
            return load_scenario(os.path.normpath(locate(node.value, position=node.position, key="scenario", beside=folder)))
        if isinstance(node, Mapping):
            if "extends" in node.entries:
                message = "a scenario inside an experiment must be complete; put it into a file of its own, and name that"
                report.add(node.positions["extends"], "scenario.extends", message)
            return build(declarations(), (node,), path)
    except InputError as error:
        report.problems += placed(error.problems, node.position, "scenario")
        return None
    if node is not None and not isinstance(node, Broken):
        expected = "a file (../scenarios/georgia_2014.yaml), a shipped name (georgia_2014), or a whole scenario"
        report.add(node.position, "scenario", f"expected {expected}, found {node}")
    return None


def _overridden(root: Mapping, given: Map[str, object], report: Report) -> tuple[Mapping, dict[str, object]]:
    """The file with the overrides that are its own, and the overrides of the scenario. ``None`` removes a key of the file."""
    for_scenario = {}
    for key, value in given.items():
        section, _, rest = key.partition(".")
        if rest and section in MAPS:
            inner = root.entries.get(section)
            inner = inner if isinstance(inner, Mapping) else Mapping(Position(GIVEN))
            root = _with(root, section, _put(inner, rest, value, key, report))
        elif not rest and section in SCALARS:
            root = _put(root, section, value, key, report)
        else:
            for_scenario[key] = value
    return root, for_scenario


def _put(root: Mapping, name: str, value, key: str, report: Report) -> Mapping:
    return root.without(name) if value is None else _with(root, name, from_python(value, Position(GIVEN), key, report))


def _with(root: Mapping, name: str, node) -> Mapping:
    return Mapping(root.position, {**root.entries, name: node}, {**root.positions, name: node.position})
