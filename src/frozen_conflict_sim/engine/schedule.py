"""The schedule: the steps of a turn, in order. Everything that plays or prints a turn reads this one list.

A schedule is built from the declarations and an order of phases. Within a phase come events, decisions, chance events, values
that are fixed within the turn, contributions, and what residents do; after the last phase the turn is recorded and ended.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from itertools import groupby
from typing import NamedTuple

from .declare.derived import Vote
from .declare.population import Population
from .declare.registry import Declarations


class Phase(NamedTuple):
    """A phase of the turn; the scenario's events come about at the beginning of the phase with ``events``."""

    name: str
    description: str
    events: bool = False


class Kind(Enum):
    """The kind of a step, and in the comment what the step is about."""

    EVENTS = "events"  # None
    DECISION = "decision"  # the Decision
    HAZARD = "chance event"  # the Hazard
    FIXED_VALUE = "value fixed within the turn"  # the FixedValue, determined by a rule
    VOTE = "vote"  # the FixedValue, determined by a vote
    CONTRIBUTIONS = "contributions"  # the tuple of Contributions of the phase, all computed from the same state
    RESIDENTS = "residents"  # the Population whose residents change in the phase
    RECORDING = "recording"  # None
    ENDING = "ending"  # the pair of rule and role that ends runs, or None
    MEMORY = "memory"  # the tuple of names whose values are kept for delays


class Step(NamedTuple):
    """One step of a turn: its kind, its phase, and what it is about."""

    kind: Kind
    phase: Phase
    about: object = None

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the rules and values that the step computes; with the kind and the phase they identify it."""
        about = self.about
        match self.kind:
            case Kind.DECISION:
                return (f"{about.role.name}.{about.name}",)
            case Kind.HAZARD:
                return (about.rule.name,)
            case Kind.FIXED_VALUE | Kind.VOTE:
                return (about.name,)
            case Kind.CONTRIBUTIONS:
                return tuple(f"{one.to} ← {one.rule.name}" for one in about)
            case Kind.RESIDENTS:
                return tuple(f"{trait} ← {rule.name}" for trait, rule in _changes(about, self.phase))
            case Kind.MEMORY:
                return about
        return ()

    def lines(self) -> list[str]:
        """The step in words, a line for each decision, chance event, value and changed quantity."""
        about = self.about
        match self.kind:
            case Kind.EVENTS:
                return ["events: those of the scenario whose time, chance or condition has come"]
            case Kind.DECISION:
                return [f"{about.role.name} decides {about.meaning}: {', '.join(option.name for option in about.options)}"]
            case Kind.HAZARD:
                return [f"chance: {about.rule.name} — {about.rule.sentence}"]
            case Kind.FIXED_VALUE:
                return [f"fixed for the turn: {about.name} — {about.determined_by.sentence}"]
            case Kind.VOTE:
                return [f"vote: {about.name} — {about.determined_by.meaning}"]
            case Kind.CONTRIBUTIONS:
                return _grouped((one.to, one.rule.name) for one in about)
            case Kind.RESIDENTS:
                changes = ((trait, rule.name) for trait, rule in _changes(about, self.phase))
                return [f"each resident of the {about.name}: {line}" for line in _grouped(changes)]
            case Kind.RECORDING:
                return ["recorded: values and choices of the turn"]
            case Kind.ENDING:
                return [f"ends a run: {about[0].name} — {about[0].sentence}"] if about else []
            case Kind.MEMORY:
                return [f"kept for delays: {', '.join(about)}"] if about else []
        raise LookupError(f"no words for {self.kind}")


END_OF_TURN = Phase("end_of_turn", "The turn is recorded and ended.")


def build_schedule(declared: Declarations, phases: tuple[Phase, ...]) -> tuple[Step, ...]:
    """The steps of a turn with these phases, in the order in which they are played."""
    steps = [step for phase in phases for step in _steps_of(declared, phase)]
    kept = tuple(dict.fromkeys(of for of, _ in declared.delays.values()))
    end = (Kind.RECORDING, None), (Kind.ENDING, declared.ending), (Kind.MEMORY, kept)
    return (*steps, *(Step(kind, END_OF_TURN, about) for kind, about in end))


def _steps_of(declared: Declarations, phase: Phase) -> Iterator[Step]:
    if phase.events:
        yield Step(Kind.EVENTS, phase)
    for decision in declared.decisions.values():
        if decision.phase == phase.name:
            yield Step(Kind.DECISION, phase, decision)
    for hazard in declared.hazards.values():
        if hazard.phase == phase.name:
            yield Step(Kind.HAZARD, phase, hazard)
    for value in declared.fixed_values.values():
        if value.phase == phase.name:
            yield Step(Kind.VOTE if isinstance(value.determined_by, Vote) else Kind.FIXED_VALUE, phase, value)
    if contributions := tuple(one for one in declared.contributions if one.phase == phase.name):
        yield Step(Kind.CONTRIBUTIONS, phase, contributions)
    for role in declared.roles.values():
        if isinstance(role, Population) and _changes(role, phase):
            yield Step(Kind.RESIDENTS, phase, role)


def by_phase(schedule: tuple[Step, ...]) -> Iterator[tuple[Phase, list[Step]]]:
    """The phases of a schedule, each with its steps."""
    for phase, steps in groupby(schedule, key=lambda step: step.phase):
        yield phase, list(steps)


def _changes(role: Population, phase: Phase) -> list[tuple]:
    """What changes residents in a phase: pairs of a trait and a rule."""
    return [(trait, rule) for trait, when, rule in role.residents.changes if when == phase.name]


def _grouped(pairs) -> list[str]:
    """One line for each changed name, with all its causes."""
    causes: dict[str, list[str]] = {}
    for name, cause in pairs:
        causes.setdefault(name, []).append(cause)
    return [f"{name} ← {', '.join(rules)}" for name, rules in causes.items()]
