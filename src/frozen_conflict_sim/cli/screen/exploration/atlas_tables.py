"""The table of an atlas, and its sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict

from ....analysis.atlas.maps import DOWN, DOWN_THEN_UP, NEVER, UP, UP_THEN_DOWN, AtlasMap, Horizon
from ....analysis.intervals import LEVEL
from ....analysis.summary import CAVEAT
from ..tables import console, interval, number, percent, table

KINDS = {
    UP: "raised",
    DOWN: "lowered",
    UP_THEN_DOWN: "raised, then lowered",
    DOWN_THEN_UP: "lowered, then raised",
    NEVER: "unclear",
}
HEADINGS = {"": "left"} | dict.fromkeys(("mean effect", "plane raised", "effect here", "from the line"), "right")


def print_atlas(maps: Sequence[AtlasMap], said: Sequence[Sequence[str]]) -> None:
    """Print a table for each map, and what it says."""
    out = console()
    for drawn, lines in zip(maps, said):
        title = f"{drawn.subject}: {drawn.label.rpartition(': ')[2]} ({drawn.unit}), {drawn.contrast.description}"
        out.print(table(title, HEADINGS, [*map(_row, drawn.horizons), *_other_arms(drawn)]))
        for line in lines:
            out.print(line)
        out.print()
    out.print("plane raised: the share of the plane on which the effect is above zero; below each number its 90 % interval.")
    out.print(
        "effect here, from the line: at the scenario's own place; distances in ranges of the axes, below zero where lowered."
    )
    out.print(f"In this model, under these assumptions. {CAVEAT}")


def _row(at: Horizon) -> list[str]:
    near = at.distance
    return [
        at.called.replace(" (", "\n("),
        f"{number(at.mean)}\n{interval(at.interval)}",
        f"{percent(at.sides.positive)}\n{interval(at.sides.interval, percent)}",
        f"{number(near.value)}\n{interval(near.value_interval)}",
        f"{number(near.distance)}\n{interval(near.interval)}" if near.distance is not None else "no line",
    ]


def _other_arms(drawn: AtlasMap) -> Iterator[list[str]]:
    """The last horizon again in each other arm, such as with the coupling off."""
    for other in drawn.others:
        mean = f"{number(other.means[-1])}\n{interval(other.intervals[-1])}"
        yield [f"{drawn.horizons[-1].called.partition(' (')[0]},\n{other.where.removeprefix('with the ')}", mean, "", "", ""]


def to_dict(drawn: AtlasMap, lines: Sequence[str]) -> dict:
    """A map as plain data for JSON."""
    surface, turning = drawn.surface, drawn.turning
    axes = {side: asdict(axis) for side, axis in (("across", surface.across), ("up", surface.up))}
    shares = {KINDS[kind]: share for kind, share in turning.shares.items()} if turning else {}
    years = {KINDS[kind]: turning.median_year(kind) for kind in (UP_THEN_DOWN, DOWN_THEN_UP)} if turning else {}
    return {
        "subject": drawn.subject, "quantity": drawn.quantity, "unit": drawn.unit, "contrast": asdict(drawn.contrast), **axes,
        "degree": surface.degree, "points": surface.points, "pairs": drawn.pairs, "level": LEVEL,
        "horizons": [asdict(horizon) for horizon in drawn.horizons], "turning": {"shares": shares, "median_years": years},
        "others": [asdict(other) for other in drawn.others], "sentences": list(lines), "caveat": CAVEAT,
    }  # fmt: skip
