"""The parts of the overview of the model: actors, phases, rules of choice, classes."""

from __future__ import annotations

from frozen_conflict_sim.engine.choice_rules import CHOICE_RULES
from frozen_conflict_sim.politics.catalogue import declared
from frozen_conflict_sim.politics.outcomes.classes import CLASSES
from frozen_conflict_sim.politics.phases import ORDER_OF_PLAY
from frozen_conflict_sim.politics.roles import CLAUSES

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def actors() -> str:
    """The roles that decide, and the public."""
    deciding = dict.fromkeys(decision.role for decision in declared.decisions.values())
    roles = [*deciding, declared.roles["public"]]
    return "\n".join(f"* *{role.name}*: {role.meaning}" for role in roles)


def number_of_clauses() -> str:
    """The number of clauses in a word."""
    return NUMBERS[len(CLAUSES)]


def phases() -> str:
    """The phases of a turn, numbered."""
    return "\n".join(f"{number}. *{phase.name}*: {phase.description}" for number, phase in enumerate(ORDER_OF_PLAY, 1))


def rules_of_choice() -> str:
    """The names of the rules of choice that are theories, not null models."""
    *most, last = [name.replace("_", " ") for name in CHOICE_RULES]
    return f"{', '.join(most)} and {last}"


def class_names() -> str:
    """The classes of a run."""
    *most, last = CLASSES
    return f"{', '.join(most)} or {last}"
