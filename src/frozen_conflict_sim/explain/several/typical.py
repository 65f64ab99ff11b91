"""The most typical and the most unusual run of a class: by the distance of its course from the middle of the class."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ...experiment.errors import NotComparable
from ...files.problems import InputError, Position, Problem, listed, nearest
from ...results import Results
from ..names import plain


@dataclass(frozen=True)
class TypicalRuns:
    """The runs of one class, the most typical first, each with its distance from the middle of the class.

    A distance of 1 is that of an average run of the class. ``unusual_in`` is the quantity in which the most unusual run is
    furthest from the middle.
    """

    name: str
    runs: np.ndarray
    distances: np.ndarray
    unusual_in: str

    @property
    def typical(self) -> int:
        """The number of the most typical run."""
        return int(self.runs[0])

    @property
    def unusual(self) -> int:
        """The number of the most unusual run."""
        return int(self.runs[-1])

    def to_dict(self) -> dict:
        """Plain data, for machines."""
        return {
            "class": self.name,
            "runs": len(self.runs),
            "typical": self.typical,
            "unusual": self.unusual,
            "unusual_in": self.unusual_in,
            "distances": dict(zip(self.runs.tolist(), self.distances.tolist())),
        }


def typical_runs(results: Results, name: str) -> TypicalRuns:
    """Order the runs of a class, given by its name or a part of it, by how typical their key trajectories are.

    The middle is the median over the class in every turn; where no key trajectories are stored, key outcomes are compared.
    Raises ``InputError`` with the nearest name for a class that no run has.
    """
    table = results.table(["run", "class"]).dropna()
    name = _class_called(name, [*dict.fromkeys(table["class"])])
    mask = (table["class"] == name).to_numpy()
    runs = table["run"].to_numpy()[mask]
    apart = {column: _distances(values) for column, values in _courses(results, runs).items()}
    if not apart:
        raise NotComparable("these results keep no key trajectories and no key outcomes, by which runs could be compared")
    total = np.mean([*apart.values()], axis=0)
    order = np.argsort(total, kind="stable")
    furthest = max(apart, key=lambda column: apart[column][order[-1]])
    return TypicalRuns(name, runs[order], total[order], {**results.variables, **results.columns}[furthest].label)


def _courses(results: Results, runs: np.ndarray) -> dict[str, np.ndarray]:
    """Key trajectories of some runs, or key outcomes, as arrays of shape (run, turn); without what nothing is known of."""
    names = results.names("trajectory", key_outcomes=True)
    if names:
        found = results.arrays(*names)
        rows = np.searchsorted(found.runs, runs)
        return {name: found[name][rows].astype(float) for name in names}
    names = results.names("outcome", key_outcomes=True)
    table = results.table(["run", *names]).set_index("run").loc[runs]
    values = {name: table[name].to_numpy(float, na_value=np.nan)[:, None] for name in names}
    return {name: column for name, column in values.items() if not np.isnan(column).any()}


def _distances(values: np.ndarray) -> np.ndarray:
    """The distance of each run from the median, in average distances; 0 for all if they do not differ."""
    found = np.abs(values - np.median(values, axis=0)).mean(axis=1)
    average = found.mean()
    return found / average if average > 0.0 else found


def _class_called(written: str, known: list[str]) -> str:
    found = [name for name in known if plain(name) == plain(written)] or [
        name for name in known if plain(written) in plain(name)
    ]
    if len(found) != 1:
        why = f"there is no one class {written!r}; these runs end as {listed(known, 12)}"
        raise InputError([Problem(Position("explain"), "", f"{why}{nearest(written, [*known, *' '.join(known).split()])}")])
    return found[0]
