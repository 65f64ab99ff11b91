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
from .execute.simulate import TaskResult, failed, joined, simulate
from .execute.stopping import Stopping, Watched
from .execute.tasks import Tasks, cut, default_task_size
from .execute.workers import never, spread
from .store.folder import Store
from .store.parts import PackedPart, packed
from .store.records import Part
from .store.reuse import Finished
from .study.extension import Extension
from .study.study import Study, Task


@dataclass(frozen=True)
class TaskRunner:
    """What is done with every piece of a study: play it, and ``then`` do something with piece and chunk.

    ``play`` is a function ``(scenario, seed, rows, keep) -> Chunk`` to be used in place of the simulation.
    """

    seed: int
    keep: tuple[str, ...] | None
    then: Callable[[Task, TaskResult], object]
    play: Callable | None = None

    def __call__(self, task: Task):
        """Play a piece."""
        with tidy():
            result = (self.play or simulate)(task.scenario, self.seed, task.rows, self.keep)
        return self.then(task, result)

    def lost(self, task: Task):
        """What stands in the place of a chunk whose process died, again and again."""
        reason = "The process that played this run died: killed, or out of memory."
        return self.then(task, failed(task.rows, self.seed, "running", reason))


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


def as_result(task: Task, result: TaskResult) -> TaskResult:
    """The chunk itself, for who keeps it in memory."""
    return result


def as_packed_part(task: Task, result: TaskResult) -> PackedPart:
    """The chunk as a part that somebody else writes."""
    return packed(result)


@dataclass(frozen=True)
class Into:
    """Writes the chunk into a folder, as a part."""

    folder: Path

    def __call__(self, task: Task, result: TaskResult) -> Part:
        """Write it."""
        return packed(result).write(self.folder)


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
) -> TaskResult:
    """Play a study in memory."""
    prepare(study, study.runs if scheduler is None else 0)
    runner, extension = TaskRunner(study.seed, study.keep, as_result, play), Extension([study])
    rounds, results = rounds_of(extension), []
    held = np.zeros(extension.runs, bool) if rounds else None
    while True:
        tasks = Tasks(extension, cut(extension, size or default_task_size(study), held | ~rounds.needed() if rounds else None))
        with closing(_spread(runner, tasks, workers, scheduler)) as done:
            for result in done:
                results.append(result)
                progress(len(result.runs))
        if not rounds or not rounds.judge(_outcome(results, rounds.until.outcome, extension.runs)):
            break
        held[joined(results).runs["run"].to_numpy()] = True
    results.sort(key=lambda result: result.runs["run"][0].as_py())
    whole = joined(results)
    if len(study.variants) == 1:
        return whole
    return TaskResult(
        whole.runs.sort_by("run"), whole.turns.sort_by([("run", "ascending"), ("turn", "ascending")]), whole.failures
    )


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
        rounds, played, missing = rounds_of(store.extension), 0, 0
        progress(int(store.held().sum()))
        store.notes += finished.notes if finished else ()
        runner = TaskRunner(study.seed, study.keep, as_packed_part if scheduler else Into(folder), play)
        while True:
            tasks = store.missing(size or default_task_size(study), rounds.needed() if rounds else None)
            if finished and tasks.runs:
                taken += _take_over(finished, tasks, store, progress)
                tasks = store.missing(size or default_task_size(study), rounds.needed() if rounds else None)
            missing += tasks.runs
            if tasks.runs or not store.settled:
                store.begin(tasks.runs)
                try:
                    prepare(study, tasks.runs if scheduler is None else 0, compiling)
                    with closing(_spread(runner, Watched(tasks, stopping), workers, scheduler, stopping)) as done:
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


def _take_over(finished: Finished, tasks: Tasks, store: Store, progress: Callable) -> int:
    """Store what is finished elsewhere; the number of runs."""
    store.begin(tasks.runs)
    taken = 0
    try:
        for result in filter(None, map(finished.taken, tasks)):
            store.add(packed(result).write(store.folder))
            progress(len(result.runs))
            taken += len(result.runs)
    finally:
        store.end()
    return taken


def _outcome(results: Sequence[TaskResult], name: str, runs: int) -> np.ndarray:
    """An outcome of all runs that were played, by their number; NaN where it is not defined, or no run is."""
    found, table = np.full(runs, np.nan), joined(list(results)).runs
    if name in table.column_names:
        found[table["run"].to_numpy()] = table[name].to_numpy(zero_copy_only=False)
    return found


def _spread(runner: TaskRunner, tasks: Sequence[Task], workers: int, scheduler: Scheduler | None, stop=never) -> Iterator:
    if scheduler:
        return spread_over(scheduler, runner, tasks, lost=runner.lost, stop=stop)
    return spread(runner, tasks, workers, runner.lost, stop)
