"""Run one scenario many times, or an experiment."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from collections.abc import Mapping as Map
from pathlib import Path

from .engine.whole import check_whole
from .experiment.execute.cluster.scheduler import Scheduler
from .experiment.execute.progress import Progress, reported
from .experiment.execute.simulate import simulate_for_debugger, simulate_kept
from .experiment.execute.tasks import fits
from .experiment.load import Experiment, experiment_from, load_experiment
from .experiment.perform import perform, perform_into
from .experiment.store.sources import Memory
from .experiment.study.study import Study
from .results import Results, open_results
from .scenario import Scenario, load_scenario

MOST_KEPT = 1024  # runs in memory of which the model may be kept for further calls


def run(
    scenario: Scenario | str | os.PathLike[str],
    runs: int = 200,
    seed: int = 1,
    *,
    workers: int = 1,
    scheduler: str | None = None,
    out: str | Path | None = None,
    keep: Sequence[str] | None = None,
    progress: Progress = False,
    debug: bool = False,
) -> Results:
    """Run a scenario, given as such, as a file or a shipped name, ``runs`` times, in memory or into the folder ``out``.

    The random numbers of a run depend only on ``seed`` and its number. ``workers`` is the number of processes, ``scheduler``
    the address of a Dask cluster to use instead. ``keep`` names the trajectories and decisions to keep, by default all.
    ``progress`` is called with the number of runs just finished; True shows a bar instead. Raises ``FolderTaken`` if ``out``
    has other contents.

    Up to a thousand runs in memory are compiled whatever their number. When the same are asked for again, their model is kept,
    so that further calls with other values are quick, see :class:`LiveEnsemble`.

    With ``debug`` all runs are played on plain arrays in this process: a breakpoint in a rule stops there, and the first
    error is raised as it is instead of being recorded as a failed run. Raises ``ValueError`` with more than one worker.
    """
    experiment = ensemble_of(scenario, runs, seed, keep)
    if out is not None or scheduler or debug:
        return run_experiment(experiment, out, workers=workers, scheduler=scheduler, progress=progress, debug=debug)
    study = Study(experiment)
    with reported(progress, study.runs) as done:
        return played_often(study, workers=workers, progress=done)


def ensemble_of(
    scenario: Scenario | str | os.PathLike[str], runs: int, seed: int, keep: Sequence[str] | None = None
) -> Experiment:
    """The experiment, with a single point, that ``run`` performs."""
    scenario = scenario if isinstance(scenario, Scenario) else load_scenario(scenario)
    asked = {"question": scenario.title, "scenario": scenario, "replicates": runs, "seed": seed}
    return experiment_from(asked | {"keep": "all" if keep is None else list(keep)})


def run_experiment(
    experiment: Experiment | Map[str, object] | str | os.PathLike[str],
    out: str | Path | None = None,
    *,
    workers: int = 1,
    scheduler: str | None = None,
    points: int | None = None,
    replicates: int | None = None,
    large: bool = False,
    reuse: Sequence[str | Path] = (),
    progress: Progress = False,
    debug: bool = False,
) -> Results:
    """Run an experiment, given as a file, a shipped name or plain data, in memory or into the folder ``out``.

    ``points`` and ``replicates`` replace the numbers of the experiment. A folder with some runs of the same study gets the
    others; identical runs in the folders ``reuse`` are taken from there. ``large`` allows more than ten million runs.
    ``workers``, ``scheduler``, ``progress`` and ``debug`` are those of :func:`run`. Raises ``InputError`` for an invalid
    experiment, ``FolderTaken`` if ``out`` has other contents.
    """
    check_whole("workers", workers)
    study = Study(_read(experiment, points, replicates), large=large)
    if debug and (scheduler or workers != 1):
        raise ValueError("debug plays all runs in this process: leave out workers and scheduler")
    cluster = Scheduler(scheduler) if scheduler else None
    if cluster:
        cluster.reach()
    how = {"workers": workers, "scheduler": cluster, "play": simulate_for_debugger if debug else None}
    with reported(progress, study.runs) as done:
        if out is None:
            return Results(Memory(study, perform(study, progress=done, **how)))
        perform_into(Path(out), study, reuse=[*map(Path, reuse)], progress=done, **how)
    return open_results(out)


def played_often(study: Study, *, workers: int = 1, progress: Callable = lambda runs: None) -> Results:
    """The results of a study in memory, of which others like it will follow.

    Up to a thousand runs of one scenario are compiled whatever their number. If they fit into the memory of a task, their model
    is kept when they are asked for again.
    """
    check_whole("workers", workers)
    kept = workers == 1 and len(study.configurations) == 1 and study.runs <= MOST_KEPT and fits(study)
    how = {"play": simulate_kept, "task_size": MOST_KEPT} if kept else {}
    return Results(Memory(study, perform(study, workers=workers, progress=progress, **how)))


def _read(experiment, points: int | None, replicates: int | None) -> Experiment:
    given = {"design.points": points, "replicates": replicates}
    overrides = {key: value for key, value in given.items() if value is not None}
    if isinstance(experiment, Map):
        return experiment_from(experiment, overrides)
    if isinstance(experiment, Experiment):
        return experiment.with_values(overrides) if overrides else experiment
    return load_experiment(experiment, overrides)
