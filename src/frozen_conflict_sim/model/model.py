"""FrozenConflictModel: a Mesa model that steps an ensemble of runs at once and asks its agents what they do."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from functools import partial
from os import PathLike
from typing import Self

import mesa
from mesa.agent import AgentSet

from ..engine.declare.role import Role
from ..engine.setting import Setting
from ..engine.whole import check_whole
from ..politics.roles import ACTORS, public
from .agents import Actor, Public, follows_rules
from .simulation import Simulation


class FrozenConflictModel(Simulation, mesa.Model):
    """A Mesa model of a scenario: in each phase it asks its agents; actors decide, publics listen, judge and vote.

    It takes what a :class:`~.simulation.Simulation` takes, and gives the same numbers as long as the agents follow the rules
    of their roles. With ``runs=1`` this is an ordinary Mesa model. Without ``seed``, all chance follows from Mesa's own
    generator. ``agents`` puts agents of other classes in their places, by name: ``agents={"Moscow": MyMoscow}``; so does
    :meth:`replace`, and an agent that is removed does nothing any more. Mesa's ``AgentSet`` works on ``model.agents``.
    ``given`` overrides values by dotted key or by address, with one number or one a run; ``InputError`` says what is refused.
    Agents that do not follow the rules of their role need arrays, which also play small models: they ask the agents.
    """

    compiled_from = 50

    def __init__(
        self, scenario: Setting | str | PathLike, runs: int = 1, seed: int | None = None, *,
        rng=None, stream_numbers=None, given: dict | None = None, keep_receipts: bool = False, compiled: bool | None = None,
        debug: bool = False, every_run: bool = False, compiling: Callable[[], None] = lambda: None,
        agents: dict[str, type] | None = None, **values,
    ):  # fmt: skip
        if seed is not None:
            check_whole("seed", seed, 0)
        mesa.Model.__init__(self, rng=seed if rng is None else rng)
        self._kinds = agents or {}
        super().__init__(
            scenario, runs, int(self.rng.integers(2**31)) if seed is None else seed, stream_numbers=stream_numbers,
            given=given, keep_receipts=keep_receipts, compiled=False if agents else compiled, debug=debug,
            every_run=every_run, compiling=compiling, **values,
        )  # fmt: skip
        if agents and self.runs >= self.compiled_from:
            _warn_of(list(agents))
        columns = self.recorder.names() if self.runs == 1 else []
        self.datacollector = mesa.DataCollector(model_reporters={name: partial(_latest, name) for name in columns})

    def numbers_given(self, given: dict) -> dict:
        """The numbers of ``given`` by address; raises ``InputError`` for those that the scenario does not take."""
        return self.setting.numbers_given(given, self.runs)

    def seat_agents(self) -> None:
        """Create an agent for every public and every actor, some of them of the classes that were given by name."""
        for member in self.world.members(public.level):
            Public(self, member)
        for role in ACTORS:
            for member in self.world.members(role.level):
                Actor(self, role, member)
        self.seats = {agent.seat: agent.name for agent in self.agents}
        for name, kind in self._kinds.items():
            self.replace(name, kind)

    def agent(self, name: str) -> mesa.Agent:
        """The agent of that name, such as ``Moscow`` or ``the public of Abkhazia``; raises ``KeyError`` if there is none."""
        for agent in self.agents:
            if getattr(agent, "name", None) == name:
                return agent
        raise KeyError(
            f"there is no agent {name!r}; there are {', '.join(getattr(agent, 'name', '?') for agent in self.agents)}"
        )

    def replace(self, name: str, kind: type, *more) -> mesa.Agent:
        """Put a new agent of the class ``kind`` in the place of the agent of that name; ``more`` goes to its ``__init__``.

        Raises ``TypeError`` unless it is a subclass of ``Actor`` or, for a public, of ``Public``.
        """
        old = self.agent(name)
        expected = Public if isinstance(old, Public) else Actor
        if not (isinstance(kind, type) and issubclass(kind, expected)):
            raise TypeError(f"{name}: expected a subclass of {expected.__name__}, found {kind!r}")
        old.remove()
        about = (old.member,) if isinstance(old, Public) else (old.role, old.member)
        return kind(self, *about, *more)

    @property
    def actors(self) -> AgentSet:
        """The agents that decide."""
        return self.agents.select(agent_type=Actor)

    @property
    def publics(self) -> AgentSet:
        """The publics."""
        return self.agents.select(agent_type=Public)

    @property
    def changed_agents(self) -> list[str]:
        """The names of the agents that are missing, or do not follow the rules of their role."""
        seated = {agent.seat: agent for agent in self.agents if isinstance(agent, (Actor, Public))}
        return [name for seat, name in self.seats.items() if seat not in seated or not follows_rules(seated[seat])]

    def deciding(self, role: Role) -> list[Actor] | None:
        """The actors of a role that are asked to decide; ``None`` where all of them are there and follow the rules.

        Actors that follow the rules would all choose alike, so they decide in one array.
        """
        actors = [agent for agent in self.agents if isinstance(agent, Actor) and agent.role is role]
        everybody = len(actors) == len(self.world.members(role.level))
        return None if everybody and all(map(follows_rules, actors)) else actors

    def step(self) -> None:
        """Play one turn, phase by phase; a model of one run collects its data."""
        before = self.world.turn
        super().step()
        if self.runs == 1 and self.world.turn > before:
            self.datacollector.collect(self)

    def run_to_end(self) -> Self:
        """Play all turns; a model of one run plays them one by one, so that each collects its data."""
        while self.runs == 1 and self.world.turn < self.setting.turns:
            self.step()
        return super().run_to_end()

    def plays_compiled(self) -> bool:
        """Whether compiled code plays the next turns: not if an agent was changed, which is said in a warning."""
        if self.compiled and (changed := self.changed_agents):
            _warn_of(changed)
            self.compiled.give_back(self.decision_maker)
            self.compiled = None
        return super().plays_compiled()

    def release(self) -> None:
        """Let go of agents, residents and records; see :meth:`.Simulation.release`."""
        self.remove_all_agents()
        super().release()


def _warn_of(changed: list[str]) -> None:
    message = (
        f"the model plays on arrays, which is slower than compiled code, because agents were changed: {', '.join(changed)}"
    )
    warnings.warn(message, stacklevel=4)


def _latest(name: str, model: FrozenConflictModel) -> float:
    return model.recorder.latest(name)
