"""``run``: what it prints, where it puts the results, and what it does if they exist."""

import json
import os
import pty
import re
import subprocess
import sys

import pytest

from frozen_conflict_sim.results import open_results

PROGRAM = [sys.executable, "-m", "frozen_conflict_sim"]


def test_run_prints_the_summary_and_the_results_folder(ran, place):
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
def test_running_again_runs_nothing_and_prints_the_same(command, place, ran, words, said, contents):
    before = contents(place)
    again = command("run", "small.yaml", "--runs", 12, "--no-plots", *words, cwd=place)
    assert again.stdout == ran.stdout
    assert said in again.stderr
    assert again.stderr == "" or not words
    assert contents(place) == before


def test_json_has_numbers_with_intervals(command, place, ran):
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
    assert outcomes["georgia.alienation_at_end"]["p5"] <= outcomes["georgia.alienation_at_end"]["p95"]
    assert sum(line["share"] for line in told["classes"]) == pytest.approx(1)
    assert "not a forecast" in told["caveat"]


def test_an_override_is_another_study(command, place, ran, contents):
    before = contents(place)
    words = ("run", "small.yaml", "--runs", 12, "--no-plots", "--out", "results/small")
    for more in (("--set", "patron.incentives.prestige=0.1"), ("--seed", "2")):
        said = command(*words, *more, cwd=place, code=2).stderr
        assert "holds another study" in said
    assert contents(place) == before
    command("run", "small.yaml", "--runs", 2, "--no-plots", "--out", "other", *more, cwd=place)
    assert open_results(place / "other").manifest["seed"] == 2


def test_a_terminal_without_unicode_shows_the_summary(command, place, ran):
    words = ("run", "small.yaml", "--runs", 12, "--no-plots")
    assert "western alignment" in command(*words, cwd=place, PYTHONIOENCODING="ascii").stdout


@pytest.mark.parametrize(("setting", "coloured"), [("", True), ("1", False)])
def test_colour_is_for_terminals_that_allow_it(place, setting, coloured):
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
