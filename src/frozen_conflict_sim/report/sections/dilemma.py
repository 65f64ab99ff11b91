"""The dilemma: what each choice gains and costs, and where on the plane of two uncertain values it does."""

from __future__ import annotations

from ...analysis.atlas.maps import AtlasMap, maps
from ...analysis.atlas.sentences import at_the_end_in_words, line_in_words
from ...analysis.comparison.difference_results import ContrastOf, written
from ...analysis.comparison.exchange_rate import AT_END, ON_AVERAGE
from ...analysis.groups import base_runs
from ...experiment.errors import ResultsError
from ...plots.atlas import at_the_end
from ...plots.heat_map import ENOUGH, numeric
from ...politics.dilemma import AGAINST
from ..document import Block, Paragraph, Picture, Section, Table
from ..pictures import WIDE, picture, svg_of
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
    if points >= ENOUGH and (drawn := _contrasts(subject, (names[0], names[1]))):
        over = f"{points} points over {names[0]} and {names[1]}"
        told = (
            f"The map is of {over}: in each run {subject.compared} is compared with {written(drawn[0].contrast.reference)} in "
            "the same random numbers. On the black line it makes no difference; where it is hatched, the 90 % interval "
            "includes zero; the ring is the scenario's own place."
        )
        return [Paragraph(told), _picture(drawn)]
    found = picture(results, "heat_map", subject.outcomes[0])
    if found is None:
        few = f"{points} points are too few for a map over {names[0]} and {names[1]}; from {ENOUGH} on it is drawn."
        return [Paragraph(few)]
    pooled = f", one map for each value of {subject.compared}" if subject.lever else ""
    return [Paragraph(f"The map is of {points} points over {names[0]} and {names[1]}{pooled}."), found]


def _contrasts(subject: Subject, plane: tuple[str, str]) -> list[AtlasMap]:
    """The map of the first parent's first trajectory for each value of the lever, against one; none where that cannot be."""
    results, lever = subject.results, subject.lever
    values = list(dict.fromkeys(results.experiment.levers.get(lever, ()))) if lever else []
    parents = results.scenario.entities["parent"]
    mapped = [name for name in subject.trajectories if results.variables[name].owner in parents]
    if len(values) < 2 or not mapped:
        return []
    reference = AGAINST if AGAINST in values else values[0]
    try:
        contrasts = [ContrastOf(str(lever), value, reference) for value in values if value != reference]
        return [maps(results, contrast, plane, mapped[0], shares=(1.0,))[0] for contrast in contrasts]
    except ResultsError:
        return []


def _picture(drawn: list[AtlasMap]) -> Picture:
    """The maps side by side, with what each says and its share of the plane."""
    first = drawn[0]
    figure = at_the_end(drawn, (WIDE, None))
    title = f"{first.label}: where each choice raises it, against {written(first.contrast.reference)}"
    finding = " ".join(sentence for each in drawn for sentence in (at_the_end_in_words(each), *line_in_words(each)))
    rows = tuple(
        (
            written(each.contrast.choice), f"{each.horizons[-1].mean:+.3f}",
            *(f"{share:.0%}" for share in (each.horizons[-1].sides.positive, *each.horizons[-1].sides.interval)),
        )
        for each in drawn
    )  # fmt: skip
    headings = ("choice", "mean difference", "raised on", "from", "to")
    table = Table(f"Numbers of the picture: {title}", headings, rows)
    return Picture(title, svg_of(figure.axes[0], f"{title}. {finding}", "atlas"), finding, table)
