"""Perform a study: cut it into chunks, have them played, keep what comes back."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from .chunk import Chunk, failed, joined, simulate
from .cluster import spread_over
from .parts import Parcel, packed
from .pieces import Pieces, cut, usual_size
from .scheduler import Scheduler
from .store import Store
from .study import Piece, Study
from .workers import spread


@dataclass(frozen=True)
class Task:
    """What is done with every piece of a study: play it, and ``then`` do something with piece and chunk.

    ``play`` is a function ``(scenario, seed, rows, keep) -> Chunk`` to be used in place of the simulation.
    """

    seed: int
    keep: tuple[str, ...] | None
    then: Callable[[Piece, Chunk], object]
    play: Callable | None = None

    def __call__(self, piece: Piece):
        """Play a piece."""
        with tidy():
            chunk = (self.play or simulate)(piece.scenario, self.seed, piece.rows, self.keep)
        return self.then(piece, chunk)

    def lost(self, piece: Piece):
        """What stands in the place of a chunk whose process died, again and again."""
        reason = "The process that played this run died: killed, or out of memory."
        return self.then(piece, failed(piece.rows, self.seed, "running", reason))


@contextmanager
def tidy():
    """Clear away what was made inside this and refers to itself, as a model and its agents do: many of them would pile up.

    What was there before is left out of it: to go through all that a process has imported takes a tenth of a second.
    """
    gc.freeze()
    try:
        yield
    finally:
        gc.collect()
        gc.unfreeze()


def as_chunk(piece: Piece, chunk: Chunk) -> Chunk:
    """The chunk itself, for who keeps it in memory."""
    return chunk


def as_parcel(piece: Piece, chunk: Chunk) -> Parcel:
    """The chunk as a part that somebody else writes."""
    return packed(chunk, variant=piece.variant, first=piece.first, last=piece.last)


@dataclass(frozen=True)
class Into:
    """Writes the chunk into a folder; the answer is the part's entry in the manifest."""

    folder: Path

    def __call__(self, piece: Piece, chunk: Chunk) -> dict:
        """Write it."""
        return as_parcel(piece, chunk).write(self.folder)


def prepare(study: Study, runs: int, compiling: Callable = lambda: None) -> None:
    """Compile beforehand what is worth compiling, so that every worker finds it."""
    from ..politics.compiled import prepare

    scenarios = study.scenarios()
    for scenario in scenarios:
        prepare(scenario, runs // len(scenarios), compiling)


def perform(
    study: Study,
    *,
    workers: int = 1,
    scheduler: Scheduler | None = None,
    size: int | None = None,
    progress: Callable = lambda done: None,
    play: Callable | None = None,
) -> Chunk:
    """Play a study in memory."""
    prepare(study, study.runs if scheduler is None else 0)
    task = Task(study.seed, study.keep, as_chunk, play)
    pieces = Pieces(study, cut(study, size or usual_size(study.runs)))
    chunks = []
    with closing(_spread(task, pieces, workers, scheduler)) as done:
        for chunk in done:
            chunks.append(chunk)
            progress(len(chunk.runs))
    chunks.sort(key=lambda chunk: chunk.runs["run"][0].as_py())
    whole = joined(chunks)
    if len(study.variants) == 1:
        return whole
    return Chunk(whole.runs.sort_by("run"), whole.turns.sort_by([("run", "ascending"), ("turn", "ascending")]), whole.failures)


def perform_into(
    folder: Path,
    study: Study,
    *,
    workers: int = 1,
    scheduler: Scheduler | None = None,
    size: int | None = None,
    progress: Callable = lambda done: None,
    compiling: Callable = lambda: None,
    play: Callable | None = None,
) -> int:
    """Play a study into a folder, as far as the folder does not hold it yet; the number of runs that were played.

    Pieces are played by local processes, or given a ``scheduler`` by the workers of its cluster.

    ``progress`` is told how many more runs are done, ``compiling`` that rules are being compiled first.
    """
    with Store.opened(folder, study) as store:
        pieces = Pieces(study, cut(study, size or usual_size(study.runs), store.sound_parts()))
        missing = sum(last - first + 1 for _, first, last in pieces.spans)
        if not missing and store.ended:
            store.explain()
            return 0
        store.begin()
        progress(study.runs - missing)
        prepare(study, missing if scheduler is None else 0, compiling)
        task = Task(study.seed, study.keep, as_parcel if scheduler else Into(folder), play)
        try:
            with closing(_spread(task, pieces, workers, scheduler)) as done:
                for part in done:
                    part = part.write(folder) if scheduler else part
                    store.add(part)
                    progress(part["last"] + 1 - part["first"])
        finally:
            store.end()
    return missing


def _spread(task: Task, pieces: Pieces, workers: int, scheduler: Scheduler | None) -> Iterator:
    return spread_over(scheduler, task, pieces, lost=task.lost) if scheduler else spread(task, pieces, workers, task.lost)
