"""Shares of a difference sum to it, and are what each change is known to add."""

import numpy as np
import pytest

from frozen_conflict_sim import run
from frozen_conflict_sim.analysis.comparison import attribution
from frozen_conflict_sim.analysis.comparison.attribution import Game, attribute
from frozen_conflict_sim.analysis.comparison.shapley import Orders, coalitions, exact_interactions, exact_shares
from frozen_conflict_sim.experiment.errors import NoSuchColumn, NotComparable
from frozen_conflict_sim.model.columns import Column

KEY = "georgia.alienation_at_end"


def brute_force(values, changes):
    """The definition: what each change adds, averaged over all orders."""
    from itertools import permutations

    found = np.zeros(changes)
    orders = list(permutations(range(changes)))
    for order in orders:
        taken = 0
        for change in order:
            found[change] += values[taken | 1 << change] - values[taken]
            taken |= 1 << change
    return found / len(orders)


@pytest.mark.parametrize("changes", [1, 2, 3, 5])
def test_exact_shares_are_averages_over_all_orders(changes):
    values = np.random.default_rng(changes).normal(size=2**changes)
    assert np.allclose(exact_shares(values), brute_force(values, changes))
    assert np.isclose(exact_shares(values).sum(), values[-1] - values[0])


def test_interactions_of_what_only_adds_are_zero():
    effects = np.array([0.5, -1.0, 2.0, 0.0])
    for _, _, amount in exact_interactions(coalitions(4) @ effects):
        assert np.isclose(amount, 0.0)


def test_orders_visit_every_place_equally_often():
    orders = Orders.drawn(40, 200, 5, np.array([1, 3]), 1)
    place = np.argsort(orders.order, axis=2).mean(axis=(0, 1))
    assert np.allclose(place, 2.0, atol=0.25)
    ranks = np.argsort(orders.order, axis=2)
    first = ranks[..., 1] < ranks[..., 3]
    assert (first == first[:, :1]).all(), "changes that are made together have one order in a round"


class Toy(Game):
    """A game of known values: effects that add up, one pair of changes that works only together, and noise by case."""

    def __init__(self, effects, together=0.0, cases=60, structural=()):
        import pandas as pd

        self.effects, self.together, self.played = np.asarray(effects, float), together, 0
        self.names = ["outcome"]
        self.keys = [f"key.{at}" for at in range(len(effects))]
        self.changes = {key: type("Named", (), {"left": "0", "right": "1"}) for key in self.keys}
        self.structural = np.array(structural, int)
        self.noise = np.random.default_rng(1).normal(size=(cases, len(effects)))
        table = pd.DataFrame({"stream": np.arange(cases), "point": 0})
        self.pairs = attribution.Pairs(table, table, (0, 0))
        everything = np.ones((1, len(effects)), bool)
        self.ends = [self.of_all(~everything)[0], self.of_all(everything)[0]]

    def values(self, sets, cases):
        self.played += len(sets)
        added = (sets * (self.effects + 0.3 * self.noise[cases])).sum(axis=1)
        return (1.0 + added + self.together * (sets[:, 0] & sets[:, 1]))[:, None]


COLUMN = Column("outcome", "outcome", "index", "", label="outcome")


@pytest.mark.parametrize("structural", [(), (2, 5)])
def test_known_additive_effects_are_found_within_their_intervals(structural):
    effects = [0.5, -0.2, 0.0, 1.0, -0.7, 0.1, 0.05, 0.3]
    game = Toy(effects, structural=structural)
    (found,) = attribution._by_orders(game, [COLUMN], 8, 1)
    assert np.isclose(sum(share.share for share in found.shares), found.difference, atol=1e-12)
    within = 0
    for share in found.shares:
        known = effects[game.keys.index(share.key)]
        assert np.isclose(share.share, share.alone)
        within += share.interval[0] <= known <= share.interval[1]
    assert within >= 6, "90 % intervals of eight effects"


def test_intervals_cover_known_effects_as_often_as_they_say():
    covered = []
    for seed in range(60):
        game = Toy([0.5, -0.2, 0.0, 1.0], cases=30)
        game.noise = np.random.default_rng(seed + 5).normal(size=game.noise.shape)
        everything = np.ones((1, 4), bool)
        game.ends = [game.of_all(~everything)[0], game.of_all(everything)[0]]
        (found,) = attribution._exactly(game, [COLUMN])
        covered += [
            share.interval[0] <= game.effects[game.keys.index(share.key)] <= share.interval[1] for share in found.shares
        ]
    assert 0.82 <= np.mean(covered) <= 0.97


