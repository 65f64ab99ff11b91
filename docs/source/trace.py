"""``docs/TRACE.md``: what was tested, what the record says, what is not known; tests and counts as they are."""

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
    """What the record holds, and how much of it nobody has read again."""
    lines = [[kind, says, len(rows(kind)), sum(not verified(row) for row in rows(kind))] for kind, says in KINDS.items()]
    return table(["kind", "what it lists", "rows", "unverified"], lines)


def patterns() -> str:
    """The patterns of the record, what they ask for, and which null models lack their mechanism."""
    lines = []
    for name, one in PATTERNS.items():
        asked = "; ".join(f"{part}: {target}".removeprefix(": ") for part, target in one.targets.items())
        fail = ", ".join([*one.must_fail, *([one.mechanism_off.description] if one.mechanism_off else [])])
        lines.append([code(name), one.kind, one.strength, one.sentence, asked, fail or "–"])
    return table(["pattern", "kind", "strength", "what it says", "target", "models without its mechanism"], lines)


def nulls() -> str:
    """The null models, in a row."""
    return "; ".join(f"*{name.replace('_', ' ')}* ({null.description})" for name, null in NULLS.items())


def tests(*patterns: str) -> str:
    """Files of tests, with the sentence in which each says what it holds."""
    files = sorted(path for pattern in patterns for path in TESTS.glob(pattern))
    lines = [[code(path.relative_to(ROOT).as_posix()), first_sentence(ast.get_docstring(_tree(path)) or "")] for path in files]
    return table(["tests", "what must stay true"], lines)


def _tree(path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def others() -> str:
    """The tests beside the engine's in the top folder."""
    engine = {path.name for path in TESTS.glob("test_engine_*.py")} | {"test_compiled.py", "test_house.py", "test_workers.py"}
    return tests(*(path.name for path in TESTS.glob("test_*.py") if path.name not in engine))


PARTS = {
    "grades": grades,
    "record": record,
    "patterns": patterns,
    "nulls": nulls,
    "tests_docking": partial(tests, "docking/test_*.py"),
    "tests_engine": partial(tests, "test_engine_*.py", "test_compiled.py", "test_house.py", "test_workers.py"),
    "tests_scenario": partial(tests, "scenario/test_*.py"),
    "tests_experiment": partial(tests, "experiment/test_*.py"),
    "tests_others": others,
    "tests_politics": partial(tests, "politics/test_*.py"),
    "tests_analysis": partial(tests, "analysis/test_*.py", "findings/test_*.py"),
    "tests_history": partial(tests, "record/test_*.py"),
}


def pages() -> dict[str, str]:
    """The page, by its path under ``docs``."""
    return {"TRACE.md": filled("TRACE.md", PARTS)}
