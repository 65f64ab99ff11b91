"""The record of a part: its runs, its files with their checksums, and why some of the runs failed.

The record is written last, and a part without a record does not count. So the records are the truth about a folder;
``manifest.json`` and ``failures.jsonl`` can be rewritten from them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from .files import digest

FOLDER = "parts"


@dataclass(frozen=True)
class Part:
    """A set of files with some runs: their numbers as ``ranges`` (first, count, step), the files, and the failed runs."""

    ranges: tuple[tuple[int, int, int], ...]
    files: dict[str, dict]
    failed: tuple[int, ...] = ()

    @property
    def runs(self) -> np.ndarray:
        """The numbers of its runs, ascending."""
        return np.concatenate([first + step * np.arange(count) for first, count, step in self.ranges])

    @property
    def first(self) -> int:
        """Its lowest run number, different for each part."""
        return self.ranges[0][0]

    def __len__(self):
        return sum(count for _, count, _ in self.ranges)

    @property
    def name(self) -> str:
        """The name of its files, without folder and extension."""
        first, count, step = self.ranges[-1]
        return f"{self.first:08d}-{first + step * (count - 1):08d}"

    @property
    def record(self) -> str:
        """The path of its record in the folder."""
        return f"{FOLDER}/{self.name}.json"


def ranges_of(runs: np.ndarray) -> tuple[tuple[int, int, int], ...]:
    """Run numbers as ranges (first, count, step).

    >>> ranges_of(np.array([0, 2, 4, 9, 10]))
    ((0, 3, 2), (9, 2, 1))
    """
    runs, found, at = np.sort(runs), [], 0
    steps = np.diff(runs)
    while at < len(runs):
        step = int(steps[at]) if at < len(steps) else 1
        other = np.flatnonzero(steps[at:] != step)
        count = int(other[0]) + 1 if len(other) else len(runs) - at
        if count == 1:
            step = 1
        found.append((int(runs[at]), count, step))
        at += count
    return tuple(found)


def packed_record(part: Part, failures: tuple[dict, ...]) -> bytes:
    """The record as the bytes of a file, its own checksum inside."""
    content = {"runs": part.ranges, "files": part.files, "failures": failures}
    return (_text({**content, "blake2b": digest(_text(content).encode())}) + "\n").encode()


def read(path: Path) -> tuple[Part, list[dict]]:
    """Read a part and its failures from a record; ``ValueError`` if the record is damaged."""
    try:
        content = json.loads(path.read_bytes())
        checksum = content.pop("blake2b")
        if checksum != digest(_text(content).encode()):
            raise ValueError
        failures = content["failures"]
        failed = tuple(failure["run"] for failure in failures)
        part = Part(tuple(tuple(range_) for range_ in content["runs"]), content["files"], failed)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise ValueError(f"{path} is not what was written") from None
    if part.record != f"{FOLDER}/{path.name}":
        raise ValueError(f"{path} is the record of {part.name}")
    return part, failures


def read_all(folder: Path) -> tuple[list[Part], list[str]]:
    """All parts of a folder in the order of their first runs, and the paths of damaged records."""
    parts, damaged = [], []
    for path in (folder / FOLDER).glob("[0-9]*.json"):
        try:
            parts.append(read(path)[0])
        except ValueError:
            damaged.append(f"{FOLDER}/{path.name}")
    return sorted(parts, key=lambda part: part.first), sorted(damaged)


def without_repeats(parts: list[Part]) -> list[Part]:
    """Parts that have no run in common, in the order of their first runs; of two that overlap, the larger is kept."""
    seen = np.zeros(max((part.runs[-1] + 1 for part in parts), default=0), bool)
    kept = []
    for part in sorted(parts, key=len, reverse=True):
        if not seen[part.runs].any():
            seen[part.runs] = True
            kept.append(part)
    return sorted(kept, key=lambda part: part.first)


def failures_of(folder: Path, parts: list[Part]) -> Iterator[dict]:
    """The failure records of some parts."""
    for part in parts:
        if part.failed:
            yield from read(folder / part.record)[1]


def _text(content: dict) -> str:
    return json.dumps(content, ensure_ascii=False)
