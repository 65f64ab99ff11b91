"""Whatever is cited is in the bibliography, and whatever is in it is cited; every file of rules says where it comes from."""

import re
from pathlib import Path

import pytest

from frozen_conflict_sim.engine.declare.rule import Rule
from frozen_conflict_sim.politics.catalogue import declared
from frozen_conflict_sim.references import FILE, cited, references, with_names

ROOT = Path(__file__).parents[1]
CITING = [
    path
    for folder, kind in (("src", "py"), ("tests", "py"), ("docs/source", "py"), ("docs/source", "md"))
    for path in (ROOT / folder).rglob(f"*.{kind}")
]
OWN_GROUND = re.compile(r"\b(assumed|the record)\b")


def citations():
    """Every cited key with a file that cites it."""
    texts = {path: path.read_text("utf-8") for path in CITING if path != Path(__file__) and path.name != "references.py"}
    return {key: path.name for path, text in texts.items() for key in cited(text)}


def test_every_citation_has_an_entry_and_every_entry_is_cited():
    assert citations().keys() == references().keys()


def test_the_file_holds_nothing_that_cannot_be_read():
    text = FILE.read_text("utf-8")
    assert len(references()) == len(re.findall(r"^@", text, flags=re.MULTILINE))
    fields = re.findall(r"^\s+\w+ = ", text, flags=re.MULTILINE)
    assert sum(len(entry.fields) for entry in references().values()) == len(fields)
    assert list(references()) == sorted(references())


@pytest.mark.parametrize("entry", references().values(), ids=references())
def test_an_entry_can_be_found_again(entry):
    assert {"author", "year"} <= entry.fields.keys()
    assert entry.fields.keys() & {"title", "note"}
    assert re.fullmatch(rf"[a-z]+{entry.year}[a-z]?", entry.key)
    assert entry.year in entry.full


def rules_by_file():
    """A rule of each file of politics."""
    rules = [one.rule for one in declared.contributions]
    rules += [
        incentive.rule for one in declared.decisions.values() for option in one.options for incentive in option.incentives
    ]
    return {rule.function.__module__: Rule.of(rule.function) for rule in rules}


@pytest.mark.parametrize("rule", rules_by_file().values(), ids=rules_by_file())
def test_a_file_of_rules_says_where_it_comes_from(rule):
    assert cited(rule.reference) or OWN_GROUND.search(rule.reference), rule.reference


def test_a_reference_is_read_with_names():
    assert with_names("[@granovetter1978; @epstein2002]") == "(Granovetter 1978; Epstein 2002)"
