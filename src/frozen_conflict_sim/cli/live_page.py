"""Make the live file of a scenario for a command, and say what is being done."""

from __future__ import annotations

import click

from .screen.messages import say


def made_live(scenario, name: str, seed: int, opening: dict, quiet: bool):
    """The live file; what prevents one is told as an error of the command."""
    from ..engine.compiled.ir.symbols import NotCompilable
    from ..explorer.live.check import NotEqual
    from ..explorer.live.file import live_file

    try:
        file = live_file(scenario, name, opening=opening, seed=seed, saying=lambda words: None if quiet else say(f"{words} …"))
    except NotCompilable as reason:
        raise click.UsageError(f"this scenario cannot be compiled for browsers: {reason}") from None
    except NotEqual as error:
        raise click.ClickException(str(error)) from None
    if not quiet:
        compared = "compared here and again where it is opened" if file.played else "compared where it is opened"
        say(f"its numbers are {compared}" + ("" if file.played else "; with the package wasmtime they are compared here too"))
    return file


def live_page(scenario, seed: int, quiet: bool) -> str:
    """The page of a live file of the scenario of some results, to stand within their report."""
    return made_live(scenario, _shipped(scenario) or "scenario.yaml", seed, {}, quiet).html


def _shipped(scenario) -> str:
    """The name of the shipped scenario with the same values; empty if there is none."""
    from ..scenario import load_scenario
    from ..scenario.shipped import shipped_names

    for name in shipped_names():
        shipped = load_scenario(name)
        if shipped.title == scenario.title and dict(shipped.values) == dict(scenario.values):
            return name
    return ""
