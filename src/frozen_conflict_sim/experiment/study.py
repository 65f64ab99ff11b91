"""A study: what is to be run, and how to tell it from any other."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np

from ..scenario import Scenario
from .code import fingerprint

LARGEST = 10_000_000


@dataclass(frozen=True)
class Rows:
    """Some runs of a study, one a row: which run, at which point of the design, which repetition, with which luck."""

    run: np.ndarray
    point: np.ndarray
    replicate: np.ndarray
    luck: np.ndarray

    def __len__(self):
        return len(self.run)

    def take(self, which) -> Rows:
        """Some of these rows, by index or slice."""
        return Rows(self.run[which], self.point[which], self.replicate[which], self.luck[which])


@dataclass(frozen=True)
class Study:
    """An ensemble of one scenario. ``keep`` names the trajectories and decisions to store; ``None`` keeps all."""

    scenario: Scenario
    runs: int
    seed: int
    keep: tuple[str, ...] | None = None

    def __post_init__(self):
        if not 1 <= self.runs <= LARGEST:
            raise ValueError(f"runs: {self.runs} is not between 1 and {LARGEST:,}")

    def rows(self) -> Rows:
        """Every run of the study; each has its own luck."""
        run = np.arange(self.runs)
        return Rows(run, np.zeros_like(run), run, run)

    @property
    def identity(self) -> str:
        """What makes two studies the same: scenario, seed, what is kept, the model's code.

        Not the number of runs, since a study may grow.
        """
        parts = [self.scenario.to_yaml(), self.seed, self.keep, fingerprint()]
        return blake2b(json.dumps(parts).encode(), digest_size=12).hexdigest()

    def to_yaml(self) -> str:
        """The study as a file, complete enough to run again anywhere."""
        import yaml

        settings = {"runs": self.runs, "seed": self.seed, **({"keep": list(self.keep)} if self.keep is not None else {})}
        resolved = {"scenario": yaml.safe_load(self.scenario.to_yaml())}
        return yaml.safe_dump({**settings, **resolved}, sort_keys=False, allow_unicode=True, width=120)
