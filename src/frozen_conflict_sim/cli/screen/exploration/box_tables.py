"""The sentence and the tables of a discovery: the box and its support, the tree, the peeling trajectory."""

from __future__ import annotations

from dataclasses import asdict

from ....analysis.discovery.discover import Discovery
from ....analysis.discovery.sentences import FIRST_PERSON, beside, limit_in_words, limits_in_words, noun, reach, sentence
from ....analysis.summary import CAVEAT
from ....analysis.wording import percent
from ..tables import console, interval, number, table
from ..tables import percent as exactly

LIMITS = {
    "limit": "left",
    "90 % range": "right",
    "quasi-p": "right",
    "without: density": "right",
    "coverage": "right",
    "again": "right",
}
LEAVES = {"part": "left", "density": "right", "of all": "right", "runs": "right"}
BOXES = {"box": "right", "coverage": "right", "density": "right", "of all": "right", "limits": "left"}
SMALLEST = 0.001


def print_discovery(found: Discovery, trajectory: bool) -> None:
    """Print the sentence, the box, the tree and, if asked for, every box of the trajectory."""
    out = console()
    out.print("\n".join(part for part in (f"{FIRST_PERSON}:", sentence(found), beside(found), reach(found)) if part) + "\n")
    if found.box.limits:
        out.print(
            table(
                f"The box: coverage {exactly(found.box.coverage)}, density {exactly(found.box.density)}", LIMITS, _limits(found)
            )
        )
        out.print(
            "quasi-p: how likely the box were so dense if that limit were of no use; again: in how many bootstrap samples.\n"
        )
    rows = (
        [limits_in_words(leaf.limits, found.cases) if leaf.limits else f"all {noun(found.results)}", exactly(leaf.density),
         exactly(leaf.mass), f"{leaf.runs:,}"]
        for leaf in found.leaves
    )  # fmt: skip
    out.print(table(f"The tree beside it: explains {percent(found.explained)} of the variance", LEAVES, rows))
    if trajectory:
        out.print(
            table(
                "The peeling trajectory; > marks the box from which limits without support were removed", BOXES, _boxes(found)
            )
        )
    if found.cases.undefined:
        out.print(f"{found.cases.undefined:,} runs were left out: the expression is not defined in them.")
    out.print(CAVEAT)


def _limits(found: Discovery):
    supports = {support.factor: support for support in found.supports}
    for limit in found.box.limits:
        support, ranges = supports[limit.factor], found.stability.limits.get(limit.factor, {})
        around = "\n".join(
            interval(ranges[end]) for end in ("low", "high") if getattr(limit, end) is not None and end in ranges
        )
        chance = f"< {SMALLEST}" if support.quasi_p < SMALLEST else number(support.quasi_p)
        without = exactly(support.density_without), exactly(support.coverage_without)
        yield [limit_in_words(limit, found.cases), around, chance, *without, percent(support.again)]


def _boxes(found: Discovery):
    for at, box in enumerate(found.trajectory):
        words = limits_in_words(box.limits, found.cases) if box.limits else "none"
        mark = f"> {at}" if at == found.chosen else f"{at}"
        yield [mark, exactly(box.coverage), exactly(box.density), exactly(box.mass), words]


def to_dict(found: Discovery) -> dict:
    """A discovery as plain data for JSON."""
    return {
        "where": found.expression.text, "sentence": sentence(found), "beside": beside(found), "reach": reach(found),
        "runs": len(found.cases),
        "searched": found.searched, "undefined": found.cases.undefined, "base_rate": found.cases.base_rate,
        "intervals": {"box": found.in_the_box.interval, "base_rate": found.everywhere.interval},
        "others": [asdict(other) for other in found.others],
        "box": asdict(found.box), "supports": [asdict(each) for each in found.supports], "stability": asdict(found.stability),
        "trajectory": [asdict(box) for box in found.trajectory], "chosen": found.chosen,
        "tree": {"leaves": [asdict(leaf) for leaf in found.leaves], "explained": found.explained}, "caveat": CAVEAT,
    }  # fmt: skip
