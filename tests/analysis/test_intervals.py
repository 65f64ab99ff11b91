"""Intervals of shares have a width whatever was seen, and known values."""

import numpy as np
import pytest

from frozen_conflict_sim.analysis.intervals import independent_change_interval, mean_interval, means, share_interval
from frozen_conflict_sim.analysis.main_effects import main_effects
from frozen_conflict_sim.analysis.summary import mean_or_share
from frozen_conflict_sim.model.columns import Column
from frozen_conflict_sim.record.estimates import share

WAR = Column("georgia.war", "outcome", "yes or no", "War.")


@pytest.mark.parametrize(("seen", "of", "low", "high"), [(0, 8, 0.0, 0.2527), (8, 8, 0.7473, 1.0), (3, 256, 0.0047, 0.02896)])
def test_shares_have_the_interval_of_wilson(seen, of, low, high):
    happened = (np.arange(of) < seen).astype(float)
    clustered = means(happened[:, None], np.arange(of)).interval_of_share()
    assert share_interval(seen, of) == pytest.approx((low, high), abs=2e-4)
    assert clustered == pytest.approx((low, high), abs=3e-3)
    assert (share(happened).low, share(happened).high) == pytest.approx(clustered)


def test_equal_clusters_are_worth_no_more_than_their_runs():
    # Three clusters of 1,000 runs with almost the same share: by the spread between clusters it would be known exactly.
    happened = np.concatenate([np.arange(1000) < count for count in (500, 500, 501)]).astype(float)
    low, high = means(happened[:, None], np.repeat(np.arange(3), 1000)).interval_of_share()
    least, most = share_interval(1501, 3000)
    assert (low, high) == pytest.approx((least, most), abs=1e-4)


def test_the_difference_of_independent_shares_has_newcombes_interval():
    # Newcombe 1998, table II, method 10, example (a): 56 of 70 and 48 of 80, at 95 % 0.0524 to 0.3339; here at 90 %.
    low, high = independent_change_interval(48 / 80, share_interval(48, 80), 56 / 70, share_interval(56, 70))
    assert 0.0524 < low < 0.2 < high < 0.3339
    assert (low, high) == pytest.approx((0.0762, 0.3128), abs=1e-3)


def test_main_effects_on_an_event_that_never_happened_have_a_width():
    import pandas as pd

    runs = pd.DataFrame({"x": np.arange(60.0), "georgia.war": np.zeros(60), "cluster": np.arange(60), "point": np.arange(60)})
    (found,) = main_effects(runs, [runs["x"]], [WAR])
    low, high = found.interval
    assert low == pytest.approx(-high)
    assert high == pytest.approx(share_interval(0, 20)[1])


def test_a_number_that_is_the_same_in_all_runs_has_no_interval():
    import pandas as pd

    assert mean_interval(np.full(8, 3.0)) is None
    runs = pd.DataFrame({"treaties": np.full(8, 3.0), "cluster": np.arange(8), "point": np.arange(8)})
    assert mean_or_share(
        Column("moscow.treaties", "outcome", "count", "…"), runs.rename(columns={"treaties": "moscow.treaties"})
    ) == (3.0, None, 8)
