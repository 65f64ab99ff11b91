"""Runs of a study as rows, and tasks: the rows that one process plays at a time."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from ...scenario import Scenario


@dataclass(frozen=True)
class Rows:
    """Some runs: number, point of the design, replicate and stream number, one array entry a run.

    ``columns`` are the values of levers and uncertainties (and the arm), ``given`` the numbers handed to the model, by
    address, and ``members_set`` the specific keys of everything that these set.
    """

    run: np.ndarray
    point: np.ndarray
    replicate: np.ndarray
    stream: np.ndarray
    columns: dict[str, np.ndarray] = field(default_factory=dict)
    given: dict[tuple, np.ndarray] = field(default_factory=dict)
    members_set: frozenset[str] = frozenset()

    def __len__(self):
        return len(self.run)

    def take(self, which) -> Rows:
        """Some of these rows, by index or slice."""
        columns = {name: values[which] for name, values in self.columns.items()}
        given = {address: values[which] for address, values in self.given.items()}
        identity = (values[which] for values in (self.run, self.point, self.replicate, self.stream))
        return Rows(*identity, columns, given, self.members_set)


@dataclass(frozen=True)
class Task:
    """Runs of one configuration and the scenario they play: what one process plays at a time."""

    scenario: Scenario
    rows: Rows
