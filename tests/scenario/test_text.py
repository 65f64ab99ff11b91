"""What the parser refuses, each with its position, and the values of unquoted words in YAML 1.2."""

import os
from contextlib import contextmanager

import pytest

from frozen_conflict_sim.scenario import InputError, load_scenario


def only(problems, position, key, *words):
    """Exactly one problem, at this position, with these words."""
    assert [(where, what) for where, what, _ in problems] == [(position, key)], problems
    for word in words:
        assert word in problems[0][2]


def with_line(georgia, line):
    """The small scenario with one more line at its top, so that the line is line 1."""
    return f"{line}\n{georgia}"


@pytest.mark.parametrize(
    ("old", "new", "position", "key", "words"),
    [
        ("title: Georgia, small", "title: !!python/name:os.system x", "1:8", "title", ["tag '!!python/name:os.system'"]),
        ("title: Georgia, small", "title: !mine x", "1:8", "title", ["tag '!mine'"]),
        ("title: Georgia, small", "title: &one x", "1:8", "title", ["anchor &one", "extends"]),
        ("ask_cool_down: 3", "ask_cool_down: *three", "7:18", "", ["alias"]),
        ("quarters: 40", "quarters: 40\nquarters: 41", "5:1", "quarters", ["twice", "line 4"]),
        ("ask_cool_down: 3", "ask_cool_down: 3\n  ask_cool_down: 4", "8:3", "patron.ask_cool_down", ["twice", "line 7"]),
        ("ask_cool_down: 3", "ask_cool_down: 3\n  7: 4", "8:3", "patron", ["word as a key", "7"]),
        ("ask_cool_down: 3", "ask_cool_down: 3\n  true: 4", "8:3", "patron", ["word as a key", "true"]),
        ("ask_cool_down: 3", "ask_cool_down: 3\n  [a, b]: 4", "8:3", "patron", ["word as a key", "a list of 2"]),
        ("ask_cool_down: 3", "ask_cool_down: .nan", "7:18", "patron.ask_cool_down", ["finite", ".nan"]),
        ("ask_cool_down: 3", "ask_cool_down: -.inf", "7:18", "patron.ask_cool_down", ["finite", "-.inf"]),
        ("ask_cool_down: 3", "ask_cool_down: 1e999", "7:18", "patron.ask_cool_down", ["finite", "too large"]),
        ("ask_cool_down: 3", "ask_cool_down: " + "9" * 5000, "7:18", "patron.ask_cool_down", ["at most 40", "5000"]),
        ("title: Georgia, small", 'title: "a\\0b"', "1:8", "title", ["control character U+0000"]),
        ("title: Georgia, small", 'title: "a\\ud800b"', "1:8", "title", ["control character U+D800"]),
    ],
)
def test_one_thing_is_refused_where_it_stands(folder, georgia, old, new, position, key, words):
    problems = folder.problems(georgia.replace(old, new, 1))
    if "alias" in words:
        assert any(word in problems[0][2] for word in words)
        assert problems[0][0] == position
    else:
        only(problems, position, key, *words)


@pytest.mark.parametrize(
    ("text", "position", "words"),
    [
        ("", "1:1", ["empty"]),
        ("# nothing but a comment\n", "1:1", ["empty"]),
        ("just words\n", "1:1", ["expected a scenario", "found a text"]),
        ("- a\n- b\n", "1:1", ["expected a scenario", "found a list"]),
        (b"title: caf\xe9\n", "1:11", ["UTF-8", "0xe9"]),
        ("title: x".encode("utf-16"), "1:1", ["UTF-16"]),
        ("title: x\nabout: a\x07b\n", "2:9", ["control character U+0007"]),
        ("patron:\n\tname: x\n", "2:1", ["tab"]),
        ("title: a: b\n", "1:9", ["':'", "quotes"]),
        ("title: [1, 2\n", "2:1", ["this is not YAML"]),
        ('title: "\\UFFFFFFFF"\n', "1:11", ["this is not YAML"]),
        ("%YAML " + "9" * 5000 + ".1\n---\ntitle: x\n", "1:7", ["this is not YAML"]),
        ("title: " + "[" * 40 + "]" * 40, "1:40", ["32 levels"]),
        ("title: [" + "1," * 30_000 + "1]", "1:40003", ["20000 entries"]),
        ("#" * (1 << 20) + "\n", "0:0", ["1 MiB"]),
    ],
)
def test_what_is_no_scenario_at_all(folder, text, position, words):
    problems = folder.problems(text)
    assert [where for where, _, _ in problems] == [position], problems
    for word in words:
        assert word in problems[0][2]


