"""Play a part: sit in an actor's chair and choose quarter by quarter, in one run and in many at once.

The first run is the world that the player sees. In the others, with other random numbers, the actor does the same in the same
turns: how they end are the odds of what was chosen so far.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from threading import RLock

import numpy as np

from ..engine.declare.decision import Decision
from ..engine.schedule import Kind
from ..explain.decisions import act_in_words, actor_of, words
from ..model.columns import called, key_trajectories
from ..model.schedule import turn_schedule
from ..model.simulation import Simulation
from ..politics.catalogue import declared
from ..politics.outcomes.classes import CLASSES
from ..scenario import Scenario
from .description import chairs_of
from .state import refused

COUNTED = 24  # runs that the odds are shares of


def decided(scenario: Scenario, phase_order: str) -> Iterator[tuple[str, Decision, str]]:
    """Every decision about every member, with the name of the actor who takes it, in the order of a turn."""
    for step in turn_schedule(phase_order):
        if step.kind is Kind.DECISION:
            for member in scenario.entities[step.about.level]:
                yield actor_of(scenario, step.about, member), step.about, member


def question_about(scenario: Scenario, decision: Decision, member: str) -> dict:
    """A decision about a member as the page asks for it, without what depends on the turn."""
    options = [{"name": one.name, "label": words(one.name), "meaning": one.meaning} for one in decision.options]
    about = called(scenario, member)
    return {"decision": decision.name, "meaning": decision.meaning, "member": member, "about": about, "options": options}


def odds_runs(run: int) -> list[int]:
    """The runs of which the odds are counted in the world of ``run``: that one, and the first of the others."""
    return [run, *[number for number in range(COUNTED + 1) if number != run][: COUNTED - 1]]


class Parts:
    """Worlds that are played by hand; each question has all choices so far, so nothing is remembered between them."""

    def __init__(self, seed: int):
        self.seed, self.lock = seed, RLock()

    def turn(self, scenario: Scenario, chair: str, choices: list, run: int, odds: bool) -> dict:
        """The turn that comes after the choices made so far: what may be done, and what the model's actor would do.

        ``choices`` has for each turn so far a list of ``[decision, member, option]``. With ``odds``, also how runs end in which
        the actor does the same and then goes on by its rules.
        """
        if chair not in {one["name"] for one in chairs_of(scenario)}:
            raise refused("chair", f"there is no actor {chair!r}")
        if not isinstance(choices, list) or len(choices) > scenario.turns:
            raise refused("choices", f"expected a list of at most {scenario.turns} turns")
        with self.lock:
            model = self.model(scenario, chair, choices, odds_runs(run) if odds else [run])
            if odds:
                return {"turn": len(choices), "odds": _odds(model)}
            return _present(model, chair, len(choices))

    def model(self, scenario: Scenario, chair: str, choices: list, runs: list[int]) -> Simulation:
        """Some runs in which the actor does in each turn what was chosen, and then goes on by its rules."""
        model = Simulation(scenario, seed=self.seed, stream_numbers=np.array(runs), compiled=False)
        own = {(decision.name, about): decision for actor, decision, about in _decided_in(model) if actor == chair}
        model.decision_maker.forced = forced = {}
        for turn, each in enumerate(choices):
            for name, member, option in each:
                if (name, member) not in own:
                    raise refused("choices", f"{chair} does not decide on {name} of {member}")
                decision = own[name, member]
                if option not in [one.name for one in decision.options]:
                    raise refused("choices", f"{name} has no option {option!r}")
                forced[turn, decision.key, member] = option
        return model


def _decided_in(model: Simulation) -> Iterator[tuple[str, Decision, str]]:
    return decided(model.setting, model.world.categories["phase_order", "play"])


def _present(model: Simulation, chair: str, turn: int) -> dict:
    while model.world.turn < turn and model.running:
        model.step()
    over = not model.running or not model.world.active[0]
    table = model.trajectories()
    courses = {name: table[name][0].tolist() for name in key_trajectories(model.setting)}
    found = {"turn": turn, "over": bool(over), "happened": list(_happened(model)), "courses": courses}
    if over:
        (name,) = model.run_to_end().classes()
        return found | {"class": str(name)}
    return found | {"date": model.setting.date(turn), "questions": list(_questions(model, chair))}


def _happened(model: Simulation) -> Iterator[dict]:
    """What was done in the last turn, by anybody."""
    turn, scenario = model.world.turn - 1, model.setting
    for key, decision in declared.decisions.items() if turn >= 0 else ():
        for place, member in enumerate(scenario.entities[decision.level]):
            option = decision.options[int(model.recorder.choices[model.recorder.choice_rows[key] + place, 0, turn])]
            if not option.nothing:
                yield {"actor": actor_of(scenario, decision, member), "told": act_in_words(scenario, option, member)}


def _questions(model: Simulation, chair: str) -> Iterator[dict]:
    """Play the turn to its end; what the actor may do in it, what each option is worth to it, and what it does."""
    model.decision_maker.receipts = []
    model.step()
    receipts = {receipt.decision.key: receipt for receipt in model.decision_maker.receipts}
    for actor, decision, member in _decided_in(model):
        receipt = receipts[decision.key]
        at = receipt.members.index(member)
        if actor == chair and receipt.open[:, at, 0].sum() > 1:
            question = question_about(model.setting, decision, member)
            for option, opens, worth in zip(question["options"], receipt.open[:, at, 0], receipt.utilities[:, at, 0]):
                option |= {"open": bool(opens), "worth": float(worth)}
            yield question | {"model": decision.options[int(receipt.chosen[at, 0])].name}


def _odds(model: Simulation) -> dict[str, float]:
    counted = Counter(str(name) for name in model.run_to_end().classes())
    return {name: counted[name] / model.runs for name in CLASSES if counted[name]}
