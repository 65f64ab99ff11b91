"""A discovery in sentences."""

from __future__ import annotations

from collections.abc import Sequence

from ...results import Results
from ..comparison.difference_results import contrast_of, is_difference, written
from ..wording import begun, joined, percent, possessive, share_with_interval
from .cases import Cases
from .discover import Discovery
from .expression import Compared, Expression
from .other_arms import Share
from .prim import Limit

FIRST_PERSON = "In this model, under these assumptions"


def sentence(found: Discovery) -> str:
    """What was found: where the expression holds, in what share of the runs there, and in what share of all."""
    base, what = shown(found.everywhere), condition(found.expression, found.results)
    runs = noun(found.results)
    if not found.box.limits:
        varied = {*found.results.names("lever"), *found.results.names("uncertainty")}
        nothing = "nothing else that was varied" if varied & {*found.expression.columns} else "no part of what was varied"
        return f"{begun(what)} in {base} of {runs}, and {nothing} stands out."
    where = limits_in_words(found.box.limits, found.cases)
    return f"{begun(what)} in {shown(found.in_the_box)} of {runs} with {where}; base rate {base}."


def shown(share: Share) -> str:
    """A share with its interval."""
    return share_with_interval(share.value, share.interval)


def beside(found: Discovery) -> str:
    """The same in the other arms, such as with the coupling off; empty without any."""
    if not found.others:
        return ""
    if not found.box.limits:
        parts = [f"{shown(other.everywhere)} {other.where}" for other in found.others]
        return f"Of the same {noun(found.results)} it is {joined(parts)}."
    parts = [f"{shown(other.in_the_box)} {other.where} (base rate {percent(other.everywhere.value)})" for other in found.others]
    return f"Of the same {noun(found.results)} in that box it is {joined(parts)}."


def reach(found: Discovery) -> str:
    """How much the box covers, and what it is worth in runs that it was not fitted to."""
    box, again, runs = found.box, found.stability, noun(found.results)
    if not box.limits:
        return f"The tree beside it explains {percent(found.explained)} of the variance."
    short_of = "" if found.density is None or box.density >= found.density else f"No box is as dense as {found.density:.0%}. "
    return short_of.replace("%", " %") + (
        f"That box holds {percent(box.mass)} of all {runs} and {percent(box.coverage)} of those in which it happens; fitted to "
        f"one part of the {runs} and judged by another, boxes have a density of {percent(again.density)} and cover "
        f"{percent(again.coverage)} ({again.samples} bootstrap samples)."
    )


def noun(results: Results) -> str:
    """What is counted: runs, or pairs of runs of a difference."""
    return "futures" if contrast_of(results) else "runs"


def condition(asked: Expression, results: Results) -> str:
    """The expression as a clause; what is no single comparison is quoted."""
    one, contrast = asked.comparison, contrast_of(results)
    if one is None:
        return f"“{asked.text}” holds"
    column = results.columns[one.column]
    about = column.label or column.name
    if contrast and is_difference(column):
        about = about.removesuffix(f", {contrast.description}")
        rather = f"{written(contrast.choice)} rather than {written(contrast.reference)}"
        return f"{rather} {_change(one, possessive(about))}"
    if column.unit == "yes or no" and one.constant in (0.0, 1.0):
        happens = (one.constant == 1.0) != (one.sign == "not")
        return f"“{about}” {'happens' if happens else 'does not happen'}"
    name = "the class" if one.column == "class" else possessive(about)
    return f"{name} is {_compared(one.sign, one.constant)}"


def _change(one: Compared, what: str) -> str:
    """What a choice does to an outcome, where the difference is compared with a number."""
    if isinstance(one.constant, float) and one.sign in ("above", "below"):
        up = one.sign == "above"
        if one.constant == 0:
            return f"{'raises' if up else 'lowers'} {what}"
        if (one.constant > 0) == up:
            return f"{'raises' if up else 'lowers'} {what} by more than {abs(one.constant):g}"
    return f"changes {what} by {_compared(one.sign, one.constant)}"


def _compared(sign: str, constant: float | str) -> str:
    value = constant.replace("_", " ") if isinstance(constant, str) else f"{constant:g}"
    return f"{sign} {value}".strip()


def limits_in_words(limits: Sequence[Limit], cases: Cases) -> str:
    """Limits in words: ``grievance above 1.1 and accommodation below 0.55``."""
    return joined([limit_in_words(limit, cases) for limit in limits])


def limit_in_words(limit: Limit, cases: Cases) -> str:
    """One limit in words; of a category the shorter of what is kept and what is not."""
    factor = next(factor for factor in cases.factors if factor.name == limit.factor)
    name = short(limit.factor, [each.name for each in cases.factors])
    if factor.options:
        gone = [option for option in factor.options if option not in limit.kept]
        if len(gone) < len(limit.kept):
            return f"{name} not {' or '.join(map(written, gone))}"
        return f"{name} {' or '.join(map(written, limit.kept))}"
    if limit.low is not None and limit.high is not None:
        return f"{name} from {limit.low:.3g} to {limit.high:.3g}"
    return f"{name} above {limit.low:.3g}" if limit.low is not None else f"{name} below {limit.high:.3g}"


def short(name: str, names: Sequence[str]) -> str:
    """The last word of a name, or all of it where another one ends alike.

    >>> short("parent.grievance", ["parent.grievance", "a.b"]), short("a.b", ["a.b", "c.b"])
    ('grievance', 'a.b')
    """
    last = name.rpartition(".")[2]
    alike = [each for each in names if each.rpartition(".")[2] == last]
    return last.replace("_", " ") if len(alike) == 1 else name
