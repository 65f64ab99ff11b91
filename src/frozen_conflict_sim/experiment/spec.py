"""An experiment: a question, the scenario in which it is asked, what is compared, what is uncertain, how both are laid out."""

from __future__ import annotations

from collections.abc import Mapping as Map
from dataclasses import dataclass, field

from ..engine.setting import Value
from ..scenario import Scenario

Word = str
BASE = "base"


@dataclass(frozen=True)
class Range:
    """A lever from one number to another. Without ``levels`` the design chooses the numbers between them."""

    low: float
    high: float
    levels: int | None = None

    @property
    def law(self) -> Value:
        """The span as something that can be sampled."""
        return Value("between", (self.low, self.high))


@dataclass(frozen=True)
class Design:
    """How levers and uncertainties are laid out: a kind, its options, and the points that a list or a file gives."""

    kind: str = "grid"
    options: dict[str, object] = field(default_factory=dict)
    table: dict[str, tuple] = field(default_factory=dict)


@dataclass(frozen=True)
class Until:
    """What is to be known of an outcome: its mean at each point to within ``half_width``, or the ``ranking`` of the levers.

    ``outcome`` is one column; ``start`` is how many replicates there are before anything is judged.
    """

    outcome: str
    half_width: float | None = None
    ranking: bool = False
    start: int = 8

    def says(self) -> str:
        """In words."""
        asked = [f"its mean at each point is known to ±{self.half_width:g}"] if self.half_width else []
        asked += ["the values that are compared can be put in order"] if self.ranking else []
        return f"{self.outcome}: {' and '.join(asked)}"


@dataclass(frozen=True)
class Experiment:
    """A checked experiment, ready to be laid out and run.

    Keys are dotted, as they were written. ``arms`` are run beside the base with values of their own; ``keep`` names the
    trajectories and decisions to store (``None`` keeps all); ``outcomes`` are looked at first, but all are stored. With
    ``until`` there are as many replicates as it takes, at most ``replicates``.
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
    path: str = field(default="", compare=False)

    def with_values(self, values: Map[str, object]) -> Experiment:
        """The same experiment with other values by dotted key, its own (``replicates``) or its scenario's."""
        from .load.loader import with_values

        return with_values(self, values)

    def to_yaml(self) -> str:
        """The experiment as one complete file, its scenario inside; it loads back to an equal one."""
        from .load.writing import written

        return written(self)
