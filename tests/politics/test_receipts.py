"""Nothing happens without its causes: changes are the sum of their contributions, utilities of their incentives."""

import numpy as np
import pytest

from frozen_conflict_sim.model.model import FrozenConflictModel
from frozen_conflict_sim.politics.catalogue import declared
from frozen_conflict_sim.politics.roles import public
from frozen_conflict_sim.scenario import load_scenario

OBSERVED = {observed.name: observed.of for observed in public.residents.observed}
STATES = [name for name, quantity in declared.quantities.items() if getattr(quantity, "state", False)]


def told(name, turns=20):
    """A model of a shipped scenario that kept its receipts, and what every state was at the start of each turn."""
    scenario = load_scenario(name).with_values({"public.residents": 100})
    model = FrozenConflictModel(scenario, runs=15, seed=11, keep_receipts=True)
    starts = []
    for _ in range(turns):
        starts.append({state: model.world.values[state].copy() for state in STATES})
        model.step()
    starts.append({state: model.world.values[state].copy() for state in STATES})
    return model, starts


@pytest.fixture(
    scope="module", params=["georgia_2014", "what_if/accession_granted", "what_if/engaging_tbilisi", "what_if/tense_line"]
)
def story(request):
    model, starts = told(request.param)
    yield model, starts
    model.release()


def test_every_change_is_the_sum_of_its_causes(story):
    model, starts = story
    reached = {state: starts[0][state] for state in STATES}
    turn = 0
    for when, to, _, amount in [*model.world.ledger, (len(starts) - 1, STATES[0], "the end", 0.0)]:
        while turn < when:
            turn += 1
            for state in STATES:
                assert np.array_equal(reached[state], starts[turn][state]), f"{state} at the end of turn {turn}"
        reached[to] = reached[to] + amount


def test_every_cause_that_a_rule_names_stands_in_the_ledger(story):
    model, _ = story
    noted = {(to, cause) for _, to, cause, _ in model.world.ledger}
    assert {(contribution.to, contribution.rule.name) for contribution in declared.contributions} <= noted
    assert {(name, rule.name) for name, of in OBSERVED.items() for to, _, rule in public.residents.changes if to == of} <= noted


def test_what_residents_contribute_explains_their_average(story):
    model, _ = story
    for name in ("mean_support", "mobilisation"):
        last = {}
        for turn, to, cause, amount in model.world.ledger:
            if to == name and cause == "rounding":
                last[turn] = amount
        assert max(np.abs(amount).max() for amount in last.values()) < 1e-6
    assert {cause for _, to, cause, _ in model.world.ledger if to == "accession_share"} == {"prefers_accession_now"}


def test_every_utility_is_the_sum_of_its_incentives(story):
    model, _ = story
    for receipt in model.decision_maker.receipts:
        for index, option in enumerate(receipt.decision.options):
            parts = receipt.contributions[option.name].values()
            assert np.allclose(
                receipt.utilities[index], sum(parts, np.zeros(receipt.utilities[index].shape)), rtol=0, atol=1e-12
            )


def test_what_was_chosen_was_considered_and_probabilities_are_probabilities(story):
    model, _ = story
    for receipt in model.decision_maker.receipts:
        assert np.take_along_axis(receipt.considered, receipt.chosen[None], 0).all()
        assert np.allclose(receipt.probabilities.sum(axis=0), 1.0)
        assert (receipt.probabilities[~receipt.considered] == 0.0).all()
        free = np.array([not receipt.mandatory[option.name] for option in receipt.decision.options[1:]], bool)
        acts = receipt.considered[1:][free]
        assert (receipt.utilities[1:][free][acts] > 0.0).all(), "no act that is worth less than doing nothing"


def test_a_receipt_says_why_in_the_sentences_of_the_rules(story):
    model, _ = story
    for receipt in model.decision_maker.receipts[: len(declared.decisions)]:
        for member in receipt.members:
            said = receipt.explain(member, run=2)
            assert said.startswith(f"turn 1: {member}, {receipt.decision.meaning}")
            assert said.count("→") == 1
            for option in receipt.decision.options:
                assert all(incentive.rule.sentence in said for incentive in option.incentives), option.address


def test_every_decision_is_told_by_the_one_actor_that_took_it(story):
    model, _ = story
    told = [text for actor in model.actors for text in actor.receipts(run=3)]
    taken = [receipt.explain(member, run=3) for receipt in model.decision_maker.receipts for member in receipt.members]
    assert sorted(told) == sorted(taken)


def test_a_receipt_that_does_not_exist_is_refused_with_the_nearest_name(story):
    model, _ = story
    receipt = next(receipt for receipt in model.decision_maker.receipts if "abkhazia" in receipt.members)
    with pytest.raises(LookupError, match=r"is not about 'abkhasia'; did you mean 'abkhazia'\?"):
        receipt.explain("abkhasia")
    with pytest.raises(LookupError, match="is not about 'xyz'; it is about abkhazia, south_ossetia"):
        receipt.explain("xyz")
    with pytest.raises(LookupError, match="there is no run 15: runs are numbered 0 to 14"):
        receipt.explain("abkhazia", run=15)
    with pytest.raises(LookupError, match="there is no run 15"):
        model.agent("Moscow").receipts(run=15)


def test_a_model_without_receipts_says_how_to_keep_them():
    model = FrozenConflictModel("georgia_2014", runs=1, seed=1, quarters=2)
    with pytest.raises(ValueError, match="create it with keep_receipts=True"):
        model.agent("Moscow").receipts()
    with pytest.raises(ValueError, match="runs: expected a whole number of at least 1, found 0"):
        FrozenConflictModel("georgia_2014", runs=0)


def test_every_condition_says_what_is_the_case_where_it_does_not_hold():
    for decision in declared.decisions.values():
        for option in decision.options:
            for condition in option.conditions:
                words = condition.otherwise
                assert "does not hold that" not in words, f"{condition.place}: {condition.name} needs `Otherwise: …`"
                assert words[0].islower(), condition.place
                assert words[-1] not in ".:;", condition.place
                assert len(words) < 60, condition.place
                assert words.lower() not in condition.sentence.lower(), condition.place


def test_a_receipt_has_everything_that_decided(story):
    model, _ = story
    closed = set()
    for receipt in model.decision_maker.receipts:
        rule = model.decision_maker.rule
        for option in receipt.decision.options:
            for name, amount in receipt.amounts[option.name].items():
                worth = rule.valued(receipt.weights[option.name][name] * amount, receipt.moment.values)
                assert np.array_equal(worth, receipt.contributions[option.name][name])
        scores = np.where(receipt.considered, receipt.scores, -np.inf)
        assert np.array_equal(receipt.wanted, scores.argmax(axis=0))
        for index, at, run in np.argwhere(~receipt.open):
            why = receipt.why_closed(receipt.decision.options[index], at, run)
            assert why
            closed.update(why)
        for index, at, run in np.argwhere(receipt.open):
            assert not receipt.why_closed(receipt.decision.options[index], at, run)
    assert {"an ask is pending already", "no vote is near", "no bid is on the table"} <= closed
