"""The numbers of an event: whether it is present, its size, date, probability and shocks.

Each is addressed like a quantity, as ``("event", key, name, item)``, so that a scenario may leave it uncertain, and a study may
set it run by run. The item of a shock is the dotted key of the state that it moves.
"""

from __future__ import annotations

import numpy as np

from .declare.names import Names, Owner
from .declare.parameter import Quantity
from .setting import Event, Setting

EVENT = Owner("event", "Something that nobody in the model decides.", section="events.{}")
PRESENT, SIZE, AT, HAZARD = "present", "size", "at", "hazard"
DATE, YES_OR_NO = "date", "true or false"  # units
EARLIEST, LATEST = 1000.0, 2999.75
KINDS = {
    PRESENT: (0.0, 1.0, YES_OR_NO, "Whether the event {} happens at all."),
    SIZE: (0.0, 10.0, "ratio", "A factor on all that the event {} changes."),
    AT: (EARLIEST, LATEST, DATE, "When the event {} happens."),
    HAZARD: (0.0, 1.0, "probability per quarter", "How likely the event {} is in a quarter."),
}

Address = tuple[str, str, str, str]


def event_key(name: str) -> str:
    """The name of an event as keys have it, in Latin letters where that is possible.

    >>> event_key("Fall of the rouble"), event_key("Крым")
    ('fall_of_the_rouble', 'крым')
    """
    return Event(name, "", {}).key


def year_of(start: tuple[int, int], quarter):
    """The beginning of a quarter, counted from the start, as a decimal year.

    >>> year_of((2014, 1), 1)
    2014.25
    """
    return (start[0] * 4 + start[1] - 1 + quarter) / 4.0


def quarter_of(start: tuple[int, int], year):
    """The quarter, counted from the start, that begins nearest to a decimal year.

    >>> int(quarter_of((2014, 1), 2014.25))
    1
    """
    return np.floor(np.asarray(year) * 4.0 + 0.5).astype(int) - (start[0] * 4 + start[1] - 1)


def amounts_of(event: Event) -> str:
    """What a file calls the changes that an event makes: ``trend`` or ``shock``."""
    return "trend" if event.kind == "trend" else "shock"


def state_key(declared: Names, address: Address) -> str:
    """The dotted key of a state."""
    _, member, name, item = address
    return declared.owners[name].dotted(member, declared.quantities[name].key, item)


def plain_numbers(declared: Names, setting: Setting, event: Event) -> dict[Address, float]:
    """The numbers of an event as the scenario fixes them, by address; dates are decimal years."""
    numbers = {(PRESENT, ""): float(event.present), (SIZE, ""): event.size}
    if event.kind == "scheduled":
        numbers[AT, ""] = year_of(setting.start, event.first)
    if event.kind in ("random", "conditional"):
        numbers[HAZARD, ""] = event.hazard
    for address, amount in event.shock.items():
        numbers[amounts_of(event), state_key(declared, address)] = amount
    return {(EVENT.name, event.key, *which): number for which, number in numbers.items()}


def number_quantities(declared: Names, setting: Setting, event: Event) -> dict[Address, Quantity]:
    """The same numbers as declarations: with bounds, unit, meaning and, as default, what the scenario fixes."""
    states = {state_key(declared, address): declared.quantities[address[2]] for address in event.shock}
    return {
        address: _quantity(setting, event, address, number, states.get(address[3]))
        for address, number in plain_numbers(declared, setting, event).items()
    }


def _quantity(setting: Setting, event: Event, address: Address, number: float, state: Quantity | None) -> Quantity:
    name, width = address[2], state.high - state.low if state else 0.0
    low, high, unit, meaning = KINDS.get(name) or (-width, width, state.unit, f"What the event {{}} adds to {address[3]}.")
    if name == AT:
        low, high = (year_of(setting.start, quarter) for quarter in (0, setting.quarters - 1))
    low, high = min(low, number), max(high, number)  # an event of a longer horizon keeps its date
    return Quantity(number, low, high, unit, meaning.format(repr(event.name)), event.source, name=name, key=name)
