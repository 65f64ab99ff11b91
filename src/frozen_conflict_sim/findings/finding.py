"""Declare a headline finding: one decorated function that looks at runs of some worlds, and where its numbers must lie.

The names of its arguments are worlds of ``variants.yaml``; each comes as :class:`~..record.runs.Runs`. Run 7 uses the same random numbers
in every world, so that differences are best taken run by run. What is claimed stands in the docstring.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..record.estimates import Estimate
from ..record.pattern import Reading
from ..record.targets import Target


@dataclass(frozen=True)
class Finding(Reading):
    """A declared finding: what it is about, and the bands in which its estimates must lie, part by part."""

    name: str
    about: str
    targets: dict[str, Target]
    function: Callable[..., Estimate | dict[str, Estimate]]


FINDINGS: dict[str, Finding] = {}


def finding(about: str, target: Target | dict[str, Target]) -> Callable:
    """Declare the function as a headline finding."""

    def declare(function: Callable) -> Callable:
        targets = target if isinstance(target, dict) else {"": target}
        FINDINGS[function.__name__] = Finding(function.__name__, about, targets, function)
        return function

    return declare
