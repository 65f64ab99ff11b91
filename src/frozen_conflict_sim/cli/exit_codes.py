"""Run a command and turn every error a user can cause into one sentence and an exit code.

0: done. 1: runs failed, or something outside the command did. 2: the request was wrong. 130: interrupted.
"""

from __future__ import annotations

import os
import sys
from io import TextIOWrapper

import click

from .screen.messages import say


def run_command(group: click.Group, arguments: list[str] | None) -> int:
    """Run a command, report its errors on standard error, and return the exit code."""
    _tolerate_any_output()
    try:
        return group.main(arguments, prog_name="frozen-conflict-sim", standalone_mode=False) or 0
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.ClickException as error:
        error.show()
        return 2
    except (click.Abort, KeyboardInterrupt):
        say("interrupted")
        return 130
    except (BrokenPipeError, SystemExit):
        # The reader closed our output; click and rich exit by themselves then. End quietly, also at the last flush.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        say(f"{error.filename or 'output'}: {error.strerror or error}")
        return 1
    except Exception as error:
        code = _code_of(error)
        if code is None:
            raise
        say(str(error))
        return code


def _code_of(error: Exception) -> int | None:
    """The exit code of an error of this package whose message is meant for the user; None for any other error."""
    from ..experiment.errors import ClusterGone, CorruptPart, ResultsError
    from ..scenario import InputError

    if isinstance(error, ClusterGone | CorruptPart):
        return 1
    return 2 if isinstance(error, ResultsError | InputError) else None


def _tolerate_any_output() -> None:
    """Show characters that the terminal cannot encode as question marks, and ignore output where it was closed."""
    sys.stdout = sys.stdout or open(os.devnull, "w")  # noqa: SIM115
    sys.stderr = sys.stderr or open(os.devnull, "w")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
