"""What a scenario says about asks, mandates and events is what the actors do."""

import numpy as np
import pytest

from frozen_conflict_sim.model.model import FrozenConflictModel
from frozen_conflict_sim.scenario import load_scenario

FEW = {"public.residents": 60}


@pytest.fixture(scope="module")
def cautious():
    """One run of cautious Moscow with receipts, which tell what each actor saw."""
    scenario = load_scenario("what_if/cautious_moscow").with_values(FEW)
    return FrozenConflictModel(scenario, runs=20, seed=7, keep_receipts=True).run_to_end()


def asks(model):
    """The receipts of Moscow's decision whether to ask, and the index of that option."""
    kept = [one for one in model.decision_maker.receipts if any(option.act == "patron_asks" for option in one.decision.options)]
    option = next(at for at, option in enumerate(kept[0].decision.options) if option.act == "patron_asks")
    return kept, option


def test_cautious_moscow_never_asks_while_tbilisi_is_alienated(cautious):
    kept, option = asks(cautious)
    held, free = 0, 0
    for receipt in kept:
        forbidden = np.zeros(receipt.chosen.shape, bool)
        for _, where in receipt.forbidden[receipt.decision.options[option].name]:
            forbidden |= where
        assert not (forbidden & (receipt.chosen == option)).any()
        held, free = held + forbidden.sum(), free + (~forbidden & (receipt.chosen == option)).sum()
    assert held > 0
    assert free > 0


def test_cautious_moscow_leaves_sukhumi_alone_until_2016_but_not_tskhinvali(cautious):
    kept, option = asks(cautious)
    early = np.stack([receipt.chosen == option for receipt in kept[:10]])
    assert kept[0].members == ("abkhazia", "south_ossetia")
    assert not early[:, 0].any()
    assert early[:, 1].any()


def draft(values):
    """The patron's draft at the start, with a step that is no limit; by clause and territory."""
    model = FrozenConflictModel(load_scenario("georgia_2014").with_values(FEW | values), runs=2, seed=1)
    return model.world.view("territory")["asks"], model.world.view("territory")["draft"]


def test_a_territory_has_an_ask_of_its_own_and_otherwise_that_of_all():
    usual, _ = draft({})
    assert (usual[:, 0] == usual[:, 1]).all()
    own, demanded = draft({"territories.south_ossetia.asks.law": 0.95, "patron.asks.borders": 0.6, "patron.ask_step": 1.0})
    law, borders = 3, 2
    assert own[law].tolist() == [usual[law, 0].tolist(), [0.95] * own.shape[-1]]
    assert (own[borders] == 0.6).all()
    assert demanded[law, 1].min() == 0.95


def test_an_uncertain_ask_of_all_is_followed_in_each_run():
    own, _ = draft({"patron.asks.law": {"from": 0.5, "to": 1.0}, "territories.abkhazia.asks.law": 0.4})
    assert (own[3, 0] == 0.4).all()
    assert own[3, 1, 0] != own[3, 1, 1]


def test_a_policy_of_tbilisi_binds_tbilisi():
    scenario = load_scenario("georgia_2014").with_values(FEW)
    tree = {"policies.status_quo.parent": {"mandatory": ["toward_patron.denounce"]}, "parents.georgia.policy": "status_quo"}
    model = FrozenConflictModel(scenario.with_values(tree), runs=20, seed=1)
    quiet = FrozenConflictModel(scenario, runs=20, seed=1)
    denounced = [one.run_to_end().decisions()["georgia.toward_patron"] == 2 for one in (model, quiet)]
    assert denounced[0].mean() > denounced[1].mean() + 0.3
