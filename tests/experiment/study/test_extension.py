"""Studies that grow in one folder, and studies that share runs: nothing is played twice, and no run changes its number."""

import pandas as pd
import pyarrow.parquet as pq
import pytest

from frozen_conflict_sim import open_results
from frozen_conflict_sim.experiment.errors import FolderTaken
from frozen_conflict_sim.experiment.perform import perform_into
from frozen_conflict_sim.experiment.store.verify import verify
from frozen_conflict_sim.experiment.study.study import Study

BASE = {
    "levers": {"patron.policy": ["swallow", "status_quo"]},
    "uncertainties": {"parent.grievance": {"from": 0.0, "to": 2.0}},
    "design": {"kind": "sobol", "points": 4},
    "replicates": 1,
    "keep": ["alienation"],
}
POINTS = {"design": {"kind": "sobol", "points": 8}}
POLICIES = {"levers": {"patron.policy": ["salami", "swallow", "status_quo"]}}
ARMS = {"compare_with": {"parent.channels": "off"}}
SAME = ["patron.policy", "arm", "stream"]


@pytest.fixture(scope="module")
def study(asked):
    """Make a study that differs from the base in some things."""
    return lambda **more: Study(asked(**BASE | more))


def test_points_lists_arms_and_replicates_grow_and_no_run_changes_its_number(study, tmp_path):
    steps = [({}, 8), (POINTS, 8), (POLICIES, 4), (POLICIES | ARMS | {"replicates": 2}, 36)]
    before = None
    for more, fresh in steps:
        assert perform_into(tmp_path / "sizes", study(**more), task_size=4).played == fresh
        runs = open_results(tmp_path / "sizes").runs
        if before is not None:
            pd.testing.assert_frame_equal(runs[list(before)].head(len(before)), before)
        before = runs.drop(columns="arm", errors="ignore")
    assert open_results(tmp_path / "sizes").manifest["counts"] == {"planned": 56, "finished": 56, "failed": 0}
    perform_into(tmp_path / "whole", study(**POINTS | POLICIES | ARMS | {"replicates": 2}), task_size=100)
    both = runs.merge(open_results(tmp_path / "whole").runs, on=SAME, suffixes=("", " there"))
    assert len(both) == len(runs)
    for name in runs.columns.difference([*SAME, "run", "point"]):
        pd.testing.assert_series_equal(both[name], both[f"{name} there"], check_names=False)


def test_less_than_was_asked_before_is_complete(study, tmp_path):
    def interrupt(done, seen=[]):  # noqa: B006
        seen.append(done)
        if sum(seen) >= 16:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        perform_into(tmp_path / "less", study(replicates=4), task_size=4, progress=interrupt)
    assert open_results(tmp_path / "less").manifest["status"] == "interrupted"
    assert perform_into(tmp_path / "less", study(replicates=2), task_size=4).played == 0
    assert open_results(tmp_path / "less").manifest["status"] == "complete"
    assert perform_into(tmp_path / "less", study(replicates=4), task_size=4).played == 16


def test_what_cannot_be_extended_is_refused(study, tmp_path):
    perform_into(tmp_path / "latin", study(design={"kind": "latin_hypercube", "points": 4}))
    with pytest.raises(FolderTaken, match="a latin_hypercube design of 8 points does not start with the points of one of 4"):
        perform_into(tmp_path / "latin", study(design={"kind": "latin_hypercube", "points": 8}))
    perform_into(tmp_path / "arms", study(compare_with={"off": {"parent.channels": "off"}}))
    with pytest.raises(FolderTaken, match="its arm 'off' has other values"):
        perform_into(tmp_path / "arms", study(compare_with={"off": {"patron.ask_step": 0.5}}))


def test_two_studies_share_what_they_have_in_common(study, asked, small, tmp_path):
    perform_into(tmp_path / "first", study(**POINTS), task_size=5)
    larger = study(**POLICIES | ARMS | {"replicates": 2})
    alone, sharing = perform_into(tmp_path / "alone", larger), perform_into(tmp_path / "b", larger, reuse=[tmp_path / "first"])
    assert (alone.taken, sharing.taken, sharing.played) == (0, 8, alone.played - 8)
    one, other = (open_results(tmp_path / name) for name in ("alone", "b"))
    pd.testing.assert_frame_equal(one.runs, other.runs)
    assert one.trajectories.identical(other.trajectories)
    assert (
        len({tuple(pq.read_schema(path).names) for name in ("alone", "b") for path in (tmp_path / name / "runs").iterdir()})
        == 1
    )
    fixed = Study(asked(**BASE | {"levers": {}, "scenario": small.with_values({"patron.policy": "swallow"})}))
    assert perform_into(tmp_path / "fixed", fixed, reuse=[tmp_path / "first"]).taken == 4
    perform_into(tmp_path / "played", fixed)
    pd.testing.assert_frame_equal(open_results(tmp_path / "fixed").runs, open_results(tmp_path / "played").runs)


@pytest.mark.parametrize(
    ("more", "message"),
    [({"seed": 6}, "its seed is 5"), ({"keep": ["alienation", "prestige_climate"]}, "it does not keep all trajectories")],
)
def test_what_cannot_be_shared_is_reported(study, tmp_path, more, message):
    perform_into(tmp_path / "first", study(design={"kind": "sobol", "points": 1}))
    done = perform_into(tmp_path / "second", study(design={"kind": "sobol", "points": 1}, **more), reuse=[tmp_path / "first"])
    assert done.taken == 0
    assert message in done.notes[0]


def test_a_study_that_knows_enough_is_sound(study, tmp_path):
    until = {"until": {"outcome": "georgia.western_alignment_at_end", "half_width": 0.5}, "at_most": 200}
    perform_into(tmp_path / "known", study(replicates=until))
    assert verify(tmp_path / "known").problems == []
    next((tmp_path / "known" / "runs").iterdir()).write_bytes(b"torn")
    again = verify(tmp_path / "known").again
    assert 0 < len(again) < open_results(tmp_path / "known").manifest["counts"]["planned"]
    assert perform_into(tmp_path / "known", study(replicates=until)).played == len(again)
    assert verify(tmp_path / "known").problems == []
