"""Designs: every combination and no other, balanced samples, sequences that grow, common random numbers."""

import numpy as np
import pandas as pd
import pytest

from frozen_conflict_sim.experiment.designs import KINDS
from frozen_conflict_sim.experiment.study.study import Study

from ..conftest import rows_of

POLICIES = ["swallow", "salami", "status_quo"]
UNCERTAIN = {"parent.grievance": {"from": 0.0, "to": 2.0}, "patron.incentives.prestige": {"normal": [0.5, 0.2]}}
SAMPLED = ["parent.grievance", "patron.incentives.prestige", "parent.accommodation"]


def rows_for(asked, **data):
    study = Study(asked(**data))
    rows = rows_of(study)
    assert list(rows["run"]) == list(range(study.runs))
    return rows


def test_a_grid_crosses_everything_with_everything(asked):
    levers = {
        "patron.policy": POLICIES,
        "patron.ask_cool_down": [2, 8],
        "patron.ask_step": {"from": 0.2, "to": 1.0, "levels": 3},
    }
    rows = rows_for(asked, levers=levers, replicates=2, compare_with={"parent.channels": "off"})
    assert len(rows) == 3 * 2 * 3 * 2 * 2
    counts = rows.groupby(["patron.policy", "patron.ask_cool_down", "patron.ask_step", "arm", "replicate"]).size()
    assert len(counts) == len(rows)
    assert sorted(set(rows["patron.ask_step"])) == [0.2, 0.6, 1.0]
    assert rows["point"].nunique() == 18


def test_a_span_without_levels_gets_those_of_the_design(asked):
    rows = rows_for(asked, levers={"patron.ask_cool_down": {"from": 0, "to": 8}}, design={"kind": "grid", "levels": 3})
    assert list(rows["patron.ask_cool_down"]) == [0, 4, 8]


def test_a_zip_goes_side_by_side(asked):
    rows = rows_for(asked, levers={"patron.policy": POLICIES, "patron.ask_cool_down": [2, 4, 8]}, design={"kind": "zip"})
    assert list(zip(rows["patron.policy"], rows["patron.ask_cool_down"])) == list(zip(POLICIES, [2, 4, 8]))


def test_a_list_is_what_it_lists_crossed_with_the_levers(asked):
    points = [{"patron.policy": "swallow", "patron.ask_cool_down": 2}, {"patron.policy": "salami", "patron.ask_cool_down": 8}]
    levers = {"parent.channels": ["on", "off"]}
    rows = rows_for(asked, design={"kind": "list", "points": points}, levers=levers, replicates=2)
    shown = list(zip(rows["patron.policy"], rows["patron.ask_cool_down"], rows["parent.channels"]))
    assert shown == 2 * [("swallow", 2, "on"), ("swallow", 2, "off"), ("salami", 8, "on"), ("salami", 8, "off")]
    assert rows.groupby("replicate")["stream"].nunique().tolist() == [1, 1]
    fresh = rows_for(
        asked, design={"kind": "list", "points": points, "random_numbers": "independent"}, levers=levers, replicates=2
    )
    assert fresh["stream"].nunique() == 4


def test_points_of_a_file_are_runs(asked, tmp_path):
    (tmp_path / "points.csv").write_text("patron.policy,patron.ask_cool_down\nswallow,2\nsalami,8\n")
    rows = rows_for(asked, design={"kind": "file", "path": "points.csv"}, folder=tmp_path)
    assert list(zip(rows["patron.policy"], rows["patron.ask_cool_down"])) == [("swallow", 2), ("salami", 8)]


@pytest.mark.parametrize("kind", ["sobol", "latin_hypercube"])
def test_samples_are_balanced(asked, kind):
    rows = rows_for(asked, uncertainties={"parent.grievance": {"from": 0.0, "to": 2.0}}, design={"kind": kind, "points": 64})
    for key, high in (("parent.grievance", 2.0), ("parent.accommodation", 1.2)):
        slices = np.floor(rows[key] / high * 64).astype(int)
        assert sorted(slices) == list(range(64))


def test_samples_follow_their_distributions(asked):
    uncertain = {
        "patron.incentives.prestige": {"normal": [0.5, 0.2]},
        "patron.incentives.thrift": {"lognormal": [2.0, 0.3]},
        "territory.salience": {"normal": [0.1, 0.5]},
    }
    rows = rows_for(asked, uncertainties=uncertain, design={"kind": "sobol", "points": 4096})
    assert rows["patron.incentives.prestige"].mean() == pytest.approx(0.5, abs=0.01)
    assert rows["patron.incentives.prestige"].std() == pytest.approx(0.2, abs=0.01)
    assert rows["patron.incentives.thrift"].median() == pytest.approx(2.0, abs=0.02)
    assert np.log(rows["patron.incentives.thrift"]).std() == pytest.approx(0.3, abs=0.01)
    assert rows["territory.salience"].between(0, 1).all()
    assert (rows["territory.salience"] == 0).mean() == pytest.approx(0.42, abs=0.02)


