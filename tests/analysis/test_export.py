"""Exports contain the same values as the results, and the codebook explains them."""

import csv
import re

import numpy as np
import pandas as pd
import pytest
import xarray as xr
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

import frozen_conflict_sim as fcs
from frozen_conflict_sim.analysis.export import stata
from frozen_conflict_sim.analysis.export.tables import write_csv
from frozen_conflict_sim.analysis.summary import summary
from frozen_conflict_sim.experiment.errors import ResultsError

SCENARIO = """
extends: georgia_2014
quarters: 8
public: {residents: 60}
patron: {policy: status_quo}
west: {voices: {eu: {name: =1+1}}}
"""


@pytest.fixture(scope="module")
def few(tmp_path_factory):
    """Some runs; few trajectories are kept. Without a treaty the depth gained is undefined."""
    path = tmp_path_factory.mktemp("few") / "few.yaml"
    path.write_text(SCENARIO, "utf-8")
    return fcs.run(fcs.load_scenario(path), 12, 5, keep=("georgia.alienation", "moscow.treatment.south_ossetia"))


def book(folder, table="runs"):
    """The codebook of a table, by column."""
    with open(folder / "codebook.csv", encoding="utf-8", newline="") as file:
        return {row["column"]: row for row in csv.DictReader(file) if row["table"] == table}


def test_csv_holds_the_runs(few, tmp_path):
    assert [path.name for path in fcs.export(few, tmp_path)] == ["runs.csv", "codebook.csv"]
    read = pd.read_csv(tmp_path / "runs.csv")
    pd.testing.assert_frame_equal(read, few.runs, check_dtype=False, check_exact=True)
    assert few.runs["abkhazia.depth_gained"].isna().all()
    assert ",nan," not in (tmp_path / "runs.csv").read_text("utf-8").lower()


def test_trajectories_are_long(few, tmp_path):
    fcs.export(few, tmp_path, trajectories=True)
    read = pd.read_csv(tmp_path / "trajectories.csv")
    assert list(read) == ["run", "turn", "quarter", "class", *few.trajectories]
    assert len(read) == 12 * 8
    row = read[(read["run"] == 7) & (read["turn"] == 3)].iloc[0]
    assert row["quarter"] == "2014-Q3"
    for name in few.trajectories:
        assert np.float32(row[name]) == few.trajectories[name].values[7, 2]
    alienation, treatment = (book(tmp_path, "trajectories")[name] for name in few.trajectories)
    assert (alienation["kind"], alienation["unit"], alienation["defined"]) == ("trajectory", "index", "96")
    assert treatment["codes"].startswith("0 = hold; 1 = ask_for_deeper_integration; 2 = ")


def test_the_codebook_explains_every_variable(few, tmp_path):
    fcs.export(few, tmp_path, "csv", trajectories=True)
    found = book(tmp_path)
    assert list(found) == list(few.runs)
    assert all(row["meaning"] and row["label"] and row["unit"] for row in found.values())
    alignment = found["georgia.western_alignment_at_end"]
    assert alignment["meaning"] == "The parent's alignment with the West at the end."
    assert (alignment["unit"], alignment["low"], alignment["high"]) == ("index", "0.0", "1.0")
    assert (found["abkhazia.depth_gained"]["defined"], found["abkhazia.depth_gained"]["undefined"]) == ("0", "12")


def test_stata_holds_the_runs_with_labels_and_missing_values(few, tmp_path):
    written = fcs.export(few, tmp_path, "stata", trajectories=True)
    assert [path.name for path in written] == ["runs.dta", "trajectories.dta", "codebook.csv"]
    found = book(tmp_path)
    with pd.read_stata(tmp_path / "runs.dta", iterator=True) as reader:
        read, labels = reader.read(), reader.variable_labels()
    assert list(read) == [row["variable"] for row in found.values()] == list(labels)
    assert labels["georgia_western_alignment_at_end"] == "Tbilisi: western alignment at end (index)"
    for name, row in found.items():
        column, original = read[row["variable"]], few.runs[name]
        assert (column.isna() == original.isna()).all()
        assert (column[original.notna()] == original.dropna()).all()
    assert read["abkhazia_depth_gained"].isna().all()
    assert read["run_class"].tolist() == few.runs["class"].tolist()


def test_stata_knows_what_codes_stand_for(few, tmp_path):
    fcs.export(few, tmp_path, "stata", trajectories=True)
    read = pd.read_stata(tmp_path / "trajectories.dta")
    options = few.variables["moscow.treatment.south_ossetia"].options
    codes = few.trajectories["moscow.treatment.south_ossetia"].values.ravel()
    assert read["moscow_treatment_south_ossetia"].tolist() == [options[code] for code in codes]


def test_the_same_results_give_the_same_bytes(few, tmp_path):
    for folder in ("one", "two"):
        for form in ("csv", "stata"):
            fcs.export(few, tmp_path / folder / form, form)
    for path in (tmp_path / "one").rglob("*.*"):
        assert path.read_bytes() == (tmp_path / "two" / path.relative_to(tmp_path / "one")).read_bytes()


