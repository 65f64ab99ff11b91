"""Mandates: for whom, when and under which conditions an option is forbidden or mandatory, and what receipts say of it."""

import numpy as np
import pytest

from frozen_conflict_sim.engine.arrays.decisions import DecisionMaker
from frozen_conflict_sim.engine.arrays.state import WorldState
from frozen_conflict_sim.engine.choice_rules import ALL_CHOICE_RULES
from frozen_conflict_sim.engine.declare.parameter import quantity, state
from frozen_conflict_sim.engine.declare.registry import Declarations
from frozen_conflict_sim.engine.declare.role import Role
from frozen_conflict_sim.engine.random_streams import RandomStreams
from frozen_conflict_sim.engine.setting import Mandate, Policy, Setting

LANDS = ("north", "south", "east")
RUNS = 3
MARCH = "crown.campaign.march"
MOOD, FAME = ("realm", "west", "mood", ""), ("land", "", "fame", "")


def toy():
    """A crown that may march into each land, and never gains by it; lands belong to realms."""
    declared = Declarations(items={"crop": ("wheat", "rye")})
    play = Role(declared, "play", "The play.", section="play")
    play.declares(precision=quantity(15.0, 0, 100, "per utility", "The precision."))
    crown = Role(declared, "crown", "The crown.", section="crown")
    realm = Role(declared, "realm", "A realm.", section="realms.{}")
    land = Role(declared, "land", "A land.", section="lands.{}", inside=("realm",))
    realm.declares(mood=state(0.5, 0, 1, "index", "The mood."))
    land.declares(
        fame=state(0.5, 0, 1, "index", "The fame."),
        harvest=state({"wheat": 0.2, "rye": 0.8}, 0, 1, "index", "The harvest.", by="crop"),
    )
    campaign = crown.decides("campaign", "What the crown does.", phase="crown", about=land)
    campaign.nothing("wait", "Nothing.")
    march = campaign.option("march", "March there.", act="marched")
    send = campaign.option("send", "Send an envoy.", act="sent")

    @march.incentive(weight=None)
    def cost():
        """Marching costs money."""
        return -0.3

    @send.incentive(weight=None)
    def trade():
        """An envoy brings trade."""
        return 0.2

    land.utility_of("worth_of_a_march", march, without=(), meaning="What a march is worth.")
    return declared


def court(forbidden=(), mandatory=(), time_step="quarter"):
    """A world, what decides in it, and the decision; each choice is certain."""
    declared = toy()
    entities = {"play": ("play",), "crown": ("crown",), "realm": ("west", "far"), "land": LANDS}
    belongs = {("land", "realm"): (0, 0, 1)}
    setting = Setting("Toy", (2014, 1), 12, entities, belongs, time_step=time_step)
    world = WorldState(declared, setting, RandomStreams(1, range(RUNS)))
    policy = Policy("press", "Press on.", forbidden=tuple(forbidden), mandatory=tuple(mandatory))
    decision_maker = DecisionMaker(world, ALL_CHOICE_RULES["best_response"], [policy])
    decision_maker.receipts = []
    return world, decision_maker, declared.decisions["crown.campaign"]


def marches(world, decision_maker, campaign):
    """Where the crown marches, by land and run."""
    return decision_maker.decide(campaign) == 1


def test_a_mandate_holds_for_the_members_that_it_names():
    held = marches(*court(mandatory=[Mandate(MARCH, of=("south", "east"))]))
    assert held.all(axis=1).tolist() == [False, True, True]
    assert held.any(axis=1).tolist() == [False, True, True]


@pytest.mark.parametrize(
    ("time_step", "turns"), [("quarter", [2, 3, 4]), ("month", [6, 7, 8, 9, 10, 11]), ("half_year", [1, 2])]
)
def test_a_mandate_holds_from_one_date_until_another(time_step, turns):
    world, decision_maker, campaign = court(mandatory=[Mandate(MARCH, first=2, last=4)], time_step=time_step)
    held = []
    for world.turn in range(12):
        held += [world.turn] if marches(world, decision_maker, campaign).all() else []
    assert held[: len(turns)] == turns
    assert len(held) == {"quarter": 3, "month": 6, "half_year": 2}[time_step]


def test_a_mandate_without_an_end_holds_to_the_end():
    world, decision_maker, campaign = court(mandatory=[Mandate(MARCH, first=5)])
    held = []
    for world.turn in range(12):
        held.append(bool(marches(world, decision_maker, campaign).all()))
    assert held == [False] * 5 + [True] * 7


