"""Texts become nodes with positions; what is written can be read back."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as some

from frozen_conflict_sim.files import parser
from frozen_conflict_sim.files.dates import quarter, written
from frozen_conflict_sim.files.nodes import Broken, at, from_python, position_at, to_python
from frozen_conflict_sim.files.parser import parse, read_text
from frozen_conflict_sim.files.problems import InputError, Position, Report
from frozen_conflict_sim.files.writer import Flow, dumped
from frozen_conflict_sim.scenario.shipped import shipped_folder

TEXT = "one:\n  two: [1, off]\n  three: {four: 2014-01}\n"


def test_every_node_and_every_key_has_its_position():
    root = parse(TEXT, "file.yaml", Report())
    assert to_python(root) == {"one": {"two": [1, "off"], "three": {"four": "2014-01"}}}
    assert str(at(root, ("one", "three", "four")).position) == "file.yaml:3:17"
    assert str(position_at(root, ("one", "three"))) == "file.yaml:3:3"
    assert str(position_at(root, ("one", "missing", "four"))) == "file.yaml:1:1"
    assert at(root, ("one", "two", "three")) is None


def test_an_empty_text_has_no_node():
    assert parse("# nothing\n", "file.yaml", Report()) is None


@pytest.mark.parametrize(
    ("text", "position", "message"),
    [
        ("a: 1\na: 2\n", "2:1", "this key is here twice, first on line 1"),
        ("a: &x 1\nb: *x\n", "1:4", "found the anchor &x"),
        ("a: !!python/name:os.system x\n", "1:4", "found the tag"),
        ("a: .inf\n", "1:4", "expected a finite number"),
        ("1: a\n", "1:1", "expected a word as a key, found 1"),
        ('a: "\\u0007"\n', "1:4", "control character U+0007"),
        ("a: 1\n---\nb: 1\n", "2:1", "a second document starts here"),
    ],
)
def test_what_is_refused_is_reported_with_its_position(text, position, message):
    report = Report()
    parse(text, "file.yaml", report)
    first = report.problems[0]
    assert f"{first.line}:{first.column}" == position
    assert message in first.message


@pytest.mark.parametrize("text", ["a: [", "a: b: c", "\ta: 1", "[" * 100, "%YAML x\n---\na"])
def test_what_is_not_yaml_is_raised(text):
    with pytest.raises(InputError):
        parse(text, "file.yaml", Report())


def test_python_data_become_the_same_nodes_all_at_one_position():
    data = to_python(parse(TEXT, "file.yaml", Report()))
    report = Report()
    node = from_python(data, Position("given"), "", report)
    assert to_python(node) == data
    assert at(node, ("one", "two")).position == Position("given")
    assert isinstance(from_python(float("nan"), Position("given"), "key", report), Broken)
    assert [problem.key for problem in report.problems] == ["key"]


def test_what_is_written_is_read_back():
    tree = {"word": "off", "number": "010", "date": "2014-01", "null": "~", "long": "word " * 40, "map": Flow(one=1, two="2")}
    text = dumped(tree)
    assert to_python(parse(text, "file.yaml", Report())) == tree
    assert "map: {one: 1, two: '2'}" in text


def test_a_file_must_be_utf_8_and_small(tmp_path):
    path = tmp_path / "file.yaml"
    path.write_bytes(b"a: 1\nb: \xff\n")
    with pytest.raises(InputError, match=r":2:4: expected UTF-8, found the byte 0xff"):
        read_text(path)
    path.write_bytes(b"x" * 100)
    with pytest.raises(InputError, match="larger than"):
        read_text(path, largest=99)


def test_dates_are_quarters_and_back():
    assert written(quarter("2014-11-24"), later=1) == "2015-Q1"
    assert [quarter(text) for text in ("2014", "2014-00", "2014-02-30", "soon")] == [None] * 4


def by_both(text: str, monkeypatch) -> list:
    """What a text is read as with libyaml's reader, where there is one, and with Python's alone."""
    found = [parser._parsed.__wrapped__(text, "file.yaml", 0)]
    with monkeypatch.context() as alone:
        alone.setattr(parser, "QUICK", yaml.SafeLoader)
        return [*found, parser._parsed.__wrapped__(text, "file.yaml", 0)]


SHIPPED = [path for kind in ("scenarios", "experiments") for path in sorted(shipped_folder(kind).rglob("*.yaml"))]


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_both_readers_read_the_same_with_the_same_positions(path, monkeypatch):
    one, other = by_both(read_text(path), monkeypatch)
    assert repr(one) == repr(other)
    assert not one[1]


@given(data=some.data())
def test_both_readers_read_damaged_texts_alike(data):
    lines = read_text(data.draw(some.sampled_from(SHIPPED))).splitlines(keepends=True)
    first = data.draw(some.integers(0, len(lines) - 1))
    text = "".join(lines[first : first + 8])
    for _ in range(data.draw(some.integers(1, 3))):
        at, sign = data.draw(some.integers(0, len(text))), data.draw(some.sampled_from(" \t\n:,-{}[]'\"#&*!|>%@`?.0é\x85"))
        text = text[:at] + sign + text[at + data.draw(some.integers(0, 1)) :]
    one, other = by_both(text, pytest.MonkeyPatch())
    assert repr(one) == repr(other)
