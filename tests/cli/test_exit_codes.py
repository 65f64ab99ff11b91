"""Exit codes, help and errors of the command line: a wrong request is one sentence and changes nothing."""

import re
import resource
import subprocess
import sys

import pytest

from frozen_conflict_sim import open_results
from frozen_conflict_sim.cli import COMMANDS


def test_help_lists_every_command_in_full(command, place):
    said = command("--help", cwd=place).stdout
    assert [line.split()[0] for line in said.partition("Commands:")[2].splitlines() if re.match(r"  \w", line)] == [*COMMANDS]
    assert "..." not in said.partition("Commands:")[2]
    assert said == command("-h", cwd=place).stdout


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_its_options_and_its_argument(command, place, name):
    said = command(name, "--help", cwd=place).stdout
    assert said.startswith(f"Usage: frozen-conflict-sim {name}")


def test_the_version(command, place):
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
    "explore small.yaml --export /proc/foo/live.html": "/proc/foo/live.html cannot be written",
    "check": "name a scenario file",
    "check nosuch.yaml": "there is no file nosuch.yaml",
    "check small.yaml --set parent.grievance=[1": "this is not YAML",
    "parameters nosuch": "nosuch: no parameter has this key",
    "parameters nosuch.yaml": "there is no file nosuch.yaml",
    "parameters --grade good": "'good' is not one of",
    "parameters --format xml": "'xml' is not one of",
    "parameters --set parent.grievance=1": "name one",
    "plot": "Missing argument 'RESULTS'",
    "plot nowhere": "nowhere does not exist",
    "plot .": "is not a results folder",
    "plot small.yaml": "is not a results folder",
}


@pytest.mark.parametrize("line", WRONG_USAGE)
def test_a_wrong_request_is_one_sentence_and_changes_nothing(command, place, line, contents):
    before = contents(place)
    done = command(*line.split(), cwd=place, code=2)
    assert done.stdout == ""
    assert WRONG_USAGE[line] in done.stderr
    assert contents(place) == before


@pytest.mark.parametrize("line", ["run broken.yaml", "check broken.yaml", "parameters broken.yaml"])
def test_all_problems_of_a_file_are_listed_and_nothing_is_written(command, place, line, contents):
    before = contents(place)
    said = command(*line.split(), cwd=place, code=2).stderr.splitlines()
    where = [problem.split(" ")[0] for problem in said]
    assert where == ["broken.yaml:5:5:", "broken.yaml:6:13:", "broken.yaml:7:1:", "broken.yaml:8:33:"]
    assert "patron.incentives.prestge: unknown key; did you mean 'prestige'?" in said[0]
    assert "expected 0 to 15 (utility per billion USD), found 99" in said[1]
    assert "nonsense" in said[2]
    assert "territories.abkhazia.stake" in said[3]
    assert contents(place) == before


@pytest.mark.parametrize(
    "line",
    ["parameters", "parameters --json", "check --order", "check georgia_2014", "--help", "run small.yaml --runs 12 --no-plots"],
)
def test_a_closed_pipe_is_no_error(place, ran, line):
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


