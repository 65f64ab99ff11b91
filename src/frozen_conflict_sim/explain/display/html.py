"""Explanations for a notebook: a story, a ledger and a comparison as small tables."""

from __future__ import annotations

from collections.abc import Iterable

from ...files.html import heading, table, text
from ..ledgers.ledger import Ledger
from ..story import Story
from .story_text import brief, happenings_in_words, moved_in_words, opening, surprise
from .text import grouped, number, signed, words

LEFT = ' style="text-align:left;vertical-align:top"'
DATE = ' style="text-align:left;vertical-align:top;font-weight:600;white-space:nowrap"'


def story_html(story: Story) -> str:
    """How the run ended, its turning points, and its key quantities at the start and at the end."""
    points = "".join(
        f"<tr><td{DATE}>{text(point.date)}</td><td{LEFT}>{text(happenings_in_words(point))}</td>"
        f"<td{LEFT}>{text(moved_in_words(point))}</td></tr>"
        for point in story.turning_points
    )
    ends = [(label, brief(start), brief(end)) for label, start, end in story.ends]
    first, meaning = opening(story)
    return "".join((
        heading(first, meaning[:1].upper() + meaning[1:]),
        f"<table><tbody>{points}</tbody></table>",
        f"<div>{text(surprise(story))}</div>",
        "<details><summary>From the start to the end</summary>",
        table(("key quantity", "at the start", f"at the end, {story.end}"), ends),
        "</details>",
    ))  # fmt: skip


def ledger_html(ledger: Ledger, span: str, other: Ledger | None = None, without: str = "") -> str:
    """The causes of a change, their parts below them, and beside them those in the run without something."""
    against = {(row.cause, row.of): row.amount for row in other.rows} if other else {}
    rows: list[tuple[str, ...]] = []
    for row in ledger.rows:
        beside = (signed(against.pop((row.cause, row.of), 0.0)),) if other else ()
        rows.append((words(row.cause) + (f" ({words(row.of)})" if row.of else ""), signed(row.amount), *beside))
        rows += [(f"· {part}", signed(amount), *([""] if other else [])) for part, amount in grouped(row)]
    rows += [(words(cause), "0", signed(amount)) for (cause, _), amount in against.items()]
    rows.append(("all together", signed(ledger.change), *((signed(other.change),) if other else ())))
    about = f"{number(ledger.start)} → {number(ledger.end)} ({ledger.unit})"
    columns = ("cause", "booked", f"without {without}") if other else ("cause", "booked")
    return heading(f"{ledger.label}, {span}", about) + table(columns, rows)


def compared_html(title: str, about: str, rows: Iterable[tuple[str, float, float]]) -> str:
    """Key quantities at the end, as they were and without something."""
    order = sorted(rows, key=lambda row: -abs(row[1] - row[2]))
    lines = [(label, number(end), number(instead), signed(end - instead)) for label, end, instead in order]
    return heading(title, about) + table(("at the end", "as it was", "without", "caused"), lines)
