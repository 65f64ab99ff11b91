"""Declare a pattern: one decorated function that looks at runs of shipped scenarios, and where its estimates must lie.

The names of its arguments are the scenarios that it looks at; each comes as :class:`~.runs.Runs`. It gives an estimate, or
several parts by name. What it says, how strong the evidence is and which null models lack its mechanism stand in the
declaration. Targets are those of the record: none is moved after a score was seen.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass

from .estimates import Estimate
from .targets import Target

KINDS = ("discriminating", "check", "input")


@dataclass(frozen=True)
class MechanismOff:
    """The model without a pattern's own mechanism: in words, and as values by dotted key or the names of events left out."""

    says: str
    values: dict[str, float | str]
    events: tuple[str, ...] = ()


class Reading:
    """A function that looks at ensembles: the names of its arguments are theirs, its docstring says what is claimed of them."""

    function: Callable[..., Estimate | dict[str, Estimate]]

    @property
    def sentence(self) -> str:
        """What is claimed."""
        return inspect.getdoc(self.function).split("\n\n")[0].replace("\n", " ")

    @property
    def scenarios(self) -> tuple[str, ...]:
        """The ensembles that it looks at."""
        return tuple(inspect.signature(self.function).parameters)

    def look(self, ensembles: dict) -> dict[str, Estimate]:
        """What it finds in ensembles by their name, part by part."""
        found = self.function(*(ensembles[name] for name in self.scenarios))
        return found if isinstance(found, dict) else {"": found}


@dataclass(frozen=True)
class Pattern(Reading):
    """A declared pattern; ``lacking`` names the null models that lack its mechanism, besides the model ``without`` it."""

    name: str
    kind: str
    strength: str
    targets: dict[str, Target]
    evidence: str
    function: Callable[..., Estimate | dict[str, Estimate]]
    must_fail: tuple[str, ...] = ()
    mechanism_off: MechanismOff | None = None


PATTERNS: dict[str, Pattern] = {}


def pattern(
    kind: str,
    strength: str,
    target: Target | dict[str, Target],
    evidence: str,
    *,
    must_fail: tuple[str, ...] = (),
    mechanism_off: MechanismOff | None = None,
) -> Callable:
    """Declare the function as a pattern; its name, with dashes, is that of the record."""

    def declare(function: Callable) -> Callable:
        name = function.__name__.replace("_", "-")
        targets = target if isinstance(target, dict) else {"": target}
        PATTERNS[name] = Pattern(name, kind, strength, targets, evidence, function, must_fail, mechanism_off)
        return function

    return declare
