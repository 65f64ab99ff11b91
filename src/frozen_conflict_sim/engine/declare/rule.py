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

    @property
    def reference(self) -> str:
        """Where the claim comes from: the ``Reference:`` of the rule itself or of the file it stands in."""
        for text in (inspect.getdoc(self.function), inspect.getdoc(inspect.getmodule(self.function))):
            if text and "Reference:" in text:
                return " ".join(text.split("Reference:")[1].split("\n\n")[0].split())
        return ""

    def __call__(self, view):
        """Evaluate the rule on what ``view[name]`` gives for each name it reads."""
        return self.function(*[view[name] for name in self.reads])
