"""Expert elicitation: what several experts believe about the values of a scenario, from a YAML file.

Each expert gives a distribution for some keys, as a scenario does, and may have a weight. Pooling is the weighted mean of
their distributions (the linear opinion pool).
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ..engine.arrays.starting_values import at_share
from ..engine.declare.parameter import Quantity
from ..engine.setting import Value
from ..files.nodes import Broken, Mapping, Node, holds_no_keys
from ..files.numbers import Number
from ..files.parser import parse, read_text
from ..files.problems import InputError, Position, Problem, Report, listed, nearest
from ..files.section import Section
from ..files.specs import Text
from ..politics import examples
from ..scenario import Scenario, load_scenario
from ..scenario.schema import declarations
from ..scenario.shipped import locate
from .load.keys import Keys
from .load.values import Distribution

QUANTILES = 512
WEIGHT = Number(0.0, 1e6, "weight", "how much the expert counts")
TOP = Section(
    "experts", {"question": Text("what they were asked"), "scenario": Text("the scenario"), "experts": Text("the experts")}
)


@dataclass(frozen=True)
class Expert:
    """An expert: a name, a weight, and a distribution for each key that the expert was sure enough about."""

    name: str
    weight: float
    beliefs: dict[str, Value]


@dataclass(frozen=True)
class Elicitation:
    """What experts believe about the values of a scenario; ``quantities`` are the declarations of all keys."""

    question: str
    scenario: Scenario
    experts: tuple[Expert, ...]
    quantities: dict[str, Quantity]
    path: str = ""

    @property
    def keys(self) -> list[str]:
        """The keys that some expert spoke about."""
        return list(self.quantities)

    def speakers(self, key: str) -> list[Expert]:
        """The experts who spoke about a key."""
        return [expert for expert in self.experts if key in expert.beliefs]

    def quantiles(self, key: str, expert: Expert, shares: np.ndarray) -> np.ndarray:
        """The quantiles of what an expert believes about a key."""
        return np.asarray(at_share(expert.beliefs[key], self.quantities[key], shares), float)

    def pooled(self, key: str) -> tuple[np.ndarray, np.ndarray]:
        """512 equally likely numbers that stand for the pool of the experts who spoke about a key, and who said each.

        Numbers ascend. Each expert has as many as its weight says, at the middles of equal shares of its distribution.
        """
        speakers = self.speakers(key)
        weights = np.array([expert.weight for expert in speakers])
        ends = np.rint(QUANTILES * np.cumsum(weights) / weights.sum()).astype(int)
        counts = np.diff(ends, prepend=0)
        parts = [self.quantiles(key, expert, (np.arange(n) + 0.5) / max(n, 1)) for expert, n in zip(speakers, counts)]
        names = np.repeat([expert.name for expert in speakers], counts)
        numbers = np.concatenate(parts)
        order = np.argsort(numbers, kind="stable")
        return numbers[order], names[order]


def load_elicitation(path: str | os.PathLike) -> Elicitation:
    """Read and check a file of experts; raises :class:`InputError` with all problems."""
    file = Path(path)
    if not file.exists():
        raise InputError([Problem(Position(str(path)), "", "there is no such file; it lists experts and what they believe")])
    report = Report()
    root = parse(read_text(file), str(file), report)
    if not isinstance(root, Mapping) or holds_no_keys(root, TOP.keys):
        raise InputError([Problem(Position(str(file)), "", "expected a map with question, scenario and experts")])
    _check_top(root, report)
    report.raise_if_any()
    named = root.entries["scenario"]
    scenario = load_scenario(locate(named.value, position=named.position, key="scenario", beside=file.parent))
    keys = Keys(scenario, declarations())
    experts = tuple(filter(None, (_expert(name, node, keys, report) for name, node in root.entries["experts"].entries.items())))
    report.raise_if_any()
    quantities = {key: keys.addresses[key].declared for expert in experts for key in expert.beliefs}
    question = root.entries["question"].value if "question" in root.entries else "What do the experts believe?"
    return Elicitation(question, scenario, experts, quantities, str(file))


def _check_top(root: Mapping, report: Report) -> None:
    """Report unknown keys, and a scenario or experts that are missing."""
    for name, spec in (("question", TOP.keys["question"]), ("scenario", TOP.keys["scenario"])):
        if name in root.entries:
            spec.check(root.entries[name], name, report)
    for name in root.entries:
        if name not in TOP.keys:
            report.add(root.positions[name], name, f"unknown key{nearest(name, TOP.keys) or f'; known are {listed(TOP.keys)}'}")
    if "scenario" not in root.entries:
        report.add(root.position, "scenario", "missing: the scenario whose values the experts judge")
    experts = root.entries.get("experts")
    if not isinstance(experts, Mapping) or len(experts.entries) < 2:
        where = experts.position if experts else root.position
        report.add(where, "experts", "expected at least two experts by name, each a map of keys to ranges")


def _expert(name: str, node: Node, keys: Keys, report: Report) -> Expert | None:
    where = f"experts.{name}"
    if not isinstance(node, Mapping):
        if not isinstance(node, Broken):
            report.add(node.position, where, f"expected a map of keys to ranges, found {node}")
        return None
    weight = 1.0
    if "weight" in node.entries:
        found = WEIGHT.check(node.entries["weight"], f"{where}.weight", report)
        weight = found.data if found else 1.0
        if weight == 0.0:
            report.add(node.positions["weight"], f"{where}.weight", "a weight of 0 leaves the expert out; delete the expert")
    example = f"{{{examples.PARAMETER}: {{from: 0, to: 1}}}}"
    read = keys.map(node.without("weight"), where, report, Distribution, example, ("weight",))
    if not read:
        return None
    return Expert(name, weight, {key: found.data for key, found in read.items()})
