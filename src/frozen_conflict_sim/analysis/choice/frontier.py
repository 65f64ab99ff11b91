"""The policies on the frontier, judged again in futures that the search did not see, and what that says in sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace

import numpy as np

from ...experiment.errors import ResultsError
from ...experiment.execute.workers import spread
from ...experiment.load import Experiment
from ...experiment.search_spec import Objective
from ..intervals import mean_interval, share_interval
from ..summary import CAVEAT
from ..wording import share_with_interval
from .criteria import Criteria, criteria, not_dominated
from .search import Trial
from .space import Candidate, Settings, describe

MOST = 12
FRESH = 1_000_003  # added to the seed, for futures that the search did not see


@dataclass(frozen=True)
class Frontier:
    """The policies that no other one beats in all objectives at once, best first in the first objective.

    ``kept`` are those judged again (at most twelve, spread along the frontier): ``futures`` has each objective in each fresh
    future, shape ``(policy, future, objective)``, in its own units; ``criteria`` are computed from these.
    """

    experiment: Experiment
    trials: tuple[Trial, ...]
    whole: tuple[Trial, ...]
    kept: tuple[Trial, ...]
    futures: np.ndarray
    criteria: Criteria

    @property
    def objectives(self) -> tuple[Objective, ...]:
        """What was to be reached."""
        return self.experiment.search.objectives

    def mean(self, policy: int, objective: int) -> tuple[float, tuple[float, float] | None]:
        """The mean of an objective over the fresh futures, with its 90 % interval."""
        values = self.futures[policy, :, objective]
        return float(values.mean()), mean_interval(values)

    @property
    def sentences(self) -> list[str]:
        """What was found."""
        return list(_sentences(self))

    def to_dict(self) -> dict:
        """Plain data, for machines."""
        found, names = self.criteria, [one.name for one in self.objectives]
        return {
            "caveat": CAVEAT,
            "question": self.experiment.question,
            "trials": len(self.trials),
            "futures": self.futures.shape[1],
            "objectives": {one.name: one.to_data() for one in self.objectives},
            "sentences": self.sentences,
            "frontier": [
                {
                    "number": trial.number,
                    "settings": trial.settings,
                    "means": dict(zip(names, self.futures[at].mean(axis=0).tolist())),
                    "intervals": {name: self.mean(at, place)[1] for place, name in enumerate(names)},
                    "worst": {one.name: one.sign * found.worst[at, place] for place, one in enumerate(self.objectives)},
                    "regret": dict(zip(names, found.regret[at].tolist())),
                    "largest_regret": found.largest_regret[at],
                    "satisficing": found.satisficing[at],
                    "domain": found.domain[at],
                }
                for at, trial in enumerate(self.kept)
            ],
            "all_trials": [
                {"number": trial.number, "settings": trial.settings, "means": dict(zip(names, trial.values.tolist()))}
                for trial in self.trials
            ],
        }


def frontier(
    experiment: Experiment, trials: Sequence[Trial], *, workers: int = 1, progress: Callable[[int], object] = lambda done: None
) -> Frontier:
    """The frontier of some trials, whose policies are played again in fresh futures; these are other points and streams.

    Raises :class:`ResultsError` if no policy has all objectives defined.
    """
    signs = np.array([one.sign for one in experiment.search.objectives])
    defined = [trial for trial in trials if np.isfinite(trial.values).all()]
    if not defined:
        raise ResultsError("no policy has all objectives defined in any run; choose outcomes that are defined in every run")
    best = not_dominated(np.array([trial.values for trial in defined]) * signs)
    whole = sorted((trial for trial, on in zip(defined, best) if on), key=lambda trial: -signs[0] * trial.values[0])
    kept = [whole[at] for at in sorted({round(place) for place in np.linspace(0, len(whole) - 1, min(MOST, len(whole)))})]
    futures = _again(experiment, [trial.settings for trial in kept], workers, progress)
    enough = np.array([np.nan if one.enough is None else one.sign * one.enough for one in experiment.search.objectives])
    judged = criteria(futures * signs, enough, experiment.seed)
    return Frontier(experiment, tuple(trials), tuple(whole), tuple(kept), futures, judged)


def _again(experiment: Experiment, settings: Sequence[Settings], workers: int, progress) -> np.ndarray:
    fresh = replace(experiment, seed=experiment.seed + FRESH)
    tasks = [Candidate(at, fresh, one) for at, one in enumerate(settings)]
    found: dict[int, np.ndarray] = {}
    with closing(spread(Candidate.play, tasks, workers, Candidate.died)) as done:
        for number, futures in done:
            found[number] = futures
            progress(1)
    whole = np.array([found[at] for at in range(len(tasks))])
    return whole[:, np.isfinite(whole).all(axis=(0, 2))]  # futures in which every policy has all objectives


def _sentences(found: Frontier) -> Iterator[str]:
    count, futures = len(found.trials), found.futures.shape[1]
    one = len(found.whole) == 1
    yield (
        f"Of {count} policies, {len(found.whole)} {'is' if one else 'are'} on the frontier: "
        f"no other is better in one of {len(found.objectives)} outcomes without being worse in another."
    )
    for place, objective in enumerate(found.objectives):
        means = objective.sign * found.futures[:, :, place].mean(axis=1)
        best = int(means.argmax())
        value, ends = found.mean(best, place)
        around = f" ({ends[0]:.3f} to {ends[1]:.3f})" if ends else ""
        extreme = f"{objective.name} is {_extreme(objective)} with {named(found, best)}"
        yield f"{extreme}: {value:.3f}{around} over {futures} fresh futures."
    yield from _robust(found)


def _robust(found: Frontier) -> Iterator[str]:
    judged = found.criteria
    least = int(judged.largest_regret.argmin())
    yield (
        f"Least regret: {named(found, least)}; in no fresh future is it further behind the best of the frontier than "
        f"{100 * judged.largest_regret[least]:.0f} % of the range of an outcome."
    )
    widest = int(judged.domain.argmax())
    yield (
        f"Best for the most ways to weigh futures and outcomes: {named(found, widest)} "
        f"({100 * judged.domain[widest]:.0f} %; by chance {100 / len(found.kept):.0f} %)."
    )
    if np.isnan(judged.satisficing).all():
        return
    often = int(judged.satisficing.argmax())
    share = judged.satisficing[often]
    futures = found.futures.shape[1]
    shown = share_with_interval(float(share), share_interval(round(float(share) * futures), futures))
    if share == 0:
        yield "No policy of the frontier is good enough in all outcomes in any fresh future."
    else:
        yield f"Good enough in all outcomes most often: {named(found, often)}, in {shown} of fresh futures."


def _extreme(objective: Objective) -> str:
    return "highest" if objective.sign > 0 else "lowest"


def named(found: Frontier, at: int) -> str:
    """A policy by its number and settings."""
    trial = found.kept[at]
    return f"policy {trial.number} ({describe(trial.settings)})"
