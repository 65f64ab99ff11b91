"""Declare a finding: a function that estimates numbers from runs of scenario variants, and the targets of the estimates.

The arguments of the function are named after variants of ``variants.yaml``; each is passed as :class:`~..record.runs.Runs`.
Runs of one number use the same random numbers in every variant, so differences are best taken run by run. The first
paragraph of the docstring is what is claimed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..record.estimates import Estimate
from ..record.pattern import Claim
from ..record.targets import Target


@dataclass(frozen=True)
class Finding(Claim):
    """A declared finding: its subject (``about``), and the targets of its estimates by part.

    Parts without a target, such as the effect at some horizon, are told and not judged.
    """

    name: str
    about: str
    targets: dict[str, Target]
    function: Callable[..., Estimate | dict[str, Estimate]]


FINDINGS: dict[str, Finding] = {}


def finding(about: str, target: Target | dict[str, Target]) -> Callable:
    """Declare the function as a finding."""

    def declare(function: Callable) -> Callable:
        targets = target if isinstance(target, dict) else {"": target}
        FINDINGS[function.__name__] = Finding(function.__name__, about, targets, function)
        return function

    return declare
