"""Cases about single decisions that a political scientist can write and judge: given → then, in ``cases/*.yaml``.

A case stands under the name of its decision. ``given`` says what differs from the first turn of ``scenario`` (by default
``georgia_2014``, its actors of the typical kind): a plain name is what the actor sees, a dotted one a value of the scenario.
``who`` is the actor, or whom the decision is about, where there are several. ``then`` says what the actor makes of it:

``prefers``: the best option; ``considers``, ``rules_out``: options that are, or are not, among those worth an act;
``because``, ``despite``: the incentive that speaks most for, or against, an option;
``worth_more``, ``worth_less``, ``counts_more``: options, or an option's incentive, compared with what is given ``rather_than``.
"""

from functools import cache
from pathlib import Path

import numpy as np
import pytest
import yaml

from frozen_conflict_sim.model.model import FrozenConflictModel
from frozen_conflict_sim.politics.catalogue import declared
from frozen_conflict_sim.scenario import load_scenario

TYPICAL = {
    "patron.patron_types": 0, "parent.parent_types": 0, "elite.leaders_offset": 0, "public.residents": 200,
    "parent.grievance": 1.0, "parent.accommodation": 0.6,
}  # fmt: skip
MAY_SAY = {"case", "scenario", "who", "given", "rather_than", "then"}
FILES = sorted((Path(__file__).parent / "cases").glob("*.yaml"))
READ = [yaml.safe_load(file.read_text("utf-8")) for file in FILES]
CASES = [(about, case) for cases in READ for about in cases for case in cases[about]]


def bearing_on(decision):
    """Every name that bears on a decision, directly or through what follows from it."""
    behind = declared.computed_from()
    rules = [incentive.rule for option in decision.options for incentive in option.incentives]
    rules += [condition for option in decision.options for condition in option.conditions]
    found, fresh = set(), {name for rule in rules for name in rule.reads}
    while fresh:
        found, fresh = found | fresh, {name for known in fresh for name in behind.get(known, ())} - found - fresh
    return found


def show(world, name, value):
    """Let everybody see a value under a name; one that extends over clauses may be given for a few of them."""
    quantity = declared.quantities.get(name)
    if quantity is None:
        by = getattr(declared.derived.get(name), "by", "")
        clauses = (len(declared.items[by]),) if by else ()
        world.frozen[name] = np.full((*clauses, len(world.members(declared.owners[name].level)), 1), float(value))
        return
    assert quantity.state, f"{name!r} stays as it is during a run: give it as a value of the scenario, with its dots"
    for item, number in value.items() if isinstance(value, dict) else [("", value)]:
        world.values[name][declared.items[quantity.by].index(item) if item else slice(None)] = number


@cache
def opening(scenario, values):
    """The first turn of a scenario: a model, what its quantities are, and what follows from the fixed ones."""
    setting = load_scenario(scenario).with_values(TYPICAL | dict(values))
    model = FrozenConflictModel(setting, seed=1, keep_receipts=True)
    return model, {name: held.copy() for name, held in model.world.values.items()}, dict(model.world.frozen)


class Weighed:
    """What an actor makes of a situation: its receipt, read for one member."""

    def __init__(self, about, case, given):
        decision = declared.decisions[about]
        values = {name: value for name, value in given.items() if "." in name}
        model, held, kept = opening(case.get("scenario", "georgia_2014"), tuple(sorted(values.items())))
        model.world.values = {name: value.copy() for name, value in held.items()}
        model.world.frozen = dict(kept)
        for name in given.keys() - values.keys():
            assert name in bearing_on(decision), f"nothing in {about} reads {name!r}"
            show(model.world, name, given[name])
        model.world.refresh()
        model.decision_maker.decide(decision)
        receipt = model.decision_maker.receipts.pop()
        model.world.fixed.clear()
        assert "who" in case or len(receipt.members) == 1, f"say who: {' or '.join(receipt.members)}"
        at = receipt.members.index(case.get("who", receipt.members[0]))
        names = [option.name for option in decision.options]
        self.utility = dict(zip(names, receipt.utilities[:, at, 0]))
        self.considered = {name for name, seen in zip(names, receipt.considered[:, at, 0]) if seen}
        self.best = max(sorted(self.considered), key=self.utility.get)
        self.amounts = {
            name: {incentive: amount[at, 0] for incentive, amount in parts.items()}
            for name, parts in receipt.contributions.items()
        }
        self.text = receipt.explain(receipt.members[at])


CLAIMS = {
    "prefers": lambda now, before, option, _: now.best == option,
    "considers": lambda now, before, option, _: option in now.considered,
    "rules_out": lambda now, before, option, _: option not in now.considered,
    "because": lambda now, before, option, why: why == max(now.amounts[option], key=now.amounts[option].get),
    "despite": lambda now, before, option, why: why == min(now.amounts[option], key=now.amounts[option].get),
    "worth_more": lambda now, before, option, _: now.utility[option] > before.utility[option] + 1e-9,
    "worth_less": lambda now, before, option, _: now.utility[option] < before.utility[option] - 1e-9,
    "counts_more": lambda now, before, option, why: now.amounts[option][why] > before.amounts[option][why],
}


def untrue(then, now, before):
    """The claims of a case that are not true, as texts."""
    for claim, said in then.items():
        for option in [said] if isinstance(said, str) else said:
            assert option in now.utility, f"{option!r} is no option"
            why = said[option] if isinstance(said, dict) else ""
            if not CLAIMS[claim](now, before, option, why):
                yield f"{claim} {option} {why}".strip()


@pytest.mark.parametrize(("about", "case"), CASES, ids=[f"{about}: {case['case']}" for about, case in CASES])
def test_a_decision(about, case):
    assert set(case) <= MAY_SAY, f"a case may say {', '.join(sorted(MAY_SAY))}"
    given = case.get("given", {})
    now = Weighed(about, case, given)
    before = Weighed(about, case, given | case["rather_than"]) if "rather_than" in case else None
    wrong = list(untrue(case["then"], now, before))
    weighed = now.text + (f"\n\nrather than\n{before.text}" if before else "")
    assert not wrong, f"it is not so that it {' and '.join(wrong)}\n{weighed}"


def test_every_option_of_every_decision_is_preferred_in_some_case():
    preferred = {(about, case["then"].get("prefers")) for about, case in CASES}
    options = {(name, option.name) for name, decision in declared.decisions.items() for option in decision.options}
    assert sorted(options - preferred) == []
