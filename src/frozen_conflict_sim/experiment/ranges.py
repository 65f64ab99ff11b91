"""Ranges: numbers from one end to another, between which a design or a search chooses."""

from __future__ import annotations

from dataclasses import dataclass

from ..engine.setting import Value


@dataclass(frozen=True)
class Range:
    """Numbers from ``low`` to ``high``. Without ``levels`` a design chooses the numbers between them."""

    low: float
    high: float
    levels: int | None = None

    @property
    def distribution(self) -> Value:
        """The uniform distribution over the range, for designs that sample."""
        return Value("between", (self.low, self.high))
