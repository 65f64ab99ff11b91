"""``parameters``: the list in every format, with the values of a scenario, and counted by grade."""

import csv
import io
import json

import pytest

from frozen_conflict_sim.scenario import load_scenario


def test_parameters_in_every_format(command, place):
    rows = json.loads(command("parameters", "--format", "json", cwd=place).stdout)
    assert rows == json.loads(command("parameters", "--json", cwd=place).stdout)
    table = list(csv.DictReader(io.StringIO(command("parameters", "--format", "csv", cwd=place).stdout)))
    assert [row["key"] for row in table] == [row["key"] for row in rows]
    assert "nan" not in {row["value"] for row in rows}
    lines = command("parameters", "--format", "md", cwd=place).stdout.splitlines()
    assert len(lines) == len(rows) + 2
    assert {line.replace("\\|", "").count("|") for line in lines} == {len(rows[0]) + 1}
    shown = command("parameters", cwd=place).stdout
    assert f"{len(rows)} parameters" in shown
    assert "patron.incentives.prestige" in shown


def test_parameters_of_a_scenario_have_its_values(command, place):
    words = ("parameters", "small.yaml", "--set", "patron.incentives.prestige=0.25", "--json")
    rows = {row["key"]: row for row in json.loads(command(*words, cwd=place).stdout)}
    assert rows["public.residents"]["value"] == "50"
    assert rows["patron.incentives.prestige"]["value"] == "0.25"
    assert rows["patron.incentives.prestige"]["default"] != "0.25"
    graded = json.loads(command("parameters", "--grade", "documented", "--json", cwd=place).stdout)
    assert {row["grade"] for row in graded} == {"documented"}


def test_parameters_are_counted_by_grade(command, place):
    rows = json.loads(command("parameters", "georgia_2014", "--json", cwd=place).stdout)
    counted = {
        row["grade"]: row for row in json.loads(command("parameters", "georgia_2014", "--count", "--json", cwd=place).stdout)
    }
    assert list(counted) == ["documented", "estimated", "assumed"]
    for grade, count in counted.items():
        graded = [row for row in rows if row["grade"] == grade]
        assert count["parameters"] == len(graded)
        assert count["verified"] == sum(row["verified"] for row in graded)
        assert count["share"] == pytest.approx(len(graded) / len(rows), abs=1e-4)
    shown = command("parameters", "georgia_2014", "--count", cwd=place).stdout
    assert f"{len(rows)} parameters" in shown
    listing = command("parameters", "georgia_2014", cwd=place).stdout
    assert ", ".join(f"{count['parameters']} {grade}" for grade, count in counted.items()) in listing


@pytest.mark.parametrize("words", [["parameters"], ["parameters", "--count"]], ids=" ".join)
def test_the_suggested_line_changes_a_value(command, place, tmp_path, words):
    line = command(*words, cwd=place).stdout.strip().splitlines()[-1].split("scenario: ")[1]
    (tmp_path / "mine.yaml").write_text(f"extends: georgia_2014\ntitle: Mine\n{line}\n", "utf-8")
    assert load_scenario(tmp_path / "mine.yaml").values != load_scenario("georgia_2014").values


def test_a_key_is_explained(command, place):
    shown = command("parameters", "parent.grievance", cwd=place).stdout
    for words in ("declared at politics/state.py:", "grievance_at_work", "<parent>.alienation", "scenarios/georgia_2014.yaml:"):
        assert words in shown
    assert "Also in key or meaning of: " in command("parameters", "tension", cwd=place).stdout
    (found,) = json.loads(command("parameters", "small.yaml", "grievance", "--json", cwd=place).stdout)
    assert (found["key"], found["bounds"]) == ("parent.grievance", "0 to 3")


def test_a_word_is_searched_in_keys_and_meanings(command, place):
    rows = json.loads(command("parameters", "sovereign", "--json", cwd=place).stdout)
    assert rows
    assert all("sovereign" in f"{row['key']} {row['meaning']}".lower() for row in rows)


def test_an_unknown_key_is_refused_with_the_nearest(command, place):
    refused = command("parameters", "grievence", cwd=place, code=2)
    assert "did you mean 'grievance'?" in refused.stderr
