"""The command line: one command a file in ``commands/``; how results are printed is in ``screen/``.

A new command is a new file ``commands/NAME.py`` with a click command called NAME; it is found by its file name.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

import click

from .. import __version__
from . import commands
from .exit_codes import ignore_signals, run_command

COMMANDS = tuple(sorted(module.name for module in iter_modules(commands.__path__)))


class _Commands(click.Group):
    """Import a command only when it is used, so that help appears at once."""

    def list_commands(self, context):
        return COMMANDS

    def get_command(self, context, name):
        if name not in COMMANDS:
            return None
        module = import_module(f"{commands.__name__}.{name}")
        return getattr(module, f"{name}_", None) or getattr(module, name)  # list_ would hide a word of Python

    def resolve_command(self, context, arguments):
        try:
            return super().resolve_command(context, arguments)
        except click.UsageError as error:
            from ..files.problems import nearest

            error.message = error.message.rstrip(".") + nearest(arguments[0], COMMANDS)
            raise


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="frozen-conflict-sim")
def program():
    """Explore the dilemma of a patron state: scenarios of frozen conflicts, run in ensembles.

    A laboratory, not a forecast. Begin with:  frozen-conflict-sim run georgia_2014
    """


def main(arguments: list[str] | None = None) -> None:
    """Run the command line; ends the process with the exit code."""
    code = run_command(program, arguments)
    if arguments is None:
        ignore_signals()
    raise SystemExit(code)
