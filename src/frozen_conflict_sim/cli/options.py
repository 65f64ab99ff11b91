"""Options that several commands share, and the types of their values."""

from __future__ import annotations

import re
from pathlib import Path

import click

from . import candidates

LEAST, MOST = 2, 50  # inches of a plot

as_json = click.option("--json", "as_json", is_flag=True, help="Print the results as JSON.")
quiet = click.option("--quiet", "-q", is_flag=True, help="Print nothing but the results.")
workers = click.option("--workers", type=click.IntRange(min=1), help="Number of processes; by default one for each processor.")
scheduler = click.option(
    "--scheduler", metavar="ADDRESS", help="Run on the Dask cluster of this scheduler, such as tcp://127.0.0.1:8786."
)
overrides = click.option(
    "--set",
    "overrides",
    multiple=True,
    metavar="KEY=VALUE",
    shell_complete=candidates.keys,
    help="Override a value, such as patron.incentives.prestige=0.5; repeatable.",
)
contrast = click.option(
    "--contrast",
    nargs=3,
    metavar="LEVER CHOICE REFERENCE",
    help="Of the difference between two choices, such as patron.policy swallow status_quo, or arm base parent.channels=off.",
)
formats = click.option(
    "--format", "formats", default="svg", show_default=True, metavar="FORMAT[,…]", help="svg, png, pdf, or several of them."
)
dpi = click.option(
    "--dpi", type=click.IntRange(30, 1200), default=200, show_default=True, help="Resolution of PNG files, in dots per inch."
)
size = click.option(
    "--size", metavar="WIDTHxHEIGHT", callback=lambda context, parameter, value: chosen_size(value),
    help="Size of the plots in inches, such as 7.2x4.3; by default each has the height that it needs.",
)  # fmt: skip
debug = click.option(
    "--debug", is_flag=True, help="Stop in the debugger pdb at the first error. Plays all runs in this process, uncompiled."
)
results_folder = click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="The results folder; by default results/<name of the file>, and what differs if that holds another study.",
)
overwrite = click.option("--overwrite", is_flag=True, help="Remove first what the results folder holds, even of another study.")
seed = click.option("--seed", type=click.IntRange(min=0), default=1, show_default=True, help="The seed of all random numbers.")


def chosen_formats(written: str) -> tuple[str, ...]:
    """The file formats of ``--format svg,png``."""
    known = ("svg", "png", "pdf")
    wanted = tuple(dict.fromkeys(part.strip().lower() for part in written.split(",") if part.strip()))
    for part in wanted or ("",):
        if part not in known:
            raise click.BadParameter(f"{part!r} is none of {', '.join(known)}", param_hint="--format")
    return wanted


def chosen_size(written: str | None) -> tuple[float, float] | None:
    """Width and height of ``--size 7.2x4.3``, in inches.

    >>> chosen_size("7.2x4"), chosen_size(None)
    ((7.2, 4.0), None)
    """
    if written is None:
        return None
    found = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*[x×,]\s*(\d+(?:\.\d+)?)\s*", written.lower())
    size = tuple(map(float, found.groups())) if found else (0.0, 0.0)
    if not all(LEAST <= side <= MOST for side in size):
        wrong = f"expected WIDTHxHEIGHT in inches, each from {LEAST} to {MOST}, such as 7.2x4.3; found {written!r}"
        raise click.BadParameter(wrong, param_hint="--size")
    return size


_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_DURATION = re.compile(r"(?:\d+(?:\.\d+)?[smhd])+")


class Duration(click.ParamType):
    """A duration such as 90s, 10m, 2h, 1h30m; converted to seconds.

    >>> [Duration().convert(text, None, None) for text in ("90s", "10m", "1h30m", "0.5d")]
    [90.0, 600.0, 5400.0, 43200.0]
    """

    name = "time"

    def convert(self, value, param, ctx) -> float:
        """Convert text to seconds; an error names the forms that are understood."""
        if isinstance(value, float):
            return value
        text = value.strip().lower().replace(" ", "")
        seconds = sum(float(amount) * _SECONDS[unit] for amount, unit in re.findall(r"(\d+(?:\.\d+)?)([smhd])", text))
        if not _DURATION.fullmatch(text) or not 0 < seconds < 1e9:
            self.fail(f"expected a time such as 90s, 10m, 2h or 1h30m, found {value!r}", param, ctx)
        return seconds


def opened(folder: Path, contrast: tuple[str, str, str] | None):
    """The results in a folder or, if a contrast is asked for, the difference between its two choices."""
    from ..results import open_results

    results = open_results(folder)
    if not contrast:
        return results
    column, *values = contrast
    return results.difference(column, *map(value_of, values))


def value_of(text: str):
    """The value that a word on the command line means, as in YAML: a number or a word."""
    from ..files.scalars import NotANumber, meaning

    try:
        return meaning(text)
    except NotANumber as reason:
        raise click.BadParameter(str(reason), param_hint="--contrast") from None
