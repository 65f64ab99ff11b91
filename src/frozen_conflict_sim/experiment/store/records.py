"""The record of a part: which runs it holds, in which files, with which checksums, and why some of them failed.

A part counts from the moment at which its record is in place, and the record is written after all else. So the records are
the truth about a folder; whatever else tells of them (``manifest.json``, ``failures.jsonl``) can be written again from them.
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
    """Some runs on disk: their numbers as ``spans`` (first, how many, step), their files, and which of them failed."""

    ranges: tuple[tuple[int, int, int], ...]
    files: dict[str, dict]
    failed: tuple[int, ...] = ()

    @property
    def runs(self) -> np.ndarray:
        """The numbers of its runs, rising."""
        return np.concatenate([first + step * np.arange(count) for first, count, step in self.ranges])

    @property
    def first(self) -> int:
        """Its lowest number: no two parts have the same."""
        return self.ranges[0][0]

    def __len__(self):
        return sum(count for _, count, _ in self.ranges)

    @property
    def name(self) -> str:
        """What its files are called, without their endings."""
        first, count, step = self.ranges[-1]
        return f"{self.first:08d}-{first + step * (count - 1):08d}"

    @property
    def record(self) -> str:
        """Where its record stands in the folder."""
        return f"{FOLDER}/{self.name}.json"


def ranges_of(runs: np.ndarray) -> tuple[tuple[int, int, int], ...]:
    """Numbers as spans (first, how many, step).

    >>> spans_of(np.array([0, 2, 4, 9, 10]))
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


def written(part: Part, failures: tuple[dict, ...]) -> bytes:
    """The record as a file, its own checksum inside."""
    told = {"runs": part.ranges, "files": part.files, "failures": failures}
    return (_text({**told, "blake2b": digest(_text(told).encode())}) + "\n").encode()


def read(path: Path) -> tuple[Part, list[dict]]:
    """A part and its failures from its record; ``ValueError`` if that is not as it was written."""
    try:
        told = json.loads(path.read_bytes())
        checksum = told.pop("blake2b")
        if checksum != digest(_text(told).encode()):
            raise ValueError
        failures = told["failures"]
        failed = tuple(failure["run"] for failure in failures)
        part = Part(tuple(tuple(range_) for range_ in told["runs"]), told["files"], failed)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise ValueError(f"{path} is not what was written") from None
    if part.record != f"{FOLDER}/{path.name}":
        raise ValueError(f"{path} is the record of {part.name}")
    return part, failures


def listed(folder: Path) -> tuple[list[Part], list[str]]:
    """All parts of a folder in the order of their first runs, and which records are damaged."""
    parts, damaged = [], []
    for path in (folder / FOLDER).glob("[0-9]*.json"):
        try:
            parts.append(read(path)[0])
        except ValueError:
            damaged.append(f"{FOLDER}/{path.name}")
    return sorted(parts, key=lambda part: part.first), sorted(damaged)


def without_repeats(parts: list[Part]) -> list[Part]:
    """Parts that have no run in common, in the order of their first runs: of two that share one, the larger."""
    seen = np.zeros(max((part.runs[-1] + 1 for part in parts), default=0), bool)
    kept = []
    for part in sorted(parts, key=len, reverse=True):
        if not seen[part.runs].any():
            seen[part.runs] = True
            kept.append(part)
    return sorted(kept, key=lambda part: part.first)


def failures_of(folder: Path, parts: list[Part]) -> Iterator[dict]:
    """Why runs failed, part by part."""
    for part in parts:
        if part.failed:
            yield from read(folder / part.record)[1]


def _text(told: dict) -> str:
    return json.dumps(told, ensure_ascii=False)
