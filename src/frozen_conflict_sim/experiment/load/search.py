"""The ``search`` section: what is to be reached, which numbers may be chosen, and candidate policies."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ...files.json_schema import sentence
from ...files.nodes import Broken, Mapping, Node, Scalar, Sequence, to_python
from ...files.numbers import Number, Whole
from ...files.problems import InputError, Report, listed, nearest
from ...files.section import NAME, Section
from ...files.specs import OneOf, Parsed
from ...model.columns import Column
from ...scenario import Scenario
from ..ranges import Range
from ..search_spec import HIGHER, LOWER, MARK, Objective, Search, middle, names_in, replaced
from .names import called, known_names

LARGEST = 1e15
LEVELS = Whole(2, 1000, "values", "how many values, evenly spaced; by default any")
TRIALS = Whole(1, 100_000, "trials", "how many policies are tried")
BETTER = OneOf((HIGHER, LOWER), "which way is better")
ANY = Number(-LARGEST, LARGEST, "", "a number")


class Numbers:
    """A range ``{from, to}``, or a list of numbers."""

    description = "the values that a number of a candidate policy may have"

    def check(self, node: Node, key: str, report: Report):
        """Read a range or a tuple of numbers."""
        if isinstance(node, Sequence) and node.items:
            read = [ANY.check(item, key, report) for item in node.items]
            return None if None in read else Parsed(tuple(found.data for found in read), node.position)
        if not isinstance(node, Mapping):
            if not isinstance(node, Broken):
                report.add(node.position, key, f"expected {{from: …, to: …}} or a list of numbers, found {node}")
            return None
        read = Section("a range", {"from": ANY, "to": ANY, "levels": LEVELS}, needs=("from", "to")).check(node, key, report)
        if not {"from", "to"} <= set(read):
            return None
        low, high = read["from"].data, read["to"].data
        if low >= high:
            report.add(node.position, f"{key}.from", f"{low:g} is not below 'to', {high:g}; exchange the two")
            return None
        return Parsed(Range(low, high, read["levels"].data if "levels" in read else None), node.position)

    def schema(self, definitions: dict) -> dict:
        """A range or a list."""
        number = {"type": "number"}
        ends = {"from": number, "to": number, "levels": LEVELS.schema(definitions)}
        is_range = {"type": "object", "properties": ends, "required": ["from", "to"], "additionalProperties": False}
        return {
            "description": sentence(self.description),
            "anyOf": [is_range, {"type": "array", "items": number, "minItems": 1}],
        }


class ObjectiveEntry:
    """``lower``, ``higher``, or a map with ``better`` and ``enough``."""

    description = "which way is better, and how much is enough"
    section = Section(
        "an objective", {"better": BETTER, "enough": Number(-LARGEST, LARGEST, "", "how much is enough")}, needs=("better",)
    )

    def check(self, node: Node, key: str, report: Report):
        """Read the way and the threshold as a pair."""
        if not isinstance(node, Mapping):
            found = BETTER.check(node, key, report)
            return found and Parsed((found.data, None), node.position)
        read = self.section.check(node, key, report)
        if "better" not in read:
            return None
        return Parsed((read["better"].data, read["enough"].data if "enough" in read else None), node.position)

    def schema(self, definitions: dict) -> dict:
        """Either form."""
        whole = self.section.schema(definitions) | {"type": "object"}
        return {"description": sentence(self.description), "anyOf": [{"enum": [HIGHER, LOWER]}, whole]}


@dataclass
class Objectives:
    """A map from outcomes to what is better."""

    columns: list[Column]
    description: str = "the outcomes that are to be good at once, each with 'higher' or 'lower'"

    def check(self, node: Node, key: str, report: Report):
        """Read the objectives as a tuple."""
        if not isinstance(node, Mapping) or not node.entries:
            if not isinstance(node, Broken):
                report.add(node.position, key, f"expected a map such as {{alienation_at_end: lower}}, found {node}")
            return None
        outcomes = [column for column in self.columns if column.kind == "outcome"]
        found = []
        for name, inner in node.entries.items():
            columns, read = called(name, outcomes), ObjectiveEntry().check(inner, f"{key}.{name}", report)
            if not columns:
                hint = nearest(name, known_names(outcomes)) or "; the file dictionary.csv of any results lists them"
                report.add(node.positions[name], f"{key}.{name}", f"there is no outcome {name!r}{hint}")
            elif read:
                found.append(Objective(name, tuple(columns), *read.data))
        return Parsed(tuple(found), node.position)

    def schema(self, definitions: dict) -> dict:
        """A map with any keys."""
        each = ObjectiveEntry().schema(definitions)
        return {"description": sentence(self.description), "type": "object", "additionalProperties": each, "minProperties": 1}


class CandidatePolicies:
    """Policies as in a scenario, in which ``$name`` stands for a number; they are checked with the scenario."""

    description = f"candidate policies, written as in a scenario; {MARK}name stands for a number that is searched"

    def check(self, node: Node, key: str, report: Report):
        """Read the policies as plain data."""
        if isinstance(node, Mapping):
            return Parsed(to_python(node), node.position)
        if not isinstance(node, Broken):
            report.add(node.position, key, f"expected a map of policies by name, found {node}")
        return None

    def schema(self, definitions: dict) -> dict:
        """Maps by name."""
        each = {"type": "object"}
        return {
            "description": sentence(self.description),
            "type": "object",
            "patternProperties": {f"^{NAME.pattern}$": each},
            "additionalProperties": False,
        }


class SearchSection:
    """The section as a whole."""

    description = "what the command search looks for: policies that are good in several outcomes at once"

    def __init__(self, columns: list[Column]):
        self.section = Section(
            self.description,
            {
                "objectives": Objectives(columns),
                "numbers": Section("numbers to be chosen", each=Numbers(), noun="a number"),
                "policies": CandidatePolicies(),
                "trials": TRIALS,
            },
            needs=("objectives",),
        )

    def check(self, node: Node, key: str, report: Report):
        """Read the section as a :class:`Search`."""
        read = self.section.check(node, key, report)
        if not read or "objectives" not in read:
            return None
        numbers = {name: found.data for name, found in read.get("numbers", {}).items()}
        data = {name: read[name].data for name in ("objectives", "policies", "trials") if name in read}
        return Parsed(Search(numbers=numbers, **data), node.position)

    def schema(self, definitions: dict) -> dict:
        """The schema of the section."""
        return self.section.schema(definitions)


def with_candidates(scenario: Scenario, section: Node | None, report: Report) -> Scenario:
    """The scenario with the candidate policies of a ``search`` section, each number in the middle of its range."""
    if not isinstance(section, Mapping) or not isinstance(section.entries.get("policies"), Mapping):
        return scenario
    numbers, policies = section.entries.get("numbers"), section.entries["policies"]
    spec, quiet = Numbers(), Report()
    ranges = {
        name: found.data
        for name, inner in (numbers.entries if isinstance(numbers, Mapping) else {}).items()
        if (found := spec.check(inner, name, quiet)) is not None
    }
    problems = len(report.problems)
    _check_names(policies, set(numbers.entries if isinstance(numbers, Mapping) else ()), report)
    layer = scenario.nearest_layer - 1
    if quiet.problems or len(report.problems) > problems:
        return scenario.extended(_on_top(_named_only(policies, layer)))
    middles = {name: middle(number) for name, number in ranges.items()}
    try:
        return scenario.extended(_on_top(_with_numbers(policies, middles, layer)))
    except InputError as error:
        report.problems += error.problems
        return scenario.extended(_on_top(_named_only(policies, layer)))


def _on_top(policies: Mapping) -> Mapping:
    """The root of a scenario file that has these policies and nothing else."""
    return Mapping(policies.position, {"policies": policies}, {"policies": policies.position})


def _named_only(policies: Mapping, layer: int) -> Mapping:
    """Policies of these names that say nothing, so that levers may name them although they are wrong."""
    position = replace(policies.position, layer=layer)
    names = [name for name in policies.entries if NAME.fullmatch(name)]
    described = Mapping(position, {"description": Scalar(position, "not readable")}, {"description": position})
    return Mapping(position, dict.fromkeys(names, described), dict.fromkeys(names, position))


def _check_names(node: Node, known: set[str], report: Report, key: str = "search.policies") -> None:
    """Report every ``$name`` that is no number of the section."""
    if isinstance(node, Mapping):
        for name, inner in node.entries.items():
            _check_names(inner, known, report, f"{key}.{name}")
    elif isinstance(node, Sequence):
        for item in node.items:
            _check_names(item, known, report, key)
    elif isinstance(node, Scalar) and isinstance(node.value, str):
        for name in names_in(node.value):
            if name not in known:
                hint = nearest(name, known) or f"; numbers are {listed(known) or 'missing: add search.numbers'}"
                report.add(node.position, key, f"{MARK}{name} stands for no number of search.numbers{hint}")


def _with_numbers(node: Node, values: dict[str, float], layer: int) -> Node:
    """The same node on another layer, with numbers in place of ``$name``."""
    position = replace(node.position, layer=layer)
    if isinstance(node, Mapping):
        entries = {name: _with_numbers(inner, values, layer) for name, inner in node.entries.items()}
        return Mapping(position, entries, {name: replace(at, layer=layer) for name, at in node.positions.items()})
    if isinstance(node, Sequence):
        return Sequence(position, tuple(_with_numbers(item, values, layer) for item in node.items))
    return Scalar(position, replaced(node.value, values)) if isinstance(node, Scalar) else Broken(position)
