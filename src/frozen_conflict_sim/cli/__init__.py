"""The command line: one command a file; what a user can cause is told in a sentence, with the exit code of the contract."""

from __future__ import annotations

from importlib import import_module

import click

from .. import __version__
from .failures import told

COMMANDS = (
    "run",
    "batch",
    "plot",
    "check",
    "parameters",
    "schema",
    "new",
    "compare",
    "sensitivity",
    "validate",
    "calibrate",
    "record",
    "export",
    "doctor",
    "completion",
)


class _Commands(click.Group):
    """Loads a command when it is called for, so that help comes at once."""

    def list_commands(self, context):
        return COMMANDS

    def get_command(self, context, name):
        if name not in COMMANDS:
            return None
        return getattr(import_module(f".{name}", __package__), name)

    def resolve_command(self, context, arguments):
        try:
            return super().resolve_command(context, arguments)
        except click.UsageError as error:
            from ..files.problems import nearest

            error.message = error.message.rstrip(".") + nearest(arguments[0], COMMANDS)
            raise


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="frozen-conflict-sim")
def commands():
    """Explore the dilemma of a patron state: scenarios of frozen conflicts, run in ensembles.

    A laboratory, not a forecast. Begin with:  frozen-conflict-sim run georgia_2014
    """


def main(arguments: list[str] | None = None) -> None:
    """Run the command line; ends the process with the exit code."""
    raise SystemExit(told(commands, arguments))
