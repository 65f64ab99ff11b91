"""The sensitivity analysis that fits the design of a study."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass

from ...results import Results
from ..intervals import LEVEL
from ..summary import CAVEAT
from .elementary_effects import ElementaryEffect, elementary_effects
from .enough import CONVENTION
from .sobol_indices import SobolIndex, sobol_indices
from .variance_shares import VarianceShares, variance_shares

SOBOL, EFFECTS, SHARES = "sobol indices", "elementary effects", "variance shares"
OF_DESIGNS: dict[str, tuple[str, Callable]] = {"saltelli": (SOBOL, sobol_indices), "morris": (EFFECTS, elementary_effects)}


@dataclass(frozen=True)
class Sensitivity:
    """What the outcomes of a study are due to, by a ``method``; ``without`` says by outcome why it has no line."""

    method: str
    lines: tuple[SobolIndex | ElementaryEffect | VarianceShares, ...]
    without: dict[str, str]

    def to_dict(self) -> dict:
        """Plain data for JSON."""
        return {**asdict(self), "level": LEVEL, "convention": CONVENTION, "caveat": CAVEAT}


def sensitivity(results: Results, outcomes: tuple[str, ...] = ()) -> Sensitivity:
    """Sobol indices, elementary effects or variance shares of some outcomes, by default those that the experiment names.

    Raises ``ResultsError`` if the study has none of the designs that these need.
    """
    method, analyse = OF_DESIGNS.get(results.experiment.design.kind, (SHARES, variance_shares))
    return Sensitivity(method, *analyse(results, outcomes))
