"""Tables: at any width no number is broken and no column is lost."""

import io
import re

import pytest
from rich.console import Console

from frozen_conflict_sim.cli.screen.tables import paged, table

COLUMNS = {
    "patron.policy": "left",
    "mean or share": "right",
    "90 % interval": "right",
    "minus parent.channels=off": "right",
    "90 % interval, minus parent.channels=off": "right",
    "unit": "left",
}
ROWS = [
    ["status_quo", "0.476", "0.436–0.516", "0", "–", "index"],
    ["a name of several words that is long", "1,234.567", "-0.040 to 0.184", "-12.5 %", "-1,000.1 to 2,000.2", "of runs"],
]


def printed(width, columns=COLUMNS, rows=ROWS):
    out = io.StringIO()
    Console(file=out, width=width, highlight=False, markup=False).print(table("A title", columns, rows))
    return out.getvalue()


@pytest.mark.parametrize("width", [40, 60, 80, 100, 200])
def test_no_number_is_broken_and_no_column_lost(width):
    text = printed(width)
    assert max(map(len, text.splitlines())) <= width
    for row in ROWS:
        for cell in row[1:-1]:
            assert re.search(rf"(?<!\S){re.escape(cell)}(?!\S)", text), cell
        for word in (*row[0].split(), *row[-1].split()):
            assert word in text
    words = {word for heading in COLUMNS for word in re.findall(r"\w+", heading)}
    assert {word for word in words if word not in text} == set()


def test_what_does_not_fit_follows_with_the_same_first_column():
    parts = printed(40).split("(continued)")
    assert len(parts) > 1
    assert all("status_quo" in part for part in parts)
    assert "(continued)" not in printed(200)


def test_long_lists_are_paged_only_for_people(monkeypatch):
    out = Console(file=io.StringIO(), width=80, height=10)
    monkeypatch.setattr(out, "pager", lambda: pytest.fail("nobody can turn pages here"))
    with paged(out, 1000):
        out.print("printed")
    assert "printed" in out.file.getvalue()
