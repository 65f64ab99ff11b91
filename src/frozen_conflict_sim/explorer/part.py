"""Play a part: sit in an actor's chair and choose quarter by quarter, in one run and in many at once.

The first run is the world that the player sees. In the others, with other random numbers, the actor does the same in the same
turns: how they end are the odds of what was chosen so far.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from threading import RLock
from types import MappingProxyType

import numpy as np

from ..explain.decisions import agreeing, sentence
from ..model.agents import Actor
from ..model.columns import KEY_TRAJECTORIES, called
from ..model.model import FrozenConflictModel
from ..politics.outcomes.classes import CLASSES
from ..politics.wording import ACTS
from ..scenario import Scenario
from .description import chairs_of
from .state import refused

LANES = 24  # runs of which the odds are counted


class Seat(Actor):
    """An actor whose player has chosen in the turns so far; after them it decides by its rules."""

    choices: Mapping = MappingProxyType({})

    def decide(self, decision):
        """What the player chose in this turn, else what the rules of the role say."""
        own = super().decide(decision)
        own = np.array(np.broadcast_to(own, (len(self.about(decision)), self.model.runs)))
        names = [option.name for option in decision.options]
        for at, member in enumerate(self.about(decision)):
            wanted = self.choices.get((self.model.world.turn, decision.name, member))
            if wanted is not None:
                own[at] = names.index(wanted)
        return own


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
        made = {(turn, one[0], one[1]): one[2] for turn, each in enumerate(choices) for one in each}
        with self.lock:
            if odds:
                return {"turn": len(choices), "odds": self._odds(scenario, chair, made, run)}
            return self._present(scenario, chair, made, run, len(choices))

    def _model(self, scenario: Scenario, chair: str, made: dict, streams) -> FrozenConflictModel:
        model = FrozenConflictModel(scenario, seed=self.seed, stream_numbers=streams, debug=True)
        seat = model.replace(chair, Seat)
        self._check(model, seat, made)
        seat.choices = made
        return model

    @staticmethod
    def _check(model, seat: Seat, made: dict) -> None:
        for _, decision, member in made:
            known = [one for one in seat.decisions if one.name == decision]
            if not known or member not in seat.about(known[0]):
                raise refused("choices", f"{seat.name} does not decide on {decision} of {member}")
            if made[_, decision, member] not in [option.name for option in known[0].options]:
                raise refused("choices", f"{decision} has no option {made[_, decision, member]!r}")

    def _present(self, scenario: Scenario, chair: str, made: dict, run: int, turn: int) -> dict:
        model = self._model(scenario, chair, made, np.array([run]))
        while model.world.turn < turn and model.running:
            model.step()
        over = not model.running or not model.world.active[0]
        found = {"turn": turn, "over": bool(over), "happened": self._happened(model), "courses": self._courses(model)}
        if over:
            model.run_to_end()
            return found | {"class": str(model.classes()[0]), "meaning": CLASSES[str(model.classes()[0])]}
        asked = _Asked(model, model.agent(chair))
        return found | {"date": scenario.date(turn), "questions": asked.questions()}

    def _happened(self, model) -> list[dict]:
        """What was done in the last turn, by anybody."""
        turn, found = model.world.turn - 1, []
        if turn < 0:
            return found
        for agent in model.actors:
            for decision in agent.decisions:
                first = model.recorder.choice_rows[f"{decision.role.name}.{decision.name}"]
                for place in agent.places(decision):
                    option = decision.options[int(model.recorder.choices[first + place, 0, turn])]
                    if not option.nothing:
                        member = model.world.members(decision.level)[place]
                        phrase = ACTS.get(option.act) or f"decides {decision.meaning}: {option.name.replace('_', ' ')}"
                        whole = f"{agent.name} {agreeing(agent.name, phrase)}"
                        found.append({"actor": agent.name, "told": sentence(whole, model.setting, decision.level, member)})
        return found

    @staticmethod
    def _courses(model) -> dict[str, list[float]]:
        table = model.trajectories()
        return {name: table[name][0].tolist() for name in _key_columns(model)}

    def _odds(self, scenario: Scenario, chair: str, made: dict, run: int) -> dict[str, float]:
        streams = np.r_[run, [number for number in range(LANES + 1) if number != run][: LANES - 1]]
        model = self._model(scenario, chair, made, streams).run_to_end()
        counted = Counter(str(name) for name in model.classes())
        return {name: counted[name] / LANES for name in CLASSES if counted[name]}


class _Asked:
    """The questions of a turn: what the actor may do, what each option is worth to it, and what it would do."""

    def __init__(self, model, seat: Seat):
        self.model, self.seat, self.found = model, seat, []

    def questions(self) -> list[dict]:
        """Play the turn to its end and note each assessment of the seat on the way."""
        seat, decide = self.seat, Seat.decide

        def noted(decision):
            own = decide(seat, decision)
            self._note(decision, own)
            return own

        seat.decide = noted
        self.model.step()
        return self.found

    def _note(self, decision, own: np.ndarray) -> None:
        assessment = self.seat.assess(decision)
        for at, member in enumerate(self.seat.about(decision)):
            options = [
                {
                    "name": option.name, "label": option.name.replace("_", " "), "meaning": option.meaning,
                    "open": bool(np.broadcast_to(assessment.open[place], (len(own), 1))[at, 0]),
                    "worth": float(np.broadcast_to(assessment.utilities[place], (len(own), 1))[at, 0]),
                }
                for place, option in enumerate(decision.options)
            ]  # fmt: skip
            if sum(option["open"] for option in options) > 1:
                self.found.append(
                    {
                        "decision": decision.name, "meaning": decision.meaning, "member": member,
                        "about": called(self.model.setting, member), "options": options,
                        "model": decision.options[int(own[at, 0])].name,
                    }
                )  # fmt: skip


def _key_columns(model) -> list[str]:
    """The key trajectories by column."""
    return [
        f"{member}.{name}"
        for name, kept in model.recorder.kept.items()
        if name in KEY_TRAJECTORIES and not kept[1]
        for member in model.setting.entities[kept[0].level]
    ]
