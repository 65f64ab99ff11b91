"""The data of a discovery: what was varied in each run, whether the expression holds there, and which runs belong together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ...experiment.errors import NoSuchColumn, ResultsError
from ...experiment.spec import BASE
from ...files.problems import nearest
from ...results import Results
from ..groups import SPLITTING
from ..intervals import clusters
from .expression import Expression

FEWEST_DRAWS, FEWEST_CASES = 30, 10


@dataclass(frozen=True)
class Factor:
    """Something that was varied: numbers, or ``codes`` of the ``options`` of a category."""

    name: str
    label: str
    unit: str
    values: np.ndarray
    options: tuple[str, ...] = ()

    def take(self, rows: np.ndarray) -> Factor:
        """The same in some rows."""
        return Factor(self.name, self.label, self.unit, self.values[rows], self.options)


@dataclass(frozen=True)
class Cases:
    """Runs (or pairs of runs) with their factors; ``held`` says where the expression holds, ``draws`` which belong together.

    ``undefined`` runs were left out, because the expression is not defined in them. ``rows`` are their rows in ``runs``.
    """

    factors: tuple[Factor, ...]
    held: np.ndarray
    draws: np.ndarray
    undefined: int = 0
    rows: np.ndarray | None = None

    def __len__(self):
        return len(self.held)

    @property
    def base_rate(self) -> float:
        """The share of all runs in which the expression holds."""
        return float(self.held.mean())

    def take(self, rows: np.ndarray) -> Cases:
        """Some rows, which may repeat."""
        return Cases(tuple(factor.take(rows) for factor in self.factors), self.held[rows], self.draws[rows])


def cases(results: Results, asked: Expression, names: Sequence[str] = ()) -> Cases:
    """The cases of an expression in the finished runs of the base of a study, over the named factors or all that vary.

    Raises ``ResultsError`` if the expression holds in hardly any or nearly all runs, if there are too few of them, or if
    nothing varies.
    """
    about = results.table([name for name in ("status", "arm", "stream", "changed") if name in results.columns])
    rows = (about["status"] == "done").to_numpy(copy=True)
    if "arm" in about and "arm" not in names and "arm" not in asked.columns:
        rows &= (about["arm"] == BASE).to_numpy()
    held, known = asked.holds(results)
    undefined = int((rows & ~known).sum())
    rows &= known
    draws = np.unique(clusters(about["stream"].to_numpy()[rows])[0], return_inverse=True)[1]
    _enough(asked, held[rows], draws, undefined)
    factors = tuple(_factors(results, names, rows, asked))
    if not factors:
        raise ResultsError("nothing is varied in these results besides what the expression names: there is no box to look for")
    return Cases(factors, held[rows], draws, undefined, np.flatnonzero(rows))


def _enough(asked: Expression, held: np.ndarray, draws: np.ndarray, undefined: int) -> None:
    count, independent = int(held.sum()), len(np.unique(draws))
    missing = f", {undefined:,} left out because it is not defined there" if undefined else ""
    if independent < FEWEST_DRAWS:
        what = "draw of what is uncertain is" if independent == 1 else "draws of what is uncertain are"
        raise ResultsError(f"{independent} {what} too few for a box: at least {FEWEST_DRAWS} are needed{missing}")
    for few, words in ((count, "holds"), (len(held) - count, "fails to hold")):
        if few < FEWEST_CASES:
            where = f"in {few:,} of {len(held):,} runs" if few else f"in none of {len(held):,} runs"
            raise ResultsError(f"{asked.text!r} {words} {where}{missing}: a box needs at least {FEWEST_CASES} of each")


def _factors(results: Results, names: Sequence[str], rows: np.ndarray, asked: Expression):
    """What varies: levers and uncertainties, or where a scenario alone was run its drawn parameters."""
    known = [name for name, column in results.columns.items() if column.kind in SPLITTING or name == "arm"]
    for name in names:
        if name not in known:
            raise NoSuchColumn(f"{name!r} is not varied in these results{nearest(name, known)}")
    designed = [*results.names("lever"), *results.names("uncertainty")]
    for name in dict.fromkeys(names or designed or results.names("parameter")):
        column = results.columns[name]
        values = results.table([name])[name].to_numpy()[rows]
        if name in asked.columns:
            continue
        if values.dtype.kind in "fiub":
            numbers = values.astype(float)
            if len(numbers) and not np.isnan(numbers).any() and np.ptp(numbers):
                yield Factor(name, column.label or name, column.unit, numbers)
        else:
            options, codes = np.unique(values.astype(str), return_inverse=True)
            if len(options) > 1:
                yield Factor(name, column.label or name, "", codes, tuple(map(str, options)))
