"""Choice rules: how an actor chooses among options by their utilities.

A rule may *value* each incentive before the incentives are added up to the utility of an option. It *scores* the options by
utility and choice noise (a Gumbel number for each option), and the considered option with the highest score is chosen. Its
``chances`` are the probabilities of the options before the draw. The further arguments of these functions name the quantities
of the play that the rule reads.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np

from .numerics import at_least, either, exp, log, total

GOOD_ENOUGH = 1000.0
TYPICAL_AMOUNT = 0.15  # utility; incentives of open options average 0.16 in the shipped Georgian scenario
USUAL_LOSS_AVERSION = 2.25  # ratio; the median of @tversky1992


@dataclass(frozen=True)
class ChoiceRule:
    """A named choice rule: functions that score options, give their probabilities and, if need be, value incentives.

    With ``only_gains`` an option is considered only if its utility is above that of doing nothing, otherwise whenever it is
    open.
    """

    name: str
    meaning: str
    reference: str
    score: Callable
    chances: Callable
    value: Callable | None = None
    only_gains: bool = True

    @property
    def reads(self) -> tuple[str, ...]:
        """The names of the quantities that the rule reads, each once."""
        functions = (self.score, 2), (self.chances, 2), (self.value, 1)
        return tuple(dict.fromkeys(name for function, first in functions for name in _arguments(function, first)))

    def valued(self, amount, view):
        """The value of an incentive's amount; ``view[name]`` gives the quantities that the rule reads."""
        return self.value(amount, *[view[name] for name in _arguments(self.value, 1)]) if self.value else amount

    def scored(self, utility, choice_noise, view):
        """The score of an option."""
        return self.score(utility, choice_noise, *[view[name] for name in _arguments(self.score, 2)])

    def pick(self, utilities, considered, choice_noise, view) -> np.ndarray:
        """The index of the chosen option, shape ``(actor, run)``, from arrays ``(option, actor, run)``."""
        return np.argmax(np.where(considered, self.scored(utilities, choice_noise, view), -np.inf), axis=0)

    def likelihood(self, utilities, considered, view) -> np.ndarray:
        """The probability of each option, for receipts; shape ``(option, actor, run)``."""
        return self.chances(utilities, considered, *[view[name] for name in _arguments(self.chances, 2)])


@cache
def _arguments(function: Callable | None, first: int) -> tuple[str, ...]:
    """The names of a function's arguments from the one numbered ``first``."""
    return tuple(inspect.signature(function).parameters)[first:] if function else ()


def logit(utility, choice_noise, precision):
    """The higher the precision, the less the choice noise counts.

    >>> logit(0.2, 0.5, 10.0)
    2.5
    """
    return utility * precision + choice_noise


def logit_chances(utilities, considered, precision):
    """Probabilities of logit choice: proportional to the exponential of precision times utility."""
    best = np.max(np.where(considered, utilities, -np.inf), axis=0)
    weights = np.where(considered, exp((utilities - best) * precision), 0.0)
    return weights / total(weights)


def best(utility, choice_noise):
    """Only utility counts.

    >>> best(0.2, 0.5)
    0.2
    """
    return utility


def best_chances(utilities, considered):
    """Probability 1 for the best option considered; of equals, the first."""
    chosen = np.argmax(np.where(considered, utilities, -np.inf), axis=0)
    return (np.arange(len(utilities))[:, None, None] == chosen).astype(float)


def good_enough(utility, choice_noise, aspiration):
    """Options that reach the aspiration are chosen in the order of their noise; if none does, the smallest change is best.

    >>> good_enough(0.2, 0.5, 0.1) > good_enough(0.0, 3.0, 0.1) > good_enough(0.05, 3.0, 0.1)
    True
    """
    return either(utility >= aspiration, GOOD_ENOUGH + choice_noise, -abs(utility))


def good_enough_chances(utilities, considered, aspiration):
    """Equal probabilities for all options that reach the aspiration; if none does, 1 for the smallest change."""
    enough = considered & (utilities >= aspiration)
    return np.where(enough.any(axis=0), enough / np.maximum(enough.sum(axis=0), 1), best_chances(-abs(utilities), considered))


def prospect(amount, loss_aversion, diminishing_sensitivity):
    """Losses count more than gains of the same size, and both have diminishing sensitivity.

    >>> prospect(0.5, 2.25, 1.0), prospect(-0.5, 2.25, 1.0)
    (0.5, -1.125)
    >>> round(prospect(0.5, 2.25, 0.88), 3)
    0.543
    """
    size = exp(diminishing_sensitivity * log(at_least(abs(amount), 1e-12)))
    return either(amount >= 0.0, size, -loss_aversion * size)


def rescaled_prospect(amount, loss_aversion, diminishing_sensitivity):
    """The value by prospect theory with weights in its own units: a typical amount keeps its size, as a gain and as a loss.

    An incentive that is always a cost cannot tell its weight from loss aversion. Weights were chosen for rules without loss
    aversion, so those of costs are taken to contain the usual one: only what goes beyond it makes losses loom larger.

    >>> round(rescaled_prospect(0.15, 2.25, 0.88), 12), round(rescaled_prospect(-0.15, 2.25, 0.88), 12)
    (0.15, -0.15)
    >>> round(rescaled_prospect(-0.15, 4.5, 0.88), 12), round(rescaled_prospect(0.6, 2.25, 0.88), 3)
    (-0.3, 0.508)
    """
    beyond = loss_aversion / USUAL_LOSS_AVERSION
    return TYPICAL_AMOUNT * prospect(amount / TYPICAL_AMOUNT, beyond, diminishing_sensitivity)


def at_random(utility, choice_noise):
    """Only choice noise counts.

    >>> at_random(0.2, 0.5)
    0.5
    """
    return choice_noise


def equal_chances(utilities, considered):
    """Equal probabilities for all options considered."""
    return considered / considered.sum(axis=0)


CHOICE_RULES = {
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

RESCALED = ChoiceRule(
    "prospect_theory_rescaled",
    "Prospect theory with weights in its own units: a typical amount keeps its size, costs contain the usual loss aversion.",
    "@tversky1992",
    logit,
    logit_chances,
    rescaled_prospect,
)

RANDOM = ChoiceRule(
    "random_option",
    "Any open option, all equally likely: not a theory of choice but a null model without reasons.",
    "a null model",
    at_random,
    equal_chances,
    only_gains=False,
)

THEORIES = (*CHOICE_RULES, RESCALED.name)
ALL_CHOICE_RULES = CHOICE_RULES | {rule.name: rule for rule in (RESCALED, RANDOM)}
