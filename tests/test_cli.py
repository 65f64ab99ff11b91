"""The command line, as a user meets it: exit codes, sentences instead of tracebacks; processes where they matter."""

import csv
import fcntl
import io
import json
import os
import pty
import re
import resource
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from frozen_conflict_sim.cli import COMMANDS
from frozen_conflict_sim.cli.run_study import workers_for
from frozen_conflict_sim.ensemble import ensemble_of
from frozen_conflict_sim.experiment.study.study import Study
from frozen_conflict_sim.results import open_results
from frozen_conflict_sim.scenario import load_scenario, shipped_names

PROGRAM = [sys.executable, "-m", "frozen_conflict_sim"]

SMALL = """\
extends: georgia_2014
title: "A small one: [bold] 100 % of $x_$"
turns: 4
public: {residents: 50}
"""

BROKEN = """\
extends: georgia_2014
turns: 4
patron:
  incentives:
    prestge: 0.5
    thrift: 99
nonsense: 3
territories: {abkhazia: {stake: much}}
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A folder with a small scenario, a broken one, and the results of twelve runs."""
    place = tmp_path_factory.mktemp("place")
    (place / "small.yaml").write_text(SMALL, "utf-8")
    (place / "broken.yaml").write_text(BROKEN, "utf-8")
    return place


@pytest.fixture(scope="module")
def ran(place, command):
    """What ``run`` said when it made the results of twelve runs in ``results/small``, without pictures."""
    return command("run", "small.yaml", "--runs", 12, "--no-plots", cwd=place)


def everything(folder):
    """Every file of a folder, with its content."""
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_help_lists_every_command_in_full(command, place):
    said = command("--help", cwd=place).stdout
    assert [line.split()[0] for line in said.partition("Commands:")[2].splitlines() if re.match(r"  \w", line)] == [*COMMANDS]
    assert "..." not in said.partition("Commands:")[2]
    assert said == command("-h", cwd=place).stdout


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_its_options_and_its_argument(command, place, name):
    said = command(name, "--help", cwd=place).stdout
    assert said.startswith(f"Usage: frozen-conflict-sim {name}")


def test_the_version_is_told(command, place):
    import frozen_conflict_sim

    assert frozen_conflict_sim.__version__ in command("--version", cwd=place).stdout


WRONG_USAGE = {
    "rnu": "did you mean 'run'?",
    "run": "Missing argument 'SCENARIO'",
    "run small.yaml --rnus 5": "Did you mean '--runs'?",
    "run small.yaml --runs 0": "0 is not in the range",
    "run small.yaml --runs -5": "-5 is not in the range",
    "run small.yaml --runs abc": "'abc' is not a valid integer",
    "run small.yaml --runs 99999999999": "is not in the range",
    "run small.yaml --seed -1": "-1 is not in the range",
    "run small.yaml --workers 0": "0 is not in the range",
    "run small.yaml --format gif": "'gif' is none of svg, png, pdf",
    "run small.yaml georgia_2014": "unexpected extra argument",
    "run smal.yaml": "did you mean 'small.yaml'?",
    "run georgia_2041": "did you mean 'georgia_2014'?",
    "run .": "is a folder",
    "run /dev/null": "expected a file",
    "run small.yaml --set patron.incentives.prestge=1": "did you mean 'patron.incentives.prestige'?",
    "run small.yaml --set patron.incentives.prestige=99": "expected 0 to 3 (utility), found 99",
    "run small.yaml --set prestige": "expected key=value",
    "run small.yaml --out small.yaml": "choose another folder with --out",
    "run small.yaml --out .": "choose another folder with --out",
    "check": "name a scenario file",
    "check nosuch.yaml": "there is no file nosuch.yaml",
    "check small.yaml --set parent.grievance=[1": "this is not YAML",
    "parameters nosuch": "no scenario of the name 'nosuch' is shipped",
    "parameters --grade good": "'good' is not one of",
    "parameters --format xml": "'xml' is not one of",
    "parameters --set parent.grievance=1": "name one",
    "plot": "Missing argument 'RESULTS'",
    "plot nowhere": "nowhere does not exist",
    "plot .": "is not a results folder",
    "plot small.yaml": "is not a results folder",
}


@pytest.mark.parametrize("line", WRONG_USAGE)
def test_wrong_usage_is_told_in_a_sentence_and_changes_nothing(command, place, line):
    before = everything(place)
    done = command(*line.split(), cwd=place, code=2)
    assert done.stdout == ""
    assert WRONG_USAGE[line] in done.stderr
    assert everything(place) == before


