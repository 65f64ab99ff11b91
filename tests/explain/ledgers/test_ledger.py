"""Ledgers sum to the change, and parts to their cause, for every quantity."""

import numpy as np
import pytest

from frozen_conflict_sim.explain.ledgers.ledger import Accounts
from frozen_conflict_sim.explain.ledgers.split import Part
from frozen_conflict_sim.explain.names import cell_called, quantity_cells
from frozen_conflict_sim.politics.catalogue import declared

from ..conftest import played


def held(model, run=0, every=29):
    """Check the ledgers of a sample of all quantities over two spans; the number of causes that were split."""
    books, ended, split = Accounts(model, run), int(model.ended_turn[run]), 0
    cells = list(quantity_cells(declared, model.setting).values())
    for at, cell in enumerate(cells[::every]):
        for first, last in ((0, ended - 1), (at % (ended // 2), at % (ended // 2) + 2)):
            ledger = books.ledger(cell, first, last)
            scale = max(1.0, abs(ledger.start), abs(ledger.end))
            assert sum(row.amount for row in ledger.rows) == pytest.approx(ledger.change, abs=1e-9 * scale), cell.key
            for row in ledger.rows:
                if row.parts:
                    split += 1
                    assert sum(amount for _, amount in row.parts) == pytest.approx(row.amount, abs=1e-9), (cell.key, row.cause)
    return split


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("georgia_2014", {"parent.channel_delay": 3}),
        ("donbas_2014", {"parent.grievance_channel": "threshold"}),
        ("three_theatres_2014", {}),
    ],
)
def test_every_ledger_sums_to_the_change(name, values):
    model = played(name, seed=2, **values, quarters=12)
    assert held(model) > 0
    model.release()


def test_of_several_runs_each_has_its_own_ledger(georgia):
    cell = cell_called(declared, georgia.setting, "georgia.alienation")
    one, other = (Accounts(georgia, run).ledger(cell) for run in (0, 1))
    assert one.end != other.end
    alone = played("georgia_2014")
    assert Accounts(alone).ledger(cell) == one
    assert one.end == pytest.approx(float(georgia.trajectories()["georgia.alienation"][0, -1]), abs=1e-6)


@pytest.mark.parametrize("delay", [0, 5])
def test_grievance_is_split_by_territory_and_clause_with_a_channel_delay_too(delay):
    model = played("georgia_2014", **{"parent.channel_delay": delay})
    ledger = Accounts(model).ledger(cell_called(declared, model.setting, "georgia.alienation"))
    rows = {row.cause: row for row in ledger.rows}
    assert {"time_heals", "good_relations_heal"} <= set(rows), "healing and healing by trade stand apart"
    parts = dict(rows["grievance_over_integration"].parts)
    assert {part.member for part in parts} == {"Abkhazia", "South Ossetia"}
    assert len({part.item for part in parts if part.item}) > 3
    assert {part.through for part in parts} == {"signature felt", "implementation felt"}
    assert min(parts.values()) > 0.0


def test_acts_of_an_actor_are_its_parts(georgia):
    rows = Accounts(georgia).ledger(cell_called(declared, georgia.setting, "georgia.western_alignment")).rows
    acts = {part.member for row in rows for part, _ in row.parts if part != Part()}
    assert acts <= {"Tbilisi", "Moscow", "NATO", "the EU", "the United States"}
    assert "Tbilisi" in acts


def test_the_utility_of_an_option_is_that_of_the_moment(georgia):
    cell = cell_called(declared, georgia.setting, "abkhazia.patron_would_sign")
    ledgers = [Accounts(georgia).ledger(cell, turn, turn) for turn in range(12)]
    assert len({ledger.end for ledger in ledgers}) > 6
    assert all(sum(row.amount for row in ledger.rows) == pytest.approx(ledger.change, abs=1e-9) for ledger in ledgers)


def test_what_is_computed_is_explained_by_what_it_is_computed_from(georgia):
    ledger = Accounts(georgia).ledger(cell_called(declared, georgia.setting, "abkhazia.integration"))
    assert {row.of for row in ledger.rows} == {"implemented"}
    clauses = [
        Accounts(georgia).ledger(cell_called(declared, georgia.setting, f"abkhazia.implemented.{clause}")).change
        for clause in declared.items["clause"]
    ]
    assert ledger.change == pytest.approx(np.mean(clauses))
