"""Completion at the tab key: the candidates in the protocol of each shell, and in a real bash."""

import os
import stat
import subprocess
import sys

import pytest

import frozen_conflict_sim as fcs
from frozen_conflict_sim.cli.candidates import plots
from frozen_conflict_sim.cli.commands.completion import NO_SPACE
from frozen_conflict_sim.plots import PLOTS
from frozen_conflict_sim.scenario import shipped_names


@pytest.fixture(scope="module")
def folder(tmp_path_factory, small):
    """A folder with a scenario and with results."""
    folder = tmp_path_factory.mktemp("folder")
    (folder / "mine.yaml").write_text(
        "extends: georgia_2014\ntitle: Mine\nprojects: {tunnel: {territory: abkhazia}}\n", "utf-8"
    )
    fcs.run(small, 2, 5, out=folder / "out")
    return folder


@pytest.fixture
def offered(command, folder):
    """What bash is offered for the last word of a line: type and value of each completion."""

    def offered(line):
        words = ("frozen-conflict-sim " + line).split(" ")
        asked = {"COMP_WORDS": "\n".join(words), "COMP_CWORD": str(len(words) - 1)}
        answer = command(cwd=folder, _FROZEN_CONFLICT_SIM_COMPLETE="bash_complete", **asked).stdout
        return [tuple(item.split(",", 1)) for item in answer.splitlines() if item]

    return offered


def plain(*values):
    return [("plain", value) for value in values]


def test_commands_and_options(offered):
    assert plain("compare", "completion") == offered("comp")
    assert plain("--runs") == offered("run georgia_2014 --ru")


def test_scenarios_are_shipped_names_and_own_files(offered):
    assert offered("run georg") == plain("georgia_2006", "georgia_2014")
    assert offered("run m") == plain("mine.yaml")
    assert set(offered("parameters ")) == set(plain(*shipped_names(), "mine.yaml"))
    assert offered("new mine --from abk") == plain("abkhazia_2014")
    assert offered("run elsewhere/") == [("file", "elsewhere/")]


def test_experiments(offered):
    assert offered("batch integ") == plain("integration_dilemma")
    assert set(plain(*shipped_names("experiments"))) < set(offered("check "))


def test_keys_come_a_step_at_a_time_from_the_scenario_that_is_named(offered):
    assert offered("run georgia_2014 --set patron.inc") == plain("patron.incentives.")
    assert offered("run georgia_2014 --set parent.grievance_") == plain("parent.grievance_channel=")
    assert offered("run georgia_2014 --set projects.") == plain("projects.railway.")
    assert offered("run mine.yaml --set projects.") == plain("projects.railway.", "projects.tunnel.")
    assert offered("run nowhere.yaml --set projects.") == plain("projects.railway.")
    assert offered("batch integration_dilemma --set projects.") == plain("projects.railway.")


def test_plots_and_columns_of_results(offered):
    assert offered("plot ") == [("dir", "")]
    assert offered("plot out fan") == plain(*(plot for plot in PLOTS if plot.startswith("fan")))
    columns = offered("plot out --outcome georgia.alien")
    assert sorted(columns) == plain(*(f"georgia.alienation{ending}" for ending in ("", "_at_end", "_on_average")))
    assert offered("plot nowhere --outcome georgia.alien") == []


def test_every_plot_is_offered():
    assert plots(None, None, "") == sorted(PLOTS)


def test_fish_and_zsh_are_told_what_a_key_means(command, folder):
    line = "frozen-conflict-sim run georgia_2014 --set parent.grievance_"
    fish = {"COMP_WORDS": line, "COMP_CWORD": "parent.grievance_", "_FROZEN_CONFLICT_SIM_COMPLETE": "fish_complete"}
    meaning = "How integration turns into grievance."
    assert command(cwd=folder, **fish).stdout == f"plain,parent.grievance_channel=\t{meaning}\n"
    zsh = {"COMP_WORDS": line, "COMP_CWORD": "4", "_FROZEN_CONFLICT_SIM_COMPLETE": "zsh_complete"}
    assert command(cwd=folder, **zsh).stdout == f"plain\nparent.grievance_channel=\n{meaning}\n"


@pytest.mark.parametrize("shell", NO_SPACE)
def test_scripts_leave_the_line_open_where_more_must_come(command, tmp_path, shell):
    script = command("completion", shell, cwd=tmp_path).stdout
    assert "_FROZEN_CONFLICT_SIM_COMPLETE" in script
    assert all(changed in script for changed in NO_SPACE[shell].values())


def test_bash_runs_the_script(command, folder, tmp_path):
    program = tmp_path / "frozen-conflict-sim"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m frozen_conflict_sim "$@"\n')
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    script = command("completion", "bash", cwd=folder).stdout
    ask = "COMP_WORDS=(frozen-conflict-sim run abk); COMP_CWORD=2; _frozen_conflict_sim_completion frozen-conflict-sim"
    done = subprocess.run(
        ["bash", "--norc", "-c", f'{script}\n{ask}\necho "${{COMPREPLY[@]}}"; complete -p frozen-conflict-sim'],
        env={**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"},
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines() == [
        "abkhazia_2014",
        "complete -o nosort -F _frozen_conflict_sim_completion frozen-conflict-sim",
    ]


def test_shells_that_are_not_known(command, tmp_path):
    assert "'csh' is not one of 'bash', 'zsh', 'fish'" in command("completion", "csh", cwd=tmp_path, code=2).stderr
