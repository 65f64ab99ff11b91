"""Paths of runs whose times are known: shares, not estimates that take early ends for losses; other data, other sentences."""

import numpy as np
import pytest
from matplotlib.axes import Axes

from frozen_conflict_sim import plots, run
from frozen_conflict_sim.analysis.paths import TREATY, incidence, paths, sentences
from frozen_conflict_sim.experiment.errors import NoSuchColumn, ResultsError


def aalen_johansen(when, ended, quarters):
    """The cumulative incidence as estimated from times of the event and of early ends by other causes, all observed."""
    at_risk, free, found, shares = len(when), 1.0, 0.0, []
    last = np.fmin(when, ended)
    for quarter in range(1, quarters + 1):
        events = int((when == quarter).sum())
        others = int(((ended == quarter) & ~(when == quarter)).sum())
        found += free * events / at_risk if at_risk else 0.0
        free *= 1 - (events + others) / at_risk if at_risk else 1.0
        at_risk = int((last > quarter).sum() + np.isnan(last).sum())
        shares.append(found)
    return shares


def kaplan_meier(when, ended, quarters):
    """One minus the survival when early ends are taken for lost cases: it overstates."""
    free, shares, last = 1.0, [], np.fmin(when, ended)
    for quarter in range(1, quarters + 1):
        at_risk = int((last >= quarter).sum() + np.isnan(last).sum())
        free *= 1 - int((when == quarter).sum()) / at_risk if at_risk else 1.0
        shares.append(1 - free)
    return shares


def test_shares_are_the_cumulative_incidence_of_competing_risks():
    chance, quarters = np.random.default_rng(1), 20
    first, other = (np.ceil(chance.exponential(mean, 3000)) for mean in (12.0, 8.0))
    when = np.where((first <= other) & (first <= quarters), first, np.nan)
    ended = np.where((other < first) & (other <= quarters), other, np.nan)
    found = incidence("x", "all", when, quarters, np.arange(3000))
    assert found.shares == pytest.approx(aalen_johansen(when, ended, quarters))
    rates = 1 / 12, 1 / 8
    truth = rates[0] / sum(rates) * (1 - np.exp(-sum(rates) * quarters))
    assert found.low[-1] < truth + 0.06
    assert kaplan_meier(when, ended, quarters)[-1] > found.high[-1] + 0.1, "what early ends taken for losses would say"
    assert found.median == np.median(when[~np.isnan(when)])


def test_runs_of_one_draw_widen_the_interval():
    when = np.repeat(np.where(np.random.default_rng(2).random(100) < 0.4, 3.0, np.nan), 10)
    alone = incidence("x", "all", when, 4, np.arange(1000))
    together = incidence("x", "all", when, 4, np.repeat(np.arange(100), 10))
    assert together.shares == alone.shares
    assert together.high[-1] - together.low[-1] > 2 * (alone.high[-1] - alone.low[-1])


def test_paths_of_the_model_are_those_of_its_runs(results):
    found = paths(results)
    runs = results.runs
    treaty = next(line for line in found.events if line.name == TREATY)
    signed = runs[["abkhazia.treaty_quarter", "south_ossetia.treaty_quarter"]].min(axis=1)
    assert treaty.shares == pytest.approx([(signed <= quarter).mean() for quarter in range(1, 9)])
    for line in found.classes:
        assert line.by_the_end == pytest.approx((runs["class"] == line.name).mean())
    assert sum(line.by_the_end for line in found.classes) <= 1.0
    assert isinstance(plots.paths(results), Axes)


def test_the_sentences_follow_the_data(results, small):
    said = sentences(paths(results))
    forbidden = run(small.with_values({"patron.policy": "status_quo"}), runs=20, seed=5)
    other = sentences(paths(forbidden))
    assert other[0].startswith("By the end there is a first treaty in 0 % (0 to ")
    assert other[0].endswith(" %) of all runs.")
    assert said[0] != other[0]


def test_what_has_no_date_is_one_sentence(results):
    with pytest.raises(NoSuchColumn, match="did you mean 'class'"):
        paths(results, by="clas")
    with pytest.raises(ResultsError):
        paths(results, by="georgia.alienation_at_end")
