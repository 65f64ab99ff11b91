"""The likelihood of the record: where a pattern is a share of cases, the share is the probability of a case."""

from __future__ import annotations

from math import exp, inf, isfinite, log, nan

from .estimates import Estimate, delta_method
from .targets import Target

CASES = {"A": 5, "B": 3, "C": 1}  # number of cases by strength of evidence: several, two to four, one


def probability(found: Estimate, target: Target) -> float:
    """The probability of a case of the record: of the event if the target is a lower bound, else of no event.

    NaN for an estimate that is no share, or a target with two ends. Half a case is added for and against (Jeffreys prior), so
    that no probability is zero or one.

    >>> from .targets import at_least, at_most
    >>> seen = Estimate(0.8, 0.7, 0.9, 49, is_share=True)
    >>> round(probability(seen, at_least(0.65)), 3), round(probability(seen, at_most(0.1)), 3)
    (0.794, 0.206)
    """
    if not found.is_share or isfinite(target.low) == isfinite(target.high):
        return nan
    if not found.runs:
        return 0.5
    happened = found.value if target.low > -inf else 1.0 - found.value
    return (happened * found.runs + 0.5) / (found.runs + 1)


def likelihood_ratio(pairs: dict[str, list[tuple[Estimate, Estimate, Target]]]) -> Estimate | None:
    """The likelihood ratio of first to second estimates: the geometric mean over patterns, each with the same weight.

    ``pairs`` has the parts of each pattern: two estimates and the target. None if no part is a share of cases.
    """
    scored = {name: [part for part in parts if isfinite(probability(part[0], part[2]))] for name, parts in pairs.items()}
    scored = {name: parts for name, parts in scored.items() if parts}
    total, weighted = 0.0, []
    for parts in scored.values():
        weight = 1.0 / (len(scored) * len(parts))
        for first, second, target in parts:
            sign = 1.0 if target.low > -inf else -1.0
            one, other = probability(first, target), probability(second, target)
            total += weight * (log(one) - log(other))
            weighted += [(first, sign * weight / one), (second, -sign * weight / other)]
    if not scored:
        return None
    found = delta_method(total, *(pair for pair in weighted if pair[0].runs))
    return Estimate(exp(total), exp(found.low), exp(found.high), found.runs)
