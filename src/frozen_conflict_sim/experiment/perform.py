"""Perform a study: divide it into tasks, have them played, keep the results in memory or in a folder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np

from .execute.arrow_arrays import numpy_array
from .execute.cluster.scheduler import Scheduler
from .execute.cluster.spread import spread_over
from .execute.precision import rounds_of
from .execute.runner import Lost, TaskRunner
from .execute.simulate import TaskResult, joined
from .execute.stopping import Stopping, Watched
from .execute.tasks import Tasks, default_task_size, slices_of
from .execute.workers import never, spread
from .store.folder import Store
from .store.parts import Described, packed
from .store.records import Part
from .store.reuse import FinishedRuns
from .study.extension import Extension
from .study.rows import Task
from .study.study import Study


def unchanged(result: TaskResult) -> TaskResult:
    """The result itself, to be kept in memory."""
    return result


@dataclass(frozen=True)
class WriteInto:
    """Callable that writes a result into a folder, as a part of a study whose columns are described."""

    folder: Path
    study: str
    described: Described

    def __call__(self, result: TaskResult) -> Part:
        """Write it."""
        return packed(result, self.study, self.described).write(self.folder)


def prepare(study: Study, runs: int, compiling: Callable = lambda: None, here: bool = False) -> None:
    """Compile what is worth compiling for so many runs, so that every worker finds it: once for all scenarios of a kind.

    If they are played ``here``, in this process, the first of them compile it.
    """
    from ..model.back_end import foresee, kind_of
    from ..model.simulation import precompile

    scenarios = study.scenarios() if runs else []
    kinds = {kind_of(scenario): scenario for scenario in scenarios}
    times = Counter(map(kind_of, scenarios))
    for kind, scenario in kinds.items():
        if here:
            foresee(scenario, runs // len(scenarios), times[kind])
        else:
            precompile(scenario, runs // len(scenarios), times[kind], study.keep, compiling)


def perform(
    study: Study,
    *,
    workers: int = 1,
    scheduler: Scheduler | None = None,
    task_size: int | None = None,
    progress: Callable = lambda runs: None,
    play: Callable | None = None,
) -> TaskResult:
    """Play a study in memory; ``play`` is a function to use in place of the simulation, see :class:`TaskRunner`."""
    prepare(study, 0 if scheduler or play else study.runs, here=workers == 1)
    runner, extension = TaskRunner(study.seed, study.keep, unchanged, play), Extension([study])
    size, rounds, results = task_size or default_task_size(study), rounds_of(extension), []
    held = np.zeros(extension.runs, bool) if rounds else None
    while True:
        tasks = Tasks(extension, slices_of(extension, size, held | ~rounds.needed() if rounds else None))
        with closing(_spread(runner, tasks, workers, scheduler, runner.lost)) as done:
            for result in done:
                results.append(result)
                progress(len(result.runs))
        if not rounds or not rounds.judge(_outcome(results, rounds.until.outcome, extension.runs)):
            break
        held[numpy_array(joined(results).runs["run"])] = True
    results.sort(key=lambda result: result.runs["run"][0].as_py())
    whole = joined(results)
    if len(study.configurations) == 1:
        return whole
    return TaskResult(
        whole.runs.sort_by("run"), whole.turns.sort_by([("run", "ascending"), ("turn", "ascending")]), whole.failures
    )


@dataclass(frozen=True)
class Performed:
    """The number of runs that were ``played``, ``taken`` from other folders, and still ``missing``.

    Of the missing ones, ``lost`` were lost with the process that played them; the others were not started because of a stop.
    ``notes`` say what was damaged, and from which folders nothing could be taken.
    """

    played: int
    missing: int
    notes: tuple[str, ...] = ()
    taken: int = 0
    lost: int = 0


def perform_into(
    folder: Path,
    study: Study,
    *,
    workers: int = 1,
    scheduler: Scheduler | None = None,
    task_size: int | None = None,
    stopping: Stopping | None = None,
    reuse: Sequence[Path] = (),
    progress: Callable = lambda runs: None,
    compiling: Callable = lambda: None,
    play: Callable | None = None,
) -> Performed:
    """Play all runs of a study that a folder does not hold yet, and store them there.

    Tasks are played by local processes or, given a ``scheduler``, by the workers of its cluster. ``stopping`` says when to
    start no further task. Finished runs of the folders in ``reuse`` are copied instead of being played. ``progress`` is called
    with the number of runs that were just done, ``compiling`` before rules are compiled.
    """
    stopping, taken, size = stopping or Stopping(), 0, task_size or default_task_size(study)
    finished = FinishedRuns(reuse, study) if reuse else None
    with Store.opened(folder, study) as store:
        rounds, played, missing, lost = rounds_of(store.extension), 0, 0, 0
        progress(int(store.held().sum()))
        store.notes += finished.notes if finished else ()
        about = {"study": store.study, "described": store.described}
        then = partial(packed, **about) if scheduler else WriteInto(folder, **about)
        runner = TaskRunner(study.seed, study.keep, then, play)
        while True:
            tasks = store.missing(size, rounds.needed() if rounds else None)
            if finished and tasks.runs:
                taken += _copy(finished, tasks, store, progress)
                tasks = store.missing(size, rounds.needed() if rounds else None)
            missing += tasks.runs
            if tasks.runs or not store.complete:
                store.begin(tasks.runs)
                try:
                    prepare(study, 0 if scheduler or play else tasks.runs, compiling)
                    with closing(_spread(runner, Watched(tasks, stopping), workers, scheduler, Lost.of, stopping)) as done:
                        for result in done:
                            if isinstance(result, Lost):
                                stopping.done(result.first)
                                lost += result.runs
                                continue
                            part = result.write(folder) if scheduler else result
                            store.add(part)
                            stopping.done(part.first)
                            progress(len(part))
                            played += len(part)
                finally:
                    store.end()
            if played < missing or not rounds or not rounds.judge(store.outcome(rounds.until.outcome)):
                return Performed(played, missing - played, tuple(store.notes), taken, lost)


def _copy(finished: FinishedRuns, tasks: Tasks, store: Store, progress: Callable) -> int:
    """Store the runs that are finished in other folders; their number."""
    store.begin(tasks.runs)
    taken, described = 0, store.described
    try:
        for result in filter(None, map(finished.taken, tasks)):
            store.add(packed(result, store.study, described).write(store.folder))
            progress(len(result.runs))
            taken += len(result.runs)
    finally:
        store.end()
    return taken


def _outcome(results: Sequence[TaskResult], name: str, runs: int) -> np.ndarray:
    """An outcome by run number; NaN where it is not defined or the run was not played."""
    found, table = np.full(runs, np.nan), joined(list(results)).runs
    if name in table.column_names:
        found[numpy_array(table["run"])] = numpy_array(table[name])
    return found


def _spread(
    runner: TaskRunner, tasks: Sequence[Task], workers: int, scheduler: Scheduler | None, lost: Callable, stop=never
) -> Iterator:
    if scheduler:
        return spread_over(scheduler, runner, tasks, lost=lost, stop=stop)
    return spread(runner, tasks, workers, lost, stop)
