"""Contrasts of a toy study whose differences are known: paired, by horizon, within levers and arms, never pooled in silence."""

import numpy as np
import pytest

from frozen_conflict_sim.analysis.comparison.difference_results import is_difference
from frozen_conflict_sim.analysis.comparison.lever_contrasts import lever_contrasts
from frozen_conflict_sim.analysis.sensitivity.method import sensitivity
from frozen_conflict_sim.engine.random_streams import RandomStreams
from frozen_conflict_sim.experiment.errors import NoSuchColumn, ResultsError
from frozen_conflict_sim.plots import heat_map
from tests.analysis.toy import ALIGNMENT, FACTORS, SPAN, played, results_of

POLICY, REWIRED = "patron.policy", "public.network_rewiring"
LEVERS = {POLICY: ["status_quo", "swallow", "salami"], REWIRED: [0.1, 1.0]}


def known(scenario, seed, rows, keep):
    """Swallow adds 0.4 × (x - y), and one tenth more where the network is rewired; salami adds 0.05; an arm removes all that.

    What all policies share, chance above all, is ten times as large.
    """
    x, y = (rows.columns[name] for name in FACTORS[:2])
    policy, arm = rows.columns[POLICY][0], rows.columns.get("arm", ["base"])[0]
    wired = rows.columns[REWIRED] > 0.5
    added = {"status_quo": 0.0 * x, "swallow": 0.4 * (x - y) + 0.1 * wired, "salami": 0.05 + 0.0 * x}[policy]
    shared = 4 * RandomStreams(seed, rows.stream).normal("toy", 0, 1)[0] + 3 * x
    return played(rows, {ALIGNMENT: shared + added * (arm == "base")})


def at_the_end(found):
    """The difference of the outcome that the toy has; what it lacks is undefined."""
    assert all(line.difference is None for line in found.differences if line.outcome != ALIGNMENT)
    return next(line for line in found.differences if line.outcome == ALIGNMENT)


@pytest.fixture(scope="module")
def study():
    uncertainties = dict.fromkeys(FACTORS[:2], SPAN)
    arms = {"parent.channels": "off"}
    return results_of(
        known, levers=LEVERS, uncertainties=uncertainties, design={"kind": "sobol", "points": 64}, replicates=2,
        outcomes=[ALIGNMENT], compare_with=arms,
    )  # fmt: skip


def test_a_contrast_is_that_of_the_mechanism_and_not_of_chance(study):
    found = study.contrast(POLICY, "swallow", "status_quo", within={REWIRED: 0.1})
    line = at_the_end(found)
    assert line.difference == pytest.approx(0.0, abs=0.02)
    assert line.interval[0] < 0.0 < line.interval[1]
    assert line.interval[1] - line.interval[0] < 0.1, "chance, which is ten times as large, cancels"
    assert study.contrast(POLICY, "salami", "status_quo").table["difference"].dropna().tolist() == pytest.approx([0.05])


def test_the_average_over_another_lever_is_named(study):
    assert study.contrast(POLICY, "swallow", "status_quo").averaged_over == (REWIRED,)
    assert study.contrast(POLICY, "swallow", "status_quo", within={REWIRED: 1.0}).averaged_over == ()


def test_every_value_is_compared_with_the_first_in_every_arm(study):
    lines, _ = lever_contrasts(study)
    found = {(line.column, line.choice, line.within["arm"]): at_the_end(line).difference for line in lines}
    assert set(found) == {
        (POLICY, value, arm) for value in ("swallow", "salami") for arm in ("base", "parent.channels=off")
    } | {(REWIRED, 1.0, arm) for arm in ("base", "parent.channels=off")}
    assert found[POLICY, "swallow", "base"] == pytest.approx(0.05, abs=0.02)
    assert found[POLICY, "swallow", "parent.channels=off"] == pytest.approx(0.0, abs=1e-9)


def test_a_table_of_two_levers_shows_where_one_depends_on_the_other(study):
    _, crossings = lever_contrasts(study)
    by = {(each.column, each.choice, each.across): each for each in crossings if each.outcome == ALIGNMENT}
    swallow = by[POLICY, "swallow", REWIRED]
    assert {at: line.difference for at, line in swallow.cells.items()} == pytest.approx({"0.1": 0.0, "1.0": 0.1}, abs=0.02)
    assert swallow.differs
    assert not by[POLICY, "salami", REWIRED].differs


def test_a_difference_is_results_that_everything_reads(study):
    pairs = study.difference(POLICY, "swallow", "status_quo")
    assert POLICY not in pairs.columns
    assert is_difference(pairs.columns[ALIGNMENT])
    base = pairs.runs[pairs.runs["arm"] == "base"]
    x, y = (base[name] for name in FACTORS[:2])
    expected = 0.4 * (x - y) + 0.1 * (base[REWIRED] > 0.5)
    assert np.allclose(base[ALIGNMENT], expected)
    assert "swallow minus status quo" in heat_map(pairs, ALIGNMENT).get_title(loc="left")


def test_sensitivity_of_a_difference_does_not_see_what_both_choices_share():
    study = results_of(
        known, levers=LEVERS, uncertainties=dict.fromkeys(FACTORS[:2], SPAN), design={"kind": "saltelli", "points": 64},
        replicates=2, outcomes=[ALIGNMENT],
    )  # fmt: skip
    pooled, found = sensitivity(study), sensitivity(study.difference(POLICY, "swallow", "status_quo"))
    chance = {name: next(line for line in each.lines if line.source == "chance") for name, each in
              (("pooled", pooled), ("difference", found))}  # fmt: skip
    assert chance["pooled"].total[0] > 0.6
    assert abs(chance["difference"].total[0]) < 1e-9
    first = {line.source: line.first[0] for line in found.lines}
    assert first[FACTORS[0]] == pytest.approx(0.5, abs=0.1)
    assert first[FACTORS[1]] == pytest.approx(0.5, abs=0.1)


def test_arms_are_a_contrast_too(study):
    found = study.contrast("arm", "base", "parent.channels=off", within={POLICY: "salami"})
    assert at_the_end(found).difference == pytest.approx(0.05)


@pytest.mark.parametrize(
    ("asked", "error", "says"),
    [
        (("patron.polcy", "swallow", "status_quo"), NoSuchColumn, "did you mean 'patron.policy'?"),
        ((POLICY, "swalow", "status_quo"), ResultsError, "no run has patron.policy=swalow; runs have"),
        ((FACTORS[0], 0.1, 0.2), NoSuchColumn, "does not compare values of"),
    ],
)
def test_what_is_not_compared_is_one_sentence(study, asked, error, says):
    for compare in (study.contrast, study.difference):
        with pytest.raises(error, match=says.replace("?", r"\?")):
            compare(*asked)


def test_maps_of_a_study_that_compares_are_not_pooled(study):
    titles = [axes.get_title(loc="left") or axes.get_title() for axes in heat_map(study, ALIGNMENT).child_axes]
    assert titles == ["status quo", "swallow", "salami"]
