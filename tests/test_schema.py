"""The JSON Schema for editors: the stored one is the generated one, shipped files keep to it, what is wrong is refused."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match

from frozen_conflict_sim.scenario.editors import scenario_schema
from frozen_conflict_sim.scenario.plain import meaning

ROOT = Path(__file__).parents[1]
SCENARIOS = sorted((ROOT / "scenarios").rglob("*.yaml"))
COMPLETE = "title: Mine\nstart: 2014-01\nturns: 40\n"


class Yaml12(yaml.SafeLoader):
    """Reads YAML as editors do: ``off`` and ``2014-01`` are words."""


Yaml12.yaml_implicit_resolvers = {}
Yaml12.add_constructor("tag:yaml.org,2002:str", lambda loader, node: meaning(node.value) if node.style is None else node.value)


@pytest.fixture(scope="module")
def schema():
    """The schema of scenario files."""
    return json.loads(scenario_schema())


@pytest.fixture(scope="module")
def problem(schema):
    """What the schema finds wrong with a text: the path and the message, or nothing."""
    validator = Draft202012Validator(schema)

    def problem(text):
        error = best_match(validator.iter_errors(yaml.load(text, Yaml12)))
        return error and f"{'.'.join(str(part) for part in error.absolute_path)}: {error.message}"

    return problem


def test_it_is_json_schema(schema):
    Draft202012Validator.check_schema(schema)


def test_the_one_in_the_repository_is_the_one_that_the_code_generates():
    stored = ROOT / "scenarios" / "scenario.schema.json"
    hint = "declarations have changed: cd scenarios && frozen-conflict-sim schema --write"
    assert stored.read_text("utf-8") == scenario_schema(), hint


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda path: path.stem)
def test_a_shipped_scenario_names_the_schema_and_keeps_to_it(path, problem):
    text = path.read_text("utf-8")
    named = re.match(r"# yaml-language-server: \$schema=(\S+)\n", text)[1]
    assert (path.parent / named).resolve() == ROOT / "scenarios" / "scenario.schema.json"
    assert problem(text) is None


BETWEEN = "parent: {{grievance: {}}}"
EVENT = "events: [{{name: shock, at: 2015-01, {}}}]"


@pytest.mark.parametrize(
    "text",
    [
        "patron: {incentives: {prestige: 0.3, control: {from: 0, to: 1}}}",
        "patron: {incentives: {prestige: {normal: [0.3, 0.1], source: A book., grade: documented, verified: true}}}",
        "parent: {channels: off, grievance: null}",
        "parents: {georgia: {name: Tbilisi, grievance: {lognormal: [0.3, 0.1]}, channels: {value: off, source: A book.}}}",
        "territories: {abkhazia: {agreed: {law: 0.2}, public: {strata: {abkhaz: {share: 0.5}}}}}",
        "policies: {mine: {says: Wait., patron: {cool_down: 3, closed: [treatment.ask_for_deeper_integration]}}}",
        "events: [{name: slump, from: 2014-Q1, to: 2014-12-31, trend: {parents.georgia.economy: -0.1}}]",
        "events: [{name: fury, when: parents.georgia.alienation > 0.8, once: true, hazard: 0.5, shock: {parent.economy: -1}}]",
    ],
)
def test_what_is_right_is_accepted(problem, text):
    assert problem(COMPLETE + text) is None


def test_what_is_inherited_need_not_be_written_again(problem):
    assert problem("extends: georgia_2014\nprojects: null\npolicies: {lavrov: {patron: {cool_down: 3}}}") is None


@pytest.mark.parametrize(
    ("text", "where", "why"),
    [
        ("patron: {incentives: {prestigge: 0.3}}", "patron.incentives", "'prestigge' was unexpected"),
        ("patron: {incentives: {prestige: 300}}", "patron.incentives.prestige", "300 is greater than the maximum"),
        ("patron: {incentives: {prestige: much}}", "patron.incentives.prestige", "'much' is not of type"),
        (BETWEEN.format("{from: 0, to: 99}"), "parent.grievance.to", "99 is greater than the maximum"),
        (BETWEEN.format("{from: 0}"), "parent.grievance", "'to' is a dependency of 'from'"),
        (BETWEEN.format("{form: 0, to: 1}"), "parent.grievance", "'form' was unexpected"),
        (BETWEEN.format("{value: 1, normal: [0.1, 0.1]}"), "parent.grievance", "valid under each of"),
        (BETWEEN.format("{normal: [0.1, 0]}"), "parent.grievance.normal.1", "minimum of 0"),
        (BETWEEN.format("{normal: [0.1]}"), "parent.grievance.normal", "too short"),
        (BETWEEN.format("{value: 1, grade: documented}"), "parent.grievance", "'source' is a required property"),
        ("parent: {channels: of}", "parent.channels", "is not valid"),
        ("territories: {South Ossetia: {}}", "territories", "'South Ossetia' does not match"),
        ("policies: {mine: {says: Wait., patron: {attention: 1}}}", "policies.mine.patron", "False schema does not allow 1"),
        ("policies: {mine: {says: Wait., patron: {closed: [ask]}}}", "policies.mine.patron.closed.0", "'ask' is not one of"),
        ("policies: {mine: {patron: {cool_down: 3}}}", "policies.mine", "'says' is a required property"),
        (EVENT.format("shock: {parent.econommy: 1}"), "events.0.shock", "'parent.econommy' does not match"),
        (EVENT.format("shock: {parents.georgia.economy: 9}"), "events.0.shock", "9 is greater"),
        (EVENT.format("shocks: {}"), "events.0", "'shocks' was unexpected"),
        ("events: [{at: 2014-13, name: x}]", "events.0.at", "'2014-13' does not match"),
    ],
)
def test_what_is_wrong_is_refused_where_it_stands(problem, text, where, why):
    found = problem(COMPLETE + text)
    assert found.startswith(where)
    assert why in found


def test_a_file_that_extends_nothing_must_be_complete(problem):
    assert "'turns' is a required property" in problem("title: Mine\nstart: 2014-01")


def descriptions(schema):
    """Every description in a schema."""
    if isinstance(schema, dict):
        yield from [schema["description"]] if isinstance(schema.get("description"), str) else []
        for inner in schema.values():
            yield from descriptions(inner)


def test_hovers_have_meaning_bounds_unit_default_source_and_grade(schema):
    prestige = schema["$defs"]["prestige"]
    assert re.fullmatch(r"[A-Z][^\n]+\.\n\n0 to \d \(utility\); default 0\.\d+; grade: assumed\.", prestige["description"])
    assert isinstance(prestige["default"], float)
    assert "source: McKelvey and Palfrey 1995." in schema["$defs"]["rule"]["description"]
    assert all(re.match(r"[A-Z(]", said) and said.endswith((".", "?")) for said in descriptions(schema))


def test_the_command_prints_it_and_writes_it_beside_a_file(tmp_path):
    command = [sys.executable, "-m", "frozen_conflict_sim", "schema"]
    printed = subprocess.run([*command, "scenario"], capture_output=True, encoding="utf-8", check=True)
    assert printed.stdout == scenario_schema()
    written = subprocess.run([*command, "--write"], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert written.stdout == ""
    assert written.stderr == "written: scenario.schema.json\n"
    assert (tmp_path / "scenario.schema.json").read_text("utf-8") == printed.stdout
