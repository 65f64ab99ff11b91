"""``explain``: tell a run, and ask it why."""

from __future__ import annotations

import click

from .. import candidates, options
from ..run_number import number_of_run
from ..screen.messages import print_json, say

EXAMPLES = """\b
Examples:
explain R 7                                 the story of run 7 of results R
explain R 7 --turn 2015-Q3 --actor Moscow   options, reasons, draw, odds
explain R 7 --turn 2015-Q3 --flip           what would have changed a choice
explain R 7 --why georgia.alienation        the ledger of a quantity
explain R 7 --without "abkhazia treaty"     the same run without it
explain R 7 --against 9                     two runs side by side
explain A B --pair 7                        a run in two worlds
explain R --without "abkhazia treaty"       all runs without it
explain R --typical contested               the most typical and unusual run
explain georgia_2014                        one run of a scenario
"""


@click.command(epilog=EXAMPLES, short_help="Tell a run: its story, any decision, what moved a quantity, what it hung on.")
@click.argument("source", metavar="RESULTS|SCENARIO", shell_complete=candidates.folders_or_scenarios)
@click.argument("run", metavar="[RUN|RESULTS]", required=False)
@click.option(
    "--turn",
    metavar="TURN",
    help="Receipts of all decisions of a turn: its number from 1, or a date (2015-Q1); with --why, its ledger.",
)
@click.option("--actor", metavar="NAME", help="What an actor did (Moscow, Sukhumi); with --turn, its receipts.")
@click.option("--why", metavar="QUANTITY", help="The ledger of a quantity: what moved georgia.alienation, summed exactly.")
@click.option("--from", "first", metavar="TURN", help="With --why: from the beginning of this turn.")
@click.option("--to", "last", metavar="TURN", help="With --why: to the end of this turn.")
@click.option("--flip", is_flag=True, help="The smallest change of a weight, and of a fact, that would have changed a choice.")
@click.option("--without", metavar="WHAT", help='The same run without "abkhazia treaty", an ask, an event, a channel.')
@click.option(
    "--against", type=int, metavar="RUN", help="Beside another run of RESULTS: where they diverge, and the ledger of it."
)
@click.option("--pair", type=int, metavar="RUN", help="With two results: this run of the first and its partner in the second.")
@click.option("--typical", metavar="CLASS", help="The most typical and the most unusual run of a class, such as contested.")
@options.seed
@options.overrides
@options.as_json
@options.quiet
def explain(source, run, turn, actor, why, first, last, flip, without, against, pair, typical, seed, overrides, as_json, quiet):
    """Tell a run: the one with the number RUN of RESULTS, or one run of SCENARIO.

    Without options the story in ten lines: how the run ended, its turning points, who made them, at what odds.

    A ledger is book-keeping: what was added to a quantity, and by what. What an act caused shows --without: the same run with
    the same random numbers without the act; with --why both stand side by side. Turns count from 1.
    """
    from pathlib import Path

    from ...explain.source import explained_results, explained_scenario

    given = {"--turn": turn, "--actor": actor, "--why": why, "--from": first, "--to": last, "--flip": flip or None,
             "--without": without, "--typical": typical}  # fmt: skip
    _refuse_idle({name: value for name, value in given.items() if value is not None})
    first, last = (first or turn, last or turn) if why else (first, last)
    if against is not None or pair is not None or typical or (without and run is None and Path(source).is_dir()):
        from ..explain_several import explain_several

        explain_several(source, run, why, without, against, pair, typical, as_json, quiet)
        return
    run = None if run is None else number_of_run(run)
    if run is None and not Path(source).is_dir():
        found, notes = explained_scenario(source, overrides, seed), ()
    else:
        found, notes = explained_results(source, run, overrides)
    for note in () if quiet else notes:
        say(f"note: {note}")
    if why:
        told = found.why(why, first, last, without or "")
    elif without:
        told = found.without(without)
    elif turn or actor or flip:
        told = found.decisions(turn or (found.main_turn() if not actor else None), actor or "", flips=flip)
    else:
        told = found.story()
    print_json(told.to_dict()) if as_json else click.echo(str(told))


def _refuse_idle(given: dict[str, str | bool]) -> None:
    """Refuse options that are empty or would do nothing."""
    for name, value in given.items():
        if value == "":
            raise click.UsageError(f"{name} is empty: say what it is about")
    if ("--from" in given or "--to" in given) and "--why" not in given:
        raise click.UsageError("--from and --to belong to --why: name a quantity, such as --why georgia.alienation")
    if "--turn" in given and ("--from" in given or "--to" in given):
        raise click.UsageError("--turn is one turn, --from and --to are several: choose")
    for asked in ("--why", "--without", "--typical"):
        idle = [name for name in ("--actor", "--flip") if name in given]
        idle += ["--turn"] if "--turn" in given and "--why" not in given else []
        if asked in given and idle:
            raise click.UsageError(f"{idle[0]} asks for receipts and {asked} for something else: choose one")
