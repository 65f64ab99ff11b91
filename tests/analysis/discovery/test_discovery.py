"""A planted box is found, as EMA Workbench finds it; sentences follow the data; bad input is one sentence."""

import re
import warnings
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from frozen_conflict_sim.analysis.discovery.cases import Cases, Factor
from frozen_conflict_sim.analysis.discovery.discover import discover
from frozen_conflict_sim.analysis.discovery.expression import expression
from frozen_conflict_sim.analysis.discovery.prim import box_of, choose, peel, pruned
from frozen_conflict_sim.analysis.discovery.sentences import beside, sentence
from frozen_conflict_sim.analysis.discovery.stability import stability
from frozen_conflict_sim.analysis.discovery.tree import tree
from frozen_conflict_sim.engine.random_streams import RandomStreams
from frozen_conflict_sim.experiment.errors import NoSuchColumn, ResultsError
from frozen_conflict_sim.plots.discovery import discovery
from tests.analysis.toy import ALIGNMENT, FACTORS, SPAN, played, results_of

POLICY, POLICIES = "patron.policy", ("lavrov", "salami", "status_quo", "swallow")
LOW, HIGH, RIGHT = 0.55, 0.45, 0.92


def planted(rows=4000, seed=0):
    """Cases with 92 % inside x > 0.55, y < 0.45 under two of four policies, with 3 % outside; z has no influence."""
    chance = np.random.default_rng(seed)
    x, y, z = chance.random((3, rows))
    code = chance.integers(0, 4, rows)
    inside = (x > LOW) & (y < HIGH) & np.isin(code, [1, 3])
    held = chance.random(rows) < np.where(inside, RIGHT, 0.03)
    numbers = (Factor(name, name, "", values) for name, values in (("x", x), ("y", y), ("z", z)))
    return Cases((*numbers, Factor(POLICY, "policy", "", code, POLICIES)), held, np.arange(rows)), inside


@pytest.fixture(scope="module")
def cases():
    return planted()[0]


@pytest.fixture(scope="module")
def box(cases):
    boxes = peel(cases)
    return pruned(boxes[choose(boxes)], cases)


def limits(box):
    return {limit.factor: limit for limit in box.limits}


def test_a_planted_box_of_numbers_and_a_category_is_found(cases, box):
    found = limits(box)
    assert set(found) == {"x", "y", POLICY}, "and not z, which has no influence"
    assert found["x"].low == pytest.approx(LOW, abs=0.03)
    assert found["y"].high == pytest.approx(HIGH, abs=0.03)
    assert set(found[POLICY].kept) == {"salami", "swallow"}
    assert found["x"].high is None
    assert found["y"].low is None
    truth = planted()[1]
    assert box.density == pytest.approx(cases.held[truth].mean(), abs=0.03)
    assert box.coverage == pytest.approx((cases.held & truth).sum() / cases.held.sum(), abs=0.03)


