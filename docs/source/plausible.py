"""Which values are plausible given the record, and how well values fitted to a part of it predict the rest."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from in_memory import played
from pages import code, table

import frozen_conflict_sim as fcs
from frozen_conflict_sim.cli.screen.tables import interval, number, percent
from frozen_conflict_sim.experiment.execute.workers import processors
from frozen_conflict_sim.record.calibration.calibration import Calibration, calibrate
from frozen_conflict_sim.record.calibration.requirements import needed_trajectories, patterns_to_fit, scenario_of_patterns

OF_CHANCE, OF_MOTIVES = "calibration", "calibration_of_motives"


@cache
def fitted(name: str) -> Calibration:
    """A shipped calibration."""
    experiment = fcs.load_experiment(name)
    patterns = patterns_to_fit(scenario_of_patterns(experiment.scenario))
    results = played(replace(experiment, keep=needed_trajectories(patterns, experiment.scenario)))
    return calibrate(results, patterns, workers=processors())


def chance() -> str:
    """The plausible amounts of chance."""
    return _told(fitted(OF_CHANCE))


def motives() -> str:
    """The plausible strengths of motives."""
    return _told(fitted(OF_MOTIVES))


def _told(found: Calibration) -> str:
    points, lines = found.points, found.posterior.constraints
    accepted = len(found.posterior.accepted.accepted)
    tried = f"{len(points.values):,} sets were tried with {points.runs_per_point} runs each; {accepted} were accepted."
    rows = [
        [
            code(line.key),
            interval(line.before, number),
            interval(line.after, number),
            percent(line.width_left),
            percent(line.coverage),
            f"{line.most_informative} ({line.correlation:+.2f})",
        ]
        for line in lines
    ]
    headings = ["value", "tried", "plausible", "width left", "coverage", "most informative pattern"]
    return f"{tried}\n\n{table(headings, rows)}\n\n{found.verdict}"
