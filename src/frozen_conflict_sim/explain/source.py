"""What is explained: a run of stored results, played again, or a run of a scenario."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from weakref import WeakKeyDictionary

from ..experiment.study.rows import Task
from ..files.problems import InputError, Position, Problem
from ..model.simulation import Simulation
from ..results import Results, open_results
from ..scenario import load_scenario
from ..scenario.load import settings
from ..scenario.shipped import shipped_names
from .run import RunExplanation
from .story import Ensemble
from .without import alone

AT_ONCE = 64  # runs of which the receipts are kept in memory together
_ENSEMBLES: WeakKeyDictionary[Results, Ensemble] = WeakKeyDictionary()


def explain_run(results: Results, run: int) -> RunExplanation:
    """A run of results, played again and told beside all others. Raises ``NoSuchRun``."""
    return explain_runs(results, [run])[0]


def explain_runs(results: Results, runs: Iterable[int]) -> list[RunExplanation]:
    """Several runs of results, in the order asked for; those of one configuration are played again together, which is quick.

    Raises ``NoSuchRun``.
    """
    from .replay import played

    wanted, found = list(runs), {}
    for task in results.tasks(list(dict.fromkeys(wanted))):
        for begin in range(0, len(task.rows), AT_ONCE):
            some = Task(task.scenario, task.rows.take(slice(begin, begin + AT_ONCE)))
            model = played(some, results.manifest["seed"])
            for at, run in enumerate(some.rows.run.tolist()):
                found[run] = RunExplanation(model, at, number=run, ensemble=partial(ensemble_of, results))
    return [found[run] for run in wanted]


def explained_results(path: str | os.PathLike[str], run: int | None, overrides=()) -> tuple[RunExplanation, tuple[str, ...]]:
    """A run of a results folder, and notes about it. Raises ``NotResults``, ``NoSuchRun`` or ``InputError``."""
    if overrides:
        why = "--set changes a scenario; a run of results is played as it was"
        raise InputError([Problem(Position("--set"), "", why)])
    if not Path(path).is_dir() and (Path(path).is_file() or os.fspath(path) in shipped_names()):
        why = f"{path} is a scenario, of which one run is played (--seed says which); runs of a results folder have numbers"
        raise InputError([Problem(Position("explain"), "", why)])
    results = open_results(Path(path))
    if run is None:
        runs = results.table(["run"])["run"]
        why = f"which run? {path} has runs {runs.min()} to {runs.max()}: explain {path} {runs.min()}"
        raise InputError([Problem(Position("explain"), "", why)])
    from ..experiment.provenance import changes_since

    changed = changes_since(results.manifest["code"])
    notes = (f"the model has changed since ({changed}), so the run may not be the one that was played then",) if changed else ()
    return explain_run(results, run), notes


def explain_model(model: Simulation, run: int = 0) -> RunExplanation:
    """A run of a model. One that kept no receipts is played again, alone and to its end, with the same random numbers.

    Raises ``ValueError`` for a run that the model does not have, for one of which no turn has been played, and for a model
    without receipts whose agents were changed.
    """
    if not 0 <= run < model.runs:
        raise ValueError(f"this model has no run {run}: runs are numbered 0 to {model.runs - 1}")
    if model.decision_maker.receipts is None:
        if model.changed_agents:
            raise ValueError(
                "agents of this model were changed, so it cannot be played again: create it with keep_receipts=True"
            )
        return RunExplanation(alone(model, run).run_to_end())
    if not model.recorder.length:
        raise ValueError("no turn of this model has been played yet: call step() or run_to_end() first")
    return RunExplanation(model, run)


def explained_scenario(name: str, overrides=(), seed: int = 1) -> RunExplanation:
    """The first run of a scenario. Raises ``InputError``."""
    scenario = load_scenario(name, settings(overrides) if overrides else None)
    return RunExplanation(Simulation(scenario, 1, seed, keep_receipts=True).run_to_end())


def ensemble_of(results: Results) -> Ensemble:
    """The runs of some results as the background of one; read once."""
    if results not in _ENSEMBLES:
        _ENSEMBLES[results] = _ensemble_of(results)
    return _ENSEMBLES[results]


def _ensemble_of(results: Results) -> Ensemble:
    classes = Counter(results.table(["class"])["class"].dropna())
    runs = sum(classes.values())
    kept = results.names("trajectory", key_outcomes=True)
    fans = results.arrays(*kept).values if kept else {}
    return Ensemble(runs, {name: count / runs for name, count in classes.items()}, dict(fans))
