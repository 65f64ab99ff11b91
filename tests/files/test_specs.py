"""A spec checks and gives its own JSON Schema; the two agree on what is right and what is wrong."""

import pytest
from jsonschema import Draft202012Validator

from frozen_conflict_sim.files.json_schema import document
from frozen_conflict_sim.files.nodes import from_python
from frozen_conflict_sim.files.numbers import Choices, Number, Pair, Whole
from frozen_conflict_sim.files.problems import Position, Report
from frozen_conflict_sim.files.section import Requires, Section
from frozen_conflict_sim.files.specs import Date, Flag, ListOf, OneOf, Refused, Shared, Text, Texts

SHARE = Number(0, 1, "share", "a share")
GRADED = Section(
    "a value",
    {
        "value": SHARE,
        "from": SHARE,
        "to": SHARE,
        "grade": OneOf(("measured", "guessed"), "how well it is known"),
        "source": Text("where it comes from"),
        "unit": Text("its unit"),
    },
    forms=(("value",), ("from", "to")),
    requires=(
        Requires("grade", "source", "a measured value needs its source", "measured"),
        Requires("unit", "source", "a unit needs its source"),
    ),
)
SPECS = {
    "text": (Text("a text"), ["off", "1914"], [1914, True, " ", None]),
    "texts": (Texts("texts"), ["one", ["one", "two"]], [[], [1], None]),
    "flag": (Flag("whether"), [True, False], ["yes", 1, None]),
    "whole": (Whole(1, 9, "runs", "how many"), [1, 9, 8.0], [0, 10, 1.5, 11.0, "1", True]),
    "number": (SHARE, [0, 0.5, 1.0], [-0.1, 2, "0.5", True, None]),
    "pair": (Pair(SHARE, Number(0, 2, "share", "sd"), "a pair"), [[0.5, 0.1]], [[0.5], [0.5, 0], [2, 1], 0.5]),
    "choices": (Choices(SHARE, "numbers"), [[0.1], [0.1, 1]], [[], [2], 0.1]),
    "word": (OneOf(("on", "off"), "a switch"), ["on", "off"], ["of", True, 1]),
    "list": (ListOf(("law", "land"), "clauses"), [[], ["law"]], [["lax"], "law"]),
    "date": (Date("a date"), ["2014-01", "2014-Q4", "2014-11-24"], ["2014-13", 2014, "soon"]),
    "refused": (Refused("not here"), [], [1, None, {}]),
    "shared": (Shared("share", SHARE), [0.5], [2]),
    "section": (Section("a map", {"share": SHARE}, needs=("share",)), [{"share": 1}], [{}, {"shar": 1}, {"share": 2}, 1]),
    "names": (Section("a map", each=SHARE, noun="a part"), [{}, {"one": 1}], [{"One": 1}, {"one": 2}]),
}


def messages(spec, data):
    """The messages of a check."""
    report = Report()
    spec.check(from_python(data, Position("test"), "", report), "key", report)
    return [problem.message for problem in report.problems]


def fits(spec, data):
    """Whether data keep to the JSON Schema."""
    definitions = {}
    schema = spec.schema(definitions)
    schema = schema if isinstance(schema, bool) else schema | {"$defs": definitions}
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema).is_valid(data)


@pytest.mark.parametrize("name", SPECS)
def test_check_and_schema_agree(name):
    spec, right, wrong = SPECS[name]
    assert [messages(spec, data) for data in right] == [[]] * len(right)
    assert [data for data in right if not fits(spec, data)] == []
    assert [data for data in wrong if not messages(spec, data)] == []
    assert [data for data in wrong if fits(spec, data)] == []


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"value": 0.1, "grade": "measured"}, "a measured value needs its source"),
        ({"value": 0.1, "unit": "m"}, "a unit needs its source"),
    ],
)
def test_rules_between_keys_are_checked_and_are_in_the_schema(data, message):
    assert messages(GRADED, data) == [message]
    assert not fits(GRADED, data)
    assert messages(GRADED, data | {"source": "A book."}) == []
    assert fits(GRADED, data | {"source": "A book."})


def test_alternative_forms_are_in_the_schema():
    right, wrong = [{"value": 1}, {"from": 0, "to": 1}], [{}, {"from": 0}, {"value": 1, "from": 0, "to": 1}]
    assert [fits(GRADED, data) for data in right + wrong] == [True, True, False, False, False]
    forms = [GRADED.form_of(from_python(data, Position("test"), "", Report())) for data in right + wrong]
    assert [form in GRADED.forms for form in forms] == [True, True, False, False, False]


def test_a_shared_schema_is_written_once():
    root = Section("a file", {"one": Shared("share", SHARE), "two": Shared("share", SHARE)})
    assert document(root, "A file").count('"minimum": 0') == 1
