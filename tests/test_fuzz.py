"""Two thousand mutated scenario and experiment files: each stands or is refused with a place. The soak tries many more."""

import importlib.util
import shutil
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SHARES, FILES, PLAYED = 8, 250, 6


@pytest.fixture(scope="module")
def fuzz():
    """The program that the soak runs."""
    spec = importlib.util.spec_from_file_location("fuzz", ROOT / "soak" / "fuzz.py")
    program = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(program)
    return program


@pytest.mark.parametrize("share", range(SHARES))
def test_a_mutated_file_stands_or_is_refused_with_a_place(share, fuzz):
    counts, broken = fuzz.batch((2022, share * FILES, (share + 1) * FILES, "", PLAYED))
    assert broken == []
    assert counts["runs"] > 5
    assert counts["refused"] > 100
    assert sum(counts.values()) == FILES


def test_what_breaks_a_rule_is_noticed(fuzz, tmp_path, monkeypatch):
    def fails(kind, path, play):
        raise ZeroDivisionError(kind)

    def hangs(kind, path, play):
        while True:
            pass

    monkeypatch.setattr(fuzz, "_run", fails)
    assert "ZeroDivisionError" in fuzz.tried("scenario", "a: 1", tmp_path / "mutated.yaml")
    monkeypatch.setattr(fuzz, "_run", hangs)
    monkeypatch.setattr(fuzz, "longest", lambda: 0.2)
    assert fuzz.tried("scenario", "a: 1", tmp_path / "mutated.yaml") == "took more than 0.2 seconds"
    monkeypatch.undo()
    shutil.copytree(ROOT / "scenarios", tmp_path / "scenarios")
    counts = Counter(
        fuzz.tried("scenario", text, tmp_path / "scenarios" / "mutated.yaml").split(":")[0]
        for text in ("extends: georgia_2014\n", "extends: georgia_2014\nquarters: many\n", "")
    )
    assert counts == {"runs": 1, "refused": 2}
