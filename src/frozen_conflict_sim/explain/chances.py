"""Chance events of one run for a reader: what happened, at what probability, by which number drawn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass

from ..engine.arrays.receipts import ChanceReceipt
from ..model.columns import called
from ..model.simulation import Simulation
from ..politics.wording import CHANCE
from .decisions import sentence


@dataclass(frozen=True)
class ChanceAccount:
    """One chance event of one member in one turn: it happens if the number ``drawn`` is below its ``probability``.

    ``turn`` counts from 1; ``rule`` says on what the probability hangs.
    """

    turn: int
    date: str
    name: str
    about: str
    told: str
    rule: str
    probability: float
    drawn: float
    happened: bool

    def to_dict(self) -> dict:
        """Plain data, for machines."""
        return asdict(self)


def chance_account(model: Simulation, receipt: ChanceReceipt, at: int, run: int = 0) -> ChanceAccount:
    """The account of a chance event of the member with the index ``at``."""
    name, member = receipt.hazard.rule.name, receipt.members[at]
    return ChanceAccount(
        receipt.turn + 1,
        model.setting.date(receipt.turn),
        name,
        called(model.setting, member),
        sentence(CHANCE[name], model.setting, receipt.hazard.role.level, member),
        receipt.hazard.rule.sentence,
        float(receipt.probabilities[at, run]),
        float(receipt.numbers[at, run]),
        receipt.happened(at, run),
    )


def chances(model: Simulation, run: int = 0, turn: int | None = None) -> Iterator[tuple[ChanceReceipt, int]]:
    """The chance events of a run, or of one of its turns (counted from 0): the receipt, and the index of the member."""
    for receipt in model.chances:
        if receipt.moment.active[run] and turn in (None, receipt.turn):
            for at in range(len(receipt.members)):
                yield receipt, at
