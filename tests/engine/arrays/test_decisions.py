"""How a decision falls: what is considered, what a mandate does to it, and whether the receipt tells the truth."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from frozen_conflict_sim.engine.arrays.decisions import DecisionMaker
from frozen_conflict_sim.engine.arrays.state import WorldState
from frozen_conflict_sim.engine.choice_rules import ALL_CHOICE_RULES, CHOICE_RULES
from frozen_conflict_sim.engine.declare.parameter import quantity, state
from frozen_conflict_sim.engine.declare.registry import Declarations
from frozen_conflict_sim.engine.declare.role import Role
from frozen_conflict_sim.engine.random_streams import RandomStreams
from frozen_conflict_sim.engine.setting import Policy, Setting, Value

LANDS = ("north", "south", "east")
RUNS = 400
WAIT, MARCH, SEND = 0, 1, 2


def toy():
    """A crown that decides about each land, for glory and against the cost, and stewards who watch it march."""
    declared = Declarations()
    play = Role(declared, "play", "The play.", section="play")
    crown = Role(declared, "crown", "The crown.", section="crown")
    land = Role(declared, "land", "A land.", section="lands.{}")
    steward = Role(declared, "steward", "A steward.", level="land", section="lands.{}.steward")
    play.declares(
        precision=quantity(15.0, 0, 100, "per utility", "The precision."),
        loss_aversion=quantity(2.0, 1, 4, "ratio", "How losses loom."),
        diminishing_sensitivity=quantity(1.0, 0.4, 1, "exponent", "How little value flattens."),
        aspiration=quantity(0.1, 0, 1, "utility", "What is good enough."),
    )
    land.declares(
        fame=state(0.5, -5, 5, "index", "How famous the land is."),
        reach=quantity(1.0, 0, 1, "index", "Whether the land is in reach."),
        trade=state(0.2, -5, 5, "index", "What trade brings."),
    )
    campaign = crown.decides("campaign", "What the crown does about a land.", phase="crown", about=land)
    campaign.nothing("wait", "Nothing.")
    march = campaign.option("march", "March there.", act="marched", one_per_turn=True)
    send = campaign.option("send", "Send an envoy.", act="sent")

    @march.incentive(weight=quantity(1.0, 0, 10, "utility", "What glory is worth."))
    def glory(fame):
        """A famous land brings glory. It always did."""
        return fame

    @march.incentive(weight=quantity(1.0, 0, 10, "utility", "What a coin is worth."))
    def cost():
        """Marching costs money."""
        return -0.3

    @march.open_when
    def within_reach(reach):
        """One marches only where one can.

        Otherwise: the land is
        out of reach.
        """
        return reach > 0.5

    @send.incentive(weight="glory")
    def echo_of_glory(fame):
        """An envoy shares in the glory."""
        return fame * 0.1

    @send.incentive(weight=None)
    def trade_won(trade):
        """Trade is the unit of account."""
        return trade - 0.2

    answer = steward.decides("answer", "What the steward answers.", phase="steward")
    answer.nothing("bow", "Bow.")
    resist = answer.option("resist", "Resist.", act="resisted")

    @resist.incentive(weight=None)
    def anger(marched):
        """Who is marched upon is angry."""
        return marched - 0.5

    land.utility_of("worth_of_a_march", march, without=("cost",), meaning="What a march would be worth if it cost nothing.")
    land.hazard(phase="news")(good_news)

    @march.incentive(weight=None)
    def luck_in_war(good_news):
        """Good news makes bold."""
        return 0.25 * good_news

    return declared


def good_news(fame):
    """Now and then there is good news."""
    return 0.1


def court(values=(), rule="quantal_response", forbidden=(), mandatory=(), runs=RUNS, seed=1, keep=False):
    declared = toy()
    setting = Setting("Toy", (2014, 1), 4, {"play": ("play",), "crown": ("crown",), "land": LANDS}, values=dict(values))
    world = WorldState(declared, setting, RandomStreams(seed, range(runs)))
    decision_maker = DecisionMaker(
        world, ALL_CHOICE_RULES[rule], [Policy("p", "A mandate.", forbidden=forbidden, mandatory=mandatory)]
    )
    decision_maker.receipts = [] if keep else None
    return world, decision_maker, declared.decisions["crown.campaign"]


def each(*numbers):
    return np.repeat(np.array(numbers, float)[:, None], RUNS, axis=1)


def fixed(role, member, name, number):
    return (role, member, name, ""), Value("fixed", (number,))


def test_two_roles_may_decide_under_one_name_and_one_role_only_once():
    declared = toy()
    steward = declared.roles["steward"]
    assert steward.decides("campaign", "what it makes of the campaign", phase="steward") in declared.decisions.values()
    assert len(declared.decisions) == 3
    with pytest.raises(ValueError, match="twice"):
        steward.decides("campaign", "once more", phase="steward")


def test_what_is_not_worth_it_is_never_done_however_loud_the_noise():
    world, court_of, campaign = court([fixed("play", "play", "precision", 0.01)])
    world.values["fame"] = each(0.29, 0.31, -4.0)
    world.values["trade"] = each(-0.1, -0.1, -0.1)
    for world.turn in range(20):
        chosen = court_of.decide(campaign)
        assert not np.isin(chosen[[0, 2]], [MARCH, SEND]).any()
        assert 0.3 < (chosen[1] == MARCH).mean() < 0.7


def test_an_option_worth_exactly_nothing_is_not_considered():
    world, court_of, campaign = court()
    world.values["fame"], world.values["trade"] = each(0.0, 0.0, 0.0), each(0.2, 0.2, 0.2)
    assert (court_of.decide(campaign) == WAIT).all()


def test_conditions_close_an_option_where_they_fail():
    world, court_of, campaign = court([fixed("land", "south", "reach", 0.0)], rule="best_response")
    world.values["fame"] = each(0.9, 2.0, 0.8)
    world.values["trade"] = each(-5, -5, -5)
    chosen = court_of.decide(campaign)
    assert (chosen[:, 0] == [MARCH, WAIT, WAIT]).all()


def test_a_condition_of_the_decision_leaves_nothing_open_but_doing_nothing():
    world, court_of, campaign = court(rule="best_response")
    campaign.open_when(at_peace)
    world.values["fame"], world.values["trade"] = each(4.0, 4.0, 4.0), each(5.0, 0.9, 0.9)
    chosen = court_of.decide(campaign)
    assert (chosen[0] == WAIT).all()
    assert (chosen[1:] != WAIT).all()
    assert court_of.open(campaign.options[WAIT]).all()
    assert not court_of.open(campaign.options[SEND])[0].any()


def at_peace(trade):
    """There is nothing to decide where trade is all."""
    return trade < 1.0


def test_a_closed_option_is_not_open_and_leaves_the_others_alone():
    values = [fixed("land", land, "trade", 1.0) for land in LANDS]
    world, court_of, campaign = court(values, rule="best_response", forbidden=("crown.campaign.march",))
    world.values["fame"] = each(4.0, 4.0, 4.0)
    assert (court_of.decide(campaign) == SEND).all()
    assert not court_of.open(campaign.options[MARCH]).any()
    assert court_of.open(campaign.options[SEND]).all()


@pytest.mark.parametrize("rule", CHOICE_RULES)
def test_an_ordered_option_is_taken_whenever_it_is_open_even_at_a_loss(rule):
    world, court_of, campaign = court([fixed("land", "south", "reach", 0.0)], rule, mandatory=("crown.campaign.march",))
    world.values["fame"] = each(-4.0, 0.9, -3.0)
    world.values["trade"] = each(-1.0, 3.0, 3.0)
    campaign.options[MARCH].one_per_turn = False
    chosen = court_of.decide(campaign)
    assert (chosen[[0, 2]] == MARCH).all()
    assert (chosen[1] == SEND).all()
    assert np.isinf(court_of.utility_of(campaign.options[MARCH])).all()


def test_an_order_does_not_move_a_run_that_has_ended():
    world, court_of, campaign = court(mandatory=("crown.campaign.march",))
    world.active = np.arange(RUNS) % 2 == 0
    chosen = court_of.decide(campaign)
    assert (chosen[:, ~world.active] == WAIT).all()
    assert ((chosen == MARCH).sum(axis=0) == world.active).all()
    assert not world.fixed["marched"][:, ~world.active].any()


def test_a_forced_option_is_taken_in_its_turn_as_far_as_it_is_open():
    world, court_of, campaign = court([fixed("land", "south", "reach", 0.0)], rule="best_response")
    world.values["fame"] = each(4.0, 4.0, -4.0)
    campaign.options[MARCH].one_per_turn = False
    north, south, west = LANDS
    court_of.forced = {(0, "crown.campaign", south): "march", (0, "crown.campaign", west): "march"}
    assert (court_of.decide(campaign) == np.array([[MARCH], [WAIT], [MARCH]])).all(), "what is not open is not done"
    court_of.forced = {(0, "crown.campaign", north): "wait", (1, "crown.campaign", south): "march"}
    assert (court_of.decide(campaign) == np.array([[WAIT], [SEND], [WAIT]])).all(), "the others go by their rules"


def test_two_members_that_are_forced_to_what_is_one_per_turn_do_not_both_do_it():
    world, court_of, campaign = court(rule="best_response")
    world.values["fame"] = each(4.0, 5.0, 4.0)
    court_of.forced = {(0, "crown.campaign", land): "march" for land in LANDS[:2]}
    assert (court_of.decide(campaign)[:2] == np.array([[WAIT], [MARCH]])).all()


def test_of_an_option_that_is_one_per_turn_best_member_only_case_is_taken():
    world, court_of, campaign = court(rule="best_response")
    world.values["fame"] = each(0.6, 0.9, 0.7)
    world.values["trade"] = each(-4.0, -4.0, 0.6)
    chosen = court_of.decide(campaign)
    assert (chosen == np.array([[WAIT], [MARCH], [SEND]])).all()


def test_one_per_turn_holds_under_noise_and_the_others_get_their_next_best():
    world, court_of, campaign = court(runs=4000)
    world.values["fame"], world.values["trade"] = (np.repeat([[number]] * 3, 4000, axis=1) for number in (0.5, 0.3))
    chosen = court_of.decide(campaign)
    assert (chosen == MARCH).sum(axis=0).max() == 1
    assert set(np.unique(chosen)) == {WAIT, MARCH, SEND}
    firsts = [(chosen[land] == MARCH).mean() for land in range(3)]
    assert firsts == pytest.approx([np.mean(firsts)] * 3, abs=0.03)  # equal cases have equal chances


def test_an_act_is_seen_by_those_who_answer_it():
    world, court_of, campaign = court(rule="best_response")
    answer = world.declared.decisions["steward.answer"]
    assert (court_of.decide(answer) == 0).all()
    world.values["fame"] = each(0.6, 0.9, 0.7)
    world.refresh()
    court_of.decide(campaign)
    assert np.array_equal(court_of.decide(answer)[:, 0], [0, 1, 0])


def test_a_receipt_adds_up_and_tells_what_happened():
    world, court_of, campaign = court([fixed("crown", "crown", "glory", 2.0)], keep=True)
    world.values["fame"] = world.streams.normal("fame", 0, 3)
    chosen = court_of.decide(campaign)
    (receipt,) = court_of.receipts
    for index, option in enumerate(campaign.options):
        worth = sum(receipt.contributions[option.name].values()) if option.incentives else np.zeros_like(chosen)
        assert np.array_equal(receipt.utilities[index], worth)
        assert np.array_equal(receipt.considered[index], (worth > 0) | (index == WAIT))
    assert np.array_equal(receipt.contributions["march"]["glory"], 2.0 * world.values["fame"])
    assert receipt.probabilities.sum(axis=0) == pytest.approx(np.ones_like(chosen))
    assert not receipt.probabilities[~receipt.considered].any()
    assert np.array_equal(receipt.chosen, chosen)


def test_a_receipt_reads_as_sentences():
    world, court_of, campaign = court(rule="best_response", keep=True)
    world.values["fame"] = each(0.9, 0.5, 0.1)
    court_of.decide(campaign)
    text = court_of.receipts[0].explain("north", run=3)
    assert "north, What the crown does about a land." in text
    assert "→ march" in text
    assert "+0.900  A famous land brings glory." in text
    assert "-0.300  Marching costs money." in text
    assert "It always did" not in text
    status = "march                        utility -0.200   not considered: it is worth no more"
    assert status in court_of.receipts[0].explain("east")


ORDERED = "not considered: march is mandatory under the policy p"
NOT_WORTH_IT = "not considered: it is worth no more than doing nothing"


def test_a_receipt_says_why_an_option_was_not_considered():
    reach = dict([fixed("land", "south", "reach", 0.0)])
    world, court_of, campaign = court(values=reach, mandatory=("crown.campaign.march",), keep=True)
    world.values["fame"], world.values["trade"] = each(0.9, 0.9, 0.1), each(0.5, -5.0, 0.5)
    court_of.decide(campaign)
    standing = {
        member: [court_of.receipts[0].status(option, at, 0) for option in (WAIT, MARCH, SEND)]
        for at, member in enumerate(LANDS)
    }
    assert standing["north"] == [ORDERED, "p = 1.00", ORDERED]
    assert standing["south"][MARCH] == "not open: the land is out of reach"
    assert standing["south"][SEND] == NOT_WORTH_IT
    assert standing["east"][MARCH] == "p = 1.00; had to wait"


def test_only_one_option_of_a_decision_is_one_per_turn():
    campaign = toy().decisions["crown.campaign"]
    with pytest.raises(ValueError, match="only one option of a decision can be one_per_turn, not storm too"):
        campaign.option("storm", "Storm it.", act="stormed", one_per_turn=True)


@pytest.mark.parametrize("rule", ["best_response", "satisficing"])
def test_a_receipt_tells_the_chances_of_the_rule_that_decides(rule):
    world, court_of, campaign = court(rule=rule, keep=True)
    campaign.options[MARCH].one_per_turn = False
    world.values["fame"], world.values["trade"] = each(0.9, 0.5, 0.1), each(0.25, 0.25, 0.25)
    court_of.decide(campaign)
    assert [court_of.receipts[0].status(option, 0, 0) for option in (WAIT, MARCH, SEND)] == (
        ["p = 0.00", "p = 1.00", "p = 0.00"] if rule == "best_response" else ["p = 0.00", "p = 0.50", "p = 0.50"]
    )


def test_to_an_actor_who_fears_losses_the_same_march_is_worth_less():
    world, court_of, campaign = court(rule="prospect_theory")
    world.values["fame"] = each(0.9, 0.5, 0.1)
    march = campaign.options[MARCH]
    assert court_of.utility_of(march) == pytest.approx(world.values["fame"] - 2.0 * 0.3)
    assert (court_of.decide(campaign)[1] != MARCH).all()  # 0.5 of glory no longer outweighs 0.3 of cost


def test_realised_utility_is_what_the_acts_taken_brought_by_incentive():
    world, court_of, campaign = court(rule="best_response")
    world.values["fame"] = each(0.9, 0.5, 0.1)
    world.values["trade"] = each(-5.0, 0.5, -5.0)
    for world.turn in range(3):
        court_of.decide(campaign)
    assert court_of.realised["crown", "cost"] == pytest.approx(np.full((1, RUNS), -0.9))
    assert court_of.realised["crown", "glory"] == pytest.approx(np.full((1, RUNS), 3 * (0.9 + 0.05)))
    assert court_of.realised["crown", "trade_won"] == pytest.approx(np.full((1, RUNS), 0.9))


def test_what_would_have_been_without_an_incentive_can_be_asked():
    world, court_of, campaign = court()
    world.values["fame"] = each(0.9, 0.5, 0.1)
    march = campaign.options[MARCH]
    assert court_of.utility_of(march, without=("cost",)) == pytest.approx(world.values["fame"])
    assert court_of.utility_of(march) == pytest.approx(world.values["fame"] - 0.3)
    assert world.view("land")["worth_of_a_march"] == pytest.approx(world.values["fame"])


def test_without_reasons_a_loss_is_considered_like_a_gain_but_nothing_that_is_closed():
    world, court_of, campaign = court(rule="random_option", forbidden=("crown.campaign.send",), runs=300)
    campaign.options[MARCH].one_per_turn = False
    world.values["fame"] = np.full((3, 300), -4.0)
    chosen = court_of.decide(campaign)
    assert 0.4 < (chosen == MARCH).mean() < 0.6
    assert not (chosen == SEND).any()


def test_what_an_option_is_worth_follows_the_news():
    world, _, _ = court()
    before = world.view("land")["worth_of_a_march"].copy()
    world.fix("good_news", each(1, 0, 1))
    assert world.view("land")["worth_of_a_march"] - before == pytest.approx(each(0.25, 0.0, 0.25))


@pytest.mark.parametrize("rule", ALL_CHOICE_RULES)
@given(seed=some.integers(0, 10**6), turn=some.integers(0, 40))
def test_a_run_decides_the_same_alone_and_among_many(rule, seed, turn):
    world, court_of, campaign = court(rule=rule, runs=20, seed=seed)
    world.turn = turn
    world.values["fame"] = world.streams.normal("fame", turn, 3)
    chosen = court_of.decide(campaign)
    for index in (0, 7, 19):
        world, court_of, campaign = court(rule=rule, runs=20, seed=seed)
        world = WorldState(world.declared, world.setting, RandomStreams(seed, [index]))
        world.turn = turn
        world.values["fame"] = world.streams.normal("fame", turn, 3)
        alone = DecisionMaker(world, ALL_CHOICE_RULES[rule], []).decide(campaign)
        assert np.array_equal(alone[:, 0], chosen[:, index])


def test_a_decision_does_not_depend_on_who_else_is_there():
    world, court_of, campaign = court()
    campaign.options[MARCH].one_per_turn = False
    together = court_of.decide(campaign)
    alone = Setting("Toy", (2014, 1), 4, {"play": ("play",), "crown": ("crown",), "land": ("south",)})
    world = WorldState(world.declared, alone, RandomStreams(1, range(RUNS)))
    assert np.array_equal(DecisionMaker(world, ALL_CHOICE_RULES["quantal_response"], []).decide(campaign)[0], together[1])
