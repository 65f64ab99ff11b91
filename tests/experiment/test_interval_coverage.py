"""Coverage: nine in ten of the 90 % intervals contain the known truth, with common random numbers too."""

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest

from frozen_conflict_sim.analysis.effects import effects
from frozen_conflict_sim.engine.random_streams import RandomStreams
from frozen_conflict_sim.experiment.execute.simulate import TaskResult
from frozen_conflict_sim.experiment.perform import perform
from frozen_conflict_sim.experiment.store.sources import Memory
from frozen_conflict_sim.experiment.study.study import Study
from frozen_conflict_sim.results import Results

ALIGNMENT, OPENED = "georgia.western_alignment_at_end", "railway.opened"
MEAN = {"swallow": 0.3, "status_quo": 0.5}
CHANCE = {"swallow": 0.2, "status_quo": 0.6}
ARM, SLOPE = 0.1, 0.2
REPEATED = 200


def toy(scenario, seed, rows, keep):
    """A simulation with known truth: a policy, an arm, an uncertainty, common noise, and noise of each run."""
    policy, arm = rows.columns["patron.policy"][0], rows.columns["arm"][0]
    streams = RandomStreams(seed, rows.stream)
    shared = streams.normal("shared", 0, 1)[0]
    own = streams.normal(f"{policy}/{arm}", 0, 1)[0]
    uncertain = rows.columns["parent.grievance"] - 1.0
    alignment = MEAN[policy] + (ARM if arm == "base" else 0.0) + SLOPE * uncertain + 0.3 * shared + 0.1 * own
    opened = streams.uniform("opened", 0, 1)[0] < CHANCE[policy]
    identity = {name: getattr(rows, name) for name in ("run", "point", "replicate", "stream")}
    table = pa.table(
        {**identity, "status": ["done"] * len(rows), **rows.columns, ALIGNMENT: alignment, OPENED: opened.astype(float)}
    )
    return TaskResult(table, pa.table({"run": pa.array([], pa.int64()), "turn": pa.array([], pa.int16())}))


@pytest.fixture(scope="module", params=["grid", "sobol"])
def covered(request, asked):
    """In which share of repeated studies each interval holds the truth."""
    design = {"kind": "grid"} if request.param == "grid" else {"kind": "sobol", "points": 16}
    study = asked(
        levers={"patron.policy": list(MEAN)},
        uncertainties={"parent.grievance": {"from": 0.0, "to": 2.0}},
        design=design,
        replicates=40 if request.param == "grid" else 2,
        compare_with={"parent.channels": "off"},
        outcomes=[ALIGNMENT, OPENED],
    )
    held: dict[tuple, list[bool]] = {}
    for seed in range(REPEATED):
        one = Study(replace(study, seed=seed))
        found = effects(Results(Memory(one, perform(one, play=toy))))
        for effect in found.effects:
            truth = MEAN[effect.value] + ARM if effect.outcome == ALIGNMENT else CHANCE[effect.value]
            note(held, (effect.outcome, effect.value), effect.interval, truth)
            if effect.outcome == ALIGNMENT:
                note(held, ("difference", effect.value), effect.versus["parent.channels=off"].interval, ARM)
    return request.param, {what: float(np.mean(hits)) for what, hits in held.items()}


def note(held, what, interval, truth):
    held.setdefault(what, []).append(interval[0] <= truth <= interval[1])


def test_intervals_cover_what_is_true(covered):
    kind, shares = covered
    # Points that fill the space evenly leave less to chance than intervals allow for: those may be too wide, never too narrow.
    most = 0.95 if kind == "grid" else 1.0
    assert len(shares) == 6
    assert all(0.85 <= share <= most for share in shares.values()), shares


def test_taking_runs_for_independent_would_be_dishonest(asked):
    """Runs with the same random numbers are not independent: without clusters the interval is far too narrow."""
    from frozen_conflict_sim.analysis.intervals import mean_interval, means

    clusters = np.repeat(np.arange(20), 10)
    clustered = naive = 0
    for seed in range(REPEATED):
        streams = RandomStreams(seed, np.arange(20))
        values = (
            np.repeat(streams.normal("shared", 0, 1)[0], 10) + 0.3 * RandomStreams(seed, np.arange(200)).normal("own", 0, 1)[0]
        )
        low, high = means(values[:, None], clusters).interval()
        clustered += low <= 0 <= high
        low, high = mean_interval(values)
        naive += low <= 0 <= high
    assert 0.85 <= clustered / REPEATED <= 0.95
    assert naive / REPEATED < 0.6
