"""The plan of a study before it is run: what crosses with what, how many runs, how long, how large."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from time import perf_counter

import numpy as np

from ..scenario.describe import in_words
from ..scenario.problems import listed
from .chunk import simulate
from .designs import KINDS
from .parts import size_of
from .pieces import cut, usual_size
from .study import Study

FEW, MANY = 8, 128


@dataclass(frozen=True)
class Plan:
    """What a study amounts to. ``factors`` are pairs of a number and what there are so many of; their product is ``runs``."""

    question: str
    scenario: str
    factors: tuple[tuple[int, str], ...]
    uncertain: tuple[str, ...]
    runs: int
    lucks: int
    models: int
    keeps: int | None

    def to_dict(self) -> dict:
        """Plain data, for machines."""
        return asdict(self)


@dataclass(frozen=True)
class Estimate:
    """How long a study takes and how large it becomes, by what a small piece of it took."""

    seconds: float
    bytes: int


def plan(study: Study) -> Plan:
    """The plan of a study."""
    experiment, settled = study.experiment, study.settled
    kind, rows = KINDS[experiment.design.kind], settled.size()[0]
    factors = [(len(values), f"values of {key}") for key, values in settled.crossed.items()]
    if rows > 1:
        of = listed(settled.laid.columns, 4)
        factors.append((rows, f"{kind.says} {of}"))
    if experiment.arms:
        factors.append((len(study.arms), f"arms ({listed(study.arms, 6)})"))
    factors.append((experiment.replicates, "replicates"))
    sampled = settled.material.sampled() if kind.samples else settled.laid.by_luck
    how = "sampled" if kind.samples else "drawn with each run's luck"
    return Plan(
        experiment.question,
        experiment.scenario.title,
        tuple(factors),
        tuple(f"{key}: {in_words(value)}, {how}" for key, value in sampled.items()),
        study.runs,
        len(np.unique(settled.laid.draw)) * experiment.replicates,
        len(study.variants),
        None if study.keep is None else len(study.keep),
    )


def estimate(study: Study, workers: int) -> Estimate:
    """Play two small pieces and reckon from them what the whole will take: so much a piece, and so much a run."""
    last = study.length(0) - 1
    few, many = (study.piece(0, 0, min(runs - 1, last)) for runs in (FEW, MANY))
    simulate(few.scenario, study.seed, few.rows.take(slice(0, 1)), study.keep)
    seconds, sizes = [], []
    for piece in (few, many):
        begin = perf_counter()
        sizes.append(size_of(simulate(piece.scenario, study.seed, piece.rows, study.keep)))
        seconds.append(perf_counter() - begin)
    runs = [len(few.rows), len(many.rows)]
    pieces = len(cut(study, usual_size(study.runs)))
    busy = _line(runs, seconds, pieces, study.runs)
    return Estimate(busy / min(workers, pieces), int(_line(runs, sizes, pieces, study.runs)))


def _line(runs: list[int], costs: list[float], pieces: int, whole: int) -> float:
    """What all costs, if a piece costs so much and each of its runs so much more."""
    by_run = max(0.0, costs[1] - costs[0]) / max(1, runs[1] - runs[0])
    by_piece = max(0.0, costs[0] - by_run * runs[0])
    return by_piece * pieces + by_run * whole
