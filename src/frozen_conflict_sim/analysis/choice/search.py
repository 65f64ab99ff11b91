"""Search for policies that are good in several outcomes over many futures, by Optuna's multi-objective samplers.

All policies meet the same futures and the same random numbers. Every trial is written to a log as soon as it is known. A search
that is resumed asks the sampler again from the start and answers from the log, so it proposes what it would have proposed
without the interruption, on any number of workers.
"""

from __future__ import annotations

import json
import warnings
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b
from pathlib import Path

import numpy as np

from ...experiment.errors import FolderTaken, ResultsError
from ...experiment.execute.workers import spread
from ...experiment.load import Experiment
from ...experiment.store.files import make_folder, write_atomically
from .space import Candidate, Settings, check, suggest

LOG = "trials.jsonl"
PATIENCE = 200  # proposals in a row that repeat known policies
BATCH = 8  # policies that are proposed before the first of them is judged
SAMPLERS = {"tpe": "TPESampler", "nsga2": "NSGAIISampler", "nsga3": "NSGAIIISampler", "random": "RandomSampler"}
MISSING = "search needs optuna: pip install 'frozen-conflict-sim[search]'"


@dataclass(frozen=True)
class Trial:
    """A policy that was tried: its settings, and each objective in each future, shape ``(future, objective)``."""

    number: int
    settings: Settings
    futures: np.ndarray

    @property
    def values(self) -> np.ndarray:
        """The mean of each objective over the futures in which it is defined, shape ``(objective,)``; NaN where in none."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", RuntimeWarning)
            return np.nanmean(self.futures, axis=0)


def search(
    experiment: Experiment,
    trials: int | None = None,
    *,
    folder: Path | None = None,
    sampler: str = "tpe",
    workers: int = 1,
    play: Callable[[Candidate], tuple[int, np.ndarray]] = Candidate.play,
    progress: Callable[[int], object] = lambda done: None,
) -> list[Trial]:
    """Try ``trials`` different policies (by default as many as the experiment says), and return all of them in their order.

    If there are fewer policies, all of them are tried. ``play`` is a function to use in place of the simulation.

    ``folder`` holds the log of trials, from which a search resumes; one of another search raises :class:`FolderTaken`.
    Raises :class:`ResultsError` if optuna is missing or there is nothing to choose.
    """
    wanted, optuna = check(experiment).trials if trials is None else trials, _optuna()
    log = Log(folder / LOG if folder else None, _identity(experiment, sampler))
    found: list[Trial] = []
    directions = ["maximize" if one.sign > 0 else "minimize" for one in experiment.search.objectives]
    study = optuna.create_study(directions=directions, sampler=_sampler(optuna, sampler, experiment.seed))
    while len(found) < wanted:
        asked, echoes = _ask(study, optuna, experiment, found, min(BATCH, wanted - len(found)))
        if not asked:
            break
        settings = {len(found) + at: one for at, (_, one) in enumerate(asked)}
        batch = _played(experiment, settings, log, partial(spread, play, workers=workers, lost=Candidate.died), progress)
        for trial, one in zip(asked, batch):
            _tell(study, optuna, trial[0], one)
        for trial, one in echoes:
            _tell(study, optuna, trial, next(other for other in batch if other.settings == one))
        found += batch
    return found


def _ask(study, optuna, experiment: Experiment, found: list[Trial], count: int) -> tuple[list, list]:
    """Proposals of the sampler that are new, with their settings, and those that repeat one of this batch.

    A proposal that was judged before is answered at once. After many repetitions in a row there is nothing new to try.
    """
    known = {_key(trial.settings): trial for trial in found}
    asked, echoes, repeated = [], [], 0
    while len(asked) < count and repeated < PATIENCE:
        trial = study.ask()
        settings = suggest(trial, experiment)
        if _key(settings) in known:
            _tell(study, optuna, trial, known[_key(settings)])
        elif any(settings == one for _, one in asked):
            echoes.append((trial, settings))
        else:
            asked.append((trial, settings))
            repeated = -1
        repeated += 1
    return asked, echoes


def _played(experiment: Experiment, settings: dict[int, Settings], log: Log, spread_over: Callable, progress) -> list[Trial]:
    """The trials of a batch in their order; each is logged as soon as it is known."""
    found = log.ready(settings)
    progress(len(found))
    tasks = [Candidate(number, experiment, one) for number, one in settings.items() if number not in found]
    if tasks:
        with closing(spread_over(tasks=tasks)) as done:
            for number, futures in done:
                found[number] = Trial(number, settings[number], futures)
                log.add(found[number])
                progress(1)
    return [found[number] for number in settings]


class Log:
    """The log of trials: a line about the search, then a line for each trial; without a path nothing is kept."""

    def __init__(self, path: Path | None, identity: str):
        self.path, self.trials = path, {}
        if path is None:
            return
        make_folder(path.parent)
        lines = path.read_text("utf-8").splitlines(keepends=True) if path.exists() else []
        whole = [line for line in lines if line.endswith("\n")]
        if whole and json.loads(whole[0]) != {"search": identity}:
            raise FolderTaken(
                f"{path} holds another search, of another experiment, seed or sampler; choose another folder with --out"
            )
        for line in map(json.loads, whole[1:]):
            futures = np.array(line["futures"], float).reshape(-1, line["objectives"])
            self.trials[line["number"]] = Trial(line["number"], line["settings"], futures)
        write_atomically(path, ("".join(whole) or json.dumps({"search": identity}) + "\n").encode())

    def ready(self, settings: dict[int, Settings]) -> dict[int, Trial]:
        """What the log knows about these trials; raises :class:`ResultsError` if it holds other policies for them."""
        for number, one in settings.items():
            if number in self.trials and _key(self.trials[number].settings) != _key(one):
                why = "optuna has another version; delete the log"
                raise ResultsError(f"trial {number} of {self.path} differs from what the sampler proposes: {why}")
        return {number: self.trials[number] for number in settings if number in self.trials}

    def add(self, trial: Trial) -> None:
        """Append a trial, unless the log has it."""
        if self.path is None or trial.number in self.trials:
            return
        futures = [[None if np.isnan(value) else float(value) for value in row] for row in trial.futures]
        line = {"number": trial.number, "settings": trial.settings, "objectives": trial.futures.shape[1], "futures": futures}
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")


def _key(settings: Settings) -> tuple:
    return tuple(settings.items())


def _identity(experiment: Experiment, sampler: str) -> str:
    """A fingerprint of everything that decides which trials there are, and what they come to."""
    return blake2b(f"{sampler}\n{BATCH}\n{experiment.to_yaml()}".encode(), digest_size=12).hexdigest()


def _sampler(optuna, name: str, seed: int):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", optuna.exceptions.ExperimentalWarning)
        options = {"constant_liar": True, "n_startup_trials": 2 * BATCH} if name == "tpe" else {}
        options |= {"population_size": 2 * BATCH} if name.startswith("nsga") else {}
        return getattr(optuna.samplers, SAMPLERS[name])(seed=seed % 2**32, **options)


def _tell(study, optuna, trial, played: Trial) -> None:
    if np.isfinite(played.values).all():
        study.tell(trial, played.values.tolist())
    else:
        study.tell(trial, state=optuna.trial.TrialState.FAIL)


def _optuna():
    try:
        import optuna
    except ImportError:
        raise ResultsError(MISSING) from None
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    return optuna
