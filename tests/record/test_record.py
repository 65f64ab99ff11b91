"""The record: its tables, and the mark of rows that were not verified."""

import json

import pytest

from frozen_conflict_sim import record
from frozen_conflict_sim.record.tables import rows, verified

TABLES = {kind: getattr(record, kind) for kind in record.KINDS}


@pytest.mark.parametrize("kind", TABLES)
def test_every_row_names_its_source_and_its_grade(kind):
    table = TABLES[kind]()
    assert len(table) == len(rows(kind)) > 2
    assert table["grade"].str.fullmatch(r"documented|unverified, (low-|medium-)?(medium|high) confidence").all()
    assert (table.loc[table["verified"], "source"].str.len() > 3).all()
    assert table["verified"].equals(~table["grade"].str.startswith("unverified"))


def test_numbers_are_numbers():
    subsidies, polls = record.subsidies(), record.polls()
    abkhazia = subsidies[(subsidies["territory"] == "Abkhazia") & (subsidies["year"] == 2014)]
    assert abkhazia["patron_musd"].item() == 202
    assert polls["pct"].between(0, 100).all()
    assert record.asks()["lag_days"].tolist() == [42, 88, 975]


def test_the_two_treaties_are_there():
    signed = record.asks().set_index("territory")["accepted"].groupby(level=0).first()
    assert signed["Abkhazia"] == "2014-11-24"
    assert signed["South Ossetia"] == "2015-03-18"


def test_an_unknown_table_is_refused():
    with pytest.raises(KeyError):
        rows("../record")


def test_the_command_marks_what_was_not_verified(command, tmp_path):
    shown = command("record", "elections", cwd=tmp_path).stdout
    assert shown.count("unverified") == sum(not verified(row) for row in rows("elections")) == 2
    overview = command("record", "--json", cwd=tmp_path).stdout
    listed = json.loads(overview)
    assert {kind: len(found) for kind, found in listed.items()} == {kind: len(rows(kind)) for kind in record.KINDS}
    assert [row["verified"] for row in listed["polls"]] == TABLES["polls"]()["verified"].tolist()
    assert "47" in command("record", cwd=tmp_path).stdout
    assert json.loads(command("record", "polls", "--about", "transnistria", "--json", cwd=tmp_path).stdout)
    command("record", "rumours", cwd=tmp_path, code=2)
