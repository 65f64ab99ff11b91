"""``overturn``: what one must believe to turn a finding around."""

from __future__ import annotations

from pathlib import Path

import click

from .. import options
from ..screen.messages import print_json, progress, say

NAME = "overturn"


@click.command(short_help="What must you believe to turn a finding around? The least joint change of parameters.")
@click.argument("findings", nargs=-1, metavar="[FINDING …]")
@click.option(
    "--runs", type=click.IntRange(100, 100_000), default=400, show_default=True, help="Number of runs of each variant."
)
@options.seed
@click.option("--out", type=click.Path(path_type=Path), help="A folder for the changes as data and as a plot.")
@options.workers
@options.overrides
@options.formats
@options.as_json
@options.quiet
def overturn(findings, runs, seed, out, workers, overrides, formats, as_json, quiet):
    """Find the least joint change of parameters that turns each FINDING (by default all) around.

    Changes are in units of support: how far a value of its grade may be off, half of an assumed value, a quarter of an
    estimated one, a tenth of a documented one. A finding within one unit rests on values that nobody measured; one that needs
    many is safe. At most ten parameters change: those with a certain influence.
    """
    wanted = options.chosen_formats(formats)
    from ...experiment.execute.workers import processors
    from ...findings.all_findings import FINDINGS
    from ...findings.overturn import overturn as overturned
    from ...findings.overturn import to_dict
    from ...record.scoring import RunsFailed
    from ...scenario.load import settings

    _check(findings, FINDINGS)
    values = settings(overrides) if overrides else {}
    try:
        with progress(len(findings or FINDINGS), quiet, "findings") as done:
            how = {"runs": runs, "seed": seed, "workers": workers or processors(), "progress": done}
            found = overturned(findings, values, **how)
    except RunsFailed as error:
        say(str(error))
        raise click.exceptions.Exit(1) from None
    if as_json:
        print_json(to_dict(found))
    else:
        from ..screen.choice.overturn_tables import print_overturned

        print_overturned(found)
    if out:
        from ...plots.choice.overturned import overturned as draw
        from ...plots.choice.overturned import provenance
        from ..store_found import store

        store(out, NAME, to_dict(found), draw(found), provenance(found), wanted, quiet)


def _check(names, known) -> None:
    from ...files.problems import listed, nearest

    for name in names:
        if name not in known:
            hint = nearest(name, known) or f"; there are {listed(known, 6)}"
            raise click.BadParameter(f"there is no finding {name!r}{hint}", param_hint="FINDING")
