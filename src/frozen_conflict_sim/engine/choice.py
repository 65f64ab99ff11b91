"""Choice rules: how a table of utilities becomes a move.

Every rule sees the same things: the utility of each option (``(option, actor, run)``), which options are considered, one
Gumbel tremble per option, and the precision. A rule may also value the incentives differently before they are added up.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .words import exp, total


@dataclass(frozen=True)
class ChoiceRule:
    """A named way to choose: ``weigh`` adds up an option's contributions, ``score`` ranks the considered options."""

    name: str
    meaning: str
    reference: str
    score: Callable
    weigh: Callable = total

    def pick(self, utilities, considered, tremble, precision) -> np.ndarray:
        """The index of the chosen option, shape ``(actor, run)``."""
        scores = self.score(utilities, tremble, precision)
        return np.argmax(np.where(considered, scores, -np.inf), axis=0)


def chances(utilities, considered, precision) -> np.ndarray:
    """The logit probabilities of the considered options, for receipts; shape ``(option, actor, run)``."""
    best = np.max(np.where(considered, utilities, -np.inf), axis=0)
    weights = np.where(considered, exp((utilities - best) * precision), 0.0)
    return weights / total(weights)


RULES = {
    rule.name: rule
    for rule in (
        ChoiceRule(
            "quantal_response",
            "The better an option, the likelier it is: logit choice with a precision.",
            "McKelvey and Palfrey (1995), Quantal response equilibria for normal form games",
            lambda utilities, tremble, precision: utilities * precision + tremble,
        ),
        ChoiceRule(
            "best_response",
            "The best considered option, always.",
            "Savage (1954), The foundations of statistics",
            lambda utilities, tremble, precision: utilities,
        ),
    )
}
