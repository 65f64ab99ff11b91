"""Elementary effects: estimates agree with those of a known function, and a study says why it has none."""

import numpy as np
import pyarrow as pa
import pytest

from frozen_conflict_sim import load_scenario, plots
from frozen_conflict_sim.analysis.sensitivity.elementary_effects import elementary_effects
from frozen_conflict_sim.analysis.sensitivity.method import EFFECTS, sensitivity
from frozen_conflict_sim.experiment.errors import ResultsError
from frozen_conflict_sim.experiment.execute.simulate import TaskResult
from frozen_conflict_sim.experiment.load import experiment_from
from frozen_conflict_sim.experiment.perform import perform
from frozen_conflict_sim.experiment.store.sources import Memory
from frozen_conflict_sim.experiment.study.study import Study
from frozen_conflict_sim.results import Results
from tests.analysis.toy import ALIENATION, ALIGNMENT, FACTORS, SPAN, results_of

X, Y, Z, IDLE = FACTORS


def known(scenario, seed, rows, keep):
    """3x + 2yz over the unit cube; alienation is the same in all runs, and the fourth factor has no influence."""
    x, y, z = (rows.columns[name] for name in FACTORS[:3])
    identity = {name: getattr(rows, name) for name in ("run", "point", "replicate", "stream")}
    values = {ALIGNMENT: 3 * x + 2 * y * z, ALIENATION: np.ones(len(rows))}
    table = {**identity, "status": ["done"] * len(rows), **rows.columns, **values}
    return TaskResult(pa.table(table), pa.table({"run": pa.array([], pa.int64()), "turn": pa.array([], pa.int16())}))


def studied(**more):
    """The results of a Morris design with the known function."""
    about = {"question": "What?", "scenario": load_scenario("georgia_2014"), "keep": [], "seed": 3}
    study = Study(experiment_from({**about, "uncertainties": dict.fromkeys(FACTORS, SPAN), **more}))
    return Results(Memory(study, perform(study, play=known)))


@pytest.fixture(scope="module")
def found():
    results = studied(design={"kind": "morris", "points": 200, "levels": 4})
    return {line.source: line for line in elementary_effects(results, (ALIGNMENT,))[0]}


@pytest.mark.parametrize(("source", "mean", "spread"), [(X, 3, 0), (Y, 1, 2 * 0.373), (Z, 1, 2 * 0.373), (IDLE, 0, 0)])
def test_effects_agree_with_known_ones(found, source, mean, spread):
    # The effect of y is 2z, and z is 0, 1/3, 2/3 or 1 with equal probability: a mean of 1, a standard deviation of 2 × 0.373.
    line = found[source]
    assert line.mu_star[0] == pytest.approx(mean, abs=0.12)
    assert line.mu[0] == pytest.approx(mean, abs=0.12)
    assert line.sigma[0] == pytest.approx(spread, abs=0.08)
    low, high = line.mu_star[1]
    assert low - 1e-9 <= mean <= high + 1e-9
    assert (line.effects, line.paths, line.left_out) == (200, 200, 0)


def test_the_strongest_source_comes_first(found):
    assert next(iter(found)) == X
    assert list(found)[-1] == IDLE


def test_levers_are_pooled_and_replicates_averaged():
    levers = {"patron.policy": ["swallow", "status_quo"]}
    results = studied(design={"kind": "morris", "points": 12}, levers=levers, replicates=3)
    line = elementary_effects(results, (ALIGNMENT,))[0][0]
    assert line.mu_star[0] == pytest.approx(3)
    assert (line.effects, line.paths) == (24, 12)


def test_an_outcome_that_no_step_changes_says_so_and_so_do_too_few_paths():
    results = studied(design={"kind": "morris", "points": 8})
    assert elementary_effects(results, (ALIENATION,)) == ((), {ALIENATION: "no step changes it"})
    few = studied(design={"kind": "morris", "points": 3})
    assert "3 paths" in elementary_effects(few, (ALIGNMENT,))[1][ALIGNMENT]
    assert "at least 4" in elementary_effects(few, (ALIGNMENT,))[1][ALIGNMENT]


def test_the_method_fits_the_design():
    assert sensitivity(studied(design={"kind": "morris", "points": 8})).method == EFFECTS
    with pytest.raises(ResultsError, match="morris"):
        elementary_effects(results_of(design={"kind": "sobol", "points": 4}))


def test_the_plot_shows_the_sources_in_order():
    results = studied(design={"kind": "morris", "points": 8}, outcomes=["western_alignment_at_end"])
    axes = plots.morris(results, ALIGNMENT)
    assert [label.get_text() for label in axes.get_yticklabels()][-1] == results.columns[X].label
    assert "morris" in [plot.name for plot in plots.PLOTS.values() if plot.applies(results)]
    assert axes.patches[-1].get_width() == pytest.approx(3)
