"""``validate``: the patterns of the record beside the null models, and what the texts say with its mechanisms on and off."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click

from .. import candidates, options
from ..screen.messages import json_text, progress, say

OF_PATTERNS, OF_STATEMENTS = 2000, 600


@click.command(short_help="Score the model on the patterns of the record and on what the texts say.")
@click.argument("scenarios", nargs=-1, metavar="[SCENARIO …]", shell_complete=candidates.scenarios)
@click.option(
    "--runs",
    type=click.IntRange(10, 100_000),
    help=f"Number of runs of each scenario; by default {OF_PATTERNS} for patterns (null models use 400 of them) and "
    f"{OF_STATEMENTS} for statements.",
)
@options.seed
@click.option("--patterns", is_flag=True, help="Score the patterns of the record, and not the statements.")
@click.option("--statements", is_flag=True, help="Score the statements of the texts, and not the patterns.")
@click.option(
    "--pattern", "some_patterns", multiple=True, metavar="NAME", help="Only this pattern, such as depth-gained; repeatable."
)
@click.option(
    "--statement", "some_statements", multiple=True, metavar="NAME", help="Only this statement, such as redraft; repeatable."
)
@click.option("--out", type=click.Path(path_type=Path), help="A folder for the scores as data and as plots.")
@options.workers
@options.overrides
@options.formats
@options.dpi
@options.as_json
@options.quiet
def validate(
    scenarios,
    runs,
    seed,
    patterns,
    statements,
    some_patterns,
    some_statements,
    out,
    workers,
    overrides,
    formats,
    dpi,
    as_json,
    quiet,
):
    """Score the patterns of the record and what the texts say, on the shipped scenarios or, where given, on SCENARIO alone.

    A file is scored in place of the shipped scenario that it extends. The exit code is 1 if a check does not hold, or if a
    statement fails; an open statement, whose interval crosses its target, does not change it.
    """
    wanted = options.chosen_formats(formats)
    from ...experiment.execute.workers import processors
    from ...experiment.store.files import make_folder
    from ...record.scoring import RunsFailed

    names = {"patterns": some_patterns, "statements": some_statements}
    flags = {"patterns": patterns or bool(some_patterns), "statements": statements or bool(some_statements)}
    chosen = {table: names[table] for table, flag in flags.items() if flag or not any(flags.values())}
    plans = _planned(chosen, scenarios, overrides)
    workers = workers or processors()
    if out:
        make_folder(out)
    try:
        boards = {table: SCORE[table](scored, runs, seed, chosen[table], workers, quiet) for table, scored in plans.items()}
    except RunsFailed as error:
        say(str(error))
        raise click.exceptions.Exit(1) from None
    if as_json:
        click.echo(json_text({table: board.to_dict() for table, board in boards.items()}))
    else:
        _print(boards)
    if out:
        _store(boards, out, wanted, dpi)
        if not quiet:
            say(f"scores: {out}")
    _end(boards)


def _planned(chosen: Mapping[str, tuple[str, ...]], files, overrides) -> dict[str, dict]:
    """The scenarios to score by table; all mistakes in names, files and values are found before anything is played."""
    from ...files.problems import listed, nearest
    from ...record.matching import scenarios_of_patterns, scenarios_to_score
    from ...record.patterns import PATTERNS
    from ...record.statements import STATEMENTS
    from ...record.statements.scoring import scenarios_of_statements
    from ...scenario.load import settings

    known = {"patterns": PATTERNS, "statements": STATEMENTS}
    needed = {"patterns": scenarios_of_patterns, "statements": scenarios_of_statements}
    for table, names in chosen.items():
        for name in names:
            if name not in known[table]:
                hint = nearest(name, known[table]) or f"; known are {listed(known[table], len(known[table]))}"
                one = table.removesuffix("s")
                raise click.BadParameter(f"there is no {one} {name!r}{hint}", param_hint=f"--{one}")
    values = settings(overrides) if overrides else None
    return {table: scenarios_to_score(files, values, needed[table]()) for table in chosen}


def _scored_patterns(scenarios, runs, seed, only, workers, quiet):
    from ...record.scoring import arms, score

    runs = runs or OF_PATTERNS
    planned = arms(scenarios, runs, seed, only)
    with progress(sum(arm.size for arm in planned), quiet) as done:
        return score(planned, scenarios, runs, seed, workers=workers, progress=done)


def _scored_statements(scenarios, runs, seed, only, workers, quiet):
    from ...record.statements.scoring import score_statements, tasks

    runs = runs or OF_STATEMENTS
    planned = sum(len(task.names) for task in tasks(scenarios, runs, seed, only))
    with progress(planned, quiet, "statements") as done:
        return score_statements(scenarios, runs=runs, seed=seed, workers=workers, only=only, progress=done)


SCORE = {"patterns": _scored_patterns, "statements": _scored_statements}


def _print(boards: dict) -> None:
    from ..screen.scoreboard_tables import print_scoreboard
    from ..screen.statement_tables import print_statements

    for at, (table, board) in enumerate(boards.items()):
        if at:
            click.echo()
        {"patterns": print_scoreboard, "statements": print_statements}[table](board)


def _store(boards: dict, out: Path, formats: tuple[str, ...], dpi: int) -> None:
    from ...experiment.store.files import write_atomically
    from ...plots.scoreboard import draw as draw_patterns
    from ...plots.statements import draw as draw_statements

    stored = {"patterns": ("scoreboard", draw_patterns), "statements": ("statements", draw_statements)}
    for table, board in boards.items():
        name, draw = stored[table]
        write_atomically(out / f"{name}.json", (json_text(board.to_dict()) + "\n").encode())
        draw(board, out, formats, dpi)


def _end(boards: dict) -> None:
    """Say what does not hold, and exit with 1 if that is a check or a failing statement."""
    unmet = [line.pattern.name for line in boards["patterns"].unmet] if "patterns" in boards else []
    failing = [line.statement.name for line in boards["statements"].failing] if "statements" in boards else []
    if unmet:
        say(f"does not hold: {', '.join(unmet)}")
    if failing:
        say(f"statements that fail: {', '.join(failing)}")
    if unmet or failing:
        raise click.exceptions.Exit(1)