@pytest.mark.parametrize("line", ["run broken.yaml", "check broken.yaml", "parameters broken.yaml"])
def test_a_broken_file_is_told_with_all_its_problems_and_nothing_is_written(command, place, line):
    before = everything(place)
    said = command(*line.split(), cwd=place, code=2).stderr.splitlines()
    where = [problem.split(" ")[0] for problem in said]
    assert where == ["broken.yaml:5:5:", "broken.yaml:6:13:", "broken.yaml:7:1:", "broken.yaml:8:33:"]
    assert "patron.incentives.prestge: unknown key; did you mean 'prestige'?" in said[0]
    assert "expected 0 to 15 (utility per billion USD), found 99" in said[1]
    assert "nonsense" in said[2]
    assert "territories.abkhazia.stake" in said[3]
    assert everything(place) == before


def test_check_tells_of_every_file_and_machines_get_positions(command, place):
    done = command("check", "broken.yaml", "small.yaml", "nosuch.yaml", cwd=place, code=2)
    assert "A small one" in done.stdout
    assert "broken.yaml:5:5" in done.stderr
    assert "nosuch.yaml" in done.stderr
    told = json.loads(command("check", "broken.yaml", "small.yaml", "--json", cwd=place, code=2).stdout)
    assert told["ok"] is False
    assert told["problems"]["small.yaml"] == []
    first = told["problems"]["broken.yaml"][0]
    assert (first["file"], first["line"], first["column"], first["key"]) == ("broken.yaml", 5, 5, "patron.incentives.prestge")


def test_check_passes_everything_that_is_shipped(command, place):
    names = shipped_names()
    assert len(names) >= 8
    told = json.loads(command("check", *names, "--json", cwd=place).stdout)
    assert told == {"ok": True, "problems": {name: [] for name in names}}


def test_check_prints_the_order_of_play(command, place):
    said = command("check", "--order", cwd=place).stdout
    numbered = [line.split(".")[0].strip() for line in said.splitlines() if line.split(".")[0].strip().isdigit()]
    assert numbered == [str(number) for number in range(1, len(numbered) + 1)]
    assert "patron decides" in said


def test_parameters_come_as_machines_and_documents_want_them(command, place):
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


def test_parameters_are_counted_by_how_well_they_are_known(command, place):
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
def test_the_line_that_disagrees_with_a_value_does(command, place, tmp_path, words):
    line = command(*words, cwd=place).stdout.strip().splitlines()[-1].split("scenario: ")[1]
    (tmp_path / "mine.yaml").write_text(f"extends: georgia_2014\ntitle: Mine\n{line}\n", "utf-8")
    assert load_scenario(tmp_path / "mine.yaml").values != load_scenario("georgia_2014").values


def test_run_says_what_came_out_and_where_it_is(ran, place):
    assert ran.stdout.startswith("A small one: [bold] 100 % of $x_$: 12 runs, seed 1")
    for words in ("western alignment", "90 % interval", "How the runs went", "not a forecast"):
        assert words in ran.stdout
    actors = [line.strip() for line in ran.stdout.splitlines() if re.match(r" \w[\w ]+$", line.rstrip())]
    assert actors == ["Moscow", "Tbilisi", "Abkhazia", "South Ossetia", "the Abkhaz railway"]
    assert "results:  results/small" in ran.stderr
    assert "note: the inherited event" in ran.stderr
    assert len(open_results(place / "results" / "small").runs) == 12
    assert "\x1b[" not in ran.stdout + ran.stderr


def test_the_summary_fits_a_narrow_terminal(ran):
    assert max(len(line.rstrip()) for line in ran.stdout.splitlines()[:-1]) <= 100


@pytest.mark.parametrize(("words", "said"), [((), "nothing was run"), (("--quiet",), "")], ids=["again", "quiet"])
def test_run_again_runs_nothing_and_says_the_same_or_in_quiet_nothing_else(command, place, ran, words, said):
    before = everything(place)
    again = command("run", "small.yaml", "--runs", 12, "--no-plots", *words, cwd=place)
    assert again.stdout == ran.stdout
    assert said in again.stderr
    assert again.stderr == "" or not words
    assert everything(place) == before


