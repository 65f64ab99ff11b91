"""Whether an outcome varies enough to say what its variance is due to, and if not, why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from ..intervals import JACKKNIFE_GROUPS
from ..summary import is_yes_or_no

if TYPE_CHECKING:
    from ...model.columns import Column

Estimate = tuple[float, tuple[float, float]]
CONVENTION = "The share of a source alone has no interaction with chance in it: what they do together is counted as chance."


def why_not(
    column: Column, table: np.ndarray, least: int, units: str, lacking: int = 0, bearing: tuple[int, ...] | slice = slice(None)
) -> str:
    """Why the outcome in ``table``, shape ``(unit, run)``, has no shares of variance; empty if it varies enough.

    ``least`` units are needed, ``lacking`` further ones lack the outcome; the variance is that of the columns ``bearing``. If
    most runs have the same value, another one must occur in as many units as the jackknife has groups, else shares and
    intervals would depend on a handful of runs.
    """
    if len(table) < least:
        few = f"defined in all runs of only {len(table):,} {units}" if lacking else f"{len(table):,} {units} are too few"
        return f"{few}; at least {least} are needed"
    values, counts = np.unique(table, return_counts=True)
    usual = values[np.argmax(counts)]
    where = f"{table.size - int(counts.max()):,} of {table.size:,} runs"
    if len(values) == 1:
        always = "happens in every run" if usual else "never happens in these runs"
        return always if is_yes_or_no(column) else f"the same in all runs, {usual:g} ({column.unit})"
    others = int((table != usual)[:, bearing].any(axis=1).sum())
    if others >= JACKKNIFE_GROUPS or 2 * counts.max() < table.size:
        return ""
    what = f"{'does not happen' if usual else 'happens'} in" if is_yes_or_no(column) else f"other than {usual:g} in only"
    reason = f"{what} {where}, at {others} of {len(table):,} {units}: too rare for shares of the variance or intervals"
    return f"{reason}; at least {JACKKNIFE_GROUPS} {units} are needed"
