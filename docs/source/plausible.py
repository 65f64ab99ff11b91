"""What the record leaves plausible, and whether what is fitted to a part of it foretells the rest."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from pages import code, table
from under_each_rule import played

import frozen_conflict_sim as fcs
from frozen_conflict_sim.cli.screen.tables import interval, number, percent
from frozen_conflict_sim.experiment.execute.workers import processors
from frozen_conflict_sim.record.calibration.calibration import Calibration, calibrated
from frozen_conflict_sim.record.calibration.requirements import needed_trajectories, patterns_to_fit, scenario_of_patterns

OF_CHANCE, OF_MOTIVES = "calibration", "calibration_of_motives"


@cache
def fitted(name: str) -> Calibration:
    """A shipped calibration."""
    experiment = fcs.load_experiment(name)
    patterns = patterns_to_fit(scenario_of_patterns(experiment.scenario))
    results = played(replace(experiment, keep=needed_trajectories(patterns, experiment.scenario)))
    return calibrated(results, patterns, workers=processors())


def chance() -> str:
    """The sizes of chance that are plausible."""
    return _told(fitted(OF_CHANCE))


def motives() -> str:
    """The motives that are plausible."""
    return _told(fitted(OF_MOTIVES))


def _told(found: Calibration) -> str:
    evidence, lines = found.evidence, found.fitted.constraints
    kept = len(found.fitted.found.kept)
    tried = f"{len(evidence.values):,} sets were tried, {evidence.runs_a_point} runs each; {kept} were kept."
    rows = [
        [
            code(line.key),
            interval(line.before, number),
            interval(line.after, number),
            percent(line.left),
            percent(line.held),
            f"{line.by} ({line.correlation:+.2f})",
        ]
        for line in lines
    ]
    headings = ["value", "tried", "plausible", "width left", "truths held", "which speaks most"]
    return f"{tried}\n\n{table(headings, rows)}\n\n{found.verdict}"
