"""A calibration from end to end, and what there is to say about it."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ...analysis.approximate_bayes import KEPT
from ...experiment.store.files import write_whole
from ...results import Results
from ..estimates import Estimate
from ..pattern import Pattern
from ..scoreboard import CAVEAT
from .leave_one_out import RUNS, LeftOut, all_in_all, left_out
from .posterior import DRAWN, Posterior, posterior
from .search import Search
from .statistics import Evidence, evidence


@dataclass(frozen=True)
class Calibration:
    """What was fitted to what: ``sets`` are plausible sets of values, shape ``(set, key)``, each as likely as the other."""

    evidence: Evidence
    patterns: tuple[Pattern, ...]
    fitted: Posterior
    sets: np.ndarray
    left_out: tuple[LeftOut, ...]
    searched: Search | None = None

    @property
    def warnings(self) -> list[str]:
        """What a reader must know before using the sets."""
        evidence, found = self.evidence, self.fitted
        free, parts = len(evidence.keys), len(evidence.parts)
        said = []
        if free > len(self.patterns):
            said.append(f"more free values ({free}) than patterns ({len(self.patterns)}): most of them cannot be constrained")
        loose = [line.key for line in found.constraints if line.verdict == "hardly"]
        if loose:
            said.append(f"the record hardly constrains {', '.join(loose)}: what these sets say of it is what was put in")
        blank = np.isnan(evidence.statistics).all(axis=0)
        unseen = [part or pattern for (pattern, part), never in zip(evidence.parts, blank) if never]
        if unseen:
            said.append(f"nothing was ever seen of {', '.join(unseen)}, of {parts} parts: more replicates, or leave it out")
        return said

    @property
    def distances(self) -> tuple[float, float]:
        """How far the defaults, and the sets fitted to all other patterns, lie from the patterns left out, on average."""
        pairs = [(line.distance(line.defaults), line.distance(line.fitted)) for line in self.left_out]
        return tuple(map(float, np.mean(pairs, axis=0))) if pairs else (np.nan, np.nan)

    @property
    def times(self) -> Estimate | None:
        """How many times as probable what was left out is by the fitted sets as by the defaults; None where none is a share."""
        return all_in_all(self.left_out)

    @property
    def verdict(self) -> str:
        """Whether the sets foretell what was left out better than the defaults do, in a sentence; empty if that is unknown."""
        times = self.times
        if not times:
            return ""
        better = times.low > 1.0, times.high < 1.0
        word = {(True, False): "do better than", (False, True): "do worse than"}.get(better, "cannot be told apart from")
        return (
            f"On patterns left out the fitted sets {word} the defaults: what the record shows is {times.value:.3f} "
            f"({times.low:.3f}–{times.high:.3f}) times as probable, each pattern counting the same."
        )

    def to_dict(self) -> dict:
        """Plain data, for machines."""
        found, (defaults, fitted), times = self.fitted, self.distances, self.times
        return {
            "caveat": list(CAVEAT),
            "points": len(self.evidence.values),
            "runs_a_point": self.evidence.runs_a_point,
            "kept": len(found.found.kept),
            "sets": len(self.sets),
            "missed": {"all points": found.missed_before, "plausible": found.missed_after},
            "warnings": self.warnings,
            "values": [
                {
                    "key": line.key,
                    "before": line.before,
                    "after": line.after,
                    "mean": line.middle,
                    "width_left": line.left,
                    "verdict": line.verdict,
                    "spoken_of_by": line.by,
                    "correlation": line.correlation,
                    "truths_held": line.held,
                }
                for line in found.constraints
            ],
            "patterns": [
                {"pattern": pattern, "part": part, "target": str(self._target(pattern, part)), "met": share}
                for (pattern, part), share in found.met.items()
            ],
            "left_out": [
                {
                    "pattern": line.pattern,
                    "part": line.part,
                    "target": str(line.target),
                    "defaults": _finite(line.defaults.value),
                    "fitted_to_the_others": _finite(line.fitted.value),
                    "distance_of_defaults": line.distance(line.defaults),
                    "distance_of_fitted": line.distance(line.fitted),
                    "times_as_probable": _finite(line.times),
                }
                for line in self.left_out
            ],
            "distance_left_out": {"defaults": _finite(defaults), "fitted": _finite(fitted)},
            "times_as_probable": times and {"estimate": times.value, "low": times.low, "high": times.high},
            "search": self.searched and self.searched.to_dict(),
        }

    def _target(self, name: str, part: str):
        return next(pattern for pattern in self.patterns if pattern.name == name).targets[part]


def _finite(number: float) -> float | None:
    return float(number) if np.isfinite(number) else None


def calibrated(
    results: Results, patterns: Sequence[Pattern], *, kept: float = KEPT, sets: int = DRAWN, runs: int = RUNS,
    workers: int = 1, progress: Callable[[int], None] = lambda done: None,
) -> Calibration:  # fmt: skip
    """Fit the uncertain values of a sampling experiment that has been run to patterns of the record.

    No run is repeated; only to see what the sets give where a pattern was left out, new ones are played: ``runs`` for each,
    which may be none.
    """
    seen = evidence(results, patterns)
    fitted, asked = posterior(seen, kept), results.experiment
    how = {"runs": runs, "kept": kept, "workers": workers, "progress": progress}
    others = left_out(seen, patterns, asked.scenario, asked.seed, asked.keep, **how) if runs else ()
    return Calibration(seen, tuple(patterns), fitted, fitted.found.draw(sets), others)


POSTERIOR, REPORT = "posterior.csv", "calibration.json"


def table(keys: tuple[str, ...], sets: np.ndarray) -> str:
    """Sets as CSV: dotted keys in the first line, then a set a line."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(keys)
    writer.writerows([f"{value:.6g}" for value in line] for line in sets)
    return text.getvalue()


def keep(folder: Path, keys: tuple[str, ...], sets: np.ndarray, report: dict) -> Path:
    """Write both files; the path of the table."""
    path = folder / POSTERIOR
    write_whole(path, table(keys, sets).encode())
    write_whole(folder / REPORT, (json.dumps(report, ensure_ascii=False, indent=1) + "\n").encode())
    return path