@pytest.mark.parametrize("line", ["parameters", "list", "--help", "--version", "run small.yaml --out nowhere --overwrite -q"])
@pytest.mark.parametrize("into", ["/dev/full", "&-"])
def test_unwritable_output_is_one_sentence(place, into, line):
    done = subprocess.run(
        f"{sys.executable} -m frozen_conflict_sim {line} >{into}",
        shell=True,
        executable="/bin/bash",
        cwd=place,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == (1 if into == "/dev/full" else 0)
    assert done.stderr == ("output: No space left on device\n" if into == "/dev/full" else "")


@pytest.mark.parametrize(
    ("line", "code"), [("run small.yaml --runs 12", 0), ("check broken.yaml --json", 2), ("check broken.yaml", 2)]
)
def test_a_command_whose_reader_has_gone_works_to_its_end_and_gives_its_own_code(place, line, code):
    done = subprocess.run(
        f"{sys.executable} -m frozen_conflict_sim {line} 2>&1 | true; echo ${{PIPESTATUS[0]}}",
        shell=True,
        executable="/bin/bash",
        cwd=place,
        capture_output=True,
        text=True,
        check=True,
    )
    assert (done.stdout, done.stderr) == (f"{code}\n", "")
    if line.startswith("run"):
        assert open_results(next((place / "results").iterdir())).manifest["status"] == "complete"


@pytest.mark.parametrize("megabytes", [500, 600])
def test_memory_that_the_system_refuses_is_one_sentence(place, tmp_path, megabytes):
    """The residents alone would take more; where the last bytes are refused, Python 3.11 itself may not come to an end."""

    def refuse():
        resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))

    line = "run --runs 200 --set public.residents=100000 --no-plots -q"
    words = [sys.executable, "-m", "frozen_conflict_sim", *line.split(), place / "small.yaml"]
    done = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, preexec_fn=refuse, check=False)
    told = [line for line in done.stderr.splitlines() if not line.startswith(("OpenBLAS", "not finished: 0 of 200 runs"))]
    assert told == ["out of memory: the system refused more; use fewer --workers or a smaller --task-size"]
    assert done.returncode == 1


def test_messages_that_cannot_be_written_change_no_exit_code(place):
    line = f"{sys.executable} -m frozen_conflict_sim run nosuch 2>/dev/full"
    assert subprocess.run(line, shell=True, cwd=place, check=False).returncode == 2


def test_a_folder_that_was_deleted_meanwhile_is_no_obstacle(tmp_path):
    line = f"mkdir gone; cd gone; rmdir ../gone; {sys.executable} -m frozen_conflict_sim list"
    done = subprocess.run(line, shell=True, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "georgia_2014" in done.stdout


def test_python_without_docstrings_is_refused_in_a_sentence(place):
    done = subprocess.run(
        [sys.executable, "-OO", "-m", "frozen_conflict_sim", "list"], cwd=place, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "Python runs without docstrings, which say what rules mean: leave out -OO and PYTHONOPTIMIZE=2\n"


def test_a_terminal_with_plain_letters_only_is_shown_ranges(command, place, ran):
    said = command("run", "small.yaml", "--runs", 12, "--no-plots", cwd=place, PYTHONIOENCODING="ascii").stdout
    assert "5-95 % runs" in said
    assert "?" not in said


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("report results/small --out results/small/manifest.json", "belongs to the results in small"),
        ("report results/small --out results/small/parts/report.html", "belongs to the results in small"),
        ("export results/small --out results/small/runs", "belongs to the results in small"),
        ("run georgia_2014 --runs 1 --out results/small/runs/mine", "belongs to the results in small"),
        ("export results/small --out small.dta --to stata", "named like a file; name a folder"),
    ],
)
def test_what_belongs_to_results_is_not_written_over(command, place, ran, contents, line, why):
    before = contents(place)
    assert why in command(*line.split(), cwd=place, code=2).stderr
    assert contents(place) == before


SECRET = "root:x:0:0:root:/root:/bin/bash\ndaemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin\n"
HASHES = "root:*:20228:0:99999:7:::\nme:$y$j9T$abc: 20228\n"
ASKED = "question: q\nscenario: georgia_2014\n"


@pytest.mark.parametrize("secret", [SECRET, HASHES])
@pytest.mark.parametrize(
    "line",
    [
        "check secret", "run secret", "batch secret", "explain secret --json", "experts secret", "check extending.yaml",
        "check with_points.yaml", "check with_posterior.yaml",
    ],
)  # fmt: skip
def test_what_a_file_that_is_none_of_ours_holds_is_not_shown(command, tmp_path, secret, line):
    (tmp_path / "secret").write_text(secret)
    (tmp_path / "extending.yaml").write_text("extends: ./secret\n")
    (tmp_path / "with_points.yaml").write_text(ASKED + "design: {kind: file, path: secret}\n")
    (tmp_path / "with_posterior.yaml").write_text(ASKED + "uncertainties: {from_posterior: secret}\n")
    done = command(*line.split(), cwd=tmp_path, code=2)
    assert "expected " in done.stderr
    assert not any(word in done.stdout + done.stderr for word in ("root", "daemon", "20228", "j9T"))
