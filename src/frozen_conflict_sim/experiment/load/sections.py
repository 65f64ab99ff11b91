"""The sections of a study file."""

from __future__ import annotations

from pathlib import Path

from ...files.nodes import Node
from ...files.numbers import Whole
from ...files.problems import Report
from ...files.section import Section
from ...files.specs import Flag, Spec, Text
from ...model.columns import columns
from .arms import Comparison
from .design import DesignSection
from .keys import DottedMap, Keys
from .names import Names
from .replicates import COUNT, Replicates
from .uncertainties import Uncertainties
from .values import LeverValues

SETTINGS = {
    "question": Text("the question that the experiment asks, in a sentence"),
    "about": Text("what it is about"),
    "replicates": COUNT,
    "seed": Whole(0, (1 << 63) - 1, "seed", "the seed of all chance"),
    "verified": Flag("whether somebody has gone over the experiment as a whole"),
}


class Unread:
    """Something that is read elsewhere, or cannot be judged without a scenario."""

    def __init__(self, description: str):
        self.description = description

    def check(self, node: Node, key: str, report: Report):
        """Leave it."""


def sections(keys: Keys | None, folder: Path) -> Section:
    """The file as a whole; without the keys of a scenario, what speaks of it is left unread."""
    known: dict[str, Spec] = dict(SETTINGS)
    known["scenario"] = Unread("the scenario in which the question is asked: a file, or a shipped name")
    if keys is None:
        later = ("levers", "uncertainties", "design", "compare_with", "outcomes", "keep")
        known |= {name: Unread("read once there is a scenario") for name in later}
    else:
        known |= _about_scenario(keys, folder)
    return Section("an experiment", known, needs=("question", "scenario"))


def _about_scenario(keys: Keys, folder: Path) -> dict[str, Spec]:
    described = columns(keys.scenario)
    levers = "what somebody could choose; compared"
    return {
        "levers": DottedMap(
            keys, levers, lambda target: LeverValues(target, keys.scenario), "{patron.policy: [swallow, salami]}"
        ),
        "uncertainties": Uncertainties(keys, folder),
        "design": DesignSection(keys, folder),
        "compare_with": Comparison(keys),
        "replicates": Replicates(described),
        "outcomes": Names(described, ("outcome",), "the outcomes to look at first; all are stored"),
        "keep": Names(described, ("trajectory", "decision"), "the trajectories and decisions to store", all_allowed=True),
    }
