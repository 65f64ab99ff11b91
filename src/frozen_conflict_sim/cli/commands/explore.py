"""``explore``: a page on which a scenario is changed and played while one looks."""

from __future__ import annotations

from pathlib import Path

import click

from .. import candidates, options
from ..live_page import made_live
from ..screen.messages import say


@click.command(short_help="Explore a scenario on a page in the browser: sliders, fans, one run told.")
@click.argument("scenario", default="georgia_2014", shell_complete=candidates.scenarios)
@click.option("--runs", type=click.IntRange(16, 1024), default=256, show_default=True, help="Number of runs of a picture.")
@options.seed
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="The port on this machine; by default any that is free.")
@click.option("--no-browser", is_flag=True, help="Only print the address; open no browser.")
@click.option(
    "--export",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE.html",
    help="Write one file in which the model plays without Python and without a network, and end.",
)
@options.overrides
@options.quiet
def explore(scenario, runs, seed, port, no_browser, export, overrides, quiet):
    """Explore SCENARIO, a file or the name of a shipped one, in the browser; Ctrl-C ends it.

    The page is served on this machine alone (127.0.0.1) and asks nothing of any other. --set opens it with other values.

    --export writes a live file instead: the model itself, compiled for browsers, 128 runs of up to 300 residents in each
    territory. Its numbers are compared with those of Python, to the last bit, before it is written and where it is opened.
    """
    import webbrowser

    from ...explorer.answers import Answers
    from ...explorer.save_live import offer_live_file
    from ...explorer.server import Explorer
    from ...scenario import load_scenario
    from ...scenario.load import settings
    from ...scenario.shipped import shipped_names

    loaded, opening = load_scenario(scenario), settings(overrides)
    loaded.with_values(opening)
    name = scenario if scenario in shipped_names() else loaded.path
    if export:
        _export(loaded, name, seed, opening, export, quiet)
        return
    answers = Answers(loaded, name, runs, seed, opening)
    offer_live_file(answers)
    try:
        server = Explorer(answers, port)
    except OSError as error:
        raise click.UsageError(f"port {port} cannot be used ({error.strerror}); leave out --port to take a free one") from None
    with server:
        if not quiet:
            say("preparing: the first time the rules are compiled for this scenario and machine")
        answers.prepare()
        click.echo(server.address)
        if not quiet:
            say("Ctrl-C ends it")
        if not no_browser:
            webbrowser.open(server.address)
        try:
            server.serve_forever(poll_interval=0.2)
        except KeyboardInterrupt:
            if not quiet:
                say("ended")


def _export(loaded, name: str, seed: int, opening: dict, path: Path, quiet: bool) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise click.UsageError(f"{path} cannot be written ({error.strerror}); name another file") from None
    file = made_live(loaded, name, seed, opening, quiet)
    file.save(path)
    if not quiet:
        policies = ", ".join(file.policies)
        say(f"{len(file.html) / 1e6:.1f} MB; {len(file.movable)} sliders, {len(file.policies)} policies: {policies}")
        say(f"{len(file.fixed)} numbers are left out, which shape how residents are born or where a run begins")
    click.echo(path)
