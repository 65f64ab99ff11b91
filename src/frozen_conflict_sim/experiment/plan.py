"""The plan of a study before it is run: its factors, the number of runs, the time and the disk space."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from time import process_time

import numpy as np

from ..files.problems import listed
from ..scenario.describe import in_words
from .designs import KINDS
from .execute.simulate import simulate
from .execute.tasks import default_task_size
from .store.parts import bytes_of
from .study.scale import LARGE, Cost, number_of_tasks, thinned
from .study.study import Study

FEW, MANY = 8, 128


@dataclass(frozen=True)
class Plan:
    """The plan of a study.

    ``factors`` are pairs of a number and what it counts; their product is ``runs``. ``streams`` counts different stream
    numbers, ``models`` configurations, and ``keeps`` stored trajectories (``None``: all).
    """

    question: str
    scenario: str
    factors: tuple[tuple[int, str], ...]
    uncertain: tuple[str, ...]
    runs: int
    streams: int
    models: int
    keeps: int | None

    def to_dict(self) -> dict:
        """Plain data, for machines."""
        return asdict(self)


@dataclass(frozen=True)
class Estimate:
    """Time and disk space of a study, estimated from small tasks of it.

    ``seconds`` is for the given number of workers; ``time`` costs are in seconds of a core, ``disk`` costs in bytes.
    """

    seconds: float
    bytes: int
    time: Cost
    disk: Cost


def plan(study: Study) -> Plan:
    """The plan of a study."""
    experiment, few = study.experiment, thinned(study)
    resolved, kind, rows = few.factors, KINDS[experiment.design.kind], study.factors.shape()[0]
    draws = len(np.unique(resolved.matrix.draw))
    factors = [(len(values), f"values of {key}") for key, values in resolved.crossed.items()]
    if rows > 1:
        of = listed(resolved.matrix.columns, 4)
        factors.append((rows, f"{kind.description} {of}"))
    if experiment.arms:
        factors.append((len(study.arms), f"arms ({listed(study.arms, 6)})"))
    factors.append(
        (
            experiment.replicates,
            f"replicates at most, until {experiment.until.describe()}" if experiment.until else "replicates",
        )
    )
    sampled = resolved.spec.sampled() if kind.samples else resolved.matrix.drawn_per_run
    how = "sampled" if kind.samples else "drawn with each run's own random numbers"
    return Plan(
        experiment.question,
        experiment.scenario.title,
        tuple(factors),
        tuple(f"{key}: {in_words(value)}, {how}" for key, value in sampled.items()),
        study.runs,
        (draws if draws == 1 else draws * study.points // few.points) * experiment.replicates,
        len(few.configurations),
        None if study.keep is None else len(study.keep),
    )


def estimate(study: Study, workers: int, task_size: int | None = None) -> Estimate:
    """Estimate the cost of a study from two small tasks of it: a fixed cost for each task, and a cost for each run.

    ``workers`` play side by side, in tasks of ``task_size`` runs.
    """
    whole, study = study, thinned(study)
    last = study.length(0) - 1
    probes = (512, 2048) if whole.runs >= LARGE else (FEW, MANY)
    few, many = (study.task(0, np.arange(min(runs, last + 1))) for runs in probes)
    simulate(few.scenario, study.seed, few.rows.take(slice(0, 1)), study.keep)
    if whole.runs >= LARGE:
        from ..model.simulation import precompile

        precompile(few.scenario, whole.runs, keep=study.keep)
    seconds, sizes = [], []
    for task in (few, many):
        begin = process_time()
        sizes.append(bytes_of(simulate(task.scenario, study.seed, task.rows, study.keep)))
        seconds.append(process_time() - begin)
    runs = [len(few.rows), len(many.rows)]
    tasks = number_of_tasks(whole, task_size or default_task_size(whole))
    time, disk = _cost(runs, seconds), _cost(runs, sizes)
    return Estimate(time.of(tasks, whole.runs) / min(workers, tasks), int(disk.of(tasks, whole.runs)), time, disk)


def _cost(runs: list[int], costs: list[float]) -> Cost:
    """The cost of a task and of a run, from the costs of a small and a larger task."""
    by_run = max(0.0, costs[1] - costs[0]) / max(1, runs[1] - runs[0])
    return Cost(max(0.0, costs[0] - by_run * runs[0]), by_run)
