"""The end of a turn in lines: what is written down, which runs end, what will be looked back upon."""

from __future__ import annotations

from ...numerics import whole_part
from ..ir.builder import LANES
from ..ir.operations import and_, not_, pick_either, truth
from ..ir.symbols import traced
from ..layout.fields import ACTIVE, PAST
from .steps import ENDED, Script


def write_notes(script: Script, names, decisions) -> int:
    """Write down values and choices in single precision, a row for each, in the order of names, items and members.

    The answer is how many rows there are before those of the choices.
    """
    script.need(*names)
    row = 0
    for name in names:
        place = script.place(name)
        with script.each(script.declared.owner(name).level, f"written down: {name}") as (body, member):
            for number, index in enumerate(place.indices()):
                _note(body, row + number * place.members, member, script.load(body, place, index, member))
        row += place.members * len(list(place.indices()))
    courses = row
    for decision in decisions:
        place = script.places.known[f"choice of {decision.role.name}.{decision.name}"]
        with script.each(decision.level, f"written down: {decision.name}") as (body, member):
            _note(body, row, member, script.load(body, place, (), member))
        row += place.members
    return courses


def _note(body, row: int, member, value) -> None:
    at = str(member) if isinstance(member, int) else member
    at = body.line(f"mul i64 {body.line(f'add i64 {at}, {row}', 'head')}, {LANES}", "head")
    at = body.line(f"add i64 {at}, {body.run}")
    address = body.line(f"getelementptr float, ptr %notes, i64 {at}")
    single = body.line(f"fptrunc {body.precision.number} {value.name} to <{body.precision.width} x float>")
    body.lines.append(f"  store <{body.precision.width} x float> {single}, ptr {address}, align {4 * body.precision.width}")


def write_end(script: Script, ending) -> None:
    """End the runs that are over."""
    if not ending:
        return
    rule, role = ending
    script.need(*rule.reads)
    ended = script.lasting(ENDED)
    with script.writer.over_runs("runs that end") as body:
        active = script.active(body)
        over = and_(truth(script.judged(body, rule, role.level, 0)), active)
        script.save(body, ended, 0, pick_either(over, script.counted(body, "%turn") + 1.0, script.load(body, ended)))
        script.save(body, script.places.known[ACTIVE], 0, pick_either(and_(active, not_(over)), 1.0, 0.0))


def write_memory(script: Script, kept: tuple[str, ...]) -> None:
    """Keep the values under some names for delays, and forget what holds within the turn."""
    declared = script.declared
    for name in kept:
        script.need(name)
        place, past = script.place(name), script.past(name)
        with script.each(declared.owner(name).level, f"remembered: {name}") as (body, member):
            address = script.in_turn(body, past, "%turn", member)
            script.store(body, address, script.load(body, place, (), member))
    said = [script.places.known[name] for name in (*declared.acts, *declared.hazards, *declared.fixed_values)
            if name in script.places.known]  # fmt: skip
    with script.writer.over_runs("forgotten") as body:
        for place in said:
            for member in range(place.members):
                script.save(body, place, member, 0.0)


def write_past(script: Script) -> None:
    """What was some turns ago, as :meth:`~..world.World.looked_back` finds it: zero before the first turn."""
    for name, (of, turns) in script.declared.delays.items():
        level, past = script.declared.owner(of).level, script.past(of)
        found = script.temporary(PAST + name, (), past.members)
        if isinstance(turns, str):
            script.need(turns)
        for member in range(past.members):
            with script.writer.over_runs(f"nothing yet: {name}") as body:
                script.save(body, found, member, 0.0)
            before = script.writer.fresh()
            script.writer.text.append(f"  {before} = icmp ugt i64 %turn, 0")
            with script.writer.when(before), script.writer.counting("%turn", prefix="ago") as at:
                _look_back(script, level, member, (past, found), turns, at)


def _look_back(script, level, member, places, turns, at) -> None:
    past, found = places
    with script.writer.over_runs("looked back upon") as body:
        lag = script.sees(body, turns, level, member) if isinstance(turns, str) else float(turns)
        ago = script.counted(body, "%turn") - script.counted(body, at)
        value = script.loaded(body, script.in_turn(body, past, at, member))
        is_it = traced(nearest)(lag) == ago
        script.save(body, found, member, pick_either(is_it, value, script.load(body, found, (), member)))


def nearest(lag):
    """The nearest whole number."""
    return whole_part(lag + 0.5)
