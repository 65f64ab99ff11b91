"""Comparison: pairs by stream number, coverage of intervals, first divergence, exchange rates."""

import json
import re
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import frozen_conflict_sim as fcs
from frozen_conflict_sim.analysis.comparison.exchange_rate import exchange_rates, fieller
from frozen_conflict_sim.analysis.comparison.first_divergence import first_divergence, order_of_decisions
from frozen_conflict_sim.analysis.comparison.pairing import differences, pair, where
from frozen_conflict_sim.analysis.intervals import Means, means
from frozen_conflict_sim.experiment.errors import NotComparable, ResultsError
from frozen_conflict_sim.model.columns import Column

ROOT = Path(__file__).parents[2]
STUDIES = 400
SCORE = Column("score", "outcome", "index", "How it went.", label="Score", better_for="patron")


def studies(seed, arms=1):
    """Repeated studies of 30 clusters of uneven size: what the runs of a cluster share, and what each has of its own."""
    chance = np.random.default_rng(seed)
    for _ in range(STUDIES):
        luck = np.repeat(np.arange(30), chance.integers(1, 6, 30))
        shared = chance.normal(0, 1.0, (30, arms))[luck]
        yield luck, shared + chance.normal(0, 0.5, (len(luck), arms))


def share_covered(found):
    return np.mean(list(found))


def test_intervals_cover_the_truth_in_nine_of_ten_studies_whatever_runs_share():
    covered = [low <= 2.0 <= high for luck, noise in studies(1) for low, high in [means(2.0 + noise, luck).interval()]]
    assert 0.85 < share_covered(covered) < 0.95
    naive = [abs(noise.mean()) <= 1.645 * noise.std(ddof=1) / np.sqrt(len(noise)) for luck, noise in studies(1)]
    assert share_covered(naive) < 0.80


def test_paired_differences_cover_a_known_effect_with_common_random_numbers():
    covered, gains = [], []
    for luck, noise in studies(2, arms=2):
        common = noise[:, 0] * 3
        left, right = table(luck, common), table(luck, common + 0.3 + noise[:, 1] * 0.1)
        (found,) = differences(pair(left, right, on=("stream", "replicate")), [SCORE])
        covered.append(found.interval[0] <= 0.3 <= found.interval[1])
        gains.append(found.variance_reduction)
    assert 0.85 < share_covered(covered) < 0.95
    assert np.median(gains) > 50


WON = Column("score", "outcome", "yes or no", "Whether it was won.", label="Won")


@pytest.mark.parametrize(("before", "more"), [(0.5, 0.1), (0.02, 0.05), (0.0, 0.9)])
def test_differences_of_shares_are_covered_and_stay_within_bounds(before, more):
    chance, covered = np.random.default_rng(6), []
    for _ in range(STUDIES):
        luck = np.repeat(np.arange(60), 2)
        drawn = chance.random(60)[luck]
        sides = (table(luck, (drawn < share).astype(float)) for share in (before, before + more))
        (found,) = differences(pair(*sides, on=("stream", "replicate")), [WON])
        assert -1 <= found.interval[0] < found.interval[1] <= 1
        covered.append(found.interval[0] <= more <= found.interval[1])
    assert 0.85 < share_covered(covered) < 0.97


def test_exchange_rates_cover_a_known_rate():
    covered, undefined = [], 0
    for luck, noise in studies(3, arms=2):
        rate, interval = fieller(means(np.array([0.2, 0.5]) + noise * (0.3, 0.8), luck))
        undefined += rate is None
        covered += [interval[0] <= 0.4 <= interval[1]] if rate is not None else []
    assert 0.85 < share_covered(covered) < 0.95
    assert 0 < undefined < STUDIES / 2


def test_fiellers_interval_contains_the_ratios_that_a_test_does_not_reject():
    found = Means(np.array([0.3, 0.8]), np.array([[0.01, 0.004], [0.004, 0.02]]), 25)
    ratios = np.linspace(-2, 3, 200_001)
    error = np.sqrt(found.covariance[0, 0] - 2 * ratios * found.covariance[0, 1] + ratios**2 * found.covariance[1, 1])
    kept = ratios[np.abs(0.3 - ratios * 0.8) <= found.critical_value * error]
    rate, interval = fieller(found)
    assert rate == pytest.approx(0.375)
    assert interval == pytest.approx((kept[0], kept[-1]), abs=1e-4)


def table(luck, scores, **more):
    """Runs with one outcome."""
    luck = np.asarray(luck)
    replicate = pd.Series(luck).groupby(luck).cumcount()
    columns = {"run": np.arange(len(luck)), "stream": luck, "replicate": replicate, "status": "done", "score": scores}
    return pd.DataFrame({**columns, **more})


