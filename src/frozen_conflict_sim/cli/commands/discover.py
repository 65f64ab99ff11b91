"""``discover``: in which part of what was varied something happens."""

from __future__ import annotations

from pathlib import Path

import click

from .. import candidates, options
from ..screen.messages import print_json, progress, say

STEPS = 3


@click.command(short_help="Find where an expression holds: a box, a tree, a sentence.")
@click.argument("results", type=click.Path(path_type=Path), shell_complete=candidates.folders)
@click.option(
    "--where",
    required=True,
    metavar="EXPR",
    help='What to look for, such as "western_alignment_at_end > 0.6 and class == frozen".',
)
@options.contrast
@click.option(
    "--factor", "factors", multiple=True, metavar="NAME", shell_complete=candidates.columns,
    help="Look only at this lever or uncertainty; repeatable. By default at all.",
)  # fmt: skip
@click.option("--density", type=click.FloatRange(0, 1), help="Take the largest box at least so dense, such as 0.9.")
@click.option("--box", "number", type=click.IntRange(min=0), help="Take this box of the trajectory; --trajectory numbers them.")
@click.option("--trajectory", is_flag=True, help="Print every box on the way.")
@click.option(
    "--samples", type=click.IntRange(4, 1000), default=24, show_default=True, help="Bootstrap samples for the stability."
)
@click.option("--out", type=click.Path(path_type=Path), help="The folder for the picture; by default RESULTS/plots.")
@options.formats
@options.as_json
@options.quiet
def discover(results, where, contrast, factors, density, number, trajectory, samples, out, formats, as_json, quiet):
    """Find in which box of the levers and uncertainties of RESULTS an expression holds, by PRIM and by a shallow tree.

    Prints a sentence, the limits of the box with their support, and the tree; draws the trajectory and the box. Coverage is the
    share of cases that a box holds, density the share of cases in the box. With --contrast the outcomes are differences between
    two choices: --contrast patron.policy swallow status_quo --where "western_alignment_at_end > 0".
    """
    from ...analysis.discovery.discover import discover as discovered
    from ...experiment.store.files import make_folder
    from ...files.printable import file_name
    from ...plots.discovery import discovery
    from ...plots.drawing.saving import provenance, save
    from ..screen.exploration.box_tables import print_discovery, to_dict

    if density is not None and number is not None:
        raise click.UsageError("--density and --box both choose a box: give one of them")
    wanted, opened = options.chosen_formats(formats), options.opened(results, contrast)
    with progress(STEPS, quiet, "steps") as done:
        found = discovered(opened, where, factors=factors, density=density, box=number, samples=samples, progress=done)
    if as_json:
        print_json(to_dict(found))
    else:
        print_discovery(found, trajectory)
    out = out or results / "plots"
    make_folder(out)
    figure = discovery(found)
    for form in wanted:
        path = out / f"{file_name(f'discovery-{where}')[:80]}.{form}"
        save(figure, path, {"title": figure.get_suptitle(), "provenance": provenance(opened)})
        if not quiet:
            say(f"picture:  {path}")