def test_machines_get_numbers_with_intervals(command, place, ran):
    told = json.loads(command("run", "small.yaml", "--runs", 12, "--no-plots", "--json", "--quiet", cwd=place).stdout)
    assert told["results"] == "results/small"
    assert (told["runs"], told["failed"], told["seed"], told["level"]) == (12, 0, 1, 0.9)
    outcomes = {line["outcome"]: line for line in told["outcomes"]}
    assert set(outcomes) == set(open_results(place / "results" / "small").names("outcome"))
    for line in outcomes.values():
        low, high = line["interval"] or (line["estimate"], line["estimate"])
        assert line["estimate"] is None or low <= line["estimate"] <= high
    signed = outcomes["abkhazia.treaty_signed"]
    assert signed["statistic"] == "share"
    assert outcomes["georgia.alienation"]["p5"] <= outcomes["georgia.alienation"]["p95"]
    assert sum(line["share"] for line in told["classes"]) == pytest.approx(1)
    assert "not a forecast" in told["caveat"]


def test_an_override_is_another_study(command, place, ran):
    before = everything(place)
    words = ("run", "small.yaml", "--runs", 12, "--no-plots", "--out", "results/small")
    for more in (("--set", "patron.incentives.prestige=0.1"), ("--seed", "2")):
        said = command(*words, *more, cwd=place, code=2).stderr
        assert "holds another study" in said
    assert everything(place) == before
    command("run", "small.yaml", "--runs", 2, "--no-plots", "--out", "other", *more, cwd=place)
    assert open_results(place / "other").manifest["seed"] == 2


def test_pictures_are_drawn_where_they_are_wanted(command, place, ran):
    words = ("plot", "results/small", "fan", "classes", "--outcome", "alienation", "--format", "svg,png", "--out", "drawn")
    drawn = command(*words, cwd=place)
    expected = ["drawn/fan-georgia.alienation.svg", "drawn/fan-georgia.alienation.png"]
    assert drawn.stdout.split() == expected
    assert drawn.stderr == "2 pictures\n"
    assert all((place / path).stat().st_size > 1000 for path in expected)
    classes = command("plot", "results/small", "classes", "classes", "--quiet", cwd=place)
    assert classes.stdout.split() == ["results/small/plots/classes.svg"]
    assert classes.stderr == ""
    drawn = command("run", "small.yaml", "--runs", 12, cwd=place)
    assert len(list((place / "results/small/plots").glob("*.svg"))) == 5
    assert "pictures: results/small/plots (5; frozen-conflict-sim plot results/small draws all others)\n" in drawn.stderr


WRONG_PICTURES = {
    "fna": "there is no picture 'fna'; did you mean 'fan'?",
    "fan --outcome alienatoin": "did you mean 'georgia.alienation'?",
    "--format tiff": "'tiff' is none of",
}


@pytest.mark.parametrize("line", WRONG_PICTURES)
def test_a_picture_that_cannot_be_is_told(command, place, ran, line):
    said = command("plot", "results/small", "--out", "never", *line.split(), cwd=place, code=2).stderr
    assert WRONG_PICTURES[line] in said
    assert not (place / "never").exists()


