"""A calibration from end to end: fit, validate by leaving out patterns, report, and write the files."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ...analysis.approximate_bayes import ACCEPTANCE
from ...experiment.store.files import write_atomically
from ...results import Results
from ..estimates import Estimate
from ..pattern import Pattern
from ..scoreboard import CAVEAT
from .leave_one_out import RUNS, LeaveOneOut, leave_one_out, overall_likelihood_ratio
from .posterior import DRAWN, Posterior, posterior
from .search import Search
from .statistics import PointStatistics, point_statistics

POSTERIOR, REPORT = "posterior.csv", "calibration.json"


@dataclass(frozen=True)
class Calibration:
    """A fit to patterns of the record; ``sets`` are equally weighted draws from its posterior, shape ``(set, key)``."""

    points: PointStatistics
    patterns: tuple[Pattern, ...]
    posterior: Posterior
    sets: np.ndarray
    leave_one_out: tuple[LeaveOneOut, ...]
    searched: Search | None = None

    @property
    def warnings(self) -> list[str]:
        """What to know before using the sets: too few patterns, unconstrained values, parts without cases."""
        keys, parts = self.points.keys, self.points.parts
        notes = []
        if len(keys) > len(self.patterns):
            notes.append(f"{len(keys)} values are fitted to {len(self.patterns)} patterns, so most cannot be constrained")
        loose = [line.key for line in self.posterior.constraints if line.verdict == "hardly"]
        if loose:
            notes.append(f"the record hardly constrains {', '.join(loose)}: their posterior is close to what was put in")
        unknown = np.isnan(self.points.statistics).all(axis=0)
        missing = [part or pattern for (pattern, part), never in zip(parts, unknown) if never]
        if missing:
            notes.append(
                f"{len(missing)} of {len(parts)} parts have too few cases at every point ({', '.join(missing)}): "
                "run more replicates or leave them out"
            )
        return notes

    @property
    def distances(self) -> tuple[float, float]:
        """The mean distance of the defaults, and of the sets fitted to all other patterns, from the patterns left out."""
        pairs = [(line.distance(line.defaults), line.distance(line.fitted)) for line in self.leave_one_out]
        return tuple(map(float, np.mean(pairs, axis=0))) if pairs else (np.nan, np.nan)

    @property
    def likelihood_ratio(self) -> Estimate | None:
        """The likelihood ratio of fitted sets to defaults on patterns left out; None if no part is a share of cases."""
        return overall_likelihood_ratio(self.leave_one_out)

    @property
    def verdict(self) -> str:
        """A sentence: whether the fitted sets predict patterns left out better than the defaults; empty if unknown."""
        ratio = self.likelihood_ratio
        if not ratio:
            return ""
        better = ratio.low > 1.0, ratio.high < 1.0
        word = {(True, False): "better than", (False, True): "worse than"}.get(better, "neither better nor worse than")
        return (
            f"On patterns left out, the fitted sets predict {word} the defaults: likelihood ratio {ratio.value:.3f} "
            f"({ratio.low:.3f}–{ratio.high:.3f}), each pattern with the same weight."
        )

    def to_dict(self) -> dict:
        """Plain data for JSON."""
        (defaults, fitted), ratio = self.distances, self.likelihood_ratio
        return {
            "caveat": list(CAVEAT),
            "points": len(self.points.values),
            "runs_per_point": self.points.runs_per_point,
            "accepted": len(self.posterior.accepted.accepted),
            "sets": len(self.sets),
            "distance": {"all points": self.posterior.distance_before, "accepted": self.posterior.distance_after},
            "warnings": self.warnings,
            "values": [
                {
                    "key": line.key,
                    "before": line.before,
                    "after": line.after,
                    "mean": line.mean,
                    "width_left": line.width_left,
                    "verdict": line.verdict,
                    "most_informative": line.most_informative,
                    "correlation": line.correlation,
                    "coverage": line.coverage,
                }
                for line in self.posterior.constraints
            ],
            "patterns": [
                {"pattern": pattern, "part": part, "target": str(self._target(pattern, part)), "met": share}
                for (pattern, part), share in self.posterior.met.items()
            ],
            "leave_one_out": [
                {
                    "pattern": line.pattern,
                    "part": line.part,
                    "target": str(line.target),
                    "defaults": _finite(line.defaults.value),
                    "fitted_to_the_others": _finite(line.fitted.value),
                    "distance_of_defaults": line.distance(line.defaults),
                    "distance_of_fitted": line.distance(line.fitted),
                    "likelihood_ratio": _finite(line.likelihood_ratio),
                }
                for line in self.leave_one_out
            ],
            "distance_leave_one_out": {"defaults": _finite(defaults), "fitted": _finite(fitted)},
            "likelihood_ratio": ratio and {"estimate": ratio.value, "low": ratio.low, "high": ratio.high},
            "search": self.searched and self.searched.to_dict(),
        }

    def write(self, folder: Path) -> Path:
        """Write ``posterior.csv`` (a header of keys, then a set a line) and ``calibration.json``; the path of the first."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(self.points.keys)
        writer.writerows([f"{value:.6g}" for value in line] for line in self.sets)
        write_atomically(folder / POSTERIOR, text.getvalue().encode())
        write_atomically(folder / REPORT, (json.dumps(self.to_dict(), ensure_ascii=False, indent=1) + "\n").encode())
        return folder / POSTERIOR

    def _target(self, name: str, part: str):
        return next(pattern for pattern in self.patterns if pattern.name == name).targets[part]


def _finite(number: float) -> float | None:
    return float(number) if np.isfinite(number) else None


def calibrate(
    results: Results, patterns: Sequence[Pattern], *, acceptance: float = ACCEPTANCE, sets: int = DRAWN, runs: int = RUNS,
    workers: int = 1, progress: Callable[[int], None] = lambda done: None,
) -> Calibration:  # fmt: skip
    """Fit the uncertainties of a sampling experiment that has been run to patterns of the record.

    The fit needs no new runs. Leave-one-out validation needs ``runs`` for each pattern, which may be zero.
    """
    points = point_statistics(results, patterns)
    found, experiment = posterior(points, acceptance), results.experiment
    options = {"runs": runs, "acceptance": acceptance, "workers": workers, "progress": progress}
    lines = leave_one_out(points, patterns, experiment.scenario, experiment.seed, experiment.keep, **options) if runs else ()
    return Calibration(points, tuple(patterns), found, found.accepted.draw(sets), lines)