def test_partners_have_the_same_stream_and_failed_runs_have_none():
    left = table([3, 1, 2, 0], [30.0, 10.0, 20.0, 0.0], status=["done", "done", "failed", "done"])
    right = table([1, 2, 3, 9], [11.0, 21.0, 31.0, 91.0])
    pairs = pair(left, right)
    assert pairs.left["stream"].tolist() == [1, 3]
    assert (pairs.right["score"] - pairs.left["score"]).tolist() == [1.0, 1.0]
    assert pairs.unpaired == (1, 2)


def test_pairs_of_one_draw_of_the_uncertainties_are_a_cluster():
    luck = np.arange(12) // 3 * (1 << 24) + np.arange(12) % 3
    added = np.array([0.0, 1.0, 2.0, 4.0]).repeat(3)
    (found,) = differences(pair(table(luck, np.zeros(12)), table(luck, added)), [SCORE])
    reach = 2.353363 * np.std([0, 1, 2, 4], ddof=1) / 2
    assert found.interval == pytest.approx((1.75 - reach, 1.75 + reach), rel=1e-5)


def test_partners_share_levers_besides_the_stream():
    left = table([0, 0, 1, 1], [1.0, 2.0, 3.0, 4.0], lever=["a", "b", "a", "b"])
    right = table([1, 1, 0, 0], [40.0, 30.0, 20.0, 10.0], lever=["b", "a", "b", "a"])
    pairs = pair(left, right, ["stream", "lever"])
    assert (pairs.left["score"] * 10).tolist() == pairs.right["score"].tolist()
    with pytest.raises(NotComparable, match="several runs of one side have the same stream"):
        pair(left, right)


def test_a_difference_by_hand():
    left, right = [1.0, 2.0, 4.0, np.nan, 5.0], [2.0, 2.0, 7.0, 1.0, np.nan]
    (found,) = differences(pair(table(range(5), left), table(range(5), right)), [SCORE])
    assert (found.outcome, found.label, found.pairs, found.changed) == ("score", "Score", 3, pytest.approx(2 / 3))
    assert (found.left, found.right, found.difference) == pytest.approx((7 / 3, 11 / 3, 4 / 3))
    reach = 2.919986 * np.std([1, 0, 3], ddof=1) / np.sqrt(3)
    assert found.interval == pytest.approx((4 / 3 - reach, 4 / 3 + reach), rel=1e-5)
    assert found.variance_reduction == pytest.approx((np.var(left[:3]) + np.var(right[:3])) / np.var([1, 0, 3]))


def test_no_interval_where_nothing_differs_or_is_defined():
    same, none = table(range(3), [1.0, 2.0, 3.0]), table(range(3), [np.nan] * 3)
    (found,) = differences(pair(same, same), [SCORE])
    assert (found.difference, found.interval, found.changed, found.variance_reduction) == (0.0, None, 0.0, None)
    (found,) = differences(pair(table(range(98), np.zeros(98)), table(range(98), np.zeros(98))), [WON])
    assert found.interval == pytest.approx((-0.0233, 0.0233), abs=1e-4)
    (found,) = differences(pair(same, none), [SCORE])
    assert (found.pairs, found.left, found.difference, found.variance_reduction) == (0, None, None, None)


def test_the_first_decision_is_the_first_of_the_turn(small):
    columns = {
        name: Column(name, "decision", "option", "", label=name, options=("hold", "act"))
        for name in ("georgia.orientation", "moscow.treatment.abkhazia", "abkhazia.answer")
    }
    assert [name for name in order_of_decisions(small) if name in columns] == [
        "moscow.treatment.abkhazia", "abkhazia.answer", "georgia.orientation",
    ]  # fmt: skip
    left = {name: np.zeros((4, 5), np.int8) for name in columns}
    right = {name: codes.copy() for name, codes in left.items()}
    right["georgia.orientation"][0, 1:] = 1
    right["abkhazia.answer"][0, 1] = 1
    right["abkhazia.answer"][1, 1] = 1
    right["moscow.treatment.abkhazia"][2, 0] = 1
    found = first_divergence(left, right, columns, small)
    assert (found.pairs, found.diverged, found.share) == (4, 3, 0.75)
    first, second = found.first
    assert (first.decision, first.turn, first.date, first.pairs, first.share) == ("abkhazia.answer", 2, "2014-Q2", 2, 0.5)
    assert (first.left, first.right) == ("hold", "act")
    assert (second.decision, second.turn) == ("moscow.treatment.abkhazia", 1)


def test_the_order_of_decisions_is_that_of_the_scenario(small):
    swapped = order_of_decisions(small.with_values({"play.phase_order": "elites_before_patron"}))
    assert swapped.index("abkhazia.answer") < swapped.index("moscow.treatment.abkhazia")


