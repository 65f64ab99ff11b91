"""The JSON Schema for editors: the stored one is the generated one, shipped files keep to it, what is wrong is refused."""

import json
import re
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator
from jsonschema.exceptions import relevance

from frozen_conflict_sim.editors import experiment_schema, scenario_schema
from frozen_conflict_sim.files.scalars import meaning

ROOT = Path(__file__).parents[3]
GENERATED = {"scenario": scenario_schema, "experiment": experiment_schema}
SHIPPED = sorted(path for kind in GENERATED for path in (ROOT / f"{kind}s").rglob("*.yaml"))
ASKED = "question: Why?\nscenario: georgia_2014\n"
COMPLETE = "title: Mine\nstart: 2014-01\nquarters: 40\n"


class Yaml12(yaml.SafeLoader):
    """Reads YAML as editors do: ``off`` and ``2014-01`` are words."""


Yaml12.yaml_implicit_resolvers = {}
Yaml12.add_constructor("tag:yaml.org,2002:str", lambda loader, node: meaning(node.value) if node.style is None else node.value)


@pytest.fixture(scope="module")
def schemas():
    """The schemas of scenario and experiment files."""
    return {kind: json.loads(generated()) for kind, generated in GENERATED.items()}


def told(error):
    """What an editor shows of a choice: the error in the only alternative whose type fits."""
    alternatives = {}
    for inner in error.context:
        alternatives.setdefault(inner.schema_path[0], []).append(inner)
    fitting = [each for each in alternatives.values() if not any(one.validator == "type" and not one.path for one in each)]
    return told(max(fitting[0], key=relevance)) if error.validator == "anyOf" and len(fitting) == 1 else error


@pytest.fixture(scope="module")
def problem(schemas):
    """What a schema finds wrong with a text: the path and the message, or nothing."""
    validators = {kind: Draft202012Validator(schema) for kind, schema in schemas.items()}

    def problem(text, kind="scenario"):
        errors = [*map(told, validators[kind].iter_errors(yaml.load(text, Yaml12)))]
        error = max(errors, key=relevance, default=None)
        return error and f"{'.'.join(str(part) for part in error.absolute_path)}: {error.message}"

    return problem


@pytest.mark.parametrize("kind", GENERATED)
def test_it_is_json_schema(schemas, kind):
    Draft202012Validator.check_schema(schemas[kind])


@pytest.mark.parametrize("kind", GENERATED)
def test_the_one_in_the_repository_is_the_one_that_the_code_generates(kind):
    stored = (ROOT / f"{kind}s" / f"{kind}.schema.json").read_text("utf-8")
    hint = "declarations have changed: python3 run.py renew schemas"
    assert stored == GENERATED[kind](), hint


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_shipped_file_names_the_schema_and_keeps_to_it(path, problem):
    text = path.read_text("utf-8")
    kind = path.relative_to(ROOT).parts[0].removesuffix("s")
    named = re.match(r"# yaml-language-server: \$schema=(\S+)\n", text)[1]
    assert (path.parent / named).resolve() == ROOT / f"{kind}s" / f"{kind}.schema.json"
    assert problem(text, kind) is None


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
        "policies: {mine: {description: Wait., patron: {ask_cool_down: 3, forbidden: [treatment.ask_for_deeper_integration]}}}",
        "events: [{name: slump, from: 2014-Q1, to: 2014-12-31, trend: {parents.georgia.economy: -0.1}}]",
        "events: [{name: fury, when: parents.georgia.alienation > 0.8, once: true, hazard: 0.5, shock: {parent.economy: -1}}]",
    ],
)
def test_what_is_right_is_accepted(problem, text):
    assert problem(COMPLETE + text) is None


def test_what_is_inherited_need_not_be_written_again(problem):
    assert problem("extends: georgia_2014\nprojects: null\npolicies: {lavrov: {patron: {ask_cool_down: 3}}}") is None


