"""How a finding stands: robust if every theory of choice shows it, theory-dependent if only some do."""

from __future__ import annotations

from collections.abc import Mapping

from ..engine.choice import RULES
from .pairing import Difference

ROBUST, DEPENDENT, NOTHING, OPEN = "robust", "theory-dependent", "no difference", "not tried under all"
WAYS = {1: "higher", -1: "lower", 0: "no difference"}
NEGLIGIBLE = {"count": 0.05}  # less than this, or than a hundredth of what lies between 0 and 1, is called no difference
ELSE = 0.01


def direction(difference: Difference) -> int:
    """1 if more, -1 if less, 0 if it may be nothing (the interval holds nothing) or is negligible."""
    low, high = difference.interval or (0.0, 0.0)
    size = abs(difference.difference or 0.0)
    return int(low > 0.0) - int(high < 0.0) if size >= NEGLIGIBLE.get(difference.unit, ELSE) else 0


def robustness(directions: Mapping[str, int]) -> str:
    """How a difference stands that goes these ways, by the rule of choice.

    >>> robustness(dict.fromkeys(RULES, 1)), robustness(dict.fromkeys(RULES, 0)), robustness({"best_response": 1})
    ('robust', 'no difference', 'not tried under all')
    >>> robustness(dict.fromkeys(RULES, 1) | {"satisficing": 0})
    'theory-dependent'
    """
    ways = set(directions.values())
    if len(ways) > 1:
        return DEPENDENT
    if set(RULES) - set(directions):
        return OPEN
    return NOTHING if ways == {0} else ROBUST


def reason(said: Mapping[str, str]) -> str:
    """Who says what, where the rules of choice do not agree or some were not tried; otherwise nothing.

    >>> reason(dict.fromkeys(RULES, "higher") | {"satisficing": "lower"})
    'higher under quantal response, best response, prospect theory; lower under satisficing'
    """
    words = dict.fromkeys(said.values())
    missing = [rule for rule in RULES if rule not in said]
    parts = [f"{word} under {_named(rule for rule in said if said[rule] == word)}" for word in words] if len(words) > 1 else []
    return "; ".join([*parts, *([f"not tried under {_named(missing)}"] if missing else [])])


def _named(rules) -> str:
    return ", ".join(rule.replace("_", " ") for rule in rules)
