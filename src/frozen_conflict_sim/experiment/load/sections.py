"""The sections of an experiment file, and their JSON Schema."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ...files.json_schema import sentence
from ...files.nodes import Node
from ...files.numbers import Whole
from ...files.problems import Report
from ...files.section import Section
from ...files.specs import Flag, Spec, Text
from ...model.columns import KEY_DECISIONS, KEY_TRAJECTORIES, Column, columns
from ...politics import examples
from ...politics.outcomes import OUTCOMES
from ...scenario.shipped import shipped_names
from .arms import Comparison
from .design import DesignSection
from .keys import DottedMap, Keys
from .names import Names
from .replicates import COUNT, Replicates
from .search import SearchSection
from .uncertainties import Uncertainties
from .values import LeverValues

SETTINGS = {
    "question": Text("the question that the experiment asks, in a sentence"),
    "about": Text("what it is about"),
    "replicates": COUNT,
    "seed": Whole(0, (1 << 63) - 1, "seed", "the seed of all random numbers"),
    "verified": Flag("whether somebody has gone over the experiment as a whole"),
}


@dataclass(frozen=True)
class Unchecked:
    """A section that is read elsewhere, or cannot be checked because the scenario is missing."""

    spec: Spec | None
    description: str

    def check(self, node: Node, key: str, report: Report):
        """Leave it."""

    def schema(self, definitions: dict) -> dict:
        """The schema of the section, or of the scenario."""
        if self.spec:
            return self.spec.schema(definitions)
        named = [{"enum": shipped_names()}, {"type": "string", "pattern": r"\S"}, {"type": "object"}]
        return {"description": sentence(self.description), "anyOf": named}


def sections(keys: Keys | None, folder: Path) -> Section:
    """The file as a whole. Without the keys of a scenario, sections that refer to it are not checked."""
    known: dict[str, Spec] = dict(SETTINGS)
    known["scenario"] = Unchecked(None, "the scenario in which the question is asked: a file, a shipped name, or a whole one")
    described = columns(keys.scenario) if keys else []
    known["replicates"] = Replicates(described if keys else None)
    for name, spec in _about_scenario(keys, folder, described).items():
        known[name] = spec if keys else Unchecked(spec, spec.description)
    return Section("an experiment", known, needs=("question", "scenario"))


def _about_scenario(keys: Keys | None, folder: Path, known: list[Column]) -> dict[str, Spec]:
    kept = dict.fromkeys(KEY_TRAJECTORIES | KEY_DECISIONS, "")
    outcomes = {name: outcome.meaning for name, outcome in OUTCOMES.items()}
    outcomes["utility"] = "What an actor got out of the run, over all its incentives, or out of one: utility.prestige."
    return {
        "levers": DottedMap(keys, "what somebody could choose; compared", LeverValues, f"{{{examples.LEVER}}}"),
        "uncertainties": Uncertainties(keys, folder),
        "design": DesignSection(keys, folder),
        "compare_with": Comparison(keys),
        "search": SearchSection(known),
        "outcomes": Names(known, ("outcome",), "the outcomes to look at first; all are stored", outcomes, closed=True),
        "keep": Names(
            known,
            ("trajectory", "decision"),
            "the trajectories and decisions to store, or the word all",
            kept,
            all_allowed=True,
        ),
    }
