"""Explain several runs from the command line: two side by side, typical ones, all of them without something."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from .run_number import number_of_run
from .screen.messages import print_json, progress, say

if TYPE_CHECKING:
    from ..results import Results


def explain_several(source, run, why, without, against, pair, typical, as_json: bool, quiet: bool) -> None:
    """Print what one of these options asks for, of the results in the folder ``source``."""
    asked = [name for name, given in (("--against", against is not None), ("--pair", pair is not None), ("--typical", typical),
                                      ("--without", without)) if given]  # fmt: skip
    if len(asked) > 1:
        raise click.UsageError(f"{' and '.join(asked)} ask for different things: choose one")
    results = _opened(source, quiet)
    if typical:
        if run is not None:
            raise click.UsageError("--typical finds the run by itself: leave out RUN")
        _typical(results, typical, as_json)
    elif without:
        _without(results, without, why or "", as_json, quiet)
    else:
        _pair(results, source, run, why or "", against, pair, as_json, quiet)


def _opened(path: str, quiet: bool) -> Results:
    from ..results import open_results
    from .run_study import say_notes

    results = open_results(Path(path))
    say_notes(results, quiet)
    return results


def _typical(results: Results, name: str, as_json: bool) -> None:
    from ..explain.several.typical import typical_runs
    from ..explain.source import explain_runs
    from ..explain.story import ending

    found = typical_runs(results, name)
    both = explain_runs(results, (found.typical, found.unusual))
    stories = {which: one.story() for which, one in zip(("typical", "unusual"), both)}
    if as_json:
        print_json({**found.to_dict(), "stories": {which: told.to_dict() for which, told in stories.items()}})
        return
    count = "1 run" if len(found.runs) == 1 else f"{len(found.runs):,} runs"
    click.echo(f"{count} {ending(found.name, len(found.runs))}. An average one is at distance 1 from the middle of them.\n")
    for which, at in (("typical", 0), ("unusual", -1)):
        where = f", most of all in\n  {found.unusual_in}" if at else ""
        distance = f"{found.distances[at]:.2f}{where}"
        click.echo(f"The most {which} is run {found.runs[at]}, at distance {distance}.\n{stories[which]}\n")


def _without(results: Results, what: str, why: str, as_json: bool, quiet: bool) -> None:
    from ..explain.several.everywhere import without
    from ..explain.several.everywhere_text import lines_of

    with progress(None, quiet) as done:
        found = without(results, what, why, progress=done)
    print_json(found.to_dict()) if as_json else click.echo("\n".join(lines_of(found, why)))


def _pair(results: Results, source: str, run, why: str, against, pair, as_json: bool, quiet: bool) -> None:
    from ..explain.several import pairs, pairs_text

    if against is not None:
        if run is None:
            raise click.UsageError("--against compares two runs: name the other too, as in explain results/demo 7 --against 9")
        found = pairs.run_pair(results, number_of_run(run), against)
    else:
        if run is None:
            raise click.UsageError("--pair needs two results: explain results/a results/b --pair 7")
        found = pairs.partners(results, results if run == source else _opened(run, quiet), pair)
    for note in dict.fromkeys(note for one in found.replays for note in one.notes):
        if not quiet:
            say(f"note: {note}")
    print_json(pairs_text.to_dict(found, why)) if as_json else click.echo("\n".join(pairs_text.lines_of(found, why)))
