"""The record of a part: its study, its runs, its files with their checksums, and why some of the runs failed.

The record is written last, and a part without a record does not count. So the records are the truth about a folder;
``manifest.json`` and ``failures.jsonl`` can be rewritten from them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from .files import digest

FOLDER = "parts"
_NAME = re.compile(r"\d{8,}-\d{8,}\.json")


@dataclass(frozen=True)
class Part:
    """A set of files with some runs: their numbers as ``ranges`` (first, count, step), the files, and the failed runs.

    ``study`` is the identity of the study that gave the runs their numbers.
    """

    ranges: tuple[tuple[int, int, int], ...]
    files: dict[str, dict]
    failed: tuple[int, ...] = ()
    study: str = ""

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
    return sealed({"study": part.study, "runs": part.ranges, "files": part.files, "failures": failures})


def sealed(content: dict, in_lines: bool = False) -> bytes:
    """JSON as the bytes of a file, with its own checksum inside; ``in_lines`` puts every key on a line of its own."""
    whole = {**content, "blake2b": digest(_text(content).encode())}
    if not in_lines:
        return f"{_text(whole)}\n".encode()
    lines = ",\n".join(f" {_text(key)}: {_text(value)}" for key, value in whole.items())
    return f"{{\n{lines}\n}}\n".encode()


def unsealed(data: bytes) -> dict:
    """The content of JSON with its checksum inside; ``ValueError`` if it is not what was written."""
    try:
        content = json.loads(data)
        if content.pop("blake2b") != digest(_text(content).encode()):
            raise ValueError
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        raise ValueError("this is not what was written") from None
    return content


def read(path: Path) -> tuple[Part, list[dict]]:
    """Read a part and its failures from a record; ``ValueError`` if the record is damaged or cannot be read."""
    try:
        content = unsealed(path.read_bytes())
        failures = content["failures"]
        failed = tuple(failure["run"] for failure in failures)
        ranges = tuple((int(first), int(count), int(step)) for first, count, step in content["runs"])
        part = Part(ranges, content["files"], failed, content["study"])
        if not ranges or not all(isinstance(file["blake2b"], str) for file in part.files.values()):
            raise ValueError
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        raise ValueError(f"{path} is not what was written") from None
    return part, failures


def read_all(folder: Path, studies: Collection[str]) -> tuple[list[Part], list[str]]:
    """The parts of a folder in the order of their first runs, and the paths of records that cannot be used.

    These are damaged, or of another study than ``studies``. Files that have another name than their part, such as copies that
    a program for synchronising has made, are no records, and not read.
    """
    parts, unusable = [], []
    for path in (folder / FOLDER).glob("[0-9]*.json"):
        if not _NAME.fullmatch(path.name):
            continue
        try:
            part = read(path)[0]
        except ValueError:
            unusable.append(f"{FOLDER}/{path.name}")
            continue
        if part.study not in studies:
            unusable.append(f"{FOLDER}/{path.name}")
        elif part.record == f"{FOLDER}/{path.name}":
            parts.append(part)
    return sorted(parts, key=lambda part: part.first), sorted(unusable)


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


def _text(content) -> str:
    return json.dumps(content, ensure_ascii=False)
