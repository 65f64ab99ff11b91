"""Perform a study: cut it into chunks, have them played, keep what comes back."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ..engine.setting import Setting
from .chunk import Chunk, failed, joined, simulate
from .parts import write_part
from .store import Store
from .study import Rows, Study
from .workers import spread

BLOCK = 64
LEAST, MOST = 128, 1024


@dataclass(frozen=True)
class Task:
    """What is done with every chunk: play it and, given a folder, store it there."""

    scenario: Setting
    seed: int
    keep: tuple[str, ...] | None
    folder: Path | None = None

    def __call__(self, rows: Rows) -> Chunk | dict:
        """Play a chunk; the answer is the chunk itself or, given a folder, the entry of the part in which it is stored."""
        return self._stored(simulate(self.scenario, self.seed, rows, self.keep))

    def lost(self, rows: Rows) -> Chunk | dict:
        """What stands in the place of a chunk whose process died, again and again."""
        return self._stored(
            failed(rows, self.seed, "running", "The process that played this run died: killed, or out of memory.")
        )

    def _stored(self, chunk: Chunk) -> Chunk | dict:
        return write_part(self.folder, chunk) if self.folder else chunk


def cut(rows: Rows, size: int) -> list[Rows]:
    """Rows as chunks of consecutive runs. Chunks begin at multiples of ``size``, so that a resumed study cuts as before."""
    if not len(rows):
        return []
    begins = np.flatnonzero((np.diff(rows.run) != 1) | (rows.run[1:] % size == 0)) + 1
    return [rows.take(chunk) for chunk in np.split(np.arange(len(rows)), begins)]


def usual_size(runs: int) -> int:
    """The size of chunks: about eight of them, in whole blocks; a small chunk takes as long as one of 128.

    >>> usual_size(200), usual_size(5000), usual_size(10**6)
    (128, 640, 1024)
    """
    return min(MOST, max(LEAST, -(-runs // (8 * BLOCK)) * BLOCK))


def perform(study: Study, *, workers: int = 1, size: int | None = None, progress: Callable = lambda done: None) -> Chunk:
    """Play a study in memory."""
    task = Task(study.scenario, study.seed, study.keep)
    chunks = []
    with closing(spread(task, cut(study.rows(), size or usual_size(study.runs)), workers, task.lost)) as done:
        for chunk in done:
            chunks.append(chunk)
            progress(len(chunk.runs))
    chunks.sort(key=lambda chunk: chunk.runs["run"][0].as_py())
    return joined(chunks)


def perform_into(
    folder: Path, study: Study, *, workers: int = 1, size: int | None = None, progress: Callable = lambda done: None
) -> int:
    """Play a study into a folder, as far as the folder does not hold it yet; the number of runs that were played."""
    with Store.opened(folder, study) as store:
        rows = store.missing()
        if not len(rows) and store.ended:
            return 0
        store.begin()
        progress(study.runs - len(rows))
        task = Task(study.scenario, study.seed, study.keep, folder)
        try:
            with closing(spread(task, cut(rows, size or usual_size(study.runs)), workers, task.lost)) as done:
                for part in done:
                    store.add(part)
                    progress(part["last"] + 1 - part["first"])
        finally:
            store.end()
    return len(rows)
