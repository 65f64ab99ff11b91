"""Every word of the glossary is defined once and used; every role and every class of a run can be looked up."""

import re
from collections import Counter
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
FILE = ROOT / "docs" / "source" / "glossary.yaml"
GLOSSARY = yaml.safe_load(FILE.read_text("utf-8"))
MEANINGS = {word: meaning for words in GLOSSARY.values() for word, meaning in words.items()}
PLACES = (("src", "*.py"), ("docs", "*.md"), ("scenarios", "*.yaml"), (".", "README.md"))


@pytest.fixture(scope="module")
def texts():
    """All that a user or a developer reads, except the glossary itself."""
    found = [path for folder, names in PLACES for path in (ROOT / folder).rglob(names) if ".venv" not in path.parts]
    return " ".join(path.read_text("utf-8") for path in found if path.name != "glossary.md").lower().replace("_", " ")


def test_no_word_is_defined_twice():
    words = re.findall(r"^  ([^:\n]+): ", FILE.read_text("utf-8"), flags=re.MULTILINE)
    assert [word for word, times in Counter(words).items() if times > 1] == []
    assert len(words) == len(MEANINGS)


@pytest.mark.parametrize("subject", GLOSSARY)
def test_words_are_in_alphabetical_order(subject):
    assert list(GLOSSARY[subject]) == sorted(GLOSSARY[subject])


@pytest.mark.parametrize("word", MEANINGS)
def test_a_word_is_used_and_its_meaning_is_a_sentence(word, texts):
    assert re.search(rf"\b{re.escape(word)}", texts), f"nobody uses {word!r}"
    meaning = MEANINGS[word]
    assert re.fullmatch(r"[A-Z\d].{10,200}\.", meaning), meaning


def test_every_role_and_grade_can_be_looked_up():
    from frozen_conflict_sim.engine.declare.parameter import GRADES
    from frozen_conflict_sim.politics.catalogue import declared

    known = " ".join(MEANINGS)
    assert [name for name in [*declared.roles, *GRADES] if not re.search(rf"\b{name}\b", known)] == []
