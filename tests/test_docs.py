"""The pages of docs/ say what the code says, and what they name exists."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = sorted(path for path in DOCS.rglob("*.md") if "source" not in path.parts)


def test_pages_that_follow_from_the_code_follow():
    done = subprocess.run([sys.executable, "docs/source", "--check"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{done.stdout}{done.stderr}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(DOCS).as_posix())
def test_what_a_page_links_to_exists(page):
    for target in re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
        assert (page.parent / target).exists(), target


FILE = re.compile(r"`((?:src|scenarios|docs|tests|experiments|politics|engine|history)/[^` {*<]*)`")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(DOCS).as_posix())
def test_files_that_a_page_names_exist(page):
    inside = ROOT / "src" / "frozen_conflict_sim"
    named = FILE.findall(page.read_text("utf-8"))
    assert [name for name in named if not ((ROOT / name).exists() or (inside / name).exists())] == []
