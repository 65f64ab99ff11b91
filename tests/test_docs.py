"""Pages are up to date with the code, and what they name exists."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from frozen_conflict_sim.cli import main
from frozen_conflict_sim.findings.all_findings import FINDINGS
from frozen_conflict_sim.politics.catalogue import declared
from frozen_conflict_sim.scenario import load_scenario

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md")),
    *sorted(DOCS.glob("*.md")),
    *sorted(DOCS.glob("[!s]*/*.md")),
]


def test_pages_that_follow_from_the_code_follow():
    done = subprocess.run([sys.executable, "docs/source", "--check"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{done.stdout}{done.stderr}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_what_a_page_links_to_exists(page):
    for target in re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
        assert (page.parent / target).exists(), target


OTHER_KEYS = {"patron.incentives.quiet_line"}  # that of the README's example is not in the model
PACKAGES = "|".join(path.name for path in (ROOT / "src" / "frozen_conflict_sim").iterdir() if path.is_dir())
FILE = re.compile(rf"`((?:src|scenarios|docs|tests|experiments|{PACKAGES})/[^` {{*<]*)`")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_files_that_a_page_names_exist(page):
    inside = ROOT / "src" / "frozen_conflict_sim"
    named = FILE.findall(page.read_text("utf-8"))
    assert [name for name in named if not ((ROOT / name).exists() or (inside / name).exists())] == []


KEY = re.compile(r"(?<![\w.])([a-z]+)\.((?:incentives\.)?[a-z_]+)(?![\w.(/])")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_keys_that_a_page_names_exist(page):
    code = " ".join(re.findall(r"`[^`]+`|^```.*?^```", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL))
    known = {f"{role.name}.{name}" for name, role in declared.owners.items()}
    known |= {f"{declared.owners[name].name}.{one.key}" for name, one in declared.quantities.items()}
    known |= {f"{role}.incentives.{name}" for role, name in declared.weights}
    keys = {f"{role}.{name}" for role, name in KEY.findall(code) if role in declared.roles}
    assert sorted(keys - known - OTHER_KEYS) == []


TUTORIAL = (DOCS / "tutorial.md").read_text("utf-8")
FEWER = {
    r"--runs \d+": "--runs 4",
    r"points: \d+": "points: 2",
    r"replicates: \d+": "replicates: 2",
    r"--points \d+": "--points 40",
    r"--replicates \d+": "--replicates 12",
    r"(?m)^(frozen-conflict-sim (?:run|batch|calibrate) \S+)": r"\1 --set quarters=6 --set public.residents=50",
}
BLOCK = re.compile(r"^```(\w+)[^\n]*\n(.*?)^```$", flags=re.MULTILINE | re.DOTALL)


def parts(text):
    """The blocks of a page that a reader writes or runs, in their order, each with its language."""
    return [pair for pair in BLOCK.findall(text) if pair[0] != "text"]


@pytest.mark.parametrize(
    ("page", "leaves"),
    [
        ("tutorial", {"first", "modest", "dilemma"}),
        ("another_conflict", {"as_it_is", "union", "apart", "union_study"}),
        ("how_sure", {"assumed", "theories", "calibrated", "after_the_record"}),
    ],
)
def test_a_page_can_be_followed(page, leaves, tmp_path, monkeypatch, capsys):
    """Every file and every command of a page, in their order, with fewer runs."""
    monkeypatch.chdir(tmp_path)
    for language, inside in parts((DOCS / f"{page}.md").read_text("utf-8")):
        for many, few in FEWER.items():
            inside = re.sub(many, few, inside)
        if language == "yaml":
            Path(inside.split()[1]).write_text(inside, "utf-8")
            continue
        for line in inside.splitlines():
            program, *words = shlex.split(line, comments=True)
            with pytest.raises(SystemExit) as end:
                main(words)
            assert (program, end.value.code) == ("frozen-conflict-sim", 0), f"{line}\n{capsys.readouterr().err}"
    assert leaves <= {path.name for path in Path("results").iterdir()}


def test_an_actor_of_ones_own_decides(capsys):
    page = (DOCS / "write_your_own_actor.md").read_text("utf-8")
    exec("".join(code for language, code in parts(page) if language == "python"), {})
    by_the_rules, patient, signed = map(float, re.findall(r"\d+(?:\.\d+)?", capsys.readouterr().out))
    assert by_the_rules < patient
    assert 0.0 < signed <= 1.0


def test_the_rule_that_is_shown_to_developers_is_that_of_the_model():
    shown = dict(parts((ROOT / "CONTRIBUTING.md").read_text("utf-8")))["python"]
    assert shown in (ROOT / "src/frozen_conflict_sim/politics/actors/patron/asking.py").read_text("utf-8")


def test_the_tutorial_is_the_one_that_was_played():
    template = (DOCS / "source" / "tutorial.md").read_text("utf-8")
    shown = re.compile(r"^```text.*?^```$", flags=re.MULTILINE | re.DOTALL)
    assert shown.sub("", TUTORIAL).endswith(shown.sub("", template)), "python3 run.py renew pages tutorial"


def test_pages_that_play_runs_are_of_this_model(monkeypatch):
    monkeypatch.syspath_prepend(ROOT / "docs" / "source")
    from what_if import ASKED, probe

    stale = [name for name in ASKED if f"`{probe(name)}`" not in (DOCS / "what_if" / f"{name}.md").read_text("utf-8")]
    assert not stale, f"{', '.join(stale)}: of another model; a minute or two: python3 run.py renew pages what_if"


def test_the_findings_are_of_this_model(monkeypatch):
    monkeypatch.syspath_prepend(ROOT / "docs" / "source")
    from findings import probe

    page = (DOCS / "findings.md").read_text("utf-8")
    missing = [finding.name for finding in FINDINGS.values() if finding.sentence not in page]
    assert not missing, f"{', '.join(missing)}: not on the page; some minutes: python3 run.py renew pages findings"
    assert f"`{probe()}`" in page, "docs/findings.md is of another model; some minutes: python3 run.py renew pages findings"


def test_what_moscow_hopes_is_of_this_model(monkeypatch):
    monkeypatch.syspath_prepend(ROOT / "docs" / "source")
    from what_moscow_hopes import probe

    page = (DOCS / "what_moscow_hopes.md").read_text("utf-8")
    assert f"probe {probe()} " in page, "of another model; a minute: python3 run.py renew pages what_moscow_hopes"


def test_where_it_bites_is_of_this_model(monkeypatch):
    monkeypatch.syspath_prepend(ROOT / "docs" / "source")
    from where_it_bites import probe

    page = (DOCS / "where_it_bites.md").read_text("utf-8")
    assert f"probe {probe()} " in page, "of another model; a minute: python3 run.py renew pages where_it_bites"
    assert "with the coupling off" in page


def test_to_disagree_takes_what_the_findings_say(tmp_path, capsys):
    blocks = dict(parts((DOCS / "findings.md").read_text("utf-8")))
    (tmp_path / "mine.yaml").write_text(blocks["yaml"], "utf-8")
    assert load_scenario(tmp_path / "mine.yaml").title in blocks["yaml"]
    exec(blocks["python"].replace("runs=100", "runs=2"), {})
    assert FINDINGS["signed_soon"].sentence in capsys.readouterr().out
