"""Perform a study: cut it into chunks, have them played, keep what comes back."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from .execute.cluster.scheduler import Scheduler
from .execute.cluster.spread import spread_over
from .execute.precision import rounds_of
from .execute.simulate import Chunk, failed, joined, simulate
from .execute.stopping import Stopping, Watched
from .execute.tasks import Pieces, cut, usual_size
from .execute.workers import never, spread
from .store.folder import Store
from .store.parts import Parcel, packed
from .store.records import Part
from .store.reuse import Finished
from .study.extension import Growth
from .study.study import Piece, Study


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
    return packed(chunk)


@dataclass(frozen=True)
class Into:
    """Writes the chunk into a folder, as a part."""

    folder: Path

    def __call__(self, piece: Piece, chunk: Chunk) -> Part:
        """Write it."""
        return packed(chunk).write(self.folder)


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
    task, growth = Task(study.seed, study.keep, as_chunk, play), Growth([study])
    rounds, chunks = rounds_of(growth), []
    held = np.zeros(growth.runs, bool) if rounds else None
    while True:
        pieces = Pieces(growth, cut(growth, size or usual_size(study), held | ~rounds.needed() if rounds else None))
        with closing(_spread(task, pieces, workers, scheduler)) as done:
            for chunk in done:
                chunks.append(chunk)
                progress(len(chunk.runs))
        if not rounds or not rounds.judge(_outcome(chunks, rounds.until.outcome, growth.runs)):
            break
        held[joined(chunks).runs["run"].to_numpy()] = True
    chunks.sort(key=lambda chunk: chunk.runs["run"][0].as_py())
    whole = joined(chunks)
    if len(study.variants) == 1:
        return whole
    return Chunk(whole.runs.sort_by("run"), whole.turns.sort_by([("run", "ascending"), ("turn", "ascending")]), whole.failures)


@dataclass(frozen=True)
class Performed:
    """How many runs were played, or ``taken`` from other folders, and how many are missing because it was stopped before.

    ``notes`` say what was found damaged, and from where nothing could be taken.
    """

    played: int
    missing: int
    notes: tuple[str, ...] = ()
    taken: int = 0


def perform_into(
    folder: Path,
    study: Study,
    *,
    workers: int = 1,
    scheduler: Scheduler | None = None,
    size: int | None = None,
    stopping: Stopping | None = None,
    reuse: Sequence[Path] = (),
    progress: Callable = lambda done: None,
    compiling: Callable = lambda: None,
    play: Callable | None = None,
) -> Performed:
    """Play a study into a folder, as far as the folder does not hold it yet.

    Pieces are played by local processes, or given a ``scheduler`` by the workers of its cluster. ``stopping`` says when to
    begin no further piece. Runs that are finished in one of the folders to ``reuse`` are taken from there. ``progress`` is told
    how many more runs are done, ``compiling`` that rules are being compiled first.
    """
    stopping, taken = stopping or Stopping(), 0
    finished = Finished(reuse, study) if reuse else None
    with Store.opened(folder, study) as store:
        rounds, played, missing = rounds_of(store.growth), 0, 0
        progress(int(store.held().sum()))
        store.notes += finished.notes if finished else ()
        task = Task(study.seed, study.keep, as_parcel if scheduler else Into(folder), play)
        while True:
            pieces = store.missing(size or usual_size(study), rounds.needed() if rounds else None)
            if finished and pieces.runs:
                taken += _take_over(finished, pieces, store, progress)
                pieces = store.missing(size or usual_size(study), rounds.needed() if rounds else None)
            missing += pieces.runs
            if pieces.runs or not store.settled:
                store.begin(pieces.runs)
                try:
                    prepare(study, pieces.runs if scheduler is None else 0, compiling)
                    with closing(_spread(task, Watched(pieces, stopping), workers, scheduler, stopping)) as done:
                        for result in done:
                            part = result.write(folder) if scheduler else result
                            store.add(part)
                            stopping.ends(part.first)
                            progress(len(part))
                            played += len(part)
                finally:
                    store.end()
            else:
                store.explain()
            if played < missing or not rounds or not rounds.judge(store.outcome(rounds.until.outcome)):
                return Performed(played, missing - played, tuple(store.notes), taken)


def _take_over(finished: Finished, pieces: Pieces, store: Store, progress: Callable) -> int:
    """Store what is finished elsewhere; the number of runs."""
    store.begin(pieces.runs)
    taken = 0
    try:
        for chunk in filter(None, map(finished.taken, pieces)):
            store.add(packed(chunk).write(store.folder))
            progress(len(chunk.runs))
            taken += len(chunk.runs)
    finally:
        store.end()
    return taken


def _outcome(chunks: Sequence[Chunk], name: str, runs: int) -> np.ndarray:
    """An outcome of all runs that were played, by their number; NaN where it is not defined, or no run is."""
    found, table = np.full(runs, np.nan), joined(list(chunks)).runs
    if name in table.column_names:
        found[table["run"].to_numpy()] = table[name].to_numpy(zero_copy_only=False)
    return found


def _spread(task: Task, pieces: Sequence[Piece], workers: int, scheduler: Scheduler | None, stop=never) -> Iterator:
    if scheduler:
        return spread_over(scheduler, task, pieces, lost=task.lost, stop=stop)
    return spread(task, pieces, workers, task.lost, stop)
