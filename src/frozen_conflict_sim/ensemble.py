"""Run an ensemble of one scenario."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from .experiment.perform import perform, perform_into
from .experiment.sources import Memory
from .experiment.study import Study
from .results import Results, open_results
from .scenario import Scenario


def run(
    scenario: Scenario,
    runs: int = 200,
    seed: int = 1,
    *,
    workers: int = 1,
    out: str | Path | None = None,
    keep: tuple[str, ...] | None = None,
    progress: Callable = lambda done: None,
) -> Results:
    """Run a scenario ``runs`` times, in memory or into the folder ``out``; a run's luck follows from ``seed`` and its number.

    ``workers`` are processes. ``keep`` names the trajectories and decisions to keep (all, if not given). ``progress`` is told
    how many more runs are done.
    """
    study = Study(scenario, runs, seed, None if keep is None else tuple(keep))
    if out is None:
        return Results(Memory(study, perform(study, workers=workers, progress=progress)))
    perform_into(Path(out), study, workers=workers, progress=progress)
    return open_results(out)
