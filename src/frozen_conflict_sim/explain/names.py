"""Names that a person asks for: quantities, turns, actors; with the nearest name where there is no such thing."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass

from ..engine.declare.parameter import Category, Quantity
from ..engine.declare.registry import Declarations
from ..engine.setting import Setting
from ..files.problems import InputError, Position, Problem, listed, nearest
from ..model.columns import called, name_of


@dataclass(frozen=True)
class Cell:
    """One number that changes during a run: its name, key (``georgia.alienation``), label, place (items first) and unit."""

    name: str
    key: str
    label: str
    place: tuple[int, ...]
    unit: str


def refuse(what: str, name: str, known) -> InputError:
    """The error for a name that does not exist, with the nearest one."""
    hint = nearest(name, known := list(known)) or f"; there are {listed(known)}"
    return InputError([Problem(Position("explain"), "", f"there is no {what} {name!r}{hint}")])


def quantity_cells(declared: Declarations, setting: Setting, only: Container[str] | None = None) -> dict[str, Cell]:
    """All numbers that change during a run, by key: ``member.name``, with ``.item`` where there is one for each clause.

    ``only`` are the keys of those wanted, by default all.
    """
    found = {}
    for name, owner in declared.owners.items():
        if owner.level not in setting.entities or name in owner.resident_names or not _changes(declared, name):
            continue
        by = _items_of(declared, name)
        for at, member in enumerate(setting.entities[owner.level]):
            for row, item in enumerate(declared.items[by] if by else ("",)):
                suffix = f".{item}" if item else ""
                if only is not None and f"{member}.{name}{suffix}" not in only:
                    continue
                words = name.replace("_", " ") + (f", {item.replace('_', ' ')}" if item else "")
                place = (row, at) if item else (at,)
                key = f"{member}.{name}{suffix}"
                found[key] = Cell(name, key, f"{called(setting, member)}: {words}", place, _unit(declared, name))
    return found


def _changes(declared: Declarations, name: str) -> bool:
    if name in declared.quantities:
        return isinstance(declared.quantities[name], Quantity) and declared.quantities[name].state
    return name in declared.derived or name in declared.aggregates or name in declared.option_utilities


def _items_of(declared: Declarations, name: str) -> str:
    if name in declared.quantities:
        return declared.quantities[name].by
    if name in declared.aggregates:
        return _items_of(declared, declared.aggregates[name].of)
    return declared.derived[name].by if name in declared.derived else ""


def _unit(declared: Declarations, name: str) -> str:
    if name in declared.quantities:
        return declared.quantities[name].unit
    if name in declared.aggregates:
        return _unit(declared, declared.aggregates[name].of)
    return declared.derived[name].unit if name in declared.derived else "utility"


def cell_called(declared: Declarations, setting: Setting, key: str) -> Cell:
    """The number under a key; a bare name will do where only one member has it. Raises ``InputError`` with the nearest key."""
    cells = quantity_cells(declared, setting)
    key = key.strip()
    if key in cells:
        return cells[key]
    bare = [cell for cell in cells.values() if cell.name == key and len(cell.place) == 1]
    if len(bare) == 1:
        return bare[0]
    if bare:
        which = ", ".join(cell.key for cell in bare)
        raise InputError([Problem(Position("explain"), "", f"{key!r} is ambiguous: name one of {which}")])
    _refuse_constant(declared, key)
    by_clause = [each for each in cells if each.startswith(f"{key}.")]
    raise refuse("quantity", key, by_clause or cells)


def _refuse_constant(declared: Declarations, key: str) -> None:
    name = key.rpartition(".")[2]
    quantity = declared.quantities.get(name)
    if isinstance(quantity, Category) or (quantity and not quantity.state):
        why = f"{name!r} is a parameter and does not change during a run; `parameters {name}` explains it"
        raise InputError([Problem(Position("explain"), "", why)])


def turn_called(setting: Setting, written: str) -> int:
    """The turn, counted from 0, that a number from 1 or a date such as 2015-Q1 means. Raises ``InputError``."""
    dates = {setting.date(turn): turn for turn in range(setting.turns)}
    text = written.strip()
    if re.fullmatch(r"\d{1,3}", text) and 1 <= int(text) <= setting.turns:
        return int(text) - 1
    found = {date.lower(): turn for date, turn in dates.items()}.get(text.lower())
    if found is None:
        span = f"turns are 1 to {setting.turns}, or {setting.date(0)} to {setting.date(setting.turns - 1)}"
        raise InputError([Problem(Position("explain"), "", f"there is no turn {text!r}; {span}")])
    return found


def actors(declared: Declarations, setting: Setting) -> dict[str, tuple[str, int]]:
    """Everybody who decides, by name: the role, and the index of the member."""
    roles = dict.fromkeys(decision.role for decision in declared.decisions.values())
    return {
        name_of(setting, role, member): (role.name, at)
        for role in roles
        for at, member in enumerate(setting.entities[role.level])
    }


def actor_called(declared: Declarations, setting: Setting, written: str) -> str:
    """The name of an actor, given by name or key in any case. Raises ``InputError`` with the nearest name."""
    found = actors(declared, setting)
    spellings = {plain(name): name for name in found}
    for name, (role, at) in found.items():
        member = setting.entities[declared.roles[role].level][at]
        spellings.setdefault(plain(member), name)
        spellings.setdefault(plain(f"{member}.{role}"), name)
    if plain(written) not in spellings:
        hint = nearest(written, [*found, *spellings]) or f"; those who decide are {listed(found, 24)}"
        raise InputError([Problem(Position("explain"), "", f"there is no actor {written!r}{hint}")])
    return spellings[plain(written)]


def plain(text: str) -> str:
    """A name as it is compared: in lower case, with single spaces, without the article.

    >>> plain("the South_Ossetia  treaty")
    'south ossetia treaty'
    """
    return re.sub(r"[\s_.]+", " ", text.casefold()).strip().removeprefix("the ")
