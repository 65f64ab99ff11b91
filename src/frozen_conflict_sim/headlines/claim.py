"""Declare a headline finding: one decorated function that looks at runs of some worlds, and where its numbers must lie.

The names of its arguments are worlds of ``worlds.yaml``; each comes as :class:`~..history.runs.Runs`. Run 7 has the same luck
in every world, so that differences are best taken run by run. What is claimed stands in the docstring.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..history.estimates import Estimate
from ..history.pattern import Reading
from ..history.targets import Target


@dataclass(frozen=True)
class Claim(Reading):
    """A declared finding: what it is about, and the bands in which its estimates must lie, part by part."""

    name: str
    about: str
    targets: dict[str, Target]
    function: Callable[..., Estimate | dict[str, Estimate]]


CLAIMS: dict[str, Claim] = {}


def claim(about: str, target: Target | dict[str, Target]) -> Callable:
    """Declare the function as a headline finding."""

    def declare(function: Callable) -> Callable:
        targets = target if isinstance(target, dict) else {"": target}
        CLAIMS[function.__name__] = Claim(function.__name__, about, targets, function)
        return function

    return declare
