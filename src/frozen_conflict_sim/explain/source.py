"""What is explained: a run of stored results, played again, or a run of a scenario."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

from ..files.problems import InputError, Position, Problem
from ..model.model import FrozenConflictModel
from ..results import Results, open_results
from ..scenario import load_scenario
from ..scenario.load import settings
from .replay import replay
from .run import RunExplanation
from .story import Ensemble


def explained(results: Results, run: int) -> RunExplanation:
    """A run of results, played again and told beside all others. Raises ``NoSuchRun``."""
    return _told(results, replay(results, run).model, run)


def explained_results(path: str | os.PathLike[str], run: int | None, overrides=()) -> tuple[RunExplanation, tuple[str, ...]]:
    """A run of a results folder, and notes about it. Raises ``NotResults``, ``NoSuchRun`` or ``InputError``."""
    if overrides:
        why = "--set changes a scenario; a run of results is played as it was"
        raise InputError([Problem(Position("--set"), "", why)])
    results = open_results(Path(path))
    if run is None:
        runs = results.table(["run"])["run"]
        why = f"which run? {path} has runs {runs.min()} to {runs.max()}: explain {path} {runs.min()}"
        raise InputError([Problem(Position("explain"), "", why)])
    found = replay(results, run)
    return _told(results, found.model, run), found.notes


def explained_scenario(name: str, overrides=(), seed: int = 1) -> RunExplanation:
    """The first run of a scenario. Raises ``InputError``."""
    scenario = load_scenario(name, settings(overrides) if overrides else None)
    return RunExplanation(FrozenConflictModel(scenario, 1, seed, keep_receipts=True).run_to_end())


def _told(results: Results, model: FrozenConflictModel, run: int) -> RunExplanation:
    return RunExplanation(model, number=run, ensemble=lambda: ensemble_of(results))


def ensemble_of(results: Results) -> Ensemble:
    """The runs of some results as the background of one."""
    classes = Counter(results.table(["class"])["class"].dropna())
    runs = sum(classes.values())
    kept = results.names("trajectory", key_outcomes=True)
    fans = results.arrays(*kept).values if kept else {}
    return Ensemble(runs, {name: count / runs for name, count in classes.items()}, dict(fans))