def test_rates_are_of_each_parent_over_the_mean_of_its_territories(small):
    chance = np.random.default_rng(4)
    names = ("georgia.western_alignment_at_end", "abkhazia.integration_at_end", "south_ossetia.integration_at_end")
    left, right = (
        table(range(50), np.zeros(50)).assign(**{name: chance.normal(mean, 0.01, 50) for name, mean in zip(names, ends)})
        for ends in ((0.5, 0.3, 0.4), (0.6, 0.7, 0.8))
    )
    (rate,) = exchange_rates(pair(left, right), small)
    assert (rate.parent, rate.label, rate.when, rate.pairs) == ("georgia", "Tbilisi", "at the end", 50)
    assert (rate.alignment, rate.integration) == pytest.approx((0.1, 0.4), abs=0.01)
    assert rate.rate == pytest.approx(0.25, abs=0.01)
    assert rate.interval[0] < rate.rate < rate.interval[1]
    # One point with 30 of the runs and a double rate counts as much as each of 20 points with one run.
    point = np.where(np.arange(50) < 30, 0, np.arange(50))
    often = right.assign(**{names[0]: right[names[0]] + np.where(point == 0, 0.1, 0.0)})
    (rate,) = exchange_rates(pair(left.assign(point=point), often.assign(point=point)), small)
    assert rate.alignment == pytest.approx(0.1 + 0.1 / 21, abs=0.008)
    (none,) = exchange_rates(pair(left, left.assign(**{names[0]: right[names[0]]})), small)
    assert (none.rate, none.interval) == (None, None)


@pytest.fixture(scope="module")
def ensembles(small):
    """The same sixty runs under two policies."""
    policies = [small.with_values({"quarters": 16, "patron.policy": policy}) for policy in ("status_quo", "salami")]
    return [fcs.run(scenario, 60, 5) for scenario in policies]


def test_two_policies_compared(ensembles):
    found = fcs.compare(*ensembles)
    assert (found.pairs, found.notes) == (60, ())
    by_name = {line.outcome: line for line in found.differences}
    assert set(by_name) == set(ensembles[0].names("outcome"))
    direct = [results.runs["abkhazia.integration_at_end"].mean() for results in ensembles]
    integration = by_name["abkhazia.integration_at_end"]
    assert integration.difference == pytest.approx(direct[1] - direct[0])
    assert 0 < integration.interval[0] < integration.difference < integration.interval[1]
    assert {rate.when for rate in found.exchange_rates if rate.interval[0] < rate.rate < rate.interval[1]} == {
        "at the end", "over the run",
    }  # fmt: skip


def test_first_divergence_agrees_with_a_search_pair_by_pair(ensembles):
    left, right = (results.trajectories for results in ensembles)
    first = []
    for run in range(60):
        diverged = (
            (turn, name)
            for turn in range(16)
            for name in order_of_decisions(ensembles[0].scenario)
            if left[name].values[run, turn] != right[name].values[run, turn]
        )
        first.append(next(diverged, None))
    found = fcs.compare(*ensembles).first_divergence
    assert found.diverged == sum(place is not None for place in first)
    for diverging in found.first:
        assert diverging.pairs == first.count((diverging.turn - 1, diverging.decision))
    assert found.first[0].decision.startswith("moscow.treatment")
    assert (found.first[0].left, found.first[0].right) == ("hold", "ask_for_deeper_integration")


def test_two_parts_of_one_study_compared(ensembles):
    results = ensembles[1]
    even = results.runs["stream"] % 2 == 0
    assert fcs.compare(results, results, among=(even, None)).pairs == 30
    with pytest.raises(NotComparable, match="no finished run of"):
        fcs.compare(results, results, among=(even, ~even))


@pytest.fixture(scope="module")
def experiment(tmp_path_factory):
    """Two policies, with and without the coupling, for two sizes of publics, three times each."""
    folder = tmp_path_factory.mktemp("experiment")
    text = f"""
question: What does asking change?
scenario: {ROOT / "scenarios" / "georgia_2014.yaml"}
levers:
  patron.policy: [status_quo, salami]
  public.residents: [60, 80]
compare_with: {{parent.channels: off}}
replicates: 3
seed: 5
"""
    (folder / "asking.yaml").write_text(text, "utf-8")
    return fcs.run_experiment(folder / "asking.yaml", out=folder / "out")


def test_two_policies_of_an_experiment_compared(command, experiment):
    chosen = ("--filter-a", "patron.policy=status_quo", "--filter-b", "patron.policy=salami")
    found = json.loads(command("compare", "out", "out", *chosen, "--json", cwd=experiment.path.parent).stdout)
    assert found["pairs"] == 6
    assert found["notes"] == ["of out the base alone is compared; choose another arm by a filter: arm=parent.channels=off"]
    assert found["first_divergence"]["first"][0]["right"] == "ask_for_deeper_integration"
    assert difference_of(found) == pytest.approx(expected_difference(experiment, "base"))