def test_a_second_document_is_refused(folder, georgia):
    problems = folder.problems(georgia + "---\ntitle: x\n")
    only(problems, f"{georgia.count(chr(10)) + 1}:1", "", "second document")


def test_a_bomb_of_aliases_costs_nothing(folder):
    lines = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 60)]
    problems = folder.problems("\n".join(lines))
    assert sum("alias" in message for _, _, message in problems) == 118


@pytest.mark.parametrize("name", ["missing.yaml", "missing", "sub", "."])
def test_files_that_cannot_be_read(folder, name):
    (folder.path / "sub").mkdir()
    with pytest.raises(InputError) as caught:
        folder.load(name)
    assert "no file" in str(caught.value) or "folder" in str(caught.value) or "shipped" in str(caught.value)


def test_a_pipe_does_not_hold_the_program(folder):
    os.mkfifo(folder.path / "pipe.yaml")
    with pytest.raises(InputError, match="found a device"):
        folder.load("pipe.yaml")


@contextmanager
def as_an_ordinary_user():
    """The superuser may read everything, so step down for a moment where the tests run as one."""
    user = os.geteuid()
    if user == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(user)


def test_an_unreadable_file(folder):
    folder.load()  # everything is imported
    folder.path.joinpath("georgia.yaml").chmod(0)
    with as_an_ordinary_user(), pytest.raises(InputError, match="cannot be read: Permission denied"):
        folder.load()


def test_a_path_with_a_null_character(declared):
    with pytest.raises(InputError):
        load_scenario("a\0b.yaml", declared=declared)


def test_a_near_name_is_suggested(folder):
    with pytest.raises(InputError, match=r"did you mean 'georgia.yaml'\?"):
        folder.load("gorgia.yaml")
    with pytest.raises(InputError, match=r"did you mean .*georgia.yaml"):
        folder.load("georgia")


def test_a_byte_order_mark_and_windows_line_ends_are_fine(folder, georgia):
    plain = folder.load()
    assert folder.load_text(b"\xef\xbb\xbf" + georgia.replace("\n", "\r\n").encode()) == plain


@pytest.mark.parametrize(("text", "number"), [("010", 10), ("1e1", 10), ("0x0A", 10), ("+10", 10), ("10.", 10), (".5e1", 5)])
def test_numbers_as_yaml_1_2_reads_them(folder, georgia, text, number):
    scenario = folder.load_text(georgia.replace("ask_cool_down: 3", f"ask_cool_down: {text}", 1))
    assert scenario.values["patron", "moscow", "ask_cool_down", ""].fixed == number


@pytest.mark.parametrize("text", ["12:30:45", "1_000", "yes", "2015-01-01", "0b11"])
def test_what_older_yaml_would_read_as_a_number_is_a_text(folder, georgia, text):
    only(
        folder.problems(georgia.replace("ask_cool_down: 3", f"ask_cool_down: {text}", 1)),
        "7:18",
        "patron.ask_cool_down",
        f"'{text}'",
    )


@pytest.mark.parametrize("word", ["no", "off", "on", "yes", "2014-01", "y"])
def test_words_and_dates_stay_words(folder, georgia, word):
    assert folder.load_text(georgia.replace("title: Georgia, small", f"title: {word}", 1)).title == word
