"""Declare a pattern: a function that estimates numbers from runs of shipped scenarios, and the targets of the estimates.

The arguments of the function are named after the scenarios that it needs; each is passed as :class:`~.runs.Runs`. It returns
an estimate, or several by the name of the part. The decorator states the strength of the evidence, the null models that
must fail, and how to switch the mechanism off. Targets come from the record and are not moved after a score was seen.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass

from .estimates import Estimate
from .targets import Target

KINDS = ("test", "check", "input")


@dataclass(frozen=True)
class MechanismOff:
    """How to switch a pattern's mechanism off: values by dotted key, or names of events to remove; ``description`` in words."""

    description: str
    values: dict[str, float | str]
    events: tuple[str, ...] = ()


class Claim:
    """A function of ensembles: its arguments are named after them, the first paragraph of its docstring is what is claimed."""

    function: Callable[..., Estimate | dict[str, Estimate]]

    @property
    def sentence(self) -> str:
        """What is claimed, in a sentence."""
        return inspect.getdoc(self.function).split("\n\n")[0].replace("\n", " ")

    @property
    def scenarios(self) -> tuple[str, ...]:
        """The names of the ensembles that the function needs."""
        return tuple(inspect.signature(self.function).parameters)

    def evaluate(self, ensembles: dict) -> dict[str, Estimate]:
        """The estimates by part, from ensembles by name."""
        found = self.function(*(ensembles[name] for name in self.scenarios))
        return found if isinstance(found, dict) else {"": found}


@dataclass(frozen=True)
class Pattern(Claim):
    """A declared pattern.

    ``kind`` is ``test`` (the model must pass, and models without the mechanism must fail), ``check`` (many models pass) or
    ``input`` (a check of the scenario's data). ``strength`` grades the evidence: A several cases, B two to four, C one.
    ``must_fail`` names the null models that lack the mechanism, besides the model with ``mechanism_off``.
    """

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
    """Declare the function as a pattern, named after it with dashes for underscores."""

    def declare(function: Callable) -> Callable:
        name = function.__name__.replace("_", "-")
        targets = target if isinstance(target, dict) else {"": target}
        PATTERNS[name] = Pattern(name, kind, strength, targets, evidence, function, must_fail, mechanism_off)
        return function

    return declare
