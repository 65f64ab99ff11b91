"""A replay on one screen: what the run is, whether it is the stored one, how it ended."""

from __future__ import annotations

from pathlib import Path

import click

from ...explain.replay import Replay
from ...files.problems import listed
from ...results import Results
from .tables import console, number, table


def print_replay(replay: Replay, results: Results, folder: Path) -> None:
    """Print the run, its values, the comparison with what is stored, and the key outcomes."""
    values = replay.values
    click.echo(f"Run {replay.run} of {folder}: {replay.title}\n")
    facts = {
        "ended": f"{values['class']}, after {values['ended_quarter']:g} quarters",
        "stored": _verdict(replay),
        "identity": f"seed {replay.seed}, stream {values['stream']}, point {values['point']}, replicate {values['replicate']}",
    }
    levers = [*results.names("lever"), *(name for name in ("arm", "changed") if name in values)]
    facts["values"] = ", ".join(f"{name} {_written(values[name])}" for name in levers if name in values)
    for name, text in facts.items():
        if text:
            click.echo(f"  {name:10}{text}")
    click.echo()
    outcomes = (column for column in replay.columns.values() if column.kind == "outcome" and column.key_outcome)
    rows = ([column.label, number(values[column.name]), column.unit] for column in outcomes if column.name in values)
    console().print(table("Key outcomes", {"outcome": "left", "value": "right", "unit": "left"}, rows))
    click.echo(f"All turns and receipts: --json, or --out FOLDER. Why: frozen-conflict-sim explain {folder} {replay.run}")


def _verdict(replay: Replay) -> str:
    if replay.equal is None:
        return "not stored"
    if replay.equal:
        return f"the same to the last bit, in all {replay.compared} stored columns"
    return f"DIFFERENT in {len(replay.differing)} of {replay.compared} columns: {listed(replay.differing, 4)}"


def _written(value) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)
