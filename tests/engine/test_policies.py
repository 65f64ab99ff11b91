"""Policies in force: which the scenario chooses, and for whom what they say holds."""

import pytest

from frozen_conflict_sim.engine.arrays.starting_values import categories_of
from frozen_conflict_sim.engine.declare.parameter import category, quantity
from frozen_conflict_sim.engine.declare.registry import Declarations
from frozen_conflict_sim.engine.declare.role import Role
from frozen_conflict_sim.engine.policies import in_force, mandated
from frozen_conflict_sim.engine.setting import Mandate, Policy, Setting, Value
from frozen_conflict_sim.politics.catalogue import declared as politics
from frozen_conflict_sim.scenario import load_scenario

MARCH, SING, TAX = "crown.campaign.march", "realm.mood.sing", "realm.harvest.tax"
PRIDE = ("realm", "west", "pride", "")


def toy(realms, chosen):
    """A crown, realms and their lands; who chooses a policy names it in ``chosen``."""
    declared = Declarations()
    crown = Role(declared, "crown", "The crown.", section="crown")
    realm = Role(declared, "realm", "A realm.", section="realms.{}")
    land = Role(declared, "land", "A land.", section="lands.{}", inside=("realm",))
    crown.declares(policy=category("own", ("own",), "The mandate of the crown.", open_to="policies"))
    realm.declares(
        realm_policy=category("own", ("own",), "The mandate of the realm.", open_to="policies", key="policy"),
        pride=quantity(0.5, 0, 1, "index", "How proud it is."),
    )
    for role, name, option, about in (
        (crown, "campaign", "march", land),
        (realm, "mood", "sing", None),
        (realm, "harvest", "tax", land),
    ):
        decision = role.decides(name, "What is done.", phase="all", about=about)
        decision.nothing("wait", "Nothing.")
        decision.option(option, "Something.", act=f"{option}_done")
    policy = Policy(
        "stern", "Be stern.",
        values={PRIDE: Value("fixed", (0.9,)), ("realm", "east", "pride", ""): Value("fixed", (0.8,))},
        forbidden=(MARCH, SING, Mandate(TAX, of=("hill", "shore"), first=3)),
        mandatory=(Mandate(TAX, of=("shore",)),),
    )  # fmt: skip
    values = {address: Value("fixed", ("stern",)) for address in chosen}
    entities = {"crown": ("crown",), "realm": realms, "land": ("hill", "dale", "shore")}
    belongs = {("land", "realm"): (0, 0, len(realms) - 1)}
    return declared, Setting("Toy", (2014, 1), 8, entities, belongs, values=values, policies={"stern": policy})


def chosen(declared, setting):
    return in_force(declared, setting, categories_of(declared, setting))


def test_what_a_realm_chooses_binds_that_realm_and_its_lands():
    declared, setting = toy(("west", "east"), [("realm", "west", "realm_policy", "")])
    (policy,) = chosen(declared, setting)
    assert policy.forbidden == (MARCH, Mandate(SING, of=("west",)), Mandate(TAX, of=("hill",), first=3))
    assert policy.mandatory == ()
    assert list(mandated(declared, setting, categories_of(declared, setting))) == [PRIDE]


def test_two_realms_may_choose_the_same():
    declared, setting = toy(("west", "east"), [("realm", one, "realm_policy", "") for one in ("west", "east")])
    assert [policy.forbidden[2].of for policy in chosen(declared, setting)] == [("hill",), ("shore",)]


@pytest.mark.parametrize("address", [("realm", "west", "realm_policy", ""), ("crown", "crown", "policy", "")])
def test_of_a_role_with_one_member_all_holds_as_it_is_written(address):
    declared, setting = toy(("west",), [address])
    assert chosen(declared, setting) == [setting.policies["stern"]]


def test_what_the_crown_chooses_binds_every_realm():
    declared, setting = toy(("west", "east"), [("crown", "crown", "policy", "")])
    assert chosen(declared, setting) == [setting.policies["stern"]]


def test_own_judgement_is_no_policy():
    assert chosen(*toy(("west", "east"), [])) == []


@pytest.mark.parametrize("key", ["patron.policy", "west.policy", "parents.georgia.policy", "parent.policy"])
def test_moscow_the_west_and_tbilisi_choose_a_policy_alike(key):
    setting = load_scenario("georgia_2014").with_values({key: "status_quo"})
    assert [policy.name for policy in chosen(politics, setting)] == ["status_quo"]
