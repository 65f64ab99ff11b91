"""How probable is what the record shows? Where a pattern is a share of cases, that share is its probability."""

from __future__ import annotations

from math import exp, inf, isfinite, log, nan

from .estimates import Estimate, delta_method
from .targets import Target

CASES = {"A": 5, "B": 3, "C": 1}  # how many cases stand behind a pattern: several, two to four, one


def probability(found: Estimate, target: Target) -> float:
    """The probability of what the record shows: of what is to happen often, or not to happen; NaN for other numbers.

    Half a case of each kind is added to what was seen, so that nothing is certain or impossible.

    >>> from .targets import at_least, at_most
    >>> seen = Estimate(0.8, 0.7, 0.9, 49, of_cases=True)
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
    """How many times as probable the record is by the first estimates as by the second, each pattern counting the same.

    ``pairs`` has the parts of each pattern; the ratio is the geometric mean. None if no part is a share of cases.
    """
    scored = {name: [part for part in parts if isfinite(probability(part[0], part[2]))] for name, parts in pairs.items()}
    scored = {name: parts for name, parts in scored.items() if parts}
    total, pulling = 0.0, []
    for parts in scored.values():
        weight = 1.0 / (len(scored) * len(parts))
        for first, second, target in parts:
            sign = 1.0 if target.low > -inf else -1.0
            one, other = probability(first, target), probability(second, target)
            total += weight * (log(one) - log(other))
            pulling += [(first, sign * weight / one), (second, -sign * weight / other)]
    if not scored:
        return None
    found = delta_method(total, *(pair for pair in pulling if pair[0].runs))
    return Estimate(exp(total), exp(found.low), exp(found.high), found.runs)