def test_a_condition_is_judged_in_each_run_on_the_state_of_the_moment():
    world, decision_maker, campaign = court(mandatory=[Mandate(MARCH, when=((MOOD, ">", 0.6),))])
    world.values["mood"] = np.array([[0.5, 0.7, 0.61], [0.9, 0.0, 0.0]])
    assert marches(world, decision_maker, campaign).tolist() == [[False, True, True]] * 3
    world.values["mood"] = np.array([[0.7, 0.6, 0.61], [0.0, 0.9, 0.9]])
    assert marches(world, decision_maker, campaign).tolist() == [[True, False, True]] * 3


def test_all_conditions_must_hold_and_one_without_a_member_is_that_of_the_member_decided_about():
    both = ((FAME, "<=", 0.3), (("realm", "", "mood", ""), ">=", 0.5))
    world, decision_maker, campaign = court(mandatory=[Mandate(MARCH, when=both)])
    world.values["fame"] = np.array([[0.3, 0.4, 0.1], [0.5, 0.2, 0.2], [0.1, 0.1, 0.9]])
    world.values["mood"] = np.array([[0.5, 0.6, 0.4], [0.4, 0.5, 0.9]])
    assert marches(world, decision_maker, campaign).tolist() == [
        [True, False, False],
        [False, True, False],
        [False, True, False],
    ]


def test_a_condition_may_name_one_item():
    rye = (("land", "south", "harvest", "rye"), ">", 0.7)
    world, decision_maker, campaign = court(mandatory=[Mandate(MARCH, when=(rye,))])
    assert marches(world, decision_maker, campaign).all()
    world.values["harvest"][1, 1] = 0.6
    assert not marches(world, decision_maker, campaign).any()


def test_of_several_mandates_on_one_option_any_counts():
    several = [Mandate(MARCH, of=("north",)), Mandate(MARCH, of=("east",), when=((MOOD, ">", 0.6),))]
    world, decision_maker, campaign = court(mandatory=several)
    world.values["mood"] = np.array([[0.5, 0.7, 0.5], [0.0, 0.0, 0.0]])
    assert marches(world, decision_maker, campaign).tolist() == [[True] * 3, [False] * 3, [False, True, False]]


def test_forbidden_wins_over_mandatory():
    world, decision_maker, campaign = court(
        mandatory=[MARCH], forbidden=[Mandate(MARCH, of=("south",), when=((MOOD, ">", 0.6),))]
    )
    world.values["mood"] = np.array([[0.5, 0.7, 0.5], [0.0, 0.0, 0.0]])
    chosen = decision_maker.decide(campaign)
    assert chosen.tolist() == [[1, 1, 1], [1, 2, 1], [1, 1, 1]]


def test_where_a_mandate_does_not_hold_all_is_as_without_it():
    _, decision_maker, campaign = court(
        forbidden=[Mandate("crown.campaign.send", of=("north",))], mandatory=[Mandate(MARCH, of=("east",))]
    )
    assert decision_maker.decide(campaign)[:, 0].tolist() == [0, 2, 1]
    _, decision_maker, campaign = court()
    assert decision_maker.decide(campaign)[1, 0] == 2


def test_what_an_option_is_worth_is_infinite_only_where_it_is_mandatory():
    world, decision_maker, campaign = court(mandatory=[Mandate(MARCH, of=("south",))])
    worth = decision_maker.utility_of(campaign.options[1])
    assert worth.tolist() == [[-0.3] * 3, [np.inf] * 3, [-0.3] * 3]
    assert world.view("land")["worth_of_a_march"].tolist() == worth.tolist()


def test_a_mandate_for_all_and_always_is_no_condition_at_all():
    _, decision_maker, _ = court(mandatory=[MARCH, Mandate(MARCH, of=("south",))], forbidden=[Mandate("crown.campaign.send")])
    mandates = decision_maker.mandates
    assert mandates.always == {"forbidden": {"crown.campaign.send"}, "mandatory": {MARCH}}
    assert mandates.sometimes == {"forbidden": {}, "mandatory": {}}


def test_a_receipt_says_which_mandate_ordered_and_which_forbade():
    world, decision_maker, campaign = court(
        mandatory=[Mandate(MARCH, of=("north", "south"), first=1, last=4, when=((MOOD, ">", 0.6), (FAME, "<", 1.0)))],
        forbidden=["crown.campaign.send"],
    )
    world.turn = 2
    world.values["mood"] = np.array([[0.5, 0.7, 0.5], [0.0, 0.0, 0.0]])
    decision_maker.decide(campaign)
    (receipt,) = decision_maker.receipts
    ordered = "of north, south, from 2014-Q2, until 2015-Q1, while realms.west.mood > 0.6 and land.fame < 1"
    assert f"not considered: march is mandatory under the policy press ({ordered})\n" in receipt.explain("south", run=1)
    assert "mandatory" not in receipt.explain("south", run=0)
    assert "mandatory" not in receipt.explain("east", run=1)
    assert "utility +0.200   not open: the policy press forbids it\n" in receipt.explain("east")
