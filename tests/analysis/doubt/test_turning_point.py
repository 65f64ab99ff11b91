"""Turning points that were planted: planes, spheres, bounds, and things that never turn."""

import numpy as np
import pytest

from frozen_conflict_sim.analysis.doubt.turning_point import turning_point

RNG = np.random.default_rng(8)
FAR = np.full(5, 10.0)


def search(margin, gradient, low=-FAR, high=FAR, reach=4.0):
    return turning_point(margin, gradient, low, high, reach)


def numeric(margin):
    """The gradient of a smooth function."""

    def gradient(z):
        return np.array([(margin(z + step) - margin(z - step)) / 2e-4 for step in 1e-4 * np.eye(len(z))])

    return gradient


def test_a_plane_is_met_at_its_distance():
    slope = np.array([3.0, 0.0, -4.0, 0.0, 0.0])
    found = search(lambda z: 10.0 + slope @ z, lambda z: slope)
    assert found.distance == pytest.approx(2.0, abs=0.07)
    assert found.change == pytest.approx([-1.2, 0, 1.6, 0, 0], abs=0.05)
    assert (found.margin, found.turns) == (10.0, True)
    assert found.beyond < 0


def test_what_does_not_hold_is_made_to_hold():
    slope = np.array([0.0, 2.0, 0.0, 0.0, 0.0])
    found = search(lambda z: -3.0 + slope @ z, lambda z: slope)
    assert found.change == pytest.approx([0, 1.5, 0, 0, 0], abs=0.05)
    assert found.beyond > 0


def test_a_bent_boundary_is_met_at_its_nearest_point():
    """The slope at the origin points the wrong way; the nearest point of the sphere lies toward its centre."""
    centre, radius = np.array([2.0, 2.0, 0, 0, 0]), 1.5

    def margin(z):
        return np.sum(((z - centre) * [1.0, 0.5, 1, 1, 1]) ** 2) - radius**2

    found = search(margin, numeric(margin))
    angles = np.linspace(0, 2 * np.pi, 20_000)
    on = centre[:2, None] + radius * np.array([np.cos(angles), 2.0 * np.sin(angles)])
    assert found.distance == pytest.approx(np.linalg.norm(on, axis=0).min(), rel=0.1)


def test_bounds_send_the_way_through_other_parameters():
    slope = np.array([1.0, 1.0, 0, 0, 0])
    found = search(lambda z: 2.0 + slope @ z, lambda z: slope, low=np.array([-0.5, -10, -10, -10, -10.0]))
    assert found.change[0] >= -0.5
    assert found.change[:2].sum() == pytest.approx(-2.0, abs=0.1)


def test_small_changes_are_left_out():
    slope = np.array([1.0, 0.03, 0.02, 0.0, 0.0])
    assert search(lambda z: 1.0 + slope @ z, lambda z: slope).change[1:].tolist() == [0, 0, 0, 0]


def test_what_never_turns_has_no_turning_point():
    found = search(lambda z: 1.0 + np.sum(z**2), lambda z: 2 * z + 0.1)
    assert (found.turns, found.distance) == (False, np.inf)
    assert not search(lambda z: 1.0, lambda z: np.zeros(5)).turns
    assert not search(lambda z: 50.0 + z[0], lambda z: np.eye(5)[0]).turns