@pytest.mark.parametrize(
    ("text", "where", "why"),
    [
        ("patron: {incentives: {prestigge: 0.3}}", "patron.incentives", "'prestigge' was unexpected"),
        ("patron: {incentives: {prestige: 300}}", "patron.incentives.prestige", "300 is greater than the maximum"),
        ("patron: {incentives: {prestige: much}}", "patron.incentives.prestige", "'much' is not"),
        (BETWEEN.format("{from: 0, to: 99}"), "parent.grievance.to", "99 is greater than the maximum"),
        (BETWEEN.format("{from: 0}"), "parent.grievance", "'to' is a dependency of 'from'"),
        (BETWEEN.format("{form: 0, to: 1}"), "parent.grievance", "'form' was unexpected"),
        (BETWEEN.format("{value: 1, normal: [0.1, 0.1]}"), "parent.grievance", "valid under each of"),
        (BETWEEN.format("{normal: [0.1, 0]}"), "parent.grievance.normal.1", "minimum of 0"),
        (BETWEEN.format("{normal: [0.1]}"), "parent.grievance.normal", "too short"),
        (BETWEEN.format("{value: 1, grade: documented}"), "parent.grievance", "'source' is a required property"),
        ("parent: {channels: of}", "parent.channels", "'of' is not"),
        ("territories: {South Ossetia: {}}", "territories", "'South Ossetia' does not match"),
        (
            "policies: {mine: {description: Wait., patron: {attention: 1}}}",
            "policies.mine.patron",
            "False schema does not allow 1",
        ),
        (
            "policies: {mine: {description: Wait., patron: {forbidden: [ask]}}}",
            "policies.mine.patron.forbidden.0",
            "'ask' is not one of",
        ),
        ("policies: {mine: {patron: {ask_cool_down: 3}}}", "policies.mine", "'description' is a required property"),
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


@pytest.mark.parametrize(
    "text",
    [
        "levers: {patron.policy: [swallow, salami], parent.grievance: [0.5, 1], patron.asks.law: {from: 0, to: 1, levels: 3}}",
        "uncertainties: {parents.georgia.grievance: {normal: [1, 0.1]}, elite.incentives.ideal_served: {from: 0.4, to: 1.2}}",
        "design: {kind: saltelli, points: 64, second_order: true}",
        "design: {kind: list, random_numbers: independent, points: [{parent.grievance: 0.5}, {parent.grievance: 1}]}",
        "compare_with: {parent.channels: off, parent.grievance: 1}",
        "compare_with: {no_coupling: {parent.channels: off}, strong: {parents.georgia.grievance: 2}}",
        "outcomes: [alienation_at_end, georgia.alienation_at_end, railway_opened, moscow.utility.prestige]\nkeep: all",
        "replicates: 20\nseed: 2015",
        "keep: [integration, moscow.treatment.abkhazia]",
    ],
)
def test_what_is_right_in_an_experiment_is_accepted(problem, text):
    assert problem(ASKED + text, "experiment") is None


@pytest.mark.parametrize(
    ("text", "where", "why"),
    [
        ("lever: {}", "", "'lever' was unexpected"),
        ("levers: {patron.polcy: [swallow]}", "levers", "'patron.polcy' does not match"),
        ("levers: {parent.grievance: [0, 99]}", "levers.parent.grievance.1", "99 is greater than the maximum"),
        ("levers: {parent.grievance: 1}", "levers.parent.grievance", "1 is not valid under any"),
        ("levers: {parent.grievance: {from: 0}}", "levers.parent.grievance", "'to' is a required property"),
        ("levers: {parent.channels: [on, of]}", "levers.parent.channels.1", "'of' is not one of ['on', 'off']"),
        ("uncertainties: {parent.grievance: 1}", "uncertainties.parent.grievance", "1 is not of type 'object'"),
        ("uncertainties: {parent.grievance: {value: 1}}", "uncertainties.parent.grievance", "should not be valid"),
        ("uncertainties: {parent.channels: [on]}", "uncertainties", "'parent.channels' does not match"),
        ("design: {points: 64}", "design", "'kind' is a required property"),
        ("design: {kind: sobbol}", "design.kind", "'sobbol' is not one of"),
        ("design: {kind: sobol, points: 0}", "design.points", "0 is less than the minimum of 1"),
        ("design: {kind: morris, random_numbers: common}", "design", "'random_numbers' was unexpected"),
        ("design: {kind: file}", "design", "'path' is a required property"),
        ("compare_with: {parent.chanels: off}", "compare_with", "'parent.chanels'"),
        ("replicates: 0", "replicates", "0 is less than the minimum of 1"),
        ("keep: some", "keep", "'all' was expected"),
        ("outcomes: [alienation_at_ennd]", "outcomes.0", "'alienation_at_ennd' is not valid"),
        ("outcomes: [georgia.alienation_at_ennd]", "outcomes.0", "is not valid"),
    ],
)
def test_what_is_wrong_in_an_experiment_is_refused_where_it_stands(problem, text, where, why):
    found = problem(ASKED + text, "experiment")
    assert found.startswith(f"{where}: ")
    assert why in found


@pytest.mark.parametrize(
    ("kind", "text", "wrong"),
    [
        ("scenario", "extends: georgia_2014\npatron: {policy: swallow}", False),
        ("scenario", "extends: georgia_2014\npatron: {policy: swalow}", True),
        ("scenario", "extends: georgia_2014\npatron: {policy: {value: swallow, source: A book., grade: documented}}", False),
        ("scenario", "extends: georgia_2014\npatron: {policy: {value: swalow, source: A book., grade: documented}}", True),
        ("scenario", "extends: georgia_2014\nterritories: {abkhazia: {elite: {ruling: unifiers}}}", True),
        ("scenario", "extends: georgia_2014\npatron: {policy: mine}\npolicies: {mine: {description: Wait.}}", False),
        ("scenario", "extends: own.yaml\npatron: {policy: mine}", False),
        ("experiment", ASKED + "levers: {patron.policy: [swallow, salami]}", False),
        ("experiment", ASKED + "levers: {patron.policy: [swallow, salammi]}", True),
        ("experiment", "question: Why?\nscenario: own.yaml\nlevers: {patron.policy: [mine]}", False),
    ],
)
def test_policies_and_factions_of_shipped_scenarios_are_known(problem, kind, text, wrong):
    assert bool(problem(text, kind)) == wrong


def test_a_file_that_extends_nothing_must_be_complete(problem):
    assert "'quarters' is a required property" in problem("title: Mine\nstart: 2014-01")
    assert "'scenario' is a required property" in problem("question: Why?", "experiment")


def descriptions(schema):
    """Every description in a schema."""
    if isinstance(schema, dict):
        yield from [schema["description"]] if isinstance(schema.get("description"), str) else []
        for inner in schema.values():
            yield from descriptions(inner)


def test_descriptions_have_meaning_bounds_unit_default_source_and_grade(schemas):
    schema = schemas["scenario"]
    prestige = schema["$defs"]["prestige"]
    assert re.fullmatch(r"[A-Z][^\n]+\.\n\n0 to \d \(utility\); default 0\.\d+; grade: assumed\.", prestige["description"])
    assert isinstance(prestige["default"], float)
    assert "source: McKelvey and Palfrey 1995." in schema["$defs"]["choice_rule"]["description"]
    assert schemas["experiment"]["$defs"]["lever.prestige"]["description"] == prestige["description"]
    said = [*descriptions(schema), *descriptions(schemas["experiment"])]
    assert [text for text in said if not re.match(r"[A-Z(]", text) or not text.endswith((".", "?"))] == []


@pytest.mark.parametrize("kind", GENERATED)
def test_the_command_prints_it_and_writes_it_beside_a_file(command, tmp_path, kind):
    assert command("schema", kind, cwd=tmp_path).stdout == GENERATED[kind]()
    written = command("schema", kind, "--write", cwd=tmp_path)
    assert (written.stdout, written.stderr) == ("", f"written: {kind}.schema.json\n")
    assert (tmp_path / f"{kind}.schema.json").read_text("utf-8") == GENERATED[kind]()


def parts(schema):
    """Every schema inside a schema."""
    if isinstance(schema, dict):
        yield schema
    for inner in schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ():
        yield from parts(inner)


@pytest.mark.parametrize("kind", GENERATED)
def test_strict_validators_can_compile_it(schemas, kind):
    for part in parts(schemas[kind]):
        if isinstance(part.get("required"), list):
            assert {*part["required"]} <= part["properties"].keys()
        if isinstance(part.get("type"), list):
            assert len({*part["type"]} - {"null"}) == 1
        for pattern in part["patternProperties"] if isinstance(part.get("patternProperties"), dict) else ():
            assert not re.search(r"\\[^wWdDsSbB.*+?^$|()\[\]{}/x-]", pattern), "no regular expression in JavaScript"


def test_shipped_names_and_outcomes_are_completed(schemas):
    extends, scenario = schemas["scenario"]["properties"]["extends"], schemas["experiment"]["properties"]["scenario"]
    assert "georgia_2014" in extends["anyOf"][0]["enum"]
    assert "what_if/tense_line" in scenario["anyOf"][0]["enum"]
    outcomes = schemas["experiment"]["properties"]["outcomes"]["items"]["anyOf"]
    assert all(one["description"] for one in outcomes[:-1])
    assert {"alienation_at_end", "utility"} <= {one["const"] for one in outcomes[:-1]}


@pytest.mark.parametrize("kind", GENERATED)
def test_what_an_editor_inserts_for_a_number_is_valid(schemas, kind):
    inserted = 0
    for part in parts(schemas[kind]):
        if part.get("type") in ("number", "integer"):
            assert Draft202012Validator(part).is_valid(part.get("default", 0)), part
            inserted += 1
        elif "default" in part and isinstance(part.get("description"), str):
            whole = {"$defs": schemas[kind]["$defs"], **part}
            assert Draft202012Validator(whole).is_valid(part["default"]), part
    assert inserted > 100
