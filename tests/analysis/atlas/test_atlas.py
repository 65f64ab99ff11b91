"""Maps of planted contrasts: line, uncertainty, distance and turn are found; other data give other sentences."""

from dataclasses import replace

import numpy as np
import pytest

from frozen_conflict_sim.analysis.atlas.maps import DOWN, UP, UP_THEN_DOWN, AtlasMap, Horizon, OtherArm, maps, turning
from frozen_conflict_sim.analysis.atlas.sentences import sentences
from frozen_conflict_sim.analysis.atlas.study import PLANE, POLICIES, QUANTITY, experiment_of
from frozen_conflict_sim.analysis.atlas.surface import Axis, fit
from frozen_conflict_sim.analysis.atlas.zero_line import distance, sides, zero_lines
from frozen_conflict_sim.analysis.comparison.difference_results import ContrastOf
from frozen_conflict_sim.ensemble import run_experiment
from frozen_conflict_sim.experiment.errors import ResultsError
from frozen_conflict_sim.plots.atlas import atlas

X, Y = Axis("parent.grievance", "parent: grievance", 0.0, 2.0), Axis("parent.accommodation", "parent: accommodation", 0.0, 1.2)
DATES = np.arange("2014-01", "2024-01", 3, dtype="datetime64[M]")


def planted(seed=0, points=400, noise=0.1):
    """Points on the plane, and what is planted: x - 1.5y at first, x - 1.5y - 0.5 in the end, with noise shared in clusters."""
    chance = np.random.default_rng(seed)
    x, y = 2 * chance.random(points), 1.2 * chance.random(points)
    x, y, clusters = np.repeat(x, 2), np.repeat(y, 2), np.repeat(np.arange(points), 2)
    early = x - 1.5 * y
    shared = np.repeat(chance.normal(0, noise, (points, 2)), 2, axis=0)
    values = np.column_stack([early, early - 0.5]) + shared + chance.normal(0, noise, (2 * points, 2))
    return x, y, values, clusters


@pytest.fixture(scope="module")
def surface():
    return fit(X, Y, *planted())


def test_a_planted_line_is_found(surface):
    line = np.concatenate(zero_lines(surface, 1))
    assert np.abs(line[:, 0] - 1.5 * line[:, 1] - 0.5).max() < 0.06
    share = sides(surface, 1)
    exact = np.mean([max(0.0, 2 - 0.5 - 1.5 * y) / 2 for y in np.linspace(0, 1.2, 2001)])
    assert share.interval[0] - 0.01 <= exact <= share.interval[1] + 0.01


def test_the_intervals_cover_what_is_planted_as_often_as_they_say():
    """At two places, over a hundred studies: 90 % intervals, and clusters of two runs with shared noise."""
    x, y = np.array([0.5, 1.7]), np.array([0.3, 1.0])
    truth, held = x - 1.5 * y, []
    for seed in range(100):
        found = fit(X, Y, *planted(seed, points=80))
        held += list(np.abs(found.at(x, y)[:, 0] - truth) <= found.reach(x, y)[:, 0])
    assert 0.83 <= np.mean(held) <= 0.97


def test_distances_are_those_of_geometry(surface):
    near = distance(surface, 0, (1.0, 0.3))
    spans = np.array([2.0, 1.2])
    normal = np.array([1.0, -1.5]) * spans
    expected = (1.0 - 1.5 * 0.3) / np.linalg.norm(normal)
    assert near.distance == pytest.approx(expected, abs=0.02)
    assert near.interval[0] < expected < near.interval[1]
    assert near.along["parent.grievance"] == pytest.approx(0.45, abs=0.05)
    assert near.along["parent.accommodation"] == pytest.approx(1 / 1.5, abs=0.05)
    assert distance(surface, 0, (0.2, 1.0)).distance < 0


