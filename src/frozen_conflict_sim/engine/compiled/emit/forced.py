"""Emit what a player needs who decides for an actor: a place for the option that is forced, and what the options are worth."""

from __future__ import annotations

import numpy as np

from ..ir.operations import and_, or_, select

BY_RULES = -1.0  # where no option is forced


def name_of_forced(decision) -> str:
    """The field with the index of the option that is forced in this turn, for each member."""
    return f"forced option of {decision.key}"


def names_of_notes(decision) -> tuple[str, str]:
    """The fields with the utility of each option, and whether it is open, in the last turn of the last block."""
    return f"utilities of {decision.key}", f"open options of {decision.key}"


def forced(emitter, body, decision, member, is_open: list, considered: list) -> list:
    """The options that are considered: the one that is forced, as far as it is open, else those ``considered`` by rules.

    :meth:`~...arrays.decisions.DecisionMaker._considered` does the same.
    """
    name, members = name_of_forced(decision), len(emitter.world.members(decision.level))
    emitter.layout.number_by_member(name, lambda world: np.full(members, BY_RULES), members)
    wanted = emitter.load(body, emitter.layout.fields[name], (), member)
    free = wanted < 0.0
    return [or_(and_(free, case), and_(wanted == float(index), is_open[index])) for index, case in enumerate(considered)]


def note_options(emitter, body, decision, member, utilities: list, is_open: list) -> None:
    """Save what each option is worth, and whether it is open."""
    shape, members = (len(decision.options),), len(emitter.world.members(decision.level))
    worth, opens = (emitter.temporary(name, shape, members) for name in names_of_notes(decision))
    emitter.save(body, worth, member, utilities)
    emitter.save(body, opens, member, [select(case, 1.0, 0.0) for case in is_open])
