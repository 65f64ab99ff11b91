"""Run a command and turn every error a user can cause into one sentence and an exit code.

0: done. 1: runs failed, or something outside the command did. 2: the request was wrong. 130: interrupted, by Ctrl-C or SIGTERM.
"""

from __future__ import annotations

import codecs
import os
import signal
import sys
from io import BufferedWriter, FileIO, TextIOWrapper
from typing import TextIO

import click

from ..experiment.errors import is_out_of_memory
from .screen.messages import OUT_OF_MEMORY, say

INTERRUPTED = 130
IN_PLAIN_LETTERS = "in plain letters"
PLAIN = dict(zip("–−—×’“”·‹›", '---x\'""|<>')) | {"…": "...", "≤": "<=", "≥": ">=", "→": "->"}


def run_command(group: click.Group, arguments: list[str] | None) -> int:
    """Run a command, report its errors on standard error, and return the exit code."""
    _tolerate_any_output()
    code = _run(group, arguments)
    try:
        sys.stdout.flush()
    except OSError as error:
        say(_message_of(error))
        return code or 1
    return code


def _run(group: click.Group, arguments: list[str] | None) -> int:
    try:
        return group.main(arguments, prog_name="frozen-conflict-sim", standalone_mode=False) or 0
    except click.exceptions.Exit as end:
        if end.exit_code == INTERRUPTED and arguments is None:
            ignore_signals()
        return end.exit_code
    except click.ClickException as error:
        error.show()
        return 2
    except (click.Abort, KeyboardInterrupt):
        if arguments is None:
            ignore_signals()
        say("interrupted")
        return INTERRUPTED
    except Exception as error:
        code = _code_of(error)
        if code is None:
            raise
        say(_message_of(error))
        return code


def _message_of(error: Exception) -> str:
    """What an error says to the user."""
    if is_out_of_memory(error):
        return OUT_OF_MEMORY
    return f"{error.filename or 'output'}: {error.strerror or error}" if isinstance(error, OSError) else str(error)


def _code_of(error: Exception) -> int | None:
    """The exit code of an error whose message is meant for the user, 1 for those of the machine; None for any other error."""
    if isinstance(error, OSError) or is_out_of_memory(error):
        return 1
    from ..experiment.errors import ClusterGone, CorruptPart, ResultsError
    from ..scenario import InputError

    if isinstance(error, ClusterGone | CorruptPart):
        return 1
    return 2 if isinstance(error, ResultsError | InputError) else None


class _Output(FileIO):
    """Output that is dropped once its reader has closed it: a command then does its work to the end all the same.

    Any other failure, as of a full disk, is raised once, and not at all ``in_silence``.
    """

    in_silence = False

    def write(self, data) -> int | None:
        try:
            return super().write(data)
        except BrokenPipeError:
            return len(data)
        except OSError:
            if self.in_silence:
                return len(data)
            self.in_silence = True
            raise


def _in_plain_letters(error: UnicodeError) -> tuple[str, int]:
    """What is shown for characters that a terminal cannot encode."""
    return "".join(PLAIN.get(letter, "?") for letter in error.object[error.start : error.end]), error.end


def _tolerate_any_output() -> None:
    """Show characters that the terminal cannot encode in plain letters, and ignore output where it was closed."""
    codecs.register_error(IN_PLAIN_LETTERS, _in_plain_letters)
    sys.stdout, sys.stderr = _tolerant(sys.stdout), _tolerant(sys.stderr)


def _tolerant(stream: TextIO | None) -> TextIO:
    if stream is None:
        return open(os.devnull, "w")
    if not isinstance(stream, TextIOWrapper):
        return stream
    raw = getattr(stream.buffer, "raw", stream.buffer)  # Python's own option -u leaves out the buffer
    if type(raw) is not FileIO:
        stream.reconfigure(errors=IN_PLAIN_LETTERS)
        return stream
    stream.flush()
    at_once = stream.line_buffering or raw is stream.buffer or stream is sys.__stderr__
    output = _Output(stream.fileno(), "w", closefd=False)
    output.in_silence = stream is sys.__stderr__
    return TextIOWrapper(BufferedWriter(output), stream.encoding, IN_PLAIN_LETTERS, line_buffering=at_once)


def ignore_signals() -> None:
    """Ignore Ctrl-C and SIGTERM while the process ends: its work is done, or interrupted already."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
