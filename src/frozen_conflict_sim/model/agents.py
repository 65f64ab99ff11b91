"""The actors as Mesa agents: each carries the decisions of its role, and what it sees can be asked of it.

The rules live in files that do not know Mesa. Agents of one role decide together, in one array, because a member of a level
is an axis like a run; what one of them did, and why, is read off its own place in that array.
"""

from __future__ import annotations

import mesa
import numpy as np

from ..engine.arrays.population import PopulationState
from ..engine.declare.role import Role


class Actor(mesa.Agent):
    """A strategic actor: Moscow, Tbilisi, the elite in Sukhumi, a voice of the West."""

    def __init__(self, model, role: Role, member: str):
        super().__init__(model)
        self.role, self.member = role, member
        self.name = model.setting.names.get(f"{member}.{role.name}", model.setting.names.get(member, member))
        self.place = model.world.members(role.level).index(member)
        self.decisions = [decision for decision in model.world.declared.decisions.values() if decision.role is role]

    def reads(self, name: str):
        """What this actor sees under a name: a word, or one number in an ordinary model, one a run in an ensemble."""
        values = self.model.world.view(self.role.level)[name]
        if isinstance(values, str):
            return values
        mine = values[..., self.place if values.shape[-2] > 1 else 0, :]
        return mine[..., 0] if self.model.runs == 1 else mine

    def receipts(self, run: int = 0) -> list[str]:
        """Why this actor decided as it did, decision by decision; needs a model with ``keep_receipts``."""
        kept = self.model.decision_maker.receipts or []
        return [
            receipt.explain(member, run)
            for receipt in kept
            if receipt.decision in self.decisions
            for member in self._about(receipt)
        ]

    def _about(self, receipt) -> list[str]:
        if receipt.decision.level == self.role.level:
            return [self.member]
        belongs = self.model.setting.belongs.get((receipt.decision.level, self.role.level))
        return [member for index, member in enumerate(receipt.members) if belongs is None or belongs[index] == self.place]


class Residents(mesa.Agent):
    """The public of one territory, all its residents as arrays."""

    def __init__(self, model, member: str, population: PopulationState):
        super().__init__(model)
        self.member, self.name = member, f"the public of {model.setting.names.get(member, member)}"
        self.place = model.world.members("territory").index(member)
        self.population = population

    def surroundings(self, name: str) -> np.ndarray:
        """What the residents see of the world under a name, one number a run."""
        values = self.model.world.view("territory")[name]
        values = values[self.place if values.shape[-2] > 1 else 0]
        return np.broadcast_to(values, (self.model.runs,))

    def live(self, phase: str) -> list[tuple]:
        """Do what residents do in a phase: listen, judge, take to the street.

        Where a ledger is kept, the answer is what each rule contributed on average: ``(trait, cause, amount by run)``.
        """
        notes = None if self.model.world.ledger is None else []
        self.population.update(phase, self.surroundings, self.model.world.active, notes)
        return notes or []

    def averages(self, names: list[str]) -> dict[str, np.ndarray]:
        """Averages of traits or measures over residents, one number a run."""
        return self.population.averages(names, self.surroundings)

    def average(self, name: str, part: int | None = None) -> np.ndarray:
        """The average of a trait or measure over residents, or over those of one part, one number a run."""
        return self.population.average(name, self.surroundings, part=part)

    def vote(self, candidates: list[dict], holds: np.ndarray, voters: str) -> np.ndarray:
        """Who wins the vote, by index, in the runs that hold one; ``voters`` is the trait that says who may vote."""
        return self.population.vote(candidates, self.surroundings, holds, voters)
