"""The agents: actors decide, publics listen, judge and vote. Subclass one to write an actor of your own.

The model asks its agents when their phase comes. By default an agent follows the rules of its role, for all runs at once; an
agent of another class may decide otherwise, and where there is no agent nothing is done.
"""

from __future__ import annotations

import mesa
import numpy as np

from ..engine.arrays.decisions import Assessment
from ..engine.declare.decision import Decision
from ..engine.declare.faults import did_you_mean
from ..engine.declare.registry import Declarations
from ..engine.declare.role import Role
from ..politics.roles import public
from .answers import Ballot, indices
from .columns import name_of
from .observation import PublicByRules


class _Numbers:
    """The next number of an agent, kept by its model: Mesa 3.3 would keep every model alive for the sake of these numbers."""

    def __getitem__(self, model):
        model.agents_numbered = getattr(model, "agents_numbered", 0) + 1
        return iter((model.agents_numbered,))


class _Agent(mesa.Agent):
    """An agent with a seat: the role, and the member of the scenario, for which it acts. A seat has one agent at most."""

    _ids = _Numbers()

    def __init__(self, model, role: Role, member: str):
        for other in model.agents:
            if getattr(other, "seat", None) == (role.name, member):
                raise ValueError(f"{other.name} is there already; call its remove() first, or model.replace({other.name!r}, …)")
        super().__init__(model)
        self.role, self.member = role, member
        self.name = name_of(model.setting, role, member)
        self.place = model.world.members(role.level).index(member)

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.name!r}>"

    @property
    def seat(self) -> tuple[str, str]:
        """The names of the role and of the member."""
        return self.role.name, self.member

    def reads(self, name: str, about: str = ""):
        """The value under a name, as this agent reads it, or as it stands for the member ``about``, such as a territory.

        One number in a model of one run, else an array with a number for each run; items (clauses) come first; a category is
        a word. Raises ``ValueError`` for a name that no member has, and for an ``about`` that is no member.
        """
        known = self.model.world.declared.cached(Declarations.readable)
        if name not in known:
            hint = did_you_mean(str(name), sorted(known)) or "; the command parameters searches for names"
            raise ValueError(f"{self.name} reads {name!r}, which no member of a scenario has{hint}")
        level, place = _place_of(self.model.setting, about) if about else (self.role.level, self.place)
        values = self.model.world.view(level)[name]
        if isinstance(values, str):
            return values
        mine = values[..., place if values.shape[-2] > 1 else 0, :]
        return mine[..., 0] if self.model.runs == 1 else mine


class Actor(_Agent):
    """A strategic actor: Moscow, Tbilisi, the elite in Sukhumi, a voice of the West.

    Override :meth:`decide` in a subclass to decide otherwise.
    """

    def __init__(self, model, role: Role, member: str):
        super().__init__(model, role, member)
        self.decisions = [decision for decision in model.world.declared.decisions.values() if decision.role is role]

    def decide(self, decision: Decision):
        """Choose an option of a decision: by default as the choice rule and the incentives of the role have it.

        The answer is the name of an option, for all members that the decision is about and for all runs; an array of names,
        shape ``(run,)`` or ``(member, run)``; a dict of such answers by member; or ``None`` to do nothing. What is not open
        is not done.
        """
        return self.model.decision_maker.choose(self.assess(decision))

    def act(self, decision: Decision) -> np.ndarray:
        """Decide; the index of the option that is taken, shape ``(member, run)``."""
        answer = self.decide(decision)
        names = [option.name for option in decision.options]
        chosen = indices(answer, names, self.about(decision), self.model.runs, f"{self.name} on {decision.name}")
        return self.model.decision_maker.permitted(self.assess(decision), chosen)

    def assess(self, decision: Decision) -> Assessment:
        """What the options of a decision are worth to this actor, and which are open; members are those of :meth:`about`."""
        return self.model.assess(decision).of(self.places(decision))

    def about(self, decision: Decision) -> list[str]:
        """The members that a decision of this actor is about."""
        members = self.model.world.members(decision.level)
        return [members[place] for place in self.places(decision)]

    def places(self, decision: Decision) -> list[int]:
        """The indices of these members among those of their level."""
        if decision.level == self.role.level:
            return [self.place]
        setting = self.model.setting
        belongs = setting.belongs.get((decision.level, self.role.level))
        members = range(len(setting.entities[decision.level]))
        return [at for at in members if belongs is None or belongs[at] == self.place]

    def receipts(self, run: int = 0) -> list[str]:
        """Why this actor decided as it did, decision by decision; needs a model with ``keep_receipts``.

        Raises ``ValueError`` for a model without, and ``LookupError`` for a run that the model does not have.
        """
        kept = self.model.decision_maker.receipts
        if kept is None:
            raise ValueError("this model keeps no receipts: create it with keep_receipts=True")
        mine = [receipt for receipt in kept if receipt.decision.role is self.role]
        return [receipt.explain(member, run) for receipt in mine for member in self.about(receipt.decision)]


class Public(PublicByRules, _Agent):
    """The residents of one territory.

    In :meth:`live` they listen, judge and may protest; in :meth:`vote` they elect a faction.
    """

    def __init__(self, model, member: str):
        _Agent.__init__(self, model, public, member)
        self.name = f"the public of {model.setting.names.get(member, member)}"

    def vote(self, ballot: Ballot):
        """Elect one of the candidates: by default as the rules of residents have it.

        The answer is the name of a candidate, for all runs; an array of names or indices, shape ``(run,)``; or ``None`` to
        leave who is in office.
        """
        return super().vote(ballot)

    def elect(self, ballot: Ballot) -> np.ndarray:
        """Hold the vote; the index of the winner, shape ``(run,)``."""
        answer = self.vote(ballot)
        if answer is None:
            return ballot.otherwise
        return indices(answer, ballot.candidates, [self.member], self.model.runs, self.name)[0]


def _place_of(setting, member: str) -> tuple[str, int]:
    """The level of a member, and its index there."""
    for level, members in setting.entities.items():
        if member in members:
            return level, members.index(member)
    everybody = [each for members in setting.entities.values() for each in members]
    raise ValueError(f"{member!r} is no member of the scenario{did_you_mean(str(member), everybody)}")


_BY_RULES = {Actor: {name: getattr(Actor, name) for name in ("decide", "act", "assess", "about", "places")},
             Public: {name: getattr(Public, name) for name in ("live", "vote", "elect")}}  # fmt: skip


def follows_rules(agent: mesa.Agent) -> bool:
    """Whether an agent acts as the rules of its role have it: neither of its class nor by itself has it methods of its own."""
    methods = _BY_RULES[Actor if isinstance(agent, Actor) else Public]
    return not methods.keys() & vars(agent).keys() and all(
        getattr(type(agent), name) is function for name, function in methods.items()
    )
