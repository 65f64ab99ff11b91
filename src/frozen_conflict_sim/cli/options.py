"""Options that several commands share."""

from __future__ import annotations

import click

from . import candidates

as_json = click.option("--json", "as_json", is_flag=True, help="Print results as JSON, for machines.")
quiet = click.option("--quiet", "-q", is_flag=True, help="Say nothing but the result.")
workers = click.option(
    "--workers", type=click.IntRange(min=1), default=None, help="Processes; by default one for each processor."
)
scheduler = click.option(
    "--scheduler", metavar="ADDRESS", help="Play on the Dask cluster of this scheduler, such as tcp://127.0.0.1:8786."
)
given = click.option(
    "--set",
    "given",
    multiple=True,
    metavar="KEY=VALUE",
    shell_complete=candidates.keys,
    help="Override a value, such as patron.incentives.prestige=0.5; may be repeated.",
)
formats = click.option(
    "--format", "formats", default="svg", show_default=True, metavar="FORMAT[,…]", help="svg, png, pdf, or several of them."
)


def chosen_formats(written: str) -> tuple[str, ...]:
    """The file formats of ``--format svg,png``."""
    known = ("svg", "png", "pdf")
    wanted = tuple(dict.fromkeys(part.strip().lower() for part in written.split(",") if part.strip()))
    for part in wanted or ("",):
        if part not in known:
            raise click.BadParameter(f"{part!r} is none of {', '.join(known)}", param_hint="--format")
    return wanted