def test_the_trajectory_gives_up_coverage_for_density(cases):
    boxes = peel(cases)
    assert boxes[0].density == pytest.approx(cases.base_rate)
    assert all(before.density <= after.density for before, after in pairwise(boxes))
    assert all(before.coverage >= after.coverage for before, after in pairwise(boxes))
    assert boxes[choose(boxes, density=0.8)].density >= 0.8
    for each in boxes[:: len(boxes) // 4]:
        again = box_of(each.limits, cases)
        assert (again.runs, again.coverage, again.density) == (each.runs, each.coverage, each.density)


def test_samples_of_the_draws_find_the_same_limits(cases, box):
    again = stability(cases, samples=8)
    assert [again.restricted[name] for name in ("x", "y", POLICY)] == [1.0, 1.0, 1.0]
    assert again.restricted["z"] <= 0.25
    low, high = again.limits["x"]["low"]
    assert low - 0.02 <= LOW <= high + 0.02
    assert again.density == pytest.approx(box.density, abs=0.04), "also in runs that were left out"


def test_noise_alone_makes_no_box():
    cases, _ = planted(rows=600)
    shuffled = Cases(cases.factors, np.random.default_rng(5).permutation(cases.held), cases.draws)
    boxes = peel(shuffled)
    found = pruned(boxes[choose(boxes)], shuffled)
    again = stability(shuffled, samples=8)
    assert again.density < 2 * shuffled.base_rate, "what was fitted to noise is not dense elsewhere"
    assert max(again.restricted.values()) < 1.0 or not found.limits


def test_the_tree_covers_everything_and_knows_the_box(cases):
    leaves = tree(cases)
    assert sum(leaf.runs for leaf in leaves) == len(cases)
    assert leaves[0].density == pytest.approx(RIGHT, abs=0.05)
    best = {limit.factor: limit for limit in leaves[0].limits}
    assert best["x"].low == pytest.approx(LOW, abs=0.03)
    assert set(best[POLICY].kept) == {"salami", "swallow"}


def test_ema_workbench_finds_the_same_box(cases, box):
    """The oracle: PRIM of EMA Workbench on the same sample, with its own choice of the same number of runs inside."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from ema_workbench.analysis import prim

        frame = pd.DataFrame({factor.name: factor.values for factor in cases.factors[:3]})
        frame[POLICY] = pd.Categorical([POLICIES[code] for code in cases.factors[3].values])
        theirs = prim.Prim(frame, cases.held, threshold=0.5, peel_alpha=0.05).find_box()
        way = theirs.peeling_trajectory
        at = int((way["mean"] * way["coverage"] / (way["mean"] + way["coverage"])).idxmax())
        theirs.select(at)
        limited = theirs.box_lims[at]
    assert way["coverage"][at] == pytest.approx(box.coverage, abs=0.04)
    assert way["density"][at] == pytest.approx(box.density, abs=0.04)
    ours = limits(box)
    assert limited["x"][0] == pytest.approx(ours["x"].low, abs=0.04)
    assert limited["y"][1] == pytest.approx(ours["y"].high, abs=0.04)
    assert set(limited[POLICY][0]) == set(ours[POLICY].kept)


def happens(low):
    """A toy study: what happens is certain where x is above ``low`` under swallow, and never elsewhere."""

    def play(scenario, seed, rows, keep):
        x, policy = rows.columns[FACTORS[0]], rows.columns[POLICY][0]
        noise = RandomStreams(seed, rows.stream).normal("toy", 0, 1)[0]
        return played(rows, {ALIGNMENT: np.where((x > low) & (policy == "swallow"), 0.9, 0.1) + 0.01 * noise})

    return results_of(
        play, levers={POLICY: ["status_quo", "swallow"]}, uncertainties=dict.fromkeys(FACTORS[:2], SPAN),
        design={"kind": "sobol", "points": 128}, outcomes=[ALIGNMENT],
    )  # fmt: skip


@pytest.fixture(scope="module")
def study():
    return happens(0.6)


def test_the_sentence_follows_the_data(study):
    said = sentence(discover(study, "western_alignment_at_end > 0.5", samples=4))
    words = r"Tbilisi's western alignment at end is above 0\.5 in (9\d|99\.\d|100) % \([\d.]+ to [\d.]+ %\) of runs "
    words += r"with policy swallow and grievance above (0\.\d+)"
    assert 0.57 <= float(re.match(words, said)[2]) <= 0.63
    assert re.search(r"base rate 20 % \(1\d to 2\d %\)\.$", said)
    other = sentence(discover(happens(0.25), "western_alignment_at_end > 0.5", samples=4))
    assert 0.21 <= float(re.match(words, other)[2]) <= 0.28
    assert re.search(r"base rate 38 % \(\d\d to 4\d %\)\.$", other)


def test_what_was_varied_itself_is_not_said_to_be_nothing(study):
    said = sentence(discover(study, "patron.policy == swallow", samples=4))
    assert said.endswith(", and nothing else that was varied stands out.")


def test_a_contrast_is_found_in_its_own_words(study):
    pairs = study.difference(POLICY, "swallow", "status_quo")
    found = discover(pairs, "western_alignment_at_end > 0.5", samples=4)
    said = sentence(found)
    words = "Swallow rather than status quo raises Tbilisi's western alignment at end by more than 0.5 in "
    assert re.match(words + r"(9\d|99\.\d|100) % \([\d.]+ to [\d.]+ %\) of futures with grievance above 0\.", said)
    assert [limit.factor for limit in found.box.limits] == [FACTORS[0]], "the lever is taken up by the contrast"
    assert discovery(found).get_suptitle().replace("\n", " ") == said


def test_the_same_futures_are_judged_in_the_other_arms_also_where_an_arm_sets_what_limits_the_box():
    """In the base it happens where x is above 0.6; with the coupling off never; where x itself is set, in all runs."""

    def play(scenario, seed, rows, keep):
        x, arm = rows.columns[FACTORS[0]], rows.columns["arm"][0]
        ends = np.where(x > 0.6, 0.9, 0.1) * (arm == "base") + 0.9 * (arm == "set")
        return played(rows, {ALIGNMENT: ends + 0.01 * RandomStreams(seed, rows.stream).normal("toy", 0, 1)[0]})

    results = results_of(
        play, uncertainties=dict.fromkeys(FACTORS[:2], SPAN), design={"kind": "sobol", "points": 128}, outcomes=[ALIGNMENT],
        compare_with={"off": {"parent.channels": "off"}, "set": {FACTORS[0]: 0.0}},
    )  # fmt: skip
    found = discover(results, "western_alignment_at_end > 0.5", samples=4)
    off, fixed = found.others
    assert (off.in_the_box.value, off.everywhere.value, off.everywhere.runs) == (0.0, 0.0, 128)
    assert (fixed.in_the_box.value, fixed.in_the_box.runs) == (1.0, found.box.runs)
    said = beside(found)
    assert re.match(r"Of the same runs in that box it is 0 % \(0 to \d %\) with the coupling off \(base rate 0 %\)", said)
    assert re.search(r"and 100 % \(9\d to 100 %\) in the arm set \(base rate 100 %\)\.$", said)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("georgia.western_alignment_at_end > 0.5", lambda runs: runs[ALIGNMENT] > 0.5),
        ("0.5 < western_alignment_at_end <= 0.9", lambda runs: (runs[ALIGNMENT] > 0.5) & (runs[ALIGNMENT] <= 0.9)),
        ("patron.policy = swallow", lambda runs: runs[POLICY] == "swallow"),
        ("policy != 'status quo' and not grievance > 0.5",
         lambda runs: (runs[POLICY] == "swallow") & (runs[FACTORS[0]] <= 0.5)),
        ("policy in [swallow] or parent.grievance + 2 * parent.accommodation > 1.5",
         lambda runs: (runs[POLICY] == "swallow") | (runs[FACTORS[0]] + 2 * runs[FACTORS[1]] > 1.5)),
    ],
)  # fmt: skip
def test_expressions_mean_what_they_say(study, text, expected):
    held, known = expression(text, study).holds(study)
    assert known.all()
    assert held.tolist() == expected(study.runs).tolist()
    assert 0 < held.sum() < len(held)


@pytest.mark.parametrize(
    ("text", "error", "says"),
    [
        ("1 > 0", ResultsError, "names no column"),
        ("western_alignment_at_ende > 0.5", NoSuchColumn, "did you mean 'western_alignment_at_end'"),
        ("western_alignment_at_end >", ResultsError, "cannot be read"),
        ("western_alignment_at_end", ResultsError, "no condition that holds or not"),
        ("patron.policy > 3", ResultsError, "is no number"),
        ("patron.policy == swalow", ResultsError, "no run has 'swalow'; did you mean 'swallow'"),
        ("__import__('os').system('true')", ResultsError, "is not understood"),
        ("integration_at_end > 0.3", NoSuchColumn, "name one of them"),
        ("western_alignment_at_end > 7", ResultsError, "holds in none of 256 runs: a box needs at least 10 of each"),
        ("western_alignment_at_end < 7", ResultsError, "fails to hold in none of 256 runs"),
        ("(" * 500, ResultsError, "cannot be read"),
    ],
)  # fmt: skip
def test_bad_expressions_are_one_sentence(study, text, error, says):
    with pytest.raises(error) as caught:
        discover(study, text)
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("text", ["{0} / 0 > 1", "0 * {0} / (0 * {0}) > 1", "not ({0} / 0 > 1)", "{0} > 0 or {0} / 0 < 1"])
def test_what_is_divided_by_nothing_is_neither_yes_nor_no(study, text):
    held, known = expression(text.format("western_alignment_at_end"), study).holds(study)
    assert not held.any()
    assert not known.any()


def test_three_points_are_too_few():
    def play(scenario, seed, rows, keep):
        return played(rows, {ALIGNMENT: rows.columns[FACTORS[0]]})

    few = results_of(play, design={"kind": "sobol", "points": 4})
    with pytest.raises(ResultsError, match="4 draws of what is uncertain are too few for a box: at least 30 are needed"):
        discover(few, "western_alignment_at_end > 0.5")


def test_a_box_that_is_not_there_is_one_sentence(study):
    with pytest.raises(ResultsError, match="there is no box 900: the trajectory has boxes 0 to"):
        discover(study, "western_alignment_at_end > 0.5", box=900, samples=4)
