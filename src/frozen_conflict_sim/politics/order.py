"""The order of play: a political claim, written out, never discovered. An experiment can swap two phases."""

from __future__ import annotations

from typing import NamedTuple

from .declarations import declared


class Phase(NamedTuple):
    """A phase of the turn."""

    name: str
    says: str


ORDER_OF_PLAY = (
    Phase("events", "What nobody here decides comes about."),
    Phase("patron", "The patron decides about each territory, toward each parent, and at the dividing line."),
    Phase("elites", "Elites answer an ask and start things of their own; what they sign is signed."),
    Phase("money", "What was signed is carried out; money is committed, paid late, or withheld."),
    Phase("public", "Residents listen, judge, and may take to the street."),
    Phase("office", "Street and ballot decide who holds office."),
    Phase("bids", "Bids for accession are left behind, inherited, answered and dropped; so are deals."),
    Phase("parents_hear", "Word of signatures reaches the parents; crowds gather; the parent votes."),
    Phase("parents", "Parents decide: toward the patron, toward the territories, where to turn, whether to settle."),
    Phase("west", "The voices of the West respond."),
    Phase("world", "Everything else follows: grievance, acceptance, opinion, money grown used to, clashes, war."),
)


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
        changed: dict[str, list[str]] = {}
        for contribution in declared.contributions:
            if contribution.phase == phase.name:
                changed.setdefault(contribution.to, []).append(contribution.rule.name)
        lines += [f"      {to} ← {', '.join(causes)}" for to, causes in changed.items()]
    return "\n".join(lines)
