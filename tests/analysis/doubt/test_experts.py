"""Experts: pools of known distributions, disagreements by hand, planted disagreements that matter, and mistakes in files."""

import numpy as np
import pytest

from frozen_conflict_sim import load_experiment
from frozen_conflict_sim.analysis.doubt.experts import _swing, compared, disagreements, pooled_csv
from frozen_conflict_sim.experiment.elicitation import load_elicitation
from frozen_conflict_sim.scenario import InputError

RNG = np.random.default_rng(6)
SMALL = "extends: georgia_2014\nquarters: 4\npublic: {residents: 50}\n"
TEXT = """\
question: How does Tbilisi take it?
scenario: small.yaml
experts:
  A. Historian:
    parent.grievance: {from: 0.0, to: 0.4}
    parent.accommodation: {from: 0.4, to: 0.8}
  B. Diplomat:
    weight: 3
    parent.grievance: {from: 1.0, to: 1.4}
    parent.accommodation: {from: 0.4, to: 0.8}
"""


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    folder = tmp_path_factory.mktemp("experts")
    (folder / "small.yaml").write_text(SMALL, "utf-8")
    (folder / "experts.yaml").write_text(TEXT, "utf-8")
    return folder / "experts.yaml"


@pytest.fixture(scope="module")
def elicited(file):
    return load_elicitation(file)


def test_the_pool_is_the_weighted_mixture(elicited):
    numbers, names = elicited.pooled("parent.grievance")
    assert len(numbers) == 512
    assert np.mean(names == "B. Diplomat") == 0.75
    assert numbers.mean() == pytest.approx(0.25 * 0.2 + 0.75 * 1.2, abs=1e-3)
    assert np.mean(numbers <= 0.2) == pytest.approx(0.125, abs=0.002)


def test_disagreement_is_the_share_of_variance_between(elicited):
    first, second = disagreements(elicited)
    between, within = 0.25 * 0.75 * 1.0, 0.4**2 / 12
    assert (first.key, second.key) == ("parent.grievance", "parent.accommodation")
    assert first.between == pytest.approx(between / (between + within), abs=0.01)
    assert second.between == pytest.approx(0.0, abs=1e-6)
    assert first.beliefs[0].quantiles == pytest.approx((0.02, 0.2, 0.38))


def test_a_planted_swing_is_found_and_covered():
    covered = []
    for _ in range(200):
        speaker = np.array(["a", "b"])[RNG.integers(0, 2, 300)]
        found = _swing("k", "y", 0.5 * (speaker == "b") + RNG.normal(0, 1, 300), speaker, 0.9)
        covered.append(found.interval[0] <= 0.5 <= found.interval[1])
    assert np.mean(covered) == pytest.approx(0.9, abs=0.05)
    assert (found.low, found.high) == ("a", "b")
    assert _swing("k", "y", np.ones(300), np.full(300, "a"), 0.9) is None


def test_which_disagreement_matters_is_computed(file):
    """Two experts disagree about where alienation begins, which is where it still is after a year."""
    text = TEXT.replace("parent.grievance", "parent.alienation").replace("{from: 1.0, to: 1.4}", "{from: 0.6, to: 0.9}")
    (file.parent / "begin.yaml").write_text(text, "utf-8")
    found = compared(load_elicitation(file.parent / "begin.yaml"), ["georgia.alienation_at_end"], runs=100)
    assert (found.swings[0].key, found.swings[0].high) == ("parent.alienation", "B. Diplomat")
    told = " ".join(found.sentences)
    assert "Their disagreement about parent.alienation matters for georgia.alienation_at_end" in told
    (file.parent / "agree.yaml").write_text(text.replace("{from: 0.6, to: 0.9}", "{from: 0.0, to: 0.4}"), "utf-8")
    agreed = compared(load_elicitation(file.parent / "agree.yaml"), ["georgia.alienation_at_end"], runs=100)
    assert "None of their disagreements moves an outcome" in " ".join(agreed.sentences)


def test_an_experiment_can_draw_from_the_pool(elicited, file):
    (file.parent / "pooled.csv").write_text(pooled_csv(elicited), "utf-8")
    text = "question: What?\nscenario: small.yaml\nuncertainties: {from_posterior: pooled.csv}\nreplicates: 2\n"
    (file.parent / "drawn.yaml").write_text(text, "utf-8")
    drawn = load_experiment(file.parent / "drawn.yaml").uncertainties["parent.grievance"]
    assert len(drawn.numbers) == 512
    assert np.mean(drawn.numbers) == pytest.approx(0.95, abs=0.01)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("parent.grievance: {from: 0.0", "parent.grievnce: {from: 0.0", "did you mean 'parent.grievance'"),
        ("{from: 0.0, to: 0.4}", "{from: 0.0, to: 40}", "expected 0 to"),
        ("{from: 0.0, to: 0.4}", "0.3", "expected a distribution"),
        ("weight: 3", "weight: 0", "leaves the expert out"),
        ("scenario: small.yaml\n", "", "missing: the scenario"),
        ("question:", "qestion:", "unknown key; did you mean 'question'"),
    ],
)
def test_mistakes_name_their_place(file, old, new, message):
    (file.parent / "wrong.yaml").write_text(TEXT.replace(old, new, 1), "utf-8")
    with pytest.raises(InputError, match=message) as caught:
        load_elicitation(file.parent / "wrong.yaml")
    assert len(caught.value.problems) == 1


def test_one_expert_is_nobody_to_compare_with(file):
    (file.parent / "alone.yaml").write_text(TEXT[: TEXT.index("  B. Diplomat")], "utf-8")
    with pytest.raises(InputError, match="at least two experts"):
        load_elicitation(file.parent / "alone.yaml")
