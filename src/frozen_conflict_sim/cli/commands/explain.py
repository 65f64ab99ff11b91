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
@click.option("--turn", metavar="TURN", help="Receipts of all decisions of a turn: its number from 1, or a date (2015-Q1).")
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

    _refuse_idle(why, first, last)
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


def _refuse_idle(why: str | None, first: str | None, last: str | None) -> None:
    """Refuse options that would do nothing."""
    if (first or last) and not why:
        raise click.UsageError("--from and --to belong to --why: name a quantity, such as --why georgia.alienation")
