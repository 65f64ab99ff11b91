"""What turns a finding around: planted effects are found among many parameters, margins and sentences follow the numbers."""

import json

import numpy as np
import pytest

from frozen_conflict_sim.analysis.doubt.turning_point import TurningPoint
from frozen_conflict_sim.findings.finding import Finding
from frozen_conflict_sim.findings.overturn import Overturned, margin_of, screened
from frozen_conflict_sim.findings.support import SHARES, Support, support_of
from frozen_conflict_sim.findings.variants import base_of, variant
from frozen_conflict_sim.record.estimates import mean
from frozen_conflict_sim.record.targets import above, between

RNG = np.random.default_rng(4)


def claim(targets):
    """Moscow signs."""


FINDING = Finding("signs", "treaties", {"": above(0.5)}, claim)


def test_the_margin_is_the_nearest_end_of_a_target():
    finding = Finding("both", "treaties", {"one": between(0.2, 0.6), "other": above(0.5)}, claim)
    found = {"one": mean(np.full(20, 0.5)), "other": mean(np.full(20, 0.9))}
    margin, part, slope = margin_of(finding, found)
    assert (margin, part, slope) == (pytest.approx(0.1), "one", -1.0)
    assert margin_of(finding, {**found, "other": mean(np.full(20, 0.1))})[0] == pytest.approx(-0.4)


def test_planted_effects_are_found_among_many_parameters():
    units = RNG.uniform(-1, 1, (2000, 250))
    effect = 0.3 * units[:, 7] - 0.2 * units[:, 111] + RNG.normal(0, 0.5, 2000)
    assert screened(units, effect).tolist() == [7, 111]
    assert len(screened(units, RNG.normal(size=2000))) <= 1


def test_support_is_the_share_of_the_grade_and_leaves_out_what_a_variant_sets():
    found = support_of([base_of("nothing_resented_only"), variant("everything_resented_only")])
    prestige = found["patron.incentives.prestige"]
    assert prestige.unit == pytest.approx(SHARES[prestige.grade] * prestige.value)
    assert prestige.spread > 0
    assert not {key for key in found if key.rpartition(".")[2] in ("grievance", "accommodation")}
    assert len(found) > 100


def test_a_moved_value_stays_within_bounds_and_keeps_its_spread():
    motive = Support("patron.incentives.prestige", 0.4, 0.2, 0.0, 3.0, "assumed", 0.4)
    assert motive.moved(1.0) == {"lognormal": [pytest.approx(0.6), 0.4]}
    assert motive.moved(-9.0) == 0.0
    assert motive.around(0.0) == {"from": pytest.approx(0.2), "to": pytest.approx(0.6)}
    assert motive.ends == (pytest.approx(-2.0), pytest.approx(13.0))


def overturned(change, margin=0.2):
    support = (
        Support("patron.incentives.prestige", 0.4, 0.2, 0.0, 3.0, "assumed"),
        Support("parent.salience", 0.8, 0.08, 0.0, 1.0, "documented"),
    )
    distance = float(np.linalg.norm(change)) if any(change) else np.inf
    return Overturned(FINDING, support, TurningPoint(np.array(change), distance, margin, -margin), "", 600)


def test_sentences_follow_the_numbers():
    assert overturned([-1.5, 0.0]).sentence == (
        "It stops holding 1.50 units away, more than the grades allow, if patron.incentives.prestige falls from 0.4 to 0.1 "
        "(assumed, 1.5)."
    )
    assert overturned([-0.3, 0.6], -0.2).sentence == (
        "It begins to hold 0.67 units away, within what the grades allow, if parent.salience rises from 0.8 to 0.848 "
        "(documented, 0.6), patron.incentives.prestige falls from 0.4 to 0.34 (assumed, 0.3)."
    )
    assert "No joint change within 4 units" in overturned([0.0, 0.0]).sentence
    assert json.loads(json.dumps(overturned([-1.5, 0.0]).to_dict()))["changes"][0]["to"] == pytest.approx(0.1)
