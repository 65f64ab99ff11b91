"""The ``search`` section of an experiment as checked data: objectives, numbers to choose, candidate policies."""

from __future__ import annotations

from dataclasses import dataclass, field

from .ranges import Range

MARK = "$"
HIGHER, LOWER = "higher", "lower"


@dataclass(frozen=True)
class Objective:
    """An outcome (the mean over ``columns``), which way is ``better``, and the value that is ``enough`` (None: any)."""

    name: str
    columns: tuple[str, ...]
    better: str
    enough: float | None = None

    @property
    def sign(self) -> float:
        """One if higher values are better, minus one if lower ones are."""
        return 1.0 if self.better == HIGHER else -1.0

    def to_data(self) -> dict:
        """The entry as a file writes it."""
        return {"better": self.better} | ({} if self.enough is None else {"enough": self.enough})


@dataclass(frozen=True)
class Search:
    """What ``search`` looks for.

    ``numbers`` are chosen together with the levers; ``policies`` are candidates as in a scenario, in which ``$name`` stands
    for a number. ``trials`` is how many policies are tried.
    """

    objectives: tuple[Objective, ...]
    numbers: dict[str, tuple[float, ...] | Range] = field(default_factory=dict)
    policies: dict[str, object] = field(default_factory=dict)
    trials: int = 64

    def numbers_of(self, policy: str) -> list[str]:
        """The numbers that a candidate policy mentions."""
        return [name for name in self.numbers if policy in self.policies and mentions(self.policies[policy], name)]

    def filled(self, values: dict[str, float]) -> dict[str, object]:
        """The candidate policies with values in place of the numbers; where one is missing, the middle of its range."""
        whole = {name: middle(number) for name, number in self.numbers.items()} | values
        return {name: replaced(policy, whole) for name, policy in self.policies.items()}


def middle(number: tuple[float, ...] | Range) -> float:
    """The middle of a range, or of a list.

    >>> middle(Range(0.0, 1.0)), middle((1.0, 2.0, 5.0))
    (0.5, 2.0)
    """
    return (number.low + number.high) / 2 if isinstance(number, Range) else number[len(number) // 2]


def mentions(tree: object, name: str) -> bool:
    """Whether a tree of data has ``$name`` somewhere."""
    if isinstance(tree, dict):
        return any(mentions(inner, name) for inner in tree.values())
    if isinstance(tree, (list, tuple)):
        return any(mentions(inner, name) for inner in tree)
    return isinstance(tree, str) and name in names_in(tree)


def names_in(text: str) -> list[str]:
    """The names behind a dollar sign in a text.

    >>> names_in("parent.economy > $alarm")
    ['alarm']
    """
    return [word[len(MARK) :].rstrip(",.;)") for word in text.split() if word.startswith(MARK)]


def replaced(tree: object, values: dict[str, float]) -> object:
    """A tree of data with numbers in place of ``$name``.

    >>> replaced({"when": "parent.economy > $alarm", "step": "$alarm"}, {"alarm": 0.25})
    {'when': 'parent.economy > 0.25', 'step': 0.25}
    """
    if isinstance(tree, dict):
        return {name: replaced(inner, values) for name, inner in tree.items()}
    if isinstance(tree, (list, tuple)):
        return [replaced(inner, values) for inner in tree]
    return _in_text(tree, values) if isinstance(tree, str) else tree


def _in_text(text: str, values: dict[str, float]) -> str | float:
    if text.startswith(MARK) and text[len(MARK) :] in values:
        return values[text[len(MARK) :]]
    for name in sorted(set(names_in(text)) & values.keys(), key=len, reverse=True):
        text = text.replace(MARK + name, f"{values[name]:.12g}")
    return text
