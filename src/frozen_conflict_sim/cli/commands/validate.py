"""``validate``: the scoreboard of patterns beside the null models."""

from __future__ import annotations

from pathlib import Path

import click

from .. import candidates, options
from ..screen.messages import json_text, say


@click.command(short_help="Score the model and the null models on the patterns of the record.")
@click.argument("scenarios", nargs=-1, metavar="[SCENARIO …]", shell_complete=candidates.scenarios)
@click.option(
    "--runs",
    type=click.IntRange(10, 100_000),
    default=2000,
    show_default=True,
    help="Number of runs of each scenario; null models use 400 of them.",
)
@options.seed
@click.option(
    "--pattern", "only", multiple=True, metavar="NAME", help="Score only this pattern, such as depth-gained; repeatable."
)
@click.option("--out", type=click.Path(path_type=Path), help="A folder for the scoreboard as data and as a plot.")
@options.workers
@options.overrides
@options.formats
@options.as_json
@options.quiet
def validate(scenarios, runs, seed, only, out, workers, overrides, formats, as_json, quiet):
    """Score the patterns of the record on the shipped scenarios, or only the patterns that use SCENARIO.

    A file is scored in place of the shipped scenario that it extends. The exit code is 1 if a check does not hold.
    """
    wanted = options.chosen_formats(formats)
    from ...experiment.execute.workers import processors
    from ...files.problems import listed, nearest
    from ...record.matching import scenarios_to_score
    from ...record.patterns import PATTERNS
    from ...record.scoring import RunsFailed, arms, score
    from ...scenario.load import settings
    from ..screen.messages import progress

    for name in only:
        if name not in PATTERNS:
            hint = nearest(name, PATTERNS) or f"; known are {listed(PATTERNS, len(PATTERNS))}"
            raise click.BadParameter(f"there is no pattern {name!r}{hint}", param_hint="--pattern")
    loaded = scenarios_to_score(scenarios, settings(overrides) if overrides else None)
    planned = arms(loaded, runs, seed, only)
    try:
        with progress(sum(arm.size for arm in planned), quiet) as done:
            board = score(planned, loaded, runs, seed, workers=workers or processors(), progress=done)
    except RunsFailed as error:
        say(str(error))
        raise click.exceptions.Exit(1) from None
    text = json_text(board.to_dict())
    if as_json:
        click.echo(text)
    else:
        from ..screen.scoreboard_tables import print_scoreboard

        print_scoreboard(board)
    if out:
        from ...plots.scoreboard import draw

        out.mkdir(parents=True, exist_ok=True)
        (out / "scoreboard.json").write_text(text + "\n", "utf-8")
        draw(board, out, wanted)
        if not quiet:
            say(f"scoreboard: {out}")
    if board.unmet:
        say(f"does not hold: {', '.join(line.pattern.name for line in board.unmet)}")
        raise click.exceptions.Exit(1)
