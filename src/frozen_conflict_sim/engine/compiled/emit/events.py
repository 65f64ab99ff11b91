"""Events as lines: whether each comes about this turn, and what it shocks; see :mod:`~..events_in_turns`."""

from __future__ import annotations

from functools import partial
from operator import attrgetter

from ...arrays.events import COMPARE, place_of
from ..ir.operations import and_, not_, pick_at_least, pick_at_most, pick_either


def signature(event) -> tuple:
    """All that the lines of an event depend on; its numbers are looked up."""
    when = event.when and event.when[:2]
    return event.name, event.kind, tuple(event.shock), when, event.once, event.by_chance


def write_events(script) -> None:
    """All events of a turn, judged on the same state."""
    events = script.world.setting.events_in_turns
    shocks: dict[tuple, list] = {}
    for number, event in enumerate(events):
        _comes_about(script, number, event)
        for place, (_, member, name, item) in enumerate(event.shock):
            *index, at = place_of(script.world, member, name, item)
            shocks.setdefault((name, tuple(index), at), []).append((number, place))
    for (name, index, member), causes in shocks.items():
        quantity, place = script.declared.quantities[name], script.place(name)
        with script.writer.over_runs(f"events shock {name}") as body:
            old = reached = script.load(body, place, index, member)
            for number, at in causes:
                now = script.load(body, _now(script, events[number]))
                reached = reached + _number(script, body, number, f"shock {at}", partial(_shock, at)) * now
            held = pick_at_most(pick_at_least(reached, quantity.low), quantity.high)
            new = pick_either(script.active(body), reached + (held - reached), old)
            script.store(body, script.address(body, place, index, member), new)
    for name, _, _ in shocks:
        script.stale(name)


def _comes_about(script, number: int, event) -> None:
    with script.writer.over_runs(f"event {event.name}") as body:
        turn = script.counted(body, "%turn")
        since, until = (_number(script, body, number, name, attrgetter(name)) for name in ("first", "last"))
        now = and_(and_(turn >= since, turn <= until), script.active(body))
        if event.kind == "conditional":
            (_, member, name, item), sign, _ = event.when
            *index, at = place_of(script.world, member, name, item)
            value = script.load(body, script.place(name), tuple(index), at)
            now = and_(now, COMPARE[sign](value, _number(script, body, number, "limit", lambda event: event.when[2])))
            if event.once:
                now = and_(now, not_(script.load(body, _before(script, event)) > 0.5))
        if event.by_chance:
            drawn = script.load(body, script.places.known[f"chance of event {event.name}"])
            now = and_(now, drawn < _number(script, body, number, "hazard", attrgetter("hazard")))
        script.save(body, _now(script, event), 0, pick_either(now, 1.0, 0.0))
        if event.once:
            before = _before(script, event)
            script.save(body, before, 0, pick_either(now, 1.0, script.load(body, before)))


def _before(script, event):
    return script.lasting(f"event {event.name} has come about")


def _now(script, event):
    return script.temporary(f"event {event.name} now")


def _number(script, body, number: int, name: str, of):
    """A number of an event, which may be another in each scenario."""
    place = script.places.number(f"{name} of event {number}", lambda world: of(world.setting.events_in_turns[number]))
    return script.load(body, place)


def _shock(at: int, event) -> float:
    return list(event.shock.values())[at]
