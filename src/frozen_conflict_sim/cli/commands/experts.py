"""``experts``: what several experts believe, pooled and compared, and which of their disagreements matters."""

from __future__ import annotations

from pathlib import Path

import click

from .. import options
from ..screen.messages import print_json, say

NAME = "experts"


@click.command(short_help="Pool and compare what experts believe, and tell which disagreement matters.")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--outcome", "outcomes", multiple=True, metavar="NAME",
    help="An outcome for which it may matter; repeatable. By default alienation and western alignment at the end.",
)  # fmt: skip
@click.option(
    "--runs", type=click.IntRange(100, 1_000_000), default=2000, show_default=True, help="Number of runs of the pool."
)
@options.seed
@click.option("--out", type=click.Path(path_type=Path), help="A folder for the comparison, a plot, and the pool as pooled.csv.")
@options.workers
@options.formats
@options.as_json
@options.quiet
def experts(file, outcomes, runs, seed, out, workers, formats, as_json, quiet):
    """Read FILE, in which several experts give ranges for values of a scenario; pool them, and compare them.

    Prints what each believes, how much of what is unknown lies between them rather than within each, and which disagreement
    moves an outcome. With --out, pooled.csv can be drawn from in any experiment: uncertainties: {from_posterior: pooled.csv}.
    """
    wanted = options.chosen_formats(formats)
    from ...analysis.doubt.experts import compared, pooled_csv
    from ...experiment.elicitation import load_elicitation
    from ...experiment.execute.workers import processors

    asked = outcomes or ("alienation_at_end", "western_alignment_at_end")
    loaded = load_elicitation(file)
    found = compared(loaded, asked, runs=runs, seed=seed, workers=workers or processors())
    if as_json:
        print_json(found.to_dict())
    else:
        from ..screen.choice.expert_tables import print_experts

        print_experts(found)
    if out:
        from ...experiment.store.files import write_atomically
        from ...plots.choice.experts import experts as draw
        from ...plots.choice.experts import provenance
        from ..store_found import store

        store(out, NAME, found.to_dict(), draw(found), provenance(found), wanted, quiet)
        write_atomically(out / "pooled.csv", pooled_csv(loaded).encode())
        if not quiet:
            say(f"pool:  {out / 'pooled.csv'}")
