"""What differs between the inputs of two sets of runs: keys, values, members, policies, events, levers, seeds, filters."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from math import isnan

from ...engine.declare.parameter import Quantity
from ...engine.event_numbers import EVENT
from ...engine.setting import Value
from ...experiment.spec import ExperimentSpec, Range
from ...files.nodes import Mapping as MappingNode
from ...files.problems import InputError
from ...scenario import Scenario
from ...scenario.addresses import Addresses, addresses_of
from ...scenario.describe import in_words
from ...scenario.load import build
from ...scenario.members import path_of
from ...scenario.quantities import EVIDENCE
from ...scenario.schema import declarations
from ...scenario.write import tree_of

NOTHING = "–"


@dataclass(frozen=True)
class Change:
    """One input that differs: its dotted key, and its value on each side as text; a dash where a side does not have it.

    ``kind`` is ``parameter`` for the values of the model, ``scenario`` for all else in a scenario (members, dates, policies,
    events), ``experiment`` for how it was run, and ``filter`` for the runs that were chosen.
    """

    key: str
    left: str
    right: str
    kind: str

    def to_dict(self) -> dict:
        """Plain data for JSON."""
        return asdict(self)


def scenario_changes(left: Scenario, right: Scenario) -> tuple[Change, ...]:
    """What differs between two scenarios, parameters first."""
    return *_parameters(left, right), *_differing(_frame(left, right), _frame(right, left), "scenario")


def experiment_changes(left: ExperimentSpec, right: ExperimentSpec) -> tuple[Change, ...]:
    """What differs between two experiments: their scenarios, then how they are run."""
    return *scenario_changes(left.scenario, right.scenario), *_differing(_requests(left), _requests(right), "experiment")


def filter_changes(left: Mapping[str, object], right: Mapping[str, object]) -> tuple[Change, ...]:
    """What differs between the filters that choose the runs of two sides."""
    texts = [{key: _plain(value) for key, value in side.items()} for side in (left, right)]
    return tuple(_differing(*texts, "filter"))


def changes_of_extension(scenario: Scenario) -> tuple[Change, ...] | None:
    """What a file that extends others changes in them, ``left`` without it; None if it extends nothing.

    None as well if the files that it extends are not a complete scenario by themselves.
    """
    own = [layer for layer in scenario.layers if isinstance(layer, MappingNode)][: _depth(scenario)]
    below = scenario.layers[len(own) :]
    if not own or not below:
        return None
    try:
        base = build(declarations(), (MappingNode(own[0].position), *below), scenario.path)
    except InputError:
        return None
    return scenario_changes(base, scenario)


def _depth(scenario: Scenario) -> int:
    """How many of the layers are the file itself, and values that were given from outside."""
    files = [layer.position.file if isinstance(layer, MappingNode) else "" for layer in scenario.layers]
    return files.index(scenario.path) + 1 if scenario.path in files else 0


def _parameters(left: Scenario, right: Scenario) -> Iterator[Change]:
    """The values that differ; one change for all members where these are changed alike."""
    declared = declarations()
    sides = [(scenario, addresses_of(declared, scenario.entities)) for scenario in (left, right)]
    changed: dict[tuple, tuple[str, str]] = {}
    for address in sides[0][1].specific:
        if address in sides[1][1].specific:
            texts = told_apart(*(value_of(scenario, addresses, address) for scenario, addresses in sides))
            if texts[0] != texts[1]:
                changed[address] = texts
    for target in sides[0][1].targets.values():
        texts = {changed.get(address) for address in target.addresses}
        if target.shared and len(target.addresses) > 1 and len(texts) == 1 and None not in texts:
            yield Change(target.key, *texts.pop(), "parameter")
            changed = {address: texts for address, texts in changed.items() if address not in target.addresses}
    specific = sides[0][1].specific
    yield from (Change(specific[address], *texts, "parameter") for address, texts in changed.items())


def value_of(scenario: Scenario, addresses: Addresses, address: tuple) -> tuple[str, tuple]:
    """A value as text, and as data that is equal only for equal values."""
    target, value = addresses[addresses.specific[address]], scenario.values.get(address)
    if value is not None:
        stream = value.stream if value.law != "fixed" else ""
        return in_words(value), (value.law, value.numbers, stream, value.jointly)
    declared = target.declared
    if not isinstance(declared, Quantity):
        return str(declared.default), ("fixed", (declared.default,), "", "")
    default = declared.default_of(target.item)
    if isnan(default):
        return "computed from others", ("computed",)
    weight = ".incentives." in target.key
    return f"{default:g}" + " (default)" * weight, ("typical" if weight else "fixed", (default,), "", "")


def told_apart(left: tuple[str, tuple], right: tuple[str, tuple]) -> tuple[str, str]:
    """Two texts that are equal only if the data are: with all digits, where the short ones do not tell them apart.

    >>> told_apart(("0.5", (0.5,)), ("0.5", (0.5000000001,)))
    ('0.5 (0.5)', '0.5 (0.5000000001)')
    """
    if left[1] == right[1]:
        return left[0], left[0]
    if left[0] != right[0]:
        return left[0], right[0]
    details = [[str(part) for part in _flat(data)] for _, data in (left, right)]
    apart = [" ".join(mine for mine, other in zip(one, two) if mine != other) for one, two in (details, details[::-1])]
    return f"{left[0]} ({apart[0]})", f"{right[0]} ({apart[1]})"


def _flat(data) -> Iterator:
    for part in data:
        if isinstance(part, tuple):
            yield from _flat(part)
        else:
            yield part


def _frame(scenario: Scenario, other: Scenario) -> dict[str, str]:
    """All of a scenario but its values, as text by dotted key.

    A policy or event that the ``other`` scenario does not have is one entry, and so is a member.
    """
    declared = declarations()
    numbers = {address: value for address, value in scenario.values.items() if address[0] == EVENT.name}
    tree = tree_of(replace(scenario, values=numbers), declared) | {"about": ""}
    events = {event["name"]: {key: event[key] for key in event if key != "name"} for event in tree.get("events", ())}
    tree["events"] = _or_sentence(events, {event.name for event in other.events})
    tree["policies"] = _or_sentence(tree.get("policies", {}), other.policies)
    alone = {
        ".".join(path_of(role, member)) + "."
        for role in declared.roles.values()
        for member in {*scenario.entities[role.level]} - {*other.entities[role.level]}
    }
    members = {f"members ({level})": ", ".join(names) for level, names in scenario.entities.items()}
    leaves = {key: text for key, text in _leaves(tree) if not key.startswith(tuple(alone))}
    return members | leaves


def _or_sentence(named: dict[str, dict], known: Collection[str]) -> dict[str, dict | str]:
    """What has a name, each as it is if the other side knows the name, else as one text."""
    return {name: inner if name in known else _in_one(inner) for name, inner in named.items()}


def _in_one(tree: Mapping) -> str:
    said = ("description", *EVIDENCE)
    return (
        "; ".join(f"{key} {text}" for key, text in _leaves({key: tree[key] for key in tree if key not in said})) or "as it is"
    )


def _leaves(tree: Mapping, above: str = "") -> Iterator[tuple[str, str]]:
    for name, value in tree.items():
        key = f"{above}.{name}" if above else str(name)
        if isinstance(value, Mapping):
            yield from _leaves(value, key)
        else:
            yield key, _plain(value)


def _requests(experiment: ExperimentSpec) -> dict[str, str]:
    """How an experiment is run, as text by key."""
    design = {f"design.{name}": value for name, value in experiment.design.options.items() if name != "points"}
    points = experiment.design.options.get("points", len(next(iter(experiment.design.table.values()), ())) or None)
    found = {
        "question": experiment.question,
        **{f"levers.{key}": lever for key, lever in experiment.levers.items()},
        **{f"design.{key}": values for key, values in experiment.design.table.items()},
        **{f"uncertainties.{key}": in_words(value) for key, value in experiment.uncertainties.items()},
        **{f"compare_with.{arm}.{key}": value for arm, values in experiment.arms.items() for key, value in values.items()},
        "design.kind": experiment.design.kind,
        **design,
        "design.points": points,
        "replicates": experiment.replicates,
        "until": experiment.until and experiment.until.describe(),
        "seed": experiment.seed,
    }
    return {key: _plain(value) for key, value in found.items() if value is not None}


def _plain(value) -> str:
    if isinstance(value, Range):
        return f"{value.low:g} to {value.high:g}" + (f", {value.levels} levels" if value.levels else "")
    if isinstance(value, Value):
        return in_words(value)
    if isinstance(value, (list, tuple)):
        return ", ".join(map(_plain, value))
    return f"{value:g}" if isinstance(value, float) else str(value)


def _differing(left: dict[str, str], right: dict[str, str], kind: str) -> Iterator[Change]:
    for key in dict.fromkeys([*left, *right]):
        if left.get(key) != right.get(key):
            yield Change(key, left.get(key, NOTHING), right.get(key, NOTHING), kind)
