"""The order of play as a page that can be printed."""

from __future__ import annotations

from ..engine.declare.population import Vote
from .declarations import declared
from .phases import ORDER_OF_PLAY


def order_of_play_text() -> str:
    """The order of play as a page of text: phases, decisions, chance, and what changes what."""
    lines = []
    for number, phase in enumerate(ORDER_OF_PLAY, 1):
        lines.append(f"{number:2}. {phase.name}: {phase.says}")
        for decision in declared.decisions.values():
            if decision.phase == phase.name:
                lines.append(
                    f"      {decision.role.name} decides {decision.meaning}: {', '.join(option.name for option in decision.options)}"
                )
        for hazard in declared.hazards.values():
            if hazard.phase == phase.name:
                lines.append(f"      chance: {hazard.rule.name} — {hazard.rule.sentence}")
        for name, announcement in declared.announcements.items():
            if announcement.phase == phase.name:
                finds = announcement.finds
                lines.append(
                    f"      found out: {name} — {finds.meaning if isinstance(finds, Vote) else finds.sentence}"
                )
        changed: dict[str, list[str]] = {}
        for contribution in declared.contributions:
            if contribution.phase == phase.name:
                changed.setdefault(contribution.to, []).append(contribution.rule.name)
        lines += [f"      {to} ← {', '.join(causes)}" for to, causes in changed.items()]
    return "\n".join(lines)
