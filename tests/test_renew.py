"""``python3 run.py renew``: what it renews is chosen by words, and it shows what changed."""

import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture
def renew(tmp_path, monkeypatch):
    """The script, in a folder of its own in which commands only write what they are told."""
    spec = spec_from_file_location("renew", ROOT / "renew.py")
    module = module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "renew", module)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "ROOT", tmp_path)
    write = "import sys; open('of_code.txt', 'w').write('new\\n'); open('words.txt', 'w').write(' '.join(sys.argv[1:]))"
    fail = "raise SystemExit(3)"
    targets = {"golden": ("of_code.txt", write, 5), "pages": ("words.txt", write, 0), "schemas": ("none", fail, 0)}
    made = {name: module.Target(files, ((".", "-c", code),), shown) for name, (files, code, shown) in targets.items()}
    monkeypatch.setattr(module, "TARGETS", made)
    return module


def test_it_shows_what_changed(renew, tmp_path, capsys):
    (tmp_path / "of_code.txt").write_text("old\n")
    assert renew.main(["golden"]) == 0
    changed = "golden: changed\n  of_code.txt: 1 line added, 1 removed\n    -old\n    +new\n"
    assert capsys.readouterr().out == f"golden: renewing …\n{changed}"
    assert renew.main(["golden"]) == 0
    assert capsys.readouterr().out.endswith("golden: nothing changed\n")


def test_pages_may_be_named(renew, tmp_path):
    assert renew.main(["pages", "odd", "reference"]) == 0
    assert (tmp_path / "words.txt").read_text() == "odd reference"
    assert renew.main(["pages"]) == 0
    assert (tmp_path / "words.txt").read_text() == "--all"


def test_a_failure_is_shown_and_the_rest_is_renewed(renew, capsys):
    assert renew.main([]) == 3
    assert "schemas: failed" in capsys.readouterr().out


def test_an_unknown_word_is_refused():
    ended = subprocess.run([sys.executable, ROOT / "renew.py", "gold"], capture_output=True, text=True, check=False)
    assert ended.returncode == 2
    assert ended.stdout.startswith("'gold' is none of schemas, golden, pages")
