"""Emit the events of a scenario: whether each comes about this turn, and its shocks; see :mod:`~...arrays.events`."""

from __future__ import annotations

from functools import partial
from operator import attrgetter

import numpy as np

from ...arrays.events import COMPARE, position_of
from ..ir.operations import and_, at_least, at_most, not_, select


def signature(event) -> tuple:
    """All that the code of an event depends on; its numbers are inputs, the same in all runs or one a run."""
    when = event.when and event.when[:2]
    by_run = tuple(np.size(number) > 1 for number in (event.first, event.last, event.hazard, *event.shock.values()))
    return event.name, event.kind, tuple(event.shock), when, event.once, event.by_chance, by_run


def emit_events(emitter) -> None:
    """Emit all events of a turn, computed from the same state."""
    events = emitter.world.events
    shocks: dict[tuple, list] = {}
    for number, event in enumerate(events):
        _comes_about(emitter, number, event)
        for at_shock, (_, member, name, item) in enumerate(event.shock):
            *index, at = position_of(emitter.world, member, name, item)
            shocks.setdefault((name, tuple(index), at), []).append((number, at_shock))
    for (name, index, member), causes in shocks.items():
        quantity, field = emitter.declared.quantities[name], emitter.field(name)
        with emitter.module.over_runs(f"events shock {name}") as body:
            old = reached = emitter.load(body, field, index, member)
            for number, at in causes:
                now = emitter.load(body, _now(emitter, events[number]))
                reached = reached + _number(emitter, body, number, f"shock {at}", partial(_shock, at)) * now
            held = at_most(at_least(reached, quantity.low), quantity.high)
            new = select(emitter.active(body), reached + (held - reached), old)
            emitter.store(body, emitter.address(body, field, index, member), new)
    for name, _, _ in shocks:
        emitter.invalidate(name)


def _comes_about(emitter, number: int, event) -> None:
    with emitter.module.over_runs(f"event {event.name}") as body:
        turn = emitter.as_number(body, "%turn")
        since, until = (_number(emitter, body, number, name, attrgetter(name)) for name in ("first", "last"))
        now = and_(and_(turn >= since, turn <= until), emitter.active(body))
        if event.kind == "conditional":
            (_, member, name, item), sign, _ = event.when
            *index, at = position_of(emitter.world, member, name, item)
            value = emitter.load(body, emitter.field(name), tuple(index), at)
            now = and_(now, COMPARE[sign](value, _number(emitter, body, number, "limit", _limit)))
            if event.once:
                now = and_(now, not_(emitter.load(body, _before(emitter, event)) > 0.5))
        if event.by_chance:
            drawn = emitter.load(body, emitter.layout.fields[f"chance of event {event.name}"])
            now = and_(now, drawn < _number(emitter, body, number, "hazard", attrgetter("hazard")))
        emitter.save(body, _now(emitter, event), 0, select(now, 1.0, 0.0))
        if event.once:
            before = _before(emitter, event)
            emitter.save(body, before, 0, select(now, 1.0, emitter.load(body, before)))


def _before(emitter, event):
    return emitter.persistent(f"event {event.name} has come about")


def _now(emitter, event):
    return emitter.temporary(f"event {event.name} now")


def _number(emitter, body, number: int, name: str, of):
    """A number of an event, an input that may differ between scenarios and between runs."""
    return emitter.load(body, emitter.layout.number(f"{name} of event {number}", partial(_of_event, number, of)))


def _of_event(number: int, of, world):
    return of(world.events[number])


def _limit(event) -> float:
    return event.when[2]


def _shock(at: int, event) -> np.ndarray:
    return list(event.shock.values())[at]
