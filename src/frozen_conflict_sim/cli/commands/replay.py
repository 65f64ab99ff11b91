"""``replay``: one run of stored results again, with everything that is not stored for every run."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import click

from .. import candidates, options
from ..screen.messages import print_json, say


@click.command(short_help="Play one run of results again, bit for bit, with trajectories, decisions, receipts.")
@click.argument("results", type=click.Path(path_type=Path), shell_complete=candidates.folders)
@click.argument("run", type=int)
@click.option("--out", type=click.Path(path_type=Path), help="Write the run into this new folder, as CSV, JSON and YAML.")
@options.debug
@options.as_json
@options.quiet
def replay(results, run, out, debug, as_json, quiet):
    """Play the run with the number RUN of RESULTS again: the same to the last bit, on any machine and number of workers.

    Compares it with what is stored, and gives all trajectories, all decisions, and for each decision the receipt: options,
    incentives, utilities, probabilities. With --out they are written into a folder (run.json, trajectories.csv, decisions.csv,
    receipts.json, and scenario.yaml with the values of the run), with --json printed as one document. Ends with exit code 1
    if the run differs from the stored one.
    """
    from ...explain import replay_files
    from ...explain.replay import replay as replayed
    from ...results import open_results
    from ..run_study import debugger, say_notes

    opened = open_results(results)
    say_notes(opened, quiet)
    with debugger() if debug else nullcontext():
        found = replayed(opened, run, debug=debug)
    for note in () if quiet else found.notes:
        say(f"note: {note}")
    files = replay_files.write(found, out) if out else []
    if as_json:
        print_json(replay_files.to_dict(found))
    else:
        from ..screen.replay_text import print_replay

        print_replay(found, opened, results)
    if files and not quiet:
        say(f"written:  {out} ({', '.join(file.name for file in files)})")
    if found.differing:
        raise click.exceptions.Exit(1)
