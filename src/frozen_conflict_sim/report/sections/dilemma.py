"""The dilemma: what each choice gains and costs, and where on the plane of two uncertain values it does."""

from __future__ import annotations

from ...analysis.comparison.exchange_rate import AT_END, ON_AVERAGE
from ...analysis.groups import base_runs
from ...plots.heat_map import ENOUGH, numeric
from ..document import Block, Paragraph, Section
from ..pictures import picture
from ..subject import Subject


def dilemma(subject: Subject) -> Section | None:
    """The frontier of parents' outcomes against integration, and the map over two uncertain values."""
    results = subject.results
    parents = results.scenario.entities["parent"]
    ends = (AT_END, ON_AVERAGE)
    of_parents = [name for name in subject.outcomes if results.columns[name].owner in parents and name.endswith(ends)]
    blocks: list[Block | None] = []
    for name in of_parents[:2] if subject.lever else ():
        blocks.append(picture(results, "frontier", name))
    blocks += _map(subject)
    found = tuple(block for block in blocks if block is not None)
    return Section("dilemma", "The dilemma: frontier and map", found) if found else None


def _map(subject: Subject) -> list[Block | None]:
    results = subject.results
    names = numeric(results)[:2]
    if len(names) < 2:
        return []
    points = len(base_runs(results, *names)[names].drop_duplicates())
    found = picture(results, "heat_map", subject.outcomes[0])
    if found is None:
        few = f"{points} points are too few for a map over {names[0]} and {names[1]}; from {ENOUGH} on it is drawn."
        return [Paragraph(few)]
    pooled = f", one map for each value of {subject.compared}" if subject.lever else ""
    return [Paragraph(f"The map is of {points} points over {names[0]} and {names[1]}{pooled}."), found]
