"""From a path to text: a file that is there, small enough, UTF-8, and free of control characters."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

from .problems import InputError, Position, Problem

LARGEST = 1 << 20
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    """Line and column of an offset, counted from 1."""
    return text.count("\n", 0, offset) + 1, offset - (text.rfind("\n", 0, offset) + 1) + 1


def read_text(path: Path, layer: int = 0, largest: int = LARGEST) -> str:
    """The text of a file."""
    file = str(path)

    def refuse(message: str, line: int = 0, column: int = 0):
        raise InputError([Problem(Position(file, line, column, layer), "", message)])

    kind, raw = 0, b""
    try:
        kind = os.stat(path).st_mode
        if stat.S_ISREG(kind):
            with open(path, "rb") as handle:
                raw = handle.read(largest + 1)
    except (OSError, ValueError) as error:
        refuse(f"the file cannot be read: {getattr(error, 'strerror', None) or error}")
    if not stat.S_ISREG(kind):
        refuse(f"expected a file, found {'a folder; name a file in it' if stat.S_ISDIR(kind) else 'a device'}")
    if len(raw) > largest:
        refuse(f"the file is larger than {largest >> 20} MiB; only values belong here, so it must hold something else")
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        refuse("expected UTF-8, found UTF-16; save the file as UTF-8", 1, 1)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode("utf-8-sig", "replace")
        message = f"expected UTF-8, found the byte 0x{error.object[error.start]:02x}; save the file as UTF-8"
        refuse(message, *line_and_column(before, len(before)))
    found = CONTROL.search(text)
    if found:
        refuse(f"found the control character U+{ord(found[0]):04X}; delete it", *line_and_column(text, found.start()))
    return text