@given(st.lists(st.from_regex(r"[a-z0-9_.=é]{1,70}", fullmatch=True), unique=True, max_size=40))
def test_stata_takes_every_name(columns):
    called = stata.names(columns)
    assert list(called) == columns
    assert len(set(called.values())) == len(columns)
    assert all(re.fullmatch("[A-Za-z][A-Za-z0-9_]{0,31}", name) for name in called.values())


def test_the_workbook_holds_summary_classes_and_codebook(few, tmp_path):
    assert [path.name for path in fcs.export(few, tmp_path, "xlsx")] == ["summary.xlsx", "codebook.csv"]
    opened = load_workbook(tmp_path / "summary.xlsx")
    assert opened.sheetnames == ["summary", "classes", "codebook", "about"]
    rows = {row[0]: row for row in opened["summary"].iter_rows(min_row=2, values_only=True)}
    for line in summary(few).outcomes:
        outcome, label, unit, statistic, estimate, *_ = rows[line.outcome]
        assert (outcome, label, unit, statistic) == (line.outcome, line.label, line.unit, line.statistic)
        assert estimate == (None if line.estimate is None else pytest.approx(line.estimate))
    assert [row[1] for row in opened["classes"].iter_rows(min_row=2, values_only=True)] == [
        line.runs for line in summary(few).classes
    ]
    assert [row[1].value for row in opened["codebook"].iter_rows(min_row=2)] == list(few.runs)
    assert dict(opened["about"].iter_rows(min_row=2, values_only=True))["seed"] == 5


def test_the_workbook_of_an_experiment_tells_levers_and_arms_apart(small, tmp_path):
    asked = {"question": "Why?", "levers": {"patron.policy": ["status_quo", "swallow"]}, "replicates": 4, "seed": 5}
    results = fcs.run_experiment({**asked, "scenario": small, "compare_with": {"parent.channels": "off"}})
    fcs.export(results, tmp_path, "xlsx")
    opened = load_workbook(tmp_path / "summary.xlsx")
    headings, *rows = opened["summary"].iter_rows(values_only=True)
    assert headings[:7] == ("outcome", "label", "unit", "lever", "value", "runs", "estimate")
    assert headings[9] == "minus parent.channels=off"
    found = {(row[0], row[4]): row for row in rows}
    assert len(found) == 2 * len(results.names("outcome"))
    runs = results.runs[(results.runs["patron.policy"] == "swallow") & (results.runs["arm"] == "base")]
    alienation = found["georgia.alienation_at_end", "swallow"]
    assert alienation[3:7] == ("patron.policy", "swallow", 4, pytest.approx(runs["georgia.alienation_at_end"].mean()))
    assert alienation[7] < alienation[6] < alienation[8]
    shares = {row[0]: row[2:] for row in opened["classes"].iter_rows(min_row=2, values_only=True)}
    assert sum(share for share, *_ in shares.values()) == pytest.approx(1.0)
    assert all(low <= share <= high for share, low, high in shares.values())
    assert dict(opened["about"].iter_rows(min_row=2, values_only=True))["question"] == "Why?"


def test_a_name_is_never_a_formula(few, tmp_path):
    fcs.export(few, tmp_path, "xlsx")
    labels = [row[1] for row in load_workbook(tmp_path / "summary.xlsx")["summary"].iter_rows(min_row=2)]
    suspicious = [cell for cell in labels if cell.value.startswith("=1+1")]
    assert suspicious
    assert all(cell.data_type == "s" for cell in suspicious)


def test_formats_that_are_not_known(few, tmp_path):
    with pytest.raises(ResultsError, match="cannot export to 'spss'; expected one of csv, stata, xlsx"):
        fcs.export(few, tmp_path, "spss")
    with pytest.raises(ResultsError, match="a workbook holds summaries only"):
        fcs.export(few, tmp_path, "xlsx", trajectories=True)
    assert list(tmp_path.iterdir()) == []


def test_the_command(command, small, tmp_path):
    fcs.run(small, 3, 5, out=tmp_path / "out")
    done = command("export", "out", cwd=tmp_path)
    assert done.stdout == "out/export/csv/runs.csv\nout/export/csv/codebook.csv\n"
    assert "codebook.csv explains each variable" in done.stderr
    done = command("export", "out", "--to", "stata", "--trajectories", "--out", "for stata", "--quiet", cwd=tmp_path)
    assert (len(done.stdout.splitlines()), done.stderr) == (3, "")
    assert len(pd.read_stata(tmp_path / "for stata" / "trajectories.dta")) == 3 * 8
    assert "summary.xlsx" in command("export", "out", "--to", "xlsx", cwd=tmp_path).stdout


def test_a_place_that_cannot_be_written_to(command, small, tmp_path):
    fcs.run(small, 1, 5, out=tmp_path / "out")
    (tmp_path / "taken").write_text("a file", "utf-8")
    said = command("export", "out", "--out", "taken", cwd=tmp_path, code=2).stderr
    assert said == "taken is a file; choose another folder with --out\n"


