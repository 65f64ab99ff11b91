"""The ledger: the causes of the change of a quantity between two points of time, which sum exactly to the change.

It is book-keeping: what was added to the quantity, and by what. What the quantity would have been without an act is another
question, which only a replay without the act can answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np

from ...engine.declare.derived import Contribution
from ...engine.schedule import Kind
from ...model.simulation import Simulation
from ..names import Cell
from .split import Part, Splitter
from .telescope import Telescope, Worlds

ROUNDING = ("bounds", "rounding")
MEANINGS = {
    "bounds": "What lies beyond the bounds of the quantity is cut off.",
    "rounding": "Residents' opinions are rounded to single precision.",
}


@dataclass(frozen=True)
class LedgerRow:
    """One cause, what it added in all, and its parts where the sum over them is exact; ``of`` is what it changed."""

    cause: str
    meaning: str
    amount: float
    parts: tuple[tuple[Part, float], ...] = ()
    of: str = ""

    def to_dict(self) -> dict:
        """Plain data, for machines."""
        parts = [vars(part) | {"amount": amount} for part, amount in self.parts]
        return {"cause": self.cause, "of": self.of, "meaning": self.meaning, "amount": self.amount, "parts": parts}


@dataclass(frozen=True)
class Ledger:
    """What moved a quantity of one run from ``start`` to ``end``: from the beginning of turn ``first`` to the end of ``last``.

    Turns count from 0. The amounts of ``rows`` sum to the change; the largest come first.
    """

    key: str
    label: str
    unit: str
    first: int
    last: int
    start: float
    end: float
    rows: tuple[LedgerRow, ...]

    @property
    def change(self) -> float:
        """The change of the quantity; 0 where it is infinite all the time."""
        return 0.0 if self.end == self.start else self.end - self.start

    def to_dict(self) -> dict:
        """Plain data, for machines; turns count from 1."""
        span = {"first_turn": self.first + 1, "last_turn": self.last + 1, "start": self.start, "end": self.end}
        rows = [row.to_dict() for row in self.rows]
        return {"quantity": self.key, "label": self.label, "unit": self.unit, **span, "change": self.change, "causes": rows}


class Accounts:
    """The ledgers of a model that has played with receipts, for one of its runs."""

    def __init__(self, model: Simulation, run: int = 0):
        self.model, self.run, self.world = model, run, model.world
        self.splitter, self.worlds = Splitter(model, run), Worlds(model, run)
        self.recordings = [(at, moment) for at, (step, _, moment) in enumerate(model.moments) if step.kind is Kind.RECORDING]

    def ledger(self, cell: Cell, first: int = 0, last: int | None = None) -> Ledger:
        """The ledger of a quantity from the beginning of turn ``first`` to the end of turn ``last``, by default the last."""
        last = len(self.recordings) - 1 if last is None else last
        begin = self.recordings[first - 1][0] if first else 0
        end = self.recordings[last][0]
        if cell.name in self.world.values:
            start, finish = (self._number(self.model.moments[at][2].values[cell.name], cell) for at in (begin, end))
            amounts = self._booked(cell, begin, end)
        else:
            telescope = Telescope(self.worlds, cell)
            start, finish = telescope.at(begin), telescope.at(end)
            amounts = telescope.steps(begin, end)
        return Ledger(cell.key, cell.label, cell.unit, first, last, start, finish, self._rows(amounts))

    def start_of(self, cell: Cell) -> float:
        """The value of a quantity before the first turn."""
        if cell.name in self.world.values:
            return self._number(self.model.moments[0][2].values[cell.name], cell)
        return Telescope(self.worlds, cell).at(0)

    def _booked(self, cell: Cell, begin: int, end: int) -> Iterator[tuple[str, str, float, dict | None]]:
        """The entries of a state between two moments: ``(cause, of, amount, parts)``; no parts where they do not sum."""
        for at, cause, rule, amounts in self._entries.get(cell.name, ()):
            if begin <= at < end and (amount := self._number(amounts, cell)):
                yield cause, "", amount, rule and self.splitter.parts(rule, self.model.moments[at][2], cell, amount)

    @cached_property
    def _entries(self) -> dict[str, list[tuple[int, str, Contribution | None, np.ndarray]]]:
        """The entries by the state that they changed: the index of the moment before, the cause, its rule, the amounts."""
        moments, ledger = self.model.moments, self.world.ledger
        found: dict[str, list] = {}
        for at, ((step, entry, _), (_, until, _)) in enumerate(pairwise(moments)):
            booked = step.about if step.kind is Kind.CONTRIBUTIONS else ()
            for index in range(entry, until):
                _, to, cause, amounts = ledger[index]
                rule = booked[index - entry] if index - entry < len(booked) else None
                found.setdefault(to, []).append((at, cause, rule, amounts))
        return found

    def _number(self, values: np.ndarray, cell: Cell) -> float:
        return float(values[cell.place][self.run if values.shape[-1] > 1 else 0])

    def _rows(self, amounts: Iterator[tuple[str, str, float, dict | None]]) -> tuple[LedgerRow, ...]:
        """Rows by cause, the largest first; with parts where every entry of the cause has them."""
        sums: dict[tuple[str, str], float] = {}
        parts: dict[tuple[str, str], dict[Part, float] | None] = {}
        for cause, of, amount, split in amounts:
            key = cause, of
            sums[key] = sums.get(key, 0.0) + amount
            before = parts.setdefault(key, {})
            if split is None or before is None:
                parts[key] = None
                continue
            for part, share in split.items():
                before[part] = before.get(part, 0.0) + share
        rows = [
            LedgerRow(cause, self._meaning(cause), amount, _sorted(parts[cause, of]), of)
            for (cause, of), amount in sums.items()
        ]
        return tuple(sorted(rows, key=lambda row: (row.cause in ROUNDING, -abs(row.amount))))

    def _meaning(self, cause: str) -> str:
        return MEANINGS.get(cause) or self._sentences.get(cause, "")

    @cached_property
    def _sentences(self) -> dict[str, str]:
        declared, setting = self.world.declared, self.model.setting
        found = {one.rule.name: one.rule.sentence for one in declared.contributions}
        found |= {one.name: one.description for one in setting.events}
        for role in declared.roles.values():
            if role.residents:
                found |= {rule.name: rule.sentence for _, _, rule in role.residents.changes}
        return found


def _sorted(parts: dict[Part, float] | None) -> tuple[tuple[Part, float], ...]:
    """Parts, the largest first; none if there is only one that says nothing more than its cause."""
    found = sorted(((part, amount) for part, amount in (parts or {}).items() if amount), key=lambda pair: -abs(pair[1]))
    return () if all(part.says_nothing for part, _ in found) else tuple(found)
