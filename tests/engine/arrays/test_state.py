"""The world of an ensemble: who sees what, what a change is made of, and which values a run starts with."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from frozen_conflict_sim.engine.arrays.state import WorldState
from frozen_conflict_sim.engine.declare.parameter import category, quantity, state
from frozen_conflict_sim.engine.declare.registry import Declarations
from frozen_conflict_sim.engine.declare.role import Role
from frozen_conflict_sim.engine.random_streams import RandomStreams
from frozen_conflict_sim.engine.setting import Policy, Setting, Value

LANDS = ("north", "middle", "south")
TOWNS = ("a", "b", "c", "d", "e")
IN_LAND = (0, 0, 1, 2, 2)


@pytest.fixture
def declared():
    """A crown over lands over towns: the smallest play in which everything can be seen from below and gathered from above."""
    declared = Declarations(items={"crop": ("wheat", "rye")})
    crown = Role(declared, "crown", "The crown.", section="crown")
    land = Role(declared, "land", "A land.", section="lands.{}")
    steward = Role(declared, "steward", "The steward of a land.", level="land", section="lands.{}.steward")
    town = Role(declared, "town", "A town.", section="lands.{}.towns.{}", inside=("land",))
    crown.declares(
        mood=state(0.5, 0, 1, "index", "The mood."),
        rule=category("old", ["old"], "Which rule.", open_to="policies"),
        crown_types=quantity(0.4, 0, 1, "log", "How far crowns differ."),
    )
    land.declares(
        tax=quantity(0.2, 0, 1, "share", "The tax."),
        unrest=state(0.1, 0, 1, "index", "The unrest."),
        harvest=state({"wheat": 0.3, "rye": 0.6}, 0, 2, "tons", "The harvest.", by="crop"),
    )
    steward.declares(zeal=quantity(0.5, 0, 1, "index", "The zeal."))
    town.declares(people=quantity(1.0, 0, 9, "thousands", "The people."), wealth=state(0.5, 0, 5, "index", "The wealth."))
    crown.weighs("glory", quantity(1.0, 0, 10, "utility", "What glory is worth."))
    crown.weighs("pomp", quantity(3.0, 3, 4, "utility", "What pomp is worth."))
    crown.declares(road=quantity(1, 0, 9, "turns", "How long a courier rides."))
    crown.delayed("mood_by_courier", of="mood", turns="road")
    steward.weighs("glory", quantity(1.0, 0, 10, "utility", "What glory is worth."))
    land.aggregates("people_of_land", of="people", how="sum", meaning="The people of a land.")
    land.aggregates("wealth_of_land", of="wealth", how="mean", meaning="The wealth of a land.")
    crown.aggregates("worst_unrest", of="unrest", how="largest", meaning="The worst unrest.")
    crown.aggregates("all_harvest", of="harvest", how="sum", meaning="The whole harvest.")
    land.noise("weather", "The weather.")
    land.noise("blight", "The blight.", by="crop")

    @town.derived("index")
    def burden(tax, mood, wealth):
        """What a town bears."""
        return tax * mood + wealth

    @land.derived("index")
    def shadow_of_the_crown(mood):
        """What falls on every land alike."""
        return mood * 2.0

    @land.hazard(phase="world")
    def flood(unrest):
        """Now and then a land is flooded."""
        return 0.1

    @land.derived("index")
    def trouble(flood):
        """A flood is trouble."""
        return 2.0 * flood

    @town.derived("index")
    def trouble_of_town(trouble):
        """A land's trouble is its towns'."""
        return trouble

    crown.aggregates("all_trouble", of="trouble", how="sum", meaning="All trouble.")
    crown.aggregates("all_shadow", of="shadow_of_the_crown", how="sum", meaning="The shadow on all lands.")
    return declared


def setting(**values):
    more = {key: values.pop(key) for key in ("policies",) if key in values}
    return Setting(
        title="Toy",
        start=(2014, 1),
        turns=4,
        entities={"crown": ("crown",), "land": LANDS, "town": TOWNS},
        belongs={("town", "land"): IN_LAND},
        values={tuple(key.split("/")): value for key, value in values.pop("values", {}).items()},
        **more,
    )


def world_of(declared, runs=3, given=None, **more):
    return WorldState(declared, setting(**more), RandomStreams(1, range(runs)), given)


def each(member_values):
    """Values by member, in all runs alike."""
    return np.array(member_values, float)[:, None]


def test_a_town_sees_its_own_land_and_the_one_crown(declared):
    world = world_of(declared)
    world.values["tax"] = each([0.1, 0.2, 0.3])
    world.values["wealth"] = each([1, 2, 3, 4, 5]) + np.zeros(3)
    seen = world.view("town")["burden"]
    assert seen.shape == (5, 3)
    assert seen[:, 0] == pytest.approx([1.05, 2.05, 3.1, 4.15, 5.15])


def test_nobody_sees_below_or_beside_except_what_is_gathered(declared):
    world = world_of(declared)
    with pytest.raises(LookupError, match="land"):
        world.view("crown")["tax"]
    with pytest.raises(LookupError, match="town"):
        world.view("land")["wealth"]


def test_gathering_sums_averages_and_finds_the_largest(declared):
    world = world_of(declared)
    world.values["people"] = each([1, 2, 3, 4, 5])
    world.values["wealth"] = each([1, 2, 3, 4, 5]) + np.arange(3)
    world.values["unrest"] = each([0.1, 0.7, 0.3]) + np.zeros(3)
    assert np.broadcast_to(world.view("land")["people_of_land"], (3, 3)).tolist() == [[3.0] * 3, [3.0] * 3, [9.0] * 3]
    assert world.view("land")["wealth_of_land"].tolist() == [[1.5, 2.5, 3.5], [3.0, 4.0, 5.0], [4.5, 5.5, 6.5]]
    assert world.view("crown")["worst_unrest"].tolist() == [[0.7, 0.7, 0.7]]
    assert world.view("crown")["all_harvest"].shape == (2, 1, 3)
    assert world.view("crown")["all_harvest"][:, 0, 0] == pytest.approx([0.9, 1.8])


def test_what_falls_on_all_alike_is_still_gathered_from_each(declared):
    world = world_of(declared)
    assert world.view("town")["shadow_of_the_crown"][..., 0] == pytest.approx([1.0] * 5)
    assert world.view("crown")["all_shadow"][0] == pytest.approx([3.0] * 3)


def test_a_member_above_nobody_gathers_nothing(declared):
    empty = Setting("Toy", (2014, 1), 4, {"crown": ("crown",), "land": LANDS, "town": ("a",)}, belongs={("town", "land"): (1,)})
    world = WorldState(declared, empty, RandomStreams(1, range(2)))
    assert world.view("land")["people_of_land"].tolist() == [[0.0, 0.0], [1.0, 1.0], [0.0, 0.0]]


def test_sight_is_renewed_after_a_change(declared):
    world = world_of(declared)
    before = world.view("town")["burden"].copy()
    world.change([("mood", "news", np.full((1, 3), 0.25))])
    assert world.view("town")["burden"] == pytest.approx(before + 0.2 * 0.25)


def test_what_is_announced_is_seen_at_once_by_all_that_follows_from_it(declared):
    world = world_of(declared)
    assert not world.view("town")["trouble_of_town"].any()
    world.fix("flood", each([0, 1, 0]) + np.zeros(3))
    assert world.view("land")["flood"].tolist() == [[0.0] * 3, [1.0] * 3, [0.0] * 3]
    assert world.view("town")["trouble_of_town"][:, 0] == pytest.approx([0.0, 0.0, 2.0, 0.0, 0.0])
    assert world.view("crown")["all_trouble"][0, 0] == 2.0
    world.end_turn(())
    assert not world.view("land")["flood"].any()


@pytest.mark.parametrize("lag", [0, 1, 3])
def test_what_is_delayed_arrives_as_many_turns_later(declared, lag):
    world = world_of(declared, values={"crown/crown/road/": Value("fixed", (lag,))})
    arrived = []
    for turn in range(8):
        world.values["mood"] = np.full((1, 3), turn / 10)
        world.refresh()
        arrived.append(world.view("crown")["mood_by_courier"][0, 0])
        world.end_turn(("mood",))
    assert world.turn == 8
    assert arrived == [max(turn - lag, 0) / 10 for turn in range(8)]


def test_delays_may_differ_between_runs(declared):
    given = {("crown", "crown", "road", ""): np.array([0, 1, 2])}
    world = world_of(declared, given=given)
    for turn in range(4):
        world.values["mood"] = np.full((1, 3), turn / 10)
        world.end_turn(("mood",))
    world.values["mood"] = np.full((1, 3), 0.4)
    assert world.view("crown")["mood_by_courier"].tolist() == [[0.4, 0.3, 0.2]]


def test_weights_are_seen_like_numbers_and_a_word_that_all_have_in_common_is_itself(declared):
    world = world_of(declared, values={"crown/crown/pomp/": Value("fixed", (3.5,))})
    assert world.view("land")["rule"] == "old"
    assert world.view("land")["weight_of_pomp"].tolist() == [[3.5]]


def test_noise_belongs_to_a_member_and_a_turn_and_stays_within_the_turn(declared):
    world = world_of(declared, runs=200)
    first, blight = world.view("land")["weather"].copy(), world.view("land")["blight"].copy()
    assert first.shape == (3, 200)
    assert blight.shape == (2, 3, 200)
    world.refresh()
    assert np.array_equal(world.view("land")["weather"], first)
    world.turn = 1
    world.refresh()
    rows = [*first, *world.view("land")["weather"], *blight.reshape(6, 200)]
    assert np.abs(np.corrcoef(rows) - np.eye(12)).max() < 0.35


amounts = some.lists(some.tuples(some.sampled_from("abc"), some.lists(some.floats(-3, 3), min_size=6, max_size=6)), max_size=6)


@given(causes=amounts, start=some.lists(some.floats(0, 5), min_size=2, max_size=2))
def test_contributions_add_up_to_the_change_exactly(causes, start):
    declared = Declarations()
    role = Role(declared, "land", "A land.", section="lands.{}")
    role.declares(stock=state(0.0, 0, 5, "tons", "The stock."))
    world = WorldState(declared, Setting("Toy", (2014, 1), 1, {"land": ("x", "y")}), RandomStreams(1, range(3)))
    world.values["stock"] = old = np.repeat(np.array(start)[:, None], 3, axis=1)
    world.ledger = []
    world.change([("stock", name, np.reshape(amount, (2, 3))) for name, amount in causes])
    reached = old
    for turn, to, _, amount in world.ledger:
        assert (turn, to) == (0, "stock")
        reached = reached + amount
    assert np.array_equal(reached, world.values["stock"])
    assert world.values["stock"].min() >= 0.0
    assert world.values["stock"].max() <= 5.0
    assert [name for _, _, name, _ in world.ledger] == [*(name for name, _ in causes), *(["bounds"] if causes else [])]


def test_what_a_bound_takes_is_a_contribution_of_its_own(declared):
    world = world_of(declared, runs=2)
    world.ledger = []
    world.change([("mood", "joy", np.array([[0.7, 0.2]])), ("mood", "more joy", np.array([[0.2, 0.1]]))])
    assert world.values["mood"].tolist() == [[1.0, 0.5 + 0.2 + 0.1]]
    bounds = [amount for _, to, name, amount in world.ledger if (to, name) == ("mood", "bounds")]
    assert bounds[0] == pytest.approx(np.array([[-0.4, 0.0]]))


def test_a_run_that_has_ended_does_not_change(declared):
    world = world_of(declared)
    before = {name: values.copy() for name, values in world.values.items()}
    world.active = np.array([True, False, True])
    world.ledger = []
    world.change([("unrest", "anger", np.full((3, 3), 0.2)), ("harvest", "rain", np.full((2, 3, 3), 9.0))])
    for name in ("unrest", "harvest"):
        changed = world.values[name] != before[name]
        assert changed[..., [0, 2]].all()
        assert not changed[..., 1].any()
    assert all(not amount[..., 1].any() for *_, amount in world.ledger)


def test_all_contributions_of_a_turn_are_judged_on_the_same_state(declared):
    world = world_of(declared)
    view = world.view("land")
    world.change(("unrest", name, view[name] * 1.0) for name in ("mood", "unrest"))
    assert world.values["unrest"] == pytest.approx(0.1 + 0.5 + 0.1)


def test_chance_events_happen_as_often_as_they_should_and_only_in_running_runs(declared):
    world = world_of(declared, runs=8000)
    world.active = np.arange(8000) < 6000
    happened = world.draw_hazard("flood", each([0.05, 0.3, 1.0]), "land")
    assert happened[:, :6000].mean(axis=1) == pytest.approx([0.05, 0.3, 1.0], abs=0.02)
    assert not happened[:, 6000:].any()


def test_values_come_from_what_is_given_then_the_policy_then_the_scenario_then_the_default(declared):
    policy = Policy("new", "A new rule.", values={("land", "north", "tax", ""): Value("fixed", (0.7,))})
    values = {
        "land/north/tax/": Value("fixed", (0.6,)),
        "land/middle/tax/": Value("fixed", (0.5,)),
        "crown/crown/rule/": Value("fixed", ("new",)),
        "land/south/harvest/rye": Value("fixed", (1.5,)),
    }
    world = world_of(declared, values=values, policies={"new": policy})
    assert world.values["tax"].tolist() == [[0.7], [0.5], [0.2]]
    assert world.values["harvest"][..., 0].tolist() == [[0.3, 0.3, 0.3], [0.6, 0.6, 1.5]]
    assert world.categories["rule", "crown"] == "new"
    given = {("land", "north", "tax", ""): np.array([0.1, 0.2, 0.3])}
    world = world_of(declared, values=values, policies={"new": policy}, given=given)
    assert world.values["tax"][:2].tolist() == [[0.1, 0.2, 0.3], [0.5, 0.5, 0.5]]
    untouched = world_of(declared, values={**values, "crown/crown/rule/": Value("fixed", ("old",))}, policies={"new": policy})
    assert untouched.values["tax"][0].tolist() == [0.6]


def test_a_number_whose_default_is_whole_may_have_a_fraction(declared):
    assert world_of(declared, values={"crown/crown/road/": Value("fixed", (2.5,))}).values["road"].tolist() == [[2.5]]


def test_what_a_world_changes_is_not_changed_in_the_next_world_of_the_same_setting(declared):
    toy = setting()
    for _ in range(2):
        world = WorldState(declared, toy, RandomStreams(1, range(3)))
        assert world.values["mood"].tolist() == [[0.5] * 3]
        world.values["mood"][:] = 0.9
    with pytest.raises(ValueError, match="read-only"):
        world.values["tax"][:] = 0.9


def test_uncertain_values_follow_their_law_within_the_bounds(declared):
    values = {
        "land/north/tax/": Value("between", (0.2, 0.4), stream="a"),
        "land/middle/tax/": Value("normal", (0.5, 0.4), stream="b"),
        "land/south/tax/": Value("lognormal", (0.1, 0.5), stream="c"),
    }
    north, middle, south = world_of(declared, runs=20000, values=values).values["tax"]
    assert (north.min(), north.max(), north.mean()) == pytest.approx((0.2, 0.4, 0.3), abs=0.002)
    assert (middle.min(), middle.max(), np.median(middle)) == pytest.approx((0.0, 1.0, 0.5), abs=0.01)
    assert np.median(south) == pytest.approx(0.1, abs=0.002)
    assert np.log(south).std() == pytest.approx(0.5, abs=0.01)
    assert abs(np.corrcoef(north, middle)[0, 1]) < 0.03


def test_two_addresses_with_one_stream_share_their_draw(declared):
    values = {f"land/{land}/tax/": Value("between", (0.0, 1.0), stream="land.tax") for land in LANDS}
    north, middle, south = world_of(declared, runs=10, values=values).values["tax"]
    assert np.array_equal(north, middle)
    assert np.array_equal(north, south)


def test_motives_that_nobody_sets_differ_between_runs_as_far_as_types_says(declared):
    world = world_of(declared, runs=20000)
    assert np.log(world.weights["crown", "glory"]).std() == pytest.approx(0.4, abs=0.01)
    assert np.median(world.weights["crown", "glory"]) == pytest.approx(1.0, abs=0.01)
    assert world.weights["steward", "glory"].tolist() == [[1.0]] * 3  # stewards have no types
    fixed = world_of(declared, values={"crown/crown/glory/": Value("fixed", (2.0,))})
    assert fixed.weights["crown", "glory"].tolist() == [[2.0]]


def test_a_run_starts_the_same_alone_and_among_many(declared):
    values = {"land/north/tax/": Value("normal", (0.5, 0.4), stream="b")}
    whole = WorldState(declared, setting(values=values), RandomStreams(8, range(100)))
    for index in (0, 41, 99):
        alone = WorldState(declared, setting(values=values), RandomStreams(8, [index]))
        for name, array in alone.values.items():
            assert np.array_equal(array, whole.values[name][..., [index if whole.values[name].shape[-1] > 1 else 0]])
        assert alone.weights["crown", "glory"][0, 0] == whole.weights["crown", "glory"][0, index]
