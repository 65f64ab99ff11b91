"""What can go wrong on the command line, told in a sentence: exit code 1, 2 or 130, and never a traceback."""

from __future__ import annotations

import os
import sys
from io import TextIOWrapper

import click


def told(group: click.Group, arguments: list[str] | None) -> int:
    """Run a command and tell its failures; the exit code."""
    _make_output_patient()
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
        # Whoever read our output has had enough; click and rich exit by themselves then. End quietly, also at the last flush.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        say(f"{error.filename or 'output'}: {error.strerror or error}")
        return 1
    except Exception as error:
        code = _known(error)
        if code is None:
            raise
        say(str(error))
        return code


def _known(error: Exception) -> int | None:
    from ..experiment.errors import ClusterGone, CorruptPart, ResultsError
    from ..scenario import ScenarioError

    if isinstance(error, ClusterGone | CorruptPart):
        return 1
    return 2 if isinstance(error, ResultsError | ScenarioError) else None


def _make_output_patient() -> None:
    """A character that the terminal does not know is shown as a question mark; output that was closed swallows all."""
    sys.stdout = sys.stdout or open(os.devnull, "w")  # noqa: SIM115
    sys.stderr = sys.stderr or open(os.devnull, "w")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")


def say(message: str) -> None:
    """Tell the user something on the side: on standard error."""
    click.echo(message, err=True)
