"""From a path or a bare name to a checked experiment."""

from __future__ import annotations

import os
from collections.abc import Mapping as Map
from dataclasses import replace
from pathlib import Path

from ...files.nodes import GIVEN, Broken, Mapping, Scalar, from_python
from ...files.parser import parse, read_text
from ...files.problems import InputError, Position, Problem, Report, placed
from ...files.specs import Parsed
from ...model.columns import columns
from ...scenario import Scenario, load_scenario
from ...scenario.load import build
from ...scenario.schema import declarations
from ...scenario.shipped import locate
from ..spec import Design, Experiment
from .by_grade import expanded
from .checks import check
from .keys import Keys
from .overrides import overridden
from .sections import SETTINGS, sections


def load_experiment(path: str | os.PathLike, overrides: Map[str, object] | None = None) -> Experiment:
    """Read and check an experiment: a path, or the bare name of a shipped one.

    ``overrides`` are values by dotted key: those of the experiment (``replicates``, ``design.points``), or of its scenario
    (``parent.salience``). Raises :class:`InputError` with all problems.
    """
    file = locate(os.fspath(path), kind="experiments")
    report = Report()
    root = parse(read_text(file), str(file), report)
    if not isinstance(root, Mapping):
        found = "nothing: the file is empty" if root is None else f"{root}"
        raise _refused(root.position if root else Position(str(file), 1, 1), found, report)
    return _experiment(root, file.parent, report, overrides or {}, str(file))


def experiment_from(data: Map[str, object], overrides: Map[str, object] | None = None, *, folder: Path = Path()) -> Experiment:
    """An experiment from plain data, checked like a file; ``scenario`` may be a loaded one, paths start in ``folder``."""
    report = Report()
    given = data.get("scenario")
    loaded = given if isinstance(given, Scenario) else None
    plain = {**data, "scenario": loaded.title} if loaded else data
    root = from_python(plain, Position(GIVEN), "", report)
    return _experiment(root, folder, report, overrides or {}, "", loaded)


def with_values(experiment: Experiment, overrides: Map[str, object]) -> Experiment:
    """The same experiment with other values, checked again; ``overrides`` as in :func:`load_experiment`."""
    design = experiment.design
    plain = Design(
        "list", {"random_numbers": design.options["random_numbers"]} if "random_numbers" in design.options else {}, design.table
    )
    stand_in = replace(experiment, design=plain) if design.kind == "file" else experiment
    report = Report()
    made = _experiment(parse(stand_in.to_yaml(), GIVEN, report), Path(), report, overrides, experiment.path)
    return replace(made, design=design) if made.design == plain else made


def _refused(position: Position, found: str, report: Report) -> InputError:
    message = f"expected an experiment (question, scenario, levers, uncertainties, design, …), found {found}"
    return InputError([*report.problems, Problem(position, "", message)])


def _experiment(
    root: Mapping, folder: Path, report: Report, overrides: Map[str, object], path: str, loaded: Scenario | None = None
) -> Experiment:
    root, for_scenario = overridden(root, overrides, report)
    scenario = loaded or _scenario(root, folder, path, report)
    if scenario is None:
        sections(None, folder).check(root, "", report)
        report.raise_if_any()
        raise AssertionError("a scenario that is missing is reported")
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
        levers=_plain(read.get("levers")),
        uncertainties=_plain(read.get("uncertainties")),
        design=found.get("design", Design()),
        arms=_plain(found.get("compare_with")),
        outcomes=found.get("outcomes", ()),
        keep=found.get("keep", key_outcomes(scenario)),
        path=path,
        **given,
    )


def key_outcomes(scenario: Scenario) -> tuple[str, ...]:
    """The trajectories and decisions that are kept unless an experiment says otherwise."""
    return tuple(
        column.name for column in columns(scenario) if column.key_outcome and column.kind in ("trajectory", "decision")
    )


def _plain(read: dict[str, Parsed] | None) -> dict:
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