@pytest.mark.parametrize("how", [attribution._exactly, lambda game, columns: attribution._by_orders(game, columns, 40, 3)])
def test_changes_that_work_only_together_share_what_they_add_and_are_named(how):
    game = Toy([0.0, 0.0, 0.4], together=2.0)
    game.noise[:] = 0.0
    game.noise[:, 2] = np.random.default_rng(3).normal(size=len(game.noise))
    everything = np.ones((1, 3), bool)
    game.ends = [game.of_all(~everything)[0], game.of_all(everything)[0]]
    (found,) = how(game, [COLUMN])
    shares = {share.key: share.share for share in found.shares}
    assert np.allclose([shares["key.0"], shares["key.1"]], 1.0, atol=0.15)
    assert np.isclose(sum(shares.values()), found.difference)
    assert found.interactions[0].keys in {("key.0", "key.1"), ("key.1", "key.0")}
    assert np.isclose(found.interactions[0].amount, 2.0)


@pytest.fixture(scope="module")
def sides(small):
    """Two ensembles that differ in a policy, an event, a number of every parent, and one that nothing reads here."""
    other = small.with_values({"patron.policy": "swallow", "parent.grievance": 1.8, "patron.incentives.prestige": 0.8})
    return run(small, runs=24, seed=5), run(other, runs=24, seed=5)


def test_shares_of_a_real_difference_sum_to_it(sides):
    found = attribute(*sides)
    assert found.exact
    assert len(found.outcomes) > 20
    for one in found.outcomes:
        if one.pairs:
            assert np.isclose(sum(share.share for share in one.shares), one.difference, atol=1e-9)
    assert {share.key for share in found.outcomes[0].shares} == {
        "patron.policy",
        "parents.georgia.grievance",
        "patron.incentives.prestige",
    }


def test_random_orders_agree_with_all_sets(sides, monkeypatch):
    exact = {share.key: share for share in attribute(*sides, [KEY], most_pairs=8).outcomes[0].shares}
    monkeypatch.setattr(attribution, "FEW", 2)
    (drawn,) = attribute(*sides, [KEY], most_pairs=8, rounds=6).outcomes
    assert np.isclose(sum(share.share for share in drawn.shares), drawn.difference, atol=1e-9)
    for share in drawn.shares:
        assert share.interval[0] <= exact[share.key].share <= share.interval[1]
        assert (share.alone, share.last) == pytest.approx((exact[share.key].alone, exact[share.key].last))


def test_one_change_makes_the_whole_difference(small, sides):
    other = run(small.with_values({"parent.grievance": 1.8}), runs=24, seed=5)
    (one,) = attribute(sides[0], other, [KEY]).outcomes
    (share,) = one.shares
    assert (share.share, share.interval) == (one.difference, one.interval)
    assert share.alone == share.last == one.difference


def test_what_cannot_be_shared_is_one_sentence(small, sides, tmp_path, command):
    with pytest.raises(NotComparable, match="nothing differs"):
        attribute(sides[0], sides[0])
    with pytest.raises(NotComparable, match="quarters"):
        attribute(sides[0], run(small.with_values({"quarters": 9}), runs=4, seed=5))
    with pytest.raises(NoSuchColumn, match="alienation_at_end"):
        attribute(*sides, ["alienation_at_ende"])


def test_policies_of_one_experiment_are_shared_by_filters(small, tmp_path, command):
    from frozen_conflict_sim import run_experiment

    asked = {
        "question": "What do the policies do?",
        "scenario": small,
        "levers": {"patron.policy": ["swallow", "status_quo"], "parent.channels": ["on", "off"]},
        "compare_with": {"patron.incentives.prestige": 0},
        "replicates": 8,
        "seed": 3,
    }
    run_experiment(asked, tmp_path / "study")
    done = command(
        "compare", "study", "study", "--attribute", KEY,
        "--filter-a", "patron.policy=status_quo", "--filter-a", "parent.channels=off",
        "--filter-b", "patron.policy=swallow", "--filter-b", "parent.channels=on", cwd=tmp_path,
    )  # fmt: skip
    assert "note: of study the base alone is compared; choose another arm by a filter: arm=" in done.stderr
    assert "patron.policy" in done.stdout
    assert "parents.georgia.channels" in done.stdout
    assert "all together" in done.stdout