def test_the_turn_is_between_the_two_lines(surface):
    found = turning(surface, DATES[:2])
    x, y = np.meshgrid(X.spaced(found.count), Y.spaced(found.count))
    level = (x - 1.5 * y).ravel()
    assert set(found.kinds[level > 0.6]) == {UP}
    assert set(found.kinds[level < -0.1]) == {DOWN}
    assert set(found.kinds[(level > 0.1) & (level < 0.4)]) == {UP_THEN_DOWN}
    assert set(found.dates[found.kinds == UP_THEN_DOWN]) == {2014.25}


def test_too_few_points_make_no_map():
    x, y, values, clusters = planted(points=3)
    with pytest.raises(ResultsError, match="3 points are too few for a map: at least 30"):
        fit(X, Y, x, y, values, clusters)


def drawn(surface):
    horizons = tuple(
        Horizon(turn, f"after {turn + 1} years", 0.0, None, sides(surface, turn), distance(surface, turn, (1.0, 0.6)))
        for turn in (0, 1)
    )
    return AtlasMap(
        "Tbilisi, planted", "georgia.western_alignment", "Tbilisi: western alignment", "index", POLICIES, surface, DATES[:2],
        horizons, turning(surface, DATES[:2]), 800,
    )  # fmt: skip


def test_the_sentences_follow_the_data(surface):
    said = sentences(drawn(surface))
    assert said[0].startswith("Swallow rather than status quo raises Tbilisi's western alignment on ")
    assert "it does so where grievance is above 0.5" in said[1]
    assert "× accommodation" in said[1]
    assert "raises it at first and lowers it later; it turns there in 2014" in said[2]
    x, y, values, clusters = planted()
    other = sentences(drawn(fit(X, Y, x, y, -values, clusters)))
    assert "it does so where grievance is below 0.5" in other[1]
    assert "lowers it first, raises it later" in other[2]
    assert said[3] != other[3]


def test_where_no_line_crosses_the_plane_a_sentence_says_so():
    x, y, values, clusters = planted()
    said = sentences(drawn(fit(X, Y, x, y, values + 5, clusters)))
    assert "no line of zero effect crosses this plane: the effect is positive everywhere" in said[1]
    assert "It turns nowhere on the plane" in said[2]


def test_an_atlas_of_the_model_has_a_map_for_each_horizon_and_the_year(small):
    results = run_experiment(experiment_of(small, points=32, replicates=1))
    found = maps(results, POLICIES, PLANE, QUANTITY, "from 2014")
    figure = atlas(found)
    titles = [axes.get_title(loc="left") for axes in figure.axes[:4]]
    assert titles[:3] == [horizon.called for horizon in found[0].horizons]
    assert titles[3] == "the year in which it turns"
    pairs = results.difference("patron.policy", "swallow", "status_quo").runs
    assert found[0].pairs == 32
    pairs = pairs[pairs["arm"] == "base"]
    mean = pairs["georgia.western_alignment_at_end"].mean()
    assert found[0].horizons[-1].mean == pytest.approx(mean, abs=1e-6)
    (off,) = found[0].others
    assert off.means == pytest.approx([0.0] * 3, abs=1e-3)
    assert f"over the plane; {off.where} " in sentences(found[0])[2]
    assert off.where == "with the coupling off"


def test_a_plane_or_contrast_that_is_about_the_coupling_has_no_arm_without_it(small):
    assert list(experiment_of(small).arms) == ["parent.channels=off"]
    only = ContrastOf("arm", "base", "parent.channels=off")
    assert list(experiment_of(small, only).arms) == ["parent.channels=off"]
    assert not experiment_of(small, ContrastOf("parent.channels", "on", "off")).arms


def test_the_same_in_other_arms_is_said_from_the_data(surface):
    others = (OtherArm("off", "with the coupling off", (0.0, -0.02), (None, (-0.03, -0.01))),)
    last = replace(drawn(surface).horizons[-1], mean=0.25, interval=(0.2, 0.3))
    said = sentences(replace(drawn(surface), horizons=(drawn(surface).horizons[0], last), others=others))
    words = "on average +0.250 (+0.200 to +0.300) over the plane; with the coupling off -0.020 (-0.030 to -0.010)."
    assert said[2].endswith(words)
