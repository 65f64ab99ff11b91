"""The schedule of this model's turn, and the order of play as a page that can be printed."""

from __future__ import annotations

from ..engine.schedule import Step, build_schedule, by_phase
from ..politics.catalogue import declared
from ..politics.phases import AS_WRITTEN, swapped


def turn_schedule(order: str = AS_WRITTEN) -> tuple[Step, ...]:
    """The steps of a turn, as written or with two neighbouring phases swapped."""
    return build_schedule(declared, swapped(order))


def order_of_play_text() -> str:
    """The order of play as a page of text: the phases, and in each its steps in the order in which they are played."""
    lines = []
    for number, (phase, steps) in enumerate(by_phase(turn_schedule()), 1):
        lines.append(f"{number:2}. {phase.name}: {phase.description}")
        lines += [f"      {line}" for step in steps for line in step.lines()]
    return "\n".join(lines)