@pytest.mark.parametrize(
    "line",
    ["parameters", "parameters --json", "check --order", "check georgia_2014", "--help", "run small.yaml --runs 12 --no-plots"],
)
def test_a_reader_who_has_had_enough_is_no_error(place, ran, line):
    done = subprocess.run(
        f"{sys.executable} -m frozen_conflict_sim {line} | head -1; echo ${{PIPESTATUS[0]}}",
        shell=True,
        executable="/bin/bash",
        cwd=place,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines()[-1] == "0"
    assert "Traceback" not in done.stderr
    assert "rror" not in done.stderr


@pytest.mark.parametrize("into", ["/dev/full", "&-"])
def test_output_that_cannot_be_written_is_a_sentence(place, into):
    done = subprocess.run(
        f"{sys.executable} -m frozen_conflict_sim parameters >{into}",
        shell=True,
        executable="/bin/bash",
        cwd=place,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == (1 if into == "/dev/full" else 0)
    assert done.stderr == ("output: No space left on device\n" if into == "/dev/full" else "")


def test_a_terminal_of_another_age_still_shows_the_summary(command, place, ran):
    words = ("run", "small.yaml", "--runs", 12, "--no-plots")
    assert "western alignment" in command(*words, cwd=place, PYTHONIOENCODING="ascii").stdout


@pytest.mark.parametrize(("setting", "coloured"), [("", True), ("1", False)])
def test_colour_is_for_terminals_that_want_it(place, setting, coloured):
    reading, writing = pty.openpty()
    child = subprocess.Popen(
        [*PROGRAM, "run", "small.yaml", "--runs", "2", "--no-plots", "--out", f"coloured{setting}"],
        cwd=place,
        env={**os.environ, "NO_COLOR": setting, "TERM": "xterm-256color"},
        stdout=writing,
        stderr=writing,
    )
    os.close(writing)
    said = b""
    while result := _read(reading):
        said += result
    os.close(reading)
    assert child.wait() == 0
    assert b"How the runs went" in said
    assert (re.search(rb"\x1b\[[0-9;]*3[0-9]", said) is not None) == coloured


def _read(descriptor):
    try:
        return os.read(descriptor, 65536)
    except OSError:
        return b""


MANY = 1920


def listed(folder):
    """The records of the parts of a folder, with their checksums."""
    return [path.read_bytes() for path in sorted((folder / "parts").glob("[0-9]*.json"))]


@pytest.fixture(scope="module")
def undisturbed(command, place):
    """The records of many runs that nobody disturbed."""
    command("run", "small.yaml", "--runs", MANY, "--no-plots", "--out", "undisturbed", cwd=place)
    return listed(place / "undisturbed")


def living(group):
    """The processes of a group that still run; a zombie does not."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, _, its_group = stat.read_text().rpartition(")")[2].split()[:3]
            if int(its_group) == group and state != "Z":
                found.append(int(stat.parent.name))
    return found


@pytest.mark.parametrize(("how", "code", "status"), [("SIGINT", 130, "interrupted"), ("SIGKILL", -9, "running")])
def test_a_stopped_run_leaves_no_workers_keeps_what_it_has_and_goes_on(command, place, undisturbed, how, code, status):
    folder = place / how
    words = ("run", "small.yaml", "--runs", str(MANY), "--no-plots", "--out", how, "--workers", "2")
    stopped = subprocess.Popen([*PROGRAM, *words], cwd=place, stderr=subprocess.PIPE, text=True, start_new_session=True)
    while not listed(folder):
        assert stopped.poll() is None, stopped.stderr.read()
        time.sleep(0.005)
    assert len(living(stopped.pid)) > 2
    if how == "SIGINT":  # as a terminal sends it: to all of them
        os.killpg(stopped.pid, signal.SIGINT)
    else:
        stopped.kill()
    _, said = stopped.communicate(timeout=60)
    assert stopped.returncode == code
    assert "Traceback" not in said
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    assert manifest["status"] == status
    kept = listed(folder)
    assert all(part in undisturbed for part in kept)
    assert 0 < len(kept) < len(undisturbed)
    assert how == "SIGKILL" or f"{manifest['counts']['finished']:,} of {MANY:,} runs are kept in {how}" in said
    end = time.monotonic() + 60
    while living(stopped.pid):
        assert time.monotonic() < end, "workers outlive their parent"
        time.sleep(0.02)
    command(*words, cwd=place)
    assert listed(folder) == undisturbed
    assert json.loads((folder / "manifest.json").read_text("utf-8"))["status"] == "complete"


@pytest.mark.parametrize(("more", "asked", "workers"), [({}, None, 1), ({"public.residents": 100_000}, None, 2), ({}, 2, 2)])
def test_other_processes_are_started_where_they_are_worth_it(small, monkeypatch, more, asked, workers):
    monkeypatch.setattr("frozen_conflict_sim.experiment.execute.workers.processors", lambda: 2)
    assert workers_for(Study(ensemble_of(small.with_values(more), 600, 1)), asked) == workers


def test_a_damaged_part_is_an_error_for_pictures_and_run_again_by_run(command, place, ran, tmp_path):
    shutil.copytree(place / "results" / "small", tmp_path / "damaged")
    (part,) = (tmp_path / "damaged" / "runs").iterdir()
    whole = part.read_bytes()
    part.write_bytes(whole[:-50])
    said = command("plot", "damaged", cwd=tmp_path, code=1).stderr
    assert f"{part.relative_to(tmp_path)} is damaged" in said
    again = command("run", place / "small.yaml", "--runs", 12, "--no-plots", "--out", "damaged", cwd=tmp_path)
    assert again.stdout == ran.stdout
    assert part.read_bytes() == whole


@pytest.mark.parametrize("spoilt", ["{", '{"format": 2}', "[1]"])
def test_a_folder_whose_manifest_is_spoilt_is_left_alone(command, place, ran, tmp_path, spoilt):
    shutil.copytree(place / "results" / "small", tmp_path / "spoilt")
    for name in ("manifest.json", "parts/manifest.json"):
        (tmp_path / "spoilt" / name).write_text(spoilt)
    before = everything(tmp_path)
    for words in [("plot", "spoilt"), ("run", place / "small.yaml", "--out", "spoilt", "--runs", 12)]:
        assert "manifest.json cannot be read" in command(*words, cwd=tmp_path, code=2).stderr
    assert everything(tmp_path) == before


def test_a_spoilt_manifest_is_written_again_from_its_copy(command, place, ran, tmp_path):
    shutil.copytree(place / "results" / "small", tmp_path / "spoilt")
    manifest = tmp_path / "spoilt" / "manifest.json"
    whole = manifest.read_bytes()
    manifest.write_bytes(whole[: len(whole) // 2])
    again = command("run", place / "small.yaml", "--out", "spoilt", "--runs", 12, "--no-plots", cwd=tmp_path)
    assert again.stdout == ran.stdout
    assert "its copy in parts/manifest.json serves instead" in again.stderr
    told, before = (json.loads(text) | {"ended": ""} for text in (manifest.read_bytes(), whole))
    assert told == before


def test_two_do_not_write_into_one_folder(command, place, tmp_path):
    (tmp_path / "held").mkdir()
    held = os.open(tmp_path / "held", os.O_RDONLY)
    fcntl.flock(held, fcntl.LOCK_EX)
    try:
        said = command("run", place / "small.yaml", "--runs", 2, "--out", "held", cwd=tmp_path, code=2).stderr
    finally:
        os.close(held)
    assert "another process is writing into held" in said
    assert everything(tmp_path) == {}


def test_where_nothing_can_be_written_it_is_a_sentence(command, place):
    said = command("run", "small.yaml", "--runs", 2, "--out", "/proc/results", "--quiet", cwd=place, code=1).stderr
    assert said == "/proc/results: No such file or directory\n"


def test_a_full_disk_is_a_sentence_and_what_was_written_serves_the_next_attempt(command, place, ran, tmp_path):
    def fill_the_disk():
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

    words = ["run", place / "small.yaml", "--runs", "12", "--no-plots", "--out", "full", "--quiet"]
    done = subprocess.run(
        [*PROGRAM, *words], cwd=tmp_path, preexec_fn=fill_the_disk, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    told = "not finished: 0 of 12 runs are kept in full; the same command goes on from there\n"
    assert done.stderr == f"full/runs/00000000-00000011.parquet: File too large\n{told}"
    assert json.loads((tmp_path / "full" / "manifest.json").read_text("utf-8"))["status"] == "interrupted"
    assert command(*words, cwd=tmp_path).stdout == ran.stdout


WITH_AN_OUTCOME_THAT_CAN_FAIL = """
import numpy
from frozen_conflict_sim.cli import main
from frozen_conflict_sim.politics.outcomes.declare import count, outcome
from frozen_conflict_sim.politics.roles import patron

@outcome(patron, "ratio")
def turns_per_treaty(treaties_signed):
    '''How many turns it took for each treaty.'''
    with numpy.errstate(divide="ignore"):
        return len(treaties_signed) / count(treaties_signed)

main()
"""


def test_runs_that_fail_are_told_and_the_rest_is_kept(place, ran):
    words = ["run", "small.yaml", "--runs", "12", "--no-plots", "--out", "failing", "--workers", "1"]
    treaties = open_results(place / "results" / "small").runs["moscow.treaties"]
    failed = treaties.index[treaties == 0].tolist()
    assert 0 < len(failed) < 12
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-c", WITH_AN_OUTCOME_THAT_CAN_FAIL, *words],
            cwd=place,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 1, done.stderr
        assert "Traceback" not in done.stderr
        assert f"{len(failed)} of 12 runs failed; see failing/failures.jsonl" in done.stderr
        assert "moscow.turns_per_treaty is infinite" in done.stderr
        assert f"{12 - len(failed)} runs, seed 1" in done.stdout
    failures = [json.loads(line) for line in (place / "failing" / "failures.jsonl").read_text("utf-8").splitlines()]
    assert [failure["run"] for failure in failures] == failed
    for failure in failures:
        assert failure.keys() >= {"run", "stream", "seed", "stage", "parameters", "traceback"}
        assert {"parent.grievance", "parents.georgia.grievance"} & failure["parameters"].keys()
