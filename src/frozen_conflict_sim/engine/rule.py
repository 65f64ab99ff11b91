"""A rule: a pure function whose argument names say what it may see."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Rule:
    """A pure function with a name, the names it reads, and the sentence that says what it claims."""

    name: str
    function: Callable
    reads: tuple[str, ...]

    @classmethod
    def of(cls, function: Callable) -> Rule:
        """Read a rule off its function."""
        reads = tuple(inspect.signature(function).parameters)
        return cls(function.__name__, function, reads)

    @property
    def sentence(self) -> str:
        """The first sentence of the docstring: what receipts print."""
        text = " ".join((inspect.getdoc(self.function) or "").split("\n\n")[0].split())
        return text.split(". ")[0].rstrip(".") + "."

    def __call__(self, sees):
        """Evaluate the rule on what ``sees[name]`` gives for each name it reads."""
        return self.function(*[sees[name] for name in self.reads])