def test_another_arm_is_compared_if_it_is_chosen(command, experiment):
    policies, arm = ("status_quo", "salami"), "arm=parent.channels=off"
    chosen = [part for side, policy in zip("ab", policies) for part in (f"--filter-{side}", f"patron.policy={policy}")]
    both = command("compare", "out", "out", *chosen, "--filter-a", arm, "--filter-b", arm, "--json", cwd=experiment.path.parent)
    found = json.loads(both.stdout)
    assert (found["pairs"], found["notes"]) == (6, [])
    assert difference_of(found) == pytest.approx(expected_difference(experiment, "parent.channels=off"))
    one = fcs.compare(experiment, experiment, filters=({}, {"arm": "parent.channels=off"}))
    assert (one.pairs, len(one.notes)) == (12, 1)
    assert [(change.key, change.left, change.right) for change in one.inputs] == [("arm", "base", "parent.channels=off")]


def difference_of(found):
    """The difference of Georgia's alienation in a comparison."""
    return next(line["difference"] for line in found["differences"] if line["outcome"] == "georgia.alienation_at_end")


def expected_difference(experiment, arm):
    """How much more Georgia is alienated under one policy than under the other, on average over pairs of an arm."""
    runs = experiment.runs[experiment.runs["arm"] == arm]
    runs = runs.pivot(index=["stream", "public.residents"], columns="patron.policy", values="georgia.alienation_at_end")
    return (runs["salami"] - runs["status_quo"]).mean()


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"patron.policy": "swallow"}, "no run has patron.policy=swallow; runs have status_quo, salami"),
        ({"patron.polcy": "salami"}, "these results have no 'patron.polcy'; did you mean 'patron.policy'?"),
        ({"public.residents": 50}, "no run has public.residents=50; runs have 60, 80"),
    ],
)
def test_runs_that_are_not_there(experiment, values, said):
    with pytest.raises(ResultsError, match=re.escape(said)):
        where(experiment, values)


def test_notes_name_what_limits_a_comparison(small, ensembles):
    short = fcs.run(small.with_values({"quarters": 3, "west.voices.us": None}), 40, 5, keep=("georgia.alienation",))
    found = fcs.compare(ensembles[0], short)
    assert found.first_divergence is None
    notes = "\n".join(found.notes)
    assert "20 finished runs of Georgia, Abkhazia and South Ossetia from 2014 have no partner" in notes
    assert "their spans differ (16 turns from 2014-Q1, and 3 turns from 2014-Q1)" in notes
    assert "(14 in all)" in notes, "what the West of three voices has besides"
    assert "decisions are not stored in both" in notes


@pytest.fixture(scope="module")
def stored(tmp_path_factory, small):
    """Three results folders; the third has another seed."""
    folder = tmp_path_factory.mktemp("stored")
    fcs.run(small, 8, 5, out=folder / "base")
    fcs.run(small.with_values({"patron.policy": "swallow"}), 8, 5, out=folder / "swallow")
    fcs.run(small, 2, 6, out=folder / "other")
    return folder


def test_the_command_shows_what_differs(command, stored):
    shown = command("compare", "base", "swallow", cwd=stored)
    assert shown.stderr == ""
    assert "A  base" in shown.stdout
    assert "8 pairs of runs with the same random numbers" in shown.stdout
    assert "Tbilisi: western alignment" in shown.stdout
    assert "of pairs diverge" in shown.stdout
    assert "utility" not in shown.stdout.split("of pairs diverge")[0]
    assert "moscow" not in shown.stdout
    assert "Moscow: utility" in command("compare", "base", "swallow", "--all", cwd=stored).stdout


def test_the_command_writes_json(command, stored):
    found = json.loads(command("compare", "base", "swallow", "--json", cwd=stored).stdout)
    assert found["pairs"] == 8
    assert {"outcome", "difference", "interval", "variance_reduction"} <= set(found["differences"][0])
    assert found["first_divergence"]["first"][0]["decision"]
    assert [rate["when"] for rate in found["exchange_rates"]] == ["at the end", "over the run"]


def test_nothing_differs_from_itself(command, stored):
    shown = command("compare", "base", "base", cwd=stored)
    assert "No pair diverges" in shown.stdout
    assert "no rate, because the interval of the difference in integration includes zero" in shown.stdout
    assert "both sides are the same runs of the same study, so nothing differs" in shown.stderr


@pytest.mark.parametrize(
    ("sides", "said"),
    [
        (("base", "other"), "base was run with seed 5 and other with seed 6, so their runs share no random numbers"),
        (("base", "nowhere"), "nowhere does not exist"),
        (("base", "."), ". is not a results folder"),
    ],
)
def test_what_cannot_be_compared_is_refused(command, stored, sides, said):
    refused = command("compare", *sides, cwd=stored, code=2)
    assert said in refused.stderr
    assert refused.stdout == ""
