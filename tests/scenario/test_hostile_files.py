"""Whatever a file contains: a scenario or an :class:`InputError`, never anything else."""

# ruff: noqa: E501, PT017

import pytest
from hypothesis import example, given
from hypothesis import settings as effort
from hypothesis import strategies as st

from frozen_conflict_sim.scenario import InputError, load_scenario

SNIPPETS = (
    ": ", "- ", "{", "}", "[", "]", "&a ", "*a ", "!!float ", "!x ", "? ", "|\n", ">\n", "'", '"', "#", "\t", "\n", "  ", "---\n",
    "...\n", "%YAML 1.2\n", "null", "true", ".nan", "-.inf", "1e999", "9" * 50, "<<: ", "\\x00", "\x00", "é", "\ufeff", "~",
    "extends: georgia.yaml\n", "events: 3\n", "patron: []\n", "territories: {a: {}}\n", "policies: {}\n", "from: 1", "-1",
)  # fmt: skip


def judge(path, declared):
    """Load a file; only the error that is meant may come out, and each problem must be fit to print."""
    try:
        load_scenario(path, declared=declared).to_yaml(declared)
    except InputError as error:
        assert error.problems
        for problem in error.problems:
            assert problem.file
            assert problem.message
            str(problem).encode("utf-8")


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    """One file, written over and over."""
    return tmp_path_factory.mktemp("hostile") / "scenario.yaml"


@effort(max_examples=300)
@given(st.data())
def test_a_mutated_scenario(path, declared, georgia, data):
    text = georgia
    for _ in range(data.draw(st.integers(1, 3))):
        start = data.draw(st.integers(0, len(text)))
        end = min(len(text), start + data.draw(st.integers(0, 30)))
        text = text[:start] + data.draw(st.sampled_from(SNIPPETS)) + text[end:]
    path.write_text(text, "utf-8")
    judge(path, declared)


@effort(max_examples=200)
@given(st.data())
def test_a_scenario_with_a_node_of_another_kind(path, declared, georgia, data):
    lines = georgia.splitlines()
    number = data.draw(st.integers(0, len(lines) - 1))
    key = lines[number].partition(":")[0]
    lines[number] = (
        f"{key}: {data.draw(st.sampled_from(('', '[]', '{}', '3', 'true', 'word', '[[1]]', '{a: {b: c}}', '[{}]')))}"
    )
    path.write_text("\n".join(lines), "utf-8")
    judge(path, declared)


@effort(max_examples=200)
@given(st.binary(max_size=200))
@example(b"\xff\xfe\x00")
@example(b"a: \xf0\x9f")
def test_any_bytes(path, declared, raw):
    path.write_bytes(raw)
    judge(path, declared)


@effort(max_examples=100)
@given(st.dictionaries(st.text(max_size=20), st.none() | st.booleans() | st.floats() | st.text() | st.lists(st.integers())))
def test_anything_given_from_outside(path, declared, georgia, values):
    path.write_text(georgia, "utf-8")
    scenario = load_scenario(path, declared=declared)
    try:
        scenario.with_values(values, declared)
    except InputError as error:
        assert error.problems
