"""Targets: a pattern holds if the whole interval of its estimate is inside its target."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

from .estimates import Estimate

HOLDS, FAILS, OPEN, TOO_FEW = "holds", "fails", "open", "too few cases"
FEWEST = 10


@dataclass(frozen=True)
class Target:
    """A band between two numbers, ends included unless it is ``strict``."""

    low: float = -inf
    high: float = inf
    strict: bool = False

    def __str__(self):
        """The target in mathematical notation.

        >>> str(at_least(0.8)), str(at_most(0.2)), str(between(2, 4)), str(above(0))
        ('≥ 0.8', '≤ 0.2', '2–4', '> 0')
        """
        if self.low > -inf and self.high < inf:
            return f"{self.low:g}–{self.high:g}"
        signs = ("> ", "< ") if self.strict else ("≥ ", "≤ ")
        return f"{signs[0]}{self.low:g}" if self.low > -inf else f"{signs[1]}{self.high:g}"

    def judge(self, found: Estimate) -> str:
        """``holds`` if the whole interval is inside, ``fails`` if none of it is, else ``open``; too few cases below ten runs.

        >>> at_least(0.5).judge(Estimate(0.6, 0.55, 0.65, 100)), at_least(0.5).judge(Estimate(0.5, 0.45, 0.55, 100))
        ('holds', 'open')
        """
        if found.runs < FEWEST:
            return TOO_FEW
        if self.low <= found.low and found.high <= self.high:
            return OPEN if self.strict and (found.low == self.low or found.high == self.high) else HOLDS
        return FAILS if found.high < self.low or found.low > self.high else OPEN


def at_least(low: float) -> Target:
    """``low`` or more."""
    return Target(low=low)


def at_most(high: float) -> Target:
    """``high`` or less."""
    return Target(high=high)


def between(low: float, high: float) -> Target:
    """From ``low`` to ``high``, ends included."""
    return Target(low, high)


def above(low: float) -> Target:
    """More than ``low``."""
    return Target(low=low, strict=True)


def below(high: float) -> Target:
    """Less than ``high``."""
    return Target(high=high, strict=True)


def combined_verdict(verdicts: list[str]) -> str:
    """The verdict on several parts: all must hold; the worst verdict decides.

    >>> combined_verdict(["holds", "open"]), combined_verdict(["holds", "fails", "open"]), combined_verdict(["too few cases"])
    ('open', 'fails', 'too few cases')
    """
    return next((verdict for verdict in (FAILS, TOO_FEW, OPEN) if verdict in verdicts), HOLDS)
