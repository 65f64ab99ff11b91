"""``atlas``: where a contrast pushes which way, over a plane of two parameters."""

from __future__ import annotations

from pathlib import Path

import click

from .. import candidates, options
from ..screen.messages import print_json, say


@click.command(short_help="Map where a policy drives a parent west: zero line, theatres, the year in which it turns.")
@click.argument("subjects", nargs=-1, metavar="[SUBJECT …]", shell_complete=candidates.scenarios)
@options.contrast
@click.option(
    "--outcome", default="western_alignment", show_default=True, metavar="NAME", help="The trajectory that is mapped."
)
@click.option(
    "--plane",
    nargs=2,
    metavar="KEY=LOW,HIGH KEY=LOW,HIGH",
    help="The two parameters of the plane, by default parent.grievance=0,2 parent.accommodation=0,1.2.",
)
@click.option("--start", "starts", multiple=True, metavar="KEY=VALUE,…", help="Another map from each of these starting values.")
@click.option("--points", type=click.IntRange(min=1), default=512, show_default=True, help="Points on the plane.")
@click.option("--replicates", type=click.IntRange(min=1), default=2, show_default=True, help="Replicates of each point.")
@options.seed
@options.results_folder
@options.formats
@options.workers
@options.as_json
@options.quiet
def atlas(subjects, contrast, outcome, plane, starts, points, replicates, seed, out, formats, workers, as_json, quiet):
    """Map a contrast over two parameters: by default, where swallow rather than status_quo drives a parent state west.

    A SUBJECT is a scenario, which is played at points of the plane, or a results folder whose study varies both parameters.
    Without one, Georgia, Moldova and Ukraine are mapped, and Georgia from two other starting points. For each there is a map at
    three horizons with the line on which the contrast is zero, the year in which it turns, and how far the scenario lies from
    the line. Prints the findings; the picture is atlas.svg in the folder --out, by default results/atlas.
    """
    from ...analysis.atlas.sentences import sentences
    from ...experiment.store.files import make_folder
    from ...plots.atlas import atlas as drawn
    from ...plots.drawing.saving import save
    from ..map_subjects import Request, maps_of

    wanted, out = options.chosen_formats(formats), out or Path("results/atlas")
    asked = Request.of(contrast, plane, outcome, points, replicates, seed)
    found = maps_of(subjects, starts, asked, out, workers, quiet)
    said = [sentences(each) for each in found]
    if as_json:
        from ..screen.exploration.atlas_tables import to_dict

        print_json({"maps": [to_dict(each, lines) for each, lines in zip(found, said)]})
    else:
        from ..screen.exploration.atlas_tables import print_atlas

        print_atlas(found, said)
    make_folder(out)
    figure = drawn(found)
    says = " ".join(f"{each.subject}: {' '.join(lines)}" for each, lines in zip(found, said))
    about = {
        "title": figure.get_suptitle(),
        "sentence": says,
        "provenance": f"{sum(each.pairs for each in found):,} pairs of runs, seed {seed}",
    }
    for form in wanted:
        save(figure, out / f"atlas.{form}", about)
        if not quiet:
            say(f"picture:  {out / f'atlas.{form}'}")
