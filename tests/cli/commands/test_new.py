"""``new`` writes a scenario that passes every check, runs, and shows one of everything."""

import subprocess
import sys

import pytest

from frozen_conflict_sim.scenario import load_scenario, shipped_names


def call(folder, *words):
    """What the command line does in a folder."""
    command = [sys.executable, "-m", "frozen_conflict_sim", *words]
    return subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False)


def test_it_passes_check_and_runs(tmp_path):
    made = call(tmp_path, "new", "mine")
    assert (made.returncode, made.stdout) == (0, "mine.yaml\n")
    assert "check mine.yaml" in made.stderr
    checked = call(tmp_path, "check", "mine.yaml")
    assert checked.returncode == 0, checked.stderr
    assert "my_policy" in checked.stdout
    assert "parent.grievance  0.5 to 1.5" in checked.stdout
    assert "recession" in checked.stdout
    ran = call(tmp_path, "run", "mine.yaml", "--runs", "3", "--no-plots")
    assert ran.returncode == 0, ran.stderr
    assert (tmp_path / "results" / "mine" / "manifest.json").exists()


def test_it_differs_from_what_it_extends(tmp_path):
    call(tmp_path, "new", "mine", "--from", "south_ossetia_2015")
    mine, base = load_scenario(tmp_path / "mine.yaml"), load_scenario("south_ossetia_2015")
    assert mine.title == "Mine"
    assert mine.values["patron", "moscow", "policy", ""].fixed == "my_policy"
    assert mine.values["patron", "moscow", "prestige", ""].fixed == 0.2
    assert mine.values["parent", "georgia", "grievance", ""].numbers == (0.5, 1.5)
    assert {event.name for event in mine.events} - {event.name for event in base.events} == {"recession"}
    assert set(mine.policies) - set(base.policies) == {"my_policy"}


@pytest.mark.parametrize("base", shipped_names())
def test_it_can_start_from_every_shipped_scenario(base, tmp_path):
    from frozen_conflict_sim.scenario.starter import starter

    path = tmp_path / "mine.yaml"
    path.write_text(starter(path, base, load_scenario(base)), "utf-8")
    assert load_scenario(path).path == str(path)


def test_it_can_start_from_a_file_in_another_folder(tmp_path):
    for folder in ("theirs", "mine of 2015"):
        (tmp_path / folder).mkdir()
    (tmp_path / "theirs" / "a base.yaml").write_text("extends: georgia_2014\ntitle: Theirs\nquarters: 3\n", "utf-8")
    made = call(tmp_path, "new", "mine of 2015/My: study.yaml", "--from", "theirs/a base.yaml")
    assert made.returncode == 0, made.stderr
    scenario = load_scenario(tmp_path / "mine of 2015" / "My: study.yaml")
    assert (scenario.title, scenario.turns) == ("My Study", 3)


def test_a_conflict_of_its_own(tmp_path):
    made = call(tmp_path, "new", "mine", "--conflict")
    assert (made.returncode, made.stdout) == (0, "mine.yaml\n")
    checked = call(tmp_path, "check", "mine.yaml")
    assert checked.returncode == 0, checked.stderr
    assert "not given" not in checked.stdout
    assert "Georgia" not in (tmp_path / "mine.yaml").read_text("utf-8")
    ran = call(tmp_path, "run", "mine.yaml", "--runs", "3", "--set", "quarters=9", "--no-plots")
    assert ran.returncode == 0, ran.stderr


@pytest.mark.parametrize("base", ["georgia_2014", "northern_cyprus_2004", "south_ossetia_2022"])
def test_an_experiment_passes_check(command, tmp_path, base):
    made = command("new", "my study", "--experiment", "--from", base, cwd=tmp_path)
    assert made.stdout == "my study.yaml\n"
    assert "batch 'my study.yaml' --dry-run" in made.stderr
    checked = command("check", "my study.yaml", cwd=tmp_path).stdout
    assert "values of patron.policy" in checked
    assert "2  arms (base, parent.channels=off)" in checked
    assert (tmp_path / "experiment.schema.json").exists()


def test_what_an_experiment_only_mentions_is_right_too(tmp_path, command):
    command("new", "study", "--experiment", cwd=tmp_path)
    text = (tmp_path / "study.yaml").read_text("utf-8")
    mentioned = [line.split("#", 1)[1][1:] for line in text.splitlines() if line.lstrip().startswith("# ") and ": " in line]
    uncertain = [line for line in mentioned if line.startswith(("patron.incentives", "parent.accommodation", "by_grade"))]
    assert len(uncertain) == 4
    plain = text.replace("replicates: 4", "# replicates: 4").replace("compare_with: {parent.channels: off}", "# off")
    for line in (line for line in mentioned if line.startswith(("replicates:", "compare_with:", "keep:"))):
        plain += line + "\n"
    plain = plain.replace("uncertainties:  ", "uncertainties:\n  " + "\n  ".join(uncertain) + "  ")
    (tmp_path / "all.yaml").write_text(plain, "utf-8")
    checked = command("check", "all.yaml", cwd=tmp_path).stdout
    assert "3  arms (base, no_channels, poorer)" in checked
    assert "up to 200  replicates" in checked or "200" in checked


def test_it_puts_the_schema_beside_and_leaves_one_that_is_there(tmp_path):
    call(tmp_path, "new", "mine")
    schema = tmp_path / "scenario.schema.json"
    assert (tmp_path / "mine.yaml").read_text("utf-8").startswith("# yaml-language-server: $schema=scenario.schema.json\n")
    assert '"prestige"' in schema.read_text("utf-8")
    schema.write_text("{}", "utf-8")
    call(tmp_path, "new", "another")
    assert schema.read_text("utf-8") == "{}"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["mine"], "mine.yaml exists already and is not changed"),
        (["georgia_2014"], "georgia_2014 is the name of a shipped scenario; choose another, such as my_georgia_2014"),
        ([""], "expected a name such as my_scenario, found ''"),
        (["two\nlines"], "expected a name such as my_scenario"),
        (["nowhere/mine"], "there is no folder nowhere; make it first"),
        (["other", "--from", "georgia_2041"], "did you mean 'georgia_2014'?"),
        (["integration_dilemma", "--experiment"], "is the name of a shipped experiment; choose another"),
        (["other", "--conflict", "--experiment"], "give either --conflict or --experiment"),
        (["other", "--conflict", "--from", "georgia_2014"], "extends no scenario: give either --conflict or --from"),
    ],
)
def test_what_it_refuses(words, said, tmp_path):
    (tmp_path / "mine.yaml").write_text("title: Precious\n", "utf-8")
    refused = call(tmp_path, "new", *words)
    assert refused.returncode == 2
    assert said in refused.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["mine.yaml"]
    assert (tmp_path / "mine.yaml").read_text("utf-8") == "title: Precious\n"
