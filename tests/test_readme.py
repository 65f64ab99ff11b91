"""The README tells the truth: its code runs, its commands work, what it names exists."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", README, flags=re.MULTILINE | re.DOTALL)


def block(language, holding):
    """The one block of a language that holds some words."""
    (found,) = [text for kind, text in BLOCKS if kind == language and holding in text]
    return found


def test_the_first_lines_are_the_two_commands():
    first = README.split("```")[1]
    assert README.index(first) < 60
    assert [line.split("#")[0].split() for line in first.splitlines()[1:3]] == [
        ["python3", "run.py", "demo"],
        ["python3", "run.py", "test"],
    ]


def test_the_python_example_runs(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    exec(block("python", "fcs.run("), {})


def test_the_scenario_and_the_commands_work(command, tmp_path):
    text = block("yaml", "extends")
    (tmp_path / text.split()[1]).write_text(text, "utf-8")
    commands = [line for line in block("bash", "check").splitlines() if line.startswith("frozen-conflict-sim ")]
    inline = re.findall(r"`(frozen-conflict-sim [^`]+)`", README)
    commands += [line for line in inline if line.split()[1] != "explore"]  # a server: tests/explorer drive it
    commands = [line.replace("RESULTS", "results/mine") for line in commands]
    assert {line.split()[1] for line in commands} == {"check", "run", "plot", "parameters", "list", "report"}
    commands.sort(key=lambda line: "results/mine" in line and "--out" not in line)
    for line in commands:
        command(*shlex.split(line, comments=True)[1:], cwd=tmp_path)
    mine = tmp_path / "results" / "mine"
    assert {"runs", "trajectories", "plots", "dictionary.csv", "manifest.json"} <= {path.name for path in mine.iterdir()}
    assert list((mine / "plots").glob("*.svg"))


DISAGREE = re.search(r"--set ([^` ]+)", README)[1]

WITH_THE_INCENTIVE = """
import frozen_conflict_sim as fcs
from frozen_conflict_sim.files.problems import InputError
scenario = fcs.load_scenario("georgia_2014")
model = fcs.FrozenConflictModel(scenario.with_values({"patron.incentives.quiet_line": 2.0}), seed=1, keep_receipts=True)
model.run_to_end()
print(model.outcomes()["moscow.utility.quiet_line"].max() > 0.0)
print(any("A treaty promises quiet" in receipt for actor in model.actors for receipt in actor.receipts()))
try:
    scenario.with_values({"patron.incentives.quiet_line": 3.0})
except InputError as error:
    print(error)
"""

DOCTEST = """
import doctest
import frozen_conflict_sim.politics.catalogue
from frozen_conflict_sim.politics.actors.patron import asking
print(doctest.testmod(asking).failed)
"""


def test_an_incentive_is_one_function_in_the_actors_file(tmp_path):
    """A copy of the program with the snippet at the end of the file has its key, bounds, row, column and line in receipts."""
    for folder in ("src", "scenarios"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    file = re.search(r"here `(src/[^`]+)`:\s+```python\n@ask.incentive", README)[1]
    with (tmp_path / file).open("a", encoding="utf-8") as actor:
        actor.write("\n\n" + block("python", "@ask.incentive"))
    around = os.environ | {"PYTHONPATH": str(tmp_path / "src")}

    def python(*arguments):
        return subprocess.run([sys.executable, *arguments], capture_output=True, text=True, check=True, env=around).stdout

    column, receipt, refused = python("-c", WITH_THE_INCENTIVE).split("\n", 2)
    assert (column, receipt) == ("True", "True")
    assert "0 to 2 (utility)" in refused
    assert python("-c", DOCTEST) == "0\n"
    row = json.loads(python("-m", "frozen_conflict_sim", "parameters", "--format", "json", "quiet_line"))
    assert "What a quiet dividing line is worth to the patron." in json.dumps(row)
    assert "patron.incentives.quiet_line" in json.dumps(row)


def test_a_script_adds_the_same_function():
    """The imports of the second snippet are all that the function of the first needs."""
    from frozen_conflict_sim.politics.catalogue import declared

    function = textwrap.indent(block("python", "@ask.incentive"), "    ")
    try:
        exec(re.sub("^    [.]{3}.*$", lambda _: function, block("python", "declared.open()"), flags=re.MULTILINE), {})
        assert declared.weights["patron", "quiet_line"].default == 0.3
    finally:
        declared.restore()


def test_one_value_is_changed_in_one_line():
    from frozen_conflict_sim.scenario import load_scenario

    key, value = DISAGREE.split("=")
    base = load_scenario("georgia_2014")
    assert base.with_values({key: float(value)}) != base


def test_what_it_quotes_is_computed():
    """The sentences below the cover are those of the page that is computed with it."""
    quoted = " ".join(line.removeprefix("> ") for line in README.splitlines() if line.startswith("> "))
    assert "with the coupling off" in quoted
    assert f"* **Tbilisi, from 2014.** {quoted} " in (ROOT / "docs" / "where_it_bites.md").read_text("utf-8")


@pytest.mark.parametrize("path", re.findall(r"`((?:src|scenarios|docs|tests|experiments)/[^` ]*)`", README))
def test_what_it_names_exists(path):
    assert (ROOT / path).exists()
