"""Emit the end of a turn: recording, the ending of runs, the memory of values for delays, and the look-up of delayed values."""

from __future__ import annotations

from ...numerics import whole_part
from ..ir.builder import LANES
from ..ir.operations import and_, as_condition, not_, select
from ..ir.primitives import traced
from ..layout.fields import ACTIVE, PAST
from .steps import ENDED, StepEmitter


def emit_recording(emitter: StepEmitter, names, decisions) -> int:
    """Emit the recording of values and choices in single precision, a row for each, in the order of names, items and members.

    Return the number of rows before those of the choices.
    """
    emitter.require(*names)
    row = 0
    for name in names:
        field = emitter.field(name)
        with emitter.loop_over_members(emitter.declared.owner(name).level, f"recorded: {name}") as (body, member):
            for number, index in enumerate(field.indices()):
                _record(body, row + number * field.members, member, emitter.load(body, field, index, member))
        row += field.members * len(list(field.indices()))
    values = row
    for decision in decisions:
        field = emitter.layout.fields[f"choice of {decision.key}"]
        with emitter.loop_over_members(decision.level, f"recorded: {decision.name}") as (body, member):
            _record(body, row, member, emitter.load(body, field, (), member))
        row += field.members
    return values


def _record(body, row: int, member, value) -> None:
    at = str(member) if isinstance(member, int) else member
    at = body.emit(f"mul i64 {body.emit(f'add i64 {at}, {row}', 'preheader')}, {LANES}", "preheader")
    address = body.emit(f"getelementptr float, ptr %records, i64 {at}")
    single = body.emit(f"fptrunc {body.precision.number} {value.name} to <{body.precision.width} x float>")
    body.instructions.append(f"  store <{body.precision.width} x float> {single}, ptr {address}, align 64")


def emit_ending(emitter: StepEmitter, ending) -> None:
    """Emit the ending of runs by a rule."""
    if not ending:
        return
    rule, role = ending
    emitter.require(*rule.reads)
    ended = emitter.persistent(ENDED)
    with emitter.module.over_runs("ending of runs") as body:
        active = emitter.active(body)
        over = and_(as_condition(emitter.apply(body, rule, role.level, 0)), active)
        emitter.save(body, ended, 0, select(over, emitter.as_number(body, "%turn") + 1.0, emitter.load(body, ended)))
        emitter.save(body, emitter.layout.fields[ACTIVE], 0, select(and_(active, not_(over)), 1.0, 0.0))


def emit_memory(emitter: StepEmitter, names: tuple[str, ...]) -> None:
    """Emit the memory of the values under some names, and reset the values that hold within the turn."""
    declared = emitter.declared
    for name in names:
        emitter.require(name)
        field, past = emitter.field(name), emitter.past(name)
        with emitter.loop_over_members(declared.owner(name).level, f"kept for delays: {name}") as (body, member):
            address = emitter.past_address(body, past, "%turn", member)
            emitter.store(body, address, emitter.load(body, field, (), member))
    within_turn = [emitter.layout.fields[name] for name in (*declared.acts, *declared.hazards, *declared.fixed_values)
            if name in emitter.layout.fields]  # fmt: skip
    with emitter.module.over_runs("reset at the end of the turn") as body:
        for field in within_turn:
            for member in range(field.members):
                emitter.save(body, field, member, 0.0)


def emit_delays(emitter: StepEmitter) -> None:
    """Emit the look-up of delayed values: those of some turns ago, zero before the first turn."""
    for name, (of, turns) in emitter.declared.delays.items():
        level, past = emitter.declared.owner(of).level, emitter.past(of)
        found = emitter.temporary(PAST + name, (), past.members)
        if isinstance(turns, str):
            emitter.require(turns)
        for member in range(past.members):
            with emitter.module.over_runs(f"before the first turn: {name}") as body:
                emitter.save(body, found, member, 0.0)
            before = emitter.module.fresh_name()
            emitter.module.text.append(f"  {before} = icmp ugt i64 %turn, 0")
            with emitter.module.conditional(before), emitter.module.counted_loop("%turn", prefix="ago") as at:
                _look_back(emitter, level, member, (past, found), turns, at)


def _look_back(emitter, level, member, fields, turns, at) -> None:
    past, found = fields
    with emitter.module.over_runs("value of an earlier turn") as body:
        lag = emitter.read(body, turns, level, member) if isinstance(turns, str) else float(turns)
        ago = emitter.as_number(body, "%turn") - emitter.as_number(body, at)
        value = emitter.loaded(body, emitter.past_address(body, past, at, member))
        is_it = traced(nearest)(lag) == ago
        emitter.save(body, found, member, select(is_it, value, emitter.load(body, found, (), member)))


def nearest(lag):
    """The nearest integer."""
    return whole_part(lag + 0.5)
