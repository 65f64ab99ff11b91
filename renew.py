"""Renew what follows from the code, and show what changed: ``python3 run.py renew [schemas] [golden] [pages [NAME …]]``.

``schemas`` are the JSON Schemas of scenario and experiment files (seconds), ``golden`` the summaries of all shipped scenarios
that the tests compare with (a minute), ``pages`` those of docs/ that are computed (all: many minutes; or only those named, as
``pages reference odd``). Without a word all are renewed. Everything is written in place: look at ``git diff`` before a commit.
"""

from __future__ import annotations

import difflib
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent
WIDEST = 150


@dataclass(frozen=True)
class Target:
    """Files that are renewed together: where they are, what writes them, and how many lines of their diff are shown."""

    files: str
    commands: tuple[tuple[str, ...], ...]
    shown: int


SCHEMA = "-m", "frozen_conflict_sim", "schema"
TARGETS = {
    "schemas": Target(
        "*/*.schema.json",
        tuple((f"{kind}s", *SCHEMA, kind, "--write") for kind in ("scenario", "experiment")),
        shown=20,
    ),
    "golden": Target("tests/politics/golden.yaml", ((".", "tests/politics/test_golden.py", "--update"),), shown=1000),
    "pages": Target("docs/**/*", ((".", "docs/source"),), shown=0),
}


def contents(files: str) -> dict[str, bytes]:
    """The files of a pattern by their path."""
    return {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in sorted(ROOT.glob(files)) if path.is_file()}


def changes(before: dict[str, bytes], after: dict[str, bytes], shown: int) -> list[str]:
    r"""What changed between two states of some files: a line for each file, with the first lines of its diff.

    >>> changes({"a": b"one\n", "b": b"same"}, {"a": b"two\n", "b": b"same"}, shown=2)
    ['  a: 1 line added, 1 removed', '    -one', '    +two']
    """
    lines = []
    for name in sorted(before.keys() | after.keys()):
        old, new = before.get(name, b""), after.get(name, b"")
        if old == new:
            continue
        if not (_is_text(old) and _is_text(new)):
            lines.append(f"  {name}: {len(old):,} to {len(new):,} bytes")
            continue
        diff = list(difflib.unified_diff(old.decode().splitlines(), new.decode().splitlines(), n=0, lineterm=""))[2:]
        moved = [line for line in diff if not line.startswith("@@")]
        added = sum(line.startswith("+") for line in moved)
        lines.append(f"  {name}: {added} {'line' if added == 1 else 'lines'} added, {len(moved) - added} removed")
        lines += [f"    {line if len(line) <= WIDEST else line[: WIDEST - 1] + '…'}" for line in moved[:shown]]
        lines += [f"    … and {len(moved) - shown} more lines"] if len(moved) > shown > 0 else []
    return lines


def _is_text(data: bytes) -> bool:
    return b"\0" not in data


def renew(name: str, more: tuple[str, ...] = ()) -> int:
    """Renew one target and print what changed; the exit code of the first command that failed, or 0."""
    target = TARGETS[name]
    print(f"{name}: renewing …", flush=True)
    before = contents(target.files)
    for folder, *command in target.commands:
        ended = subprocess.run([sys.executable, *command, *more], cwd=ROOT / folder, check=False, stdout=subprocess.DEVNULL)
        if ended.returncode:
            print(f"{name}: failed", flush=True)
            return ended.returncode
    lines = changes(before, contents(target.files), target.shown)
    print("\n".join([f"{name}: changed", *lines]) if lines else f"{name}: nothing changed", flush=True)
    return 0


def main(words: list[str]) -> int:
    """Renew the targets that the words name, or all; words after ``pages`` that name no target are pages."""
    chosen: dict[str, tuple[str, ...]] = {}
    for word in words or TARGETS:
        if word in TARGETS:
            chosen.setdefault(word, ())
        elif "pages" in chosen and not word.startswith("-"):
            chosen["pages"] += (word,)
        else:
            print(__doc__ if word in ("-h", "--help") else f"{word!r} is none of {', '.join(TARGETS)}\n\n{__doc__}")
            return 0 if word in ("-h", "--help") else 2
    if "pages" in chosen:
        chosen["pages"] = chosen["pages"] or ("--all",)
    return max([renew(name, more) for name, more in chosen.items()])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
