"""The contents of an experiment file as checked data."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..engine.setting import Value
from ..scenario import Scenario
from .ranges import Range
from .search_spec import Search

__all__ = ["BASE", "Design", "ExperimentSpec", "Range", "Search", "Until"]

Word = str
BASE = "base"


@dataclass(frozen=True)
class Design:
    """The ``design`` section: a kind, its options, and the points by key (``table``) if a list or a file gives them."""

    kind: str = "grid"
    options: dict[str, object] = field(default_factory=dict)
    table: dict[str, tuple] = field(default_factory=dict)


@dataclass(frozen=True)
class Until:
    """A stopping rule for replicates: add them until ``outcome`` is known precisely enough.

    Precise enough is a 90 % interval of the mean at each point no wider than ± ``half_width``, or a certain ``ranking`` of
    the values that are compared, or both. ``start`` is the number of replicates before the first judgement.
    """

    outcome: str
    half_width: float | None = None
    ranking: bool = False
    start: int = 8

    def describe(self) -> str:
        """The rule in words."""
        asked = [f"its mean at each point is known to ±{self.half_width:g}"] if self.half_width else []
        asked += ["the values that are compared can be put in order"] if self.ranking else []
        return f"{self.outcome}: {' and '.join(asked)}"


@dataclass(frozen=True)
class ExperimentSpec:
    """The checked data of an experiment file; :class:`~.load.Experiment` adds reading and writing.

    Keys are dotted, as in the file. ``arms`` are played beside the base, each with values of its own. ``keep`` names the
    trajectories and decisions to store (``None``: all). ``outcomes`` are reported first; all are stored. With ``until``,
    ``replicates`` is the maximum. ``search`` says what the command search looks for.
    """

    question: str
    scenario: Scenario
    levers: dict[str, tuple[float | Word, ...] | Range] = field(default_factory=dict)
    uncertainties: dict[str, Value] = field(default_factory=dict)
    design: Design = Design()
    replicates: int = 1
    until: Until | None = None
    arms: dict[str, dict[str, float | Word]] = field(default_factory=dict)
    outcomes: tuple[str, ...] = ()
    keep: tuple[str, ...] | None = None
    seed: int = 1
    about: str = ""
    verified: bool = False
    search: Search | None = None
    path: str = field(default="", compare=False)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.question!r} about {self.scenario.title!r}>"
