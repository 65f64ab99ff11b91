"""Choice rules: how a table of utilities becomes a move.

A rule may *value* each incentive before they are added up to the utility of an option, it *scores* the options by utility
and tremble (one Gumbel number an option), and the considered option with the highest score is chosen. Its ``chances`` say
beforehand how likely each is. What a rule reads besides is named by its arguments and declared in the play.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from .numerics import at_least, either, exp, log, total

GOOD_ENOUGH = 1000.0


@dataclass(frozen=True)
class ChoiceRule:
    """A named way to choose; ``reads`` names the quantities of the play on which it depends.

    Where it is ``reasoned`` only what beats doing nothing is considered; otherwise everything that is open.
    """

    name: str
    meaning: str
    reference: str
    score: Callable
    chances: Callable
    value: Callable | None = None
    reasoned: bool = True

    @property
    def reads(self) -> tuple[str, ...]:
        """The quantities that the rule reads, each once."""
        return tuple(
            dict.fromkeys(
                [*_further_arguments(self.score, 2), *_further_arguments(self.chances, 2), *_further_arguments(self.value, 1)]
            )
        )

    def valued(self, amount, view):
        """What an incentive's amount counts for; ``view[name]`` gives the quantities that the rule reads."""
        return self.value(amount, *[view[name] for name in _further_arguments(self.value, 1)]) if self.value else amount

    def ranked(self, utility, choice_noise, view):
        """The score of an option."""
        return self.score(utility, choice_noise, *[view[name] for name in _further_arguments(self.score, 2)])

    def pick(self, utilities, considered, choice_noise, view) -> np.ndarray:
        """The index of the chosen option, shape ``(actor, run)``, from arrays ``(option, actor, run)``."""
        return np.argmax(np.where(considered, self.ranked(utilities, choice_noise, view), -np.inf), axis=0)

    def likelihood(self, utilities, considered, view) -> np.ndarray:
        """The probability of each option, for receipts; shape ``(option, actor, run)``."""
        return self.chances(utilities, considered, *[view[name] for name in _further_arguments(self.chances, 2)])


def _further_arguments(function, given: int) -> tuple[str, ...]:
    return tuple(inspect.signature(function).parameters)[given:] if function else ()


def logit(utility, choice_noise, precision):
    """The tremble counts for less, the higher the precision.

    >>> logit(0.2, 0.5, 10.0)
    2.5
    """
    return utility * precision + choice_noise


def logit_chances(utilities, considered, precision):
    """The better an option, the likelier it is."""
    best = np.max(np.where(considered, utilities, -np.inf), axis=0)
    weights = np.where(considered, exp((utilities - best) * precision), 0.0)
    return weights / total(weights)


def best(utility, choice_noise):
    """Nothing but utility counts.

    >>> best(0.2, 0.5)
    0.2
    """
    return utility


def best_chances(utilities, considered):
    """The best considered option is certain; of equals the first."""
    chosen = np.argmax(np.where(considered, utilities, -np.inf), axis=0)
    return (np.arange(len(utilities))[:, None, None] == chosen).astype(float)


def good_enough(utility, choice_noise, aspiration):
    """What gains as much as was aspired to is taken, whichever comes to mind first; if nothing does, nothing is done.

    >>> good_enough(0.2, 0.5, 0.1) > good_enough(0.0, 3.0, 0.1) > good_enough(0.05, 3.0, 0.1)
    True
    """
    return either(utility >= aspiration, GOOD_ENOUGH + choice_noise, -abs(utility))


def good_enough_chances(utilities, considered, aspiration):
    """All that is good enough is equally likely; if nothing is, what changes least is certain."""
    enough = considered & (utilities >= aspiration)
    return np.where(enough.any(axis=0), enough / np.maximum(enough.sum(axis=0), 1), best_chances(-abs(utilities), considered))


def prospect(amount, loss_aversion, diminishing_sensitivity):
    """A loss looms larger than a gain of the same size, and both count for less at the margin, the larger they are.

    >>> prospect(0.5, 2.25, 1.0), prospect(-0.5, 2.25, 1.0)
    (0.5, -1.125)
    >>> round(prospect(0.5, 2.25, 0.88), 3)
    0.543
    """
    size = exp(diminishing_sensitivity * log(at_least(abs(amount), 1e-12)))
    return either(amount >= 0.0, size, -loss_aversion * size)


def by_lot(utility, choice_noise):
    """Utility does not count.

    >>> by_lot(0.2, 0.5)
    0.5
    """
    return choice_noise


def even_chances(utilities, considered):
    """Whatever is considered is equally likely."""
    return considered / considered.sum(axis=0)


RULES = {
    rule.name: rule
    for rule in (
        ChoiceRule(
            "quantal_response",
            "The better an option, the likelier it is: logit choice with a precision.",
            "@mckelvey1995",
            logit,
            logit_chances,
        ),
        ChoiceRule(
            "best_response",
            "The best considered option, always.",
            "@savage1954",
            best,
            best_chances,
        ),
        ChoiceRule(
            "prospect_theory",
            "Each incentive counts as a gain or a loss against doing nothing, and losses loom larger; then logit choice.",
            "@tversky1992",
            logit,
            logit_chances,
            prospect,
        ),
        ChoiceRule(
            "satisficing",
            "The first option that comes to mind and gains as much as was aspired to; otherwise nothing.",
            "@simon1955",
            good_enough,
            good_enough_chances,
        ),
    )
}

RANDOM = ChoiceRule(
    "random_option",
    "Any open option, all equally likely: no theory of choice, but what is left when nobody has a reason.",
    "a null model",
    by_lot,
    even_chances,
    reasoned=False,
)

WAYS_TO_CHOOSE = RULES | {RANDOM.name: RANDOM}
