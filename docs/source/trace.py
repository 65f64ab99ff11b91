"""``docs/TRACE.md``: what was tested, what the record says, what is not known."""

from __future__ import annotations

import ast
from functools import partial

from grades import grades
from pages import ROOT, code, filled, first_sentence, table

from frozen_conflict_sim.record.nulls import NULLS
from frozen_conflict_sim.record.patterns import PATTERNS
from frozen_conflict_sim.record.tables import KINDS, rows, verified

TESTS = ROOT / "tests"


def record() -> str:
    """The kinds of rows in the record, with the number of unverified ones."""
    lines = [[kind, says, len(rows(kind)), sum(not verified(row) for row in rows(kind))] for kind, says in KINDS.items()]
    return table(["kind", "what it lists", "rows", "unverified"], lines)


def patterns() -> str:
    """The patterns of the record, with their targets and the null models that lack their mechanism."""
    lines = []
    for name, one in PATTERNS.items():
        asked = "; ".join(f"{part}: {target}".removeprefix(": ") for part, target in one.targets.items())
        fail = ", ".join([*one.must_fail, *([one.mechanism_off.description] if one.mechanism_off else [])])
        lines.append([code(name), one.kind, one.strength, one.sentence, asked, fail or "–"])
    return table(["pattern", "kind", "strength", "what it says", "target", "models without its mechanism"], lines)


def nulls() -> str:
    """The null models, in a row."""
    return "; ".join(f"*{name.replace('_', ' ')}* ({null.description})" for name, null in NULLS.items())


def listed(paths: list) -> str:
    """A table of files of tests, with the first sentence of each."""
    lines = [[code(path.relative_to(ROOT).as_posix()), first_sentence(ast.get_docstring(_tree(path)) or "")] for path in paths]
    return table(["tests", "what must stay true"], lines)


def _tree(path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


LISTED = {
    "tests_docking": "docking",
    "tests_engine": "engine",
    "tests_scenario": "scenario",
    "tests_experiment": "experiment",
    "tests_politics": "politics",
    "tests_analysis": "analysis findings",
    "tests_record": "record",
}


def tests(folders: str) -> str:
    """The tests of some folders, with the first sentence of each file."""
    return listed([path for folder in folders.split() for path in sorted(TESTS.glob(f"{folder}/**/test_*.py"))])


def others() -> str:
    """All tests that no other table lists."""
    folders = {folder for words in LISTED.values() for folder in words.split()}
    paths = sorted(path for path in TESTS.rglob("test_*.py") if path.relative_to(TESTS).parts[0] not in folders)
    return listed(paths)


PARTS = {
    "grades": grades,
    "record": record,
    "patterns": patterns,
    "nulls": nulls,
    **{name: partial(tests, folders) for name, folders in LISTED.items()},
    "tests_others": others,
}


def pages() -> dict[str, str]:
    """The page, by its path under ``docs``."""
    return {"TRACE.md": filled("TRACE.md", PARTS)}
