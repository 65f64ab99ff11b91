"""``list``: what there is to choose from: scenarios, experiments, designs, outcomes, plots."""

from __future__ import annotations

import inspect
import re
import sys
from pathlib import Path

import click

from .. import candidates, options
from ..screen.messages import print_json

NARROWEST = 60


def _scenarios() -> dict[str, str]:
    return _shipped("scenarios", "title")


def _experiments() -> dict[str, str]:
    return _shipped("experiments", "question")


def _designs() -> dict[str, str]:
    from ...experiment.designs import ALIASES, KINDS

    aliases = {kind: f" Also called {alias}." for alias, kind in ALIASES.items()}
    return {name: _sentence(inspect.cleandoc(kind.about)) + aliases.get(name, "") for name, kind in KINDS.items()}


def _outcomes() -> dict[str, str]:
    from ...scenario.schema import declarations

    found = declarations().outcomes
    return {name: f"{found[name].meaning.rstrip('.')} ({found[name].role.name}; {found[name].unit})." for name in sorted(found)}


KINDS = {
    "scenarios": (_scenarios, "run NAME"),
    "experiments": (_experiments, "batch NAME"),
    "designs": (_designs, "design: {kind: NAME} in an experiment"),
    "outcomes": (_outcomes, "outcomes: [NAME] in an experiment"),
    "plots": (candidates.plot_summaries, "plot RESULTS NAME"),
}


@click.command(name="list", short_help="List shipped scenarios and experiments, designs, outcomes, plots.")
@click.argument("kind", required=False, type=click.Choice(list(KINDS)))
@options.as_json
def list_(kind, as_json):
    """List the names of one KIND, each with what it is; without KIND, those of all."""
    found = {name: KINDS[name][0]() for name in ([kind] if kind else KINDS)}
    if as_json:
        print_json(found[kind] if kind else found)
        return
    for name, entries in found.items():
        click.echo(_as_text(name, entries), nl=False)


def _as_text(kind: str, entries: dict[str, str]) -> str:
    """The names of a kind, as wide as the terminal; in a pipe each on a line of its own."""
    width = click.formatting.HelpFormatter().width if sys.stdout.isatty() else 10_000
    formatter = click.HelpFormatter(width=max(width, NARROWEST))
    with formatter.section(f"{kind.capitalize()}  ({KINDS[kind][1]})"):
        formatter.write_dl(list(entries.items()), col_max=34)
    return formatter.getvalue() + "\n"


def _shipped(kind: str, key: str) -> dict[str, str]:
    """Every shipped file of a kind, with its title or question: read as text, because loading them all would take seconds."""
    from ...scenario.shipped import shipped_folder

    folder = shipped_folder(kind)
    return {name: _value_of(key, folder / f"{name}.yaml") for name in candidates.shipped_names(kind)}


def _value_of(key: str, path: Path) -> str:
    found = re.search(rf"^{key}: *(.*)$", path.read_text("utf-8"), re.MULTILINE)
    return found[1].strip("\"'") if found else ""


def _sentence(text: str) -> str:
    return re.sub(r" ?\[[^]]*@[^]]*\]", "", " ".join(text.split("\n\n")[0].split()).split(". ")[0].rstrip(".")) + "."