@pytest.mark.parametrize("kind", ["sobol", "saltelli", "morris"])
def test_sequences_grow_by_more_of_the_same(asked, kind):
    few, many = (rows_for(asked, uncertainties=UNCERTAIN, design={"kind": kind, "points": points}) for points in (6, 16))
    same = ["point", "stream", *SAMPLED]
    pd.testing.assert_frame_equal(many[same].head(len(few)), few[same])


def test_a_seed_is_a_sample(asked):
    design = {"kind": "sobol", "points": 8}
    one, same, other = (rows_for(asked, uncertainties=UNCERTAIN, design=design, seed=seed) for seed in (5, 5, 6))
    pd.testing.assert_frame_equal(one, same)
    assert not one["parent.grievance"].equals(other["parent.grievance"])


@pytest.mark.parametrize("second_order", [False, True])
def test_saltelli_exchanges_one_number_at_a_time(asked, second_order):
    design = {"kind": "saltelli", "points": 4, "second_order": second_order}
    rows = rows_for(asked, uncertainties=UNCERTAIN, design=design)
    count = len(SAMPLED)
    block = 2 + count * (2 if second_order else 1)
    assert len(rows) == 4 * block
    for pair in range(4):
        values = rows[SAMPLED].to_numpy()[pair * block : (pair + 1) * block]
        first, last = values[0], values[-1]
        for place in range(count):
            assert np.flatnonzero(values[1 + place] != first).tolist() == [place]
            assert values[1 + place][place] == last[place]
            if second_order:
                assert np.flatnonzero(values[1 + count + place] != last).tolist() == [place]
    assert rows["stream"].nunique() == 4


def test_a_step_of_morris_changes_one_number(asked):
    rows = rows_for(asked, uncertainties=UNCERTAIN, design={"kind": "morris", "points": 20})
    steps = np.diff(rows[SAMPLED].to_numpy().reshape(20, len(SAMPLED) + 1, -1), axis=1) != 0
    assert (steps.sum(axis=2) == 1).all()
    assert (steps.sum(axis=1) == 1).all()
    assert set(rows["parent.grievance"].round(9)) == {0.0, round(2 / 3, 9), round(4 / 3, 9), 2.0}
    assert set(rows["stream"]) == {0}


def test_one_at_a_time_changes_one_thing(asked):
    rows = rows_for(asked, levers={"patron.policy": ["swallow"], "patron.ask_cool_down": [2, 30]}, uncertainties=UNCERTAIN,
                design={"kind": "one_at_a_time"}, replicates=3)  # fmt: skip
    assert list(rows["changed"].unique()) == ["nothing", "patron.policy", "patron.ask_cool_down", *UNCERTAIN]
    one = rows[rows["replicate"] == 0]
    assert len(one) == 1 + 1 + 2 + 2 + 2
    assert list(one["patron.ask_cool_down"]) == [10, 4, 2, 30, 10, 10, 10, 10]  # under the policy swallow it is 4
    assert list(one["patron.policy"]) == ["own_judgement", "swallow", *["own_judgement"] * 6]
    ends = one.loc[one["changed"] == "parent.grievance", "parent.grievance"]
    assert list(ends) == [0.0, 2.0]
    assert rows.groupby("replicate")["stream"].nunique().tolist() == [1, 1, 1]
    assert rows["stream"].nunique() == 3


def test_levers_and_arms_share_their_luck_and_draws_and_replicates_do_not(asked):
    study = {"levers": {"patron.policy": POLICIES}, "uncertainties": UNCERTAIN, "design": {"kind": "sobol", "points": 8}}
    rows = rows_for(asked, **study, replicates=3, compare_with={"parent.channels": "off"})
    assert rows["stream"].nunique() == 8 * 3
    together = rows.groupby("stream")
    assert (together.size() == 3 * 2).all()
    for key in (*SAMPLED, "replicate"):
        assert (together[key].nunique() == 1).all()


def test_growing_renumbers_no_luck(asked):
    def by_place(points, replicates):
        rows = rows_for(asked, uncertainties=UNCERTAIN, design={"kind": "sobol", "points": points}, replicates=replicates)
        return rows.set_index(["point", "replicate"])[["stream", *SAMPLED]].sort_index()

    few, many = by_place(4, 2), by_place(8, 5)
    pd.testing.assert_frame_equal(many.loc[few.index], few)


def test_more_replicates_append_runs(asked):
    few, many = (rows_for(asked, levers={"patron.policy": POLICIES}, replicates=replicates) for replicates in (2, 5))
    pd.testing.assert_frame_equal(many.head(len(few)), few)


def test_what_is_not_sampled_is_drawn_by_luck_as_the_model_draws_it(asked, small):
    from frozen_conflict_sim import FrozenConflictModel

    rows = rows_for(asked, levers={"patron.ask_cool_down": [2, 8]}, replicates=3)
    model = FrozenConflictModel(small, runs=3, seed=5)
    expected = model.drawn()["parents.georgia.grievance"]
    model.release()
    assert list(rows["parent.grievance"]) == list(np.repeat(expected, 2))


def test_every_kind_is_tested():
    assert set(KINDS) == {
        "grid", "zip", "list", "file", "sobol", "latin_hypercube", "saltelli", "morris", "one_at_a_time",
    }  # fmt: skip
