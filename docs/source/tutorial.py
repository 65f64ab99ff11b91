"""``docs/tutorial.md``: the text by hand, what the program prints as it prints it. Playing it takes a minute."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

from pages import SOURCE

COSTLY = True
NOTE = "<!-- Written by `python3 run.py docs tutorial`, which plays docs/source/tutorial.md: change that, not this page. -->\n"
BLOCK = re.compile(r"^```(\w+)(?: show: ([^\n]*))?\n(.*?)^```$", flags=re.MULTILINE | re.DOTALL)


def pages() -> dict[str, str]:
    """The page, by its path under ``docs``."""
    with tempfile.TemporaryDirectory() as folder:
        text = played((SOURCE / "tutorial.md").read_text("utf-8"), Path(folder))
    return {"tutorial.md": NOTE + "\n" + text}


def played(text: str, folder: Path) -> str:
    """The tutorial with every file written, every command run, and what was printed put where it is shown."""
    printed = ""

    def play(block: re.Match) -> str:
        nonlocal printed
        language, wanted, inside = block.groups()
        if language == "yaml":
            (folder / inside.split()[1]).write_text(inside, "utf-8")
        if language == "bash":
            *_, printed = [output_of(line, folder) for line in inside.splitlines()]
        if wanted:
            return f"```text\n{shown(printed, wanted)}\n```"
        return block[0]

    return BLOCK.sub(play, text)


def output_of(line: str, folder: Path) -> str:
    """What a command prints."""
    words = shlex.split(line, comments=True)[1:]
    environment = {**os.environ, "PYTHONPATH": str(SOURCE.parents[1] / "src"), "NO_COLOR": "1"}
    command = [sys.executable, "-m", "frozen_conflict_sim", *words]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=True).stdout


def shown(printed: str, wanted: str) -> str:
    """The lines in which something is found, without what they are indented by."""
    lines = [line.rstrip() for line in printed.splitlines() if re.search(wanted, line.rstrip())]
    return "\n".join(lines) or sys.exit(f"nothing printed holds {wanted!r}")