def test_what_the_command_refuses(command, tmp_path):
    assert "nowhere does not exist" in command("export", "nowhere", cwd=tmp_path, code=2).stderr
    assert "'spss' is not one of" in command("export", "nowhere", "--to", "spss", cwd=tmp_path, code=2).stderr


def test_an_export_that_is_interrupted_leaves_no_file(few, tmp_path, monkeypatch):
    def interrupted(path, table, european):
        path.write_bytes(b"half")
        raise KeyboardInterrupt

    monkeypatch.setattr("frozen_conflict_sim.analysis.export.write_csv", interrupted)
    with pytest.raises(KeyboardInterrupt):
        fcs.export(few, tmp_path / "out")
    assert [*(tmp_path / "out").iterdir()] == []


def test_a_column_with_fractions_has_them_in_every_row_and_texts_are_no_formulas(few, tmp_path):
    fcs.export(few, tmp_path, trajectories=True)
    with open(tmp_path / "trajectories.csv", encoding="utf-8", newline="") as file:
        rows = [*csv.DictReader(file)]
    assert all("." in row["georgia.alienation"] for row in rows)
    assert {row["turn"] for row in rows} == {str(turn) for turn in range(1, 9)}
    table = pd.DataFrame({"word": ["=1+1", "-fear", "plain"], "number": [0.0, 1.5, 2.0]})
    write_csv(tmp_path / "some.csv", table)
    assert (tmp_path / "some.csv").read_text() == "word,number\n'=1+1,0.0\n'-fear,1.5\nplain,2.0\n"
    write_csv(tmp_path / "some.csv", table, european=True)
    assert (tmp_path / "some.csv").read_text() == "word;number\n'=1+1;0,0\n'-fear;1,5\nplain;2,0\n"
    with pytest.raises(ResultsError, match="only csv has a European form"):
        fcs.export(few, tmp_path, "stata", european=True)


def test_stata_gets_quarters_as_quarters(few, tmp_path):
    fcs.export(few, tmp_path, "stata", trajectories=True)
    assert pd.read_stata(tmp_path / "trajectories.dta")["quarter"][0] == pd.Timestamp("2014-01-01")
    assert b"%tq" in (tmp_path / "trajectories.dta").read_bytes()


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    """A small study with a lever and an arm."""
    path = tmp_path_factory.mktemp("study") / "small.yaml"
    path.write_text("extends: georgia_2014\nquarters: 4\npublic: {residents: 60}\n", "utf-8")
    return fcs.run_experiment(
        {
            "question": "Why?",
            "scenario": str(path),
            "levers": {"patron.policy": ["swallow", "status_quo"]},
            "compare_with": {"parent.channels": "off"},
            "replicates": 3,
            "seed": 1,
        }
    )


def test_levers_arm_and_class_stand_beside_trajectories(study, tmp_path):
    courses, runs = study.trajectories, study.runs.set_index("run")
    for name in ("patron.policy", "arm", "class"):
        assert courses[name].dims == ("run",)
        assert courses[name].values.tolist() == runs[name].tolist()
    by_policy = courses["georgia.alienation"].groupby("patron.policy").mean("run").sel({"patron.policy": "swallow"})
    swallow = courses["georgia.alienation"].values[(runs["patron.policy"] == "swallow").to_numpy()]
    assert np.allclose(by_policy, swallow.mean(axis=0))
    fcs.export(study, tmp_path, trajectories=True)
    table = pd.read_csv(tmp_path / "trajectories.csv")
    assert list(table)[:6] == ["run", "turn", "quarter", "arm", "class", "patron.policy"]
    assert table["turn"].tolist() == [1, 2, 3, 4] * 12


def test_netcdf_keeps_to_the_cf_conventions(study, tmp_path):
    (path,) = fcs.export(study, tmp_path, "netcdf")
    with xr.open_dataset(path, decode_cf=False) as raw, xr.open_dataset(path) as data:
        assert raw.attrs["Conventions"] == "CF-1.8"
        assert all(re.fullmatch("[A-Za-z][A-Za-z0-9_]*", name) for name in raw.variables)
        assert (raw["time"].attrs["units"], raw["time"].attrs["standard_name"]) == ("days since 2014-01-01", "time")
        assert data["time"].values.astype("datetime64[M]").astype(str).tolist() == ["2014-01", "2014-04", "2014-07", "2014-10"]
        assert data["turn"].values.tolist() == [1, 2, 3, 4]
        for name in data.data_vars:
            variable = raw[name]
            assert variable.dims == ("run", "time")
            assert variable.attrs["long_name"]
            assert {"class", "arm", "patron_policy", "turn"} <= {*variable.attrs["coordinates"].split()}
            if "flag_values" in variable.attrs:
                assert "units" not in variable.attrs
                assert variable.attrs["flag_values"].dtype == variable.dtype
                assert len(variable.attrs["flag_meanings"].split()) == len(variable.attrs["flag_values"])
            else:
                assert variable.attrs["units"] in ("1", "0.25 year")
        assert np.array_equal(data["georgia_alienation"], study.trajectories["georgia.alienation"])
        assert data["patron_policy"].values.tolist() == study.runs["patron.policy"].tolist()
