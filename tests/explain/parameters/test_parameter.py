"""Explanations of parameters: declaration, readers, columns of the results, and the files that set them."""

import re
from pathlib import Path

import pytest

import frozen_conflict_sim as fcs
from frozen_conflict_sim.explain.parameters.parameter import explain, matching, search
from frozen_conflict_sim.explain.parameters.readers import readers
from frozen_conflict_sim.explain.parameters.result_columns import paths_from
from frozen_conflict_sim.files.problems import InputError
from frozen_conflict_sim.politics.catalogue import declared
from frozen_conflict_sim.scenario.describe import any_members, parameter_rows

ROOT = Path(__file__).parents[3]


def line_at(place):
    file, number = place.rsplit(":", 1)
    return (ROOT / "src" / file).read_text("utf-8").splitlines()[int(number) - 1]


def test_a_parameter_is_declared_where_it_says():
    (found,) = explain(declared, "parent.grievance")
    assert (found.key, found.unit, found.grade) == ("parent.grievance", "strength", "assumed")
    assert "grievance" in line_at(found.declared_at)


def test_rules_that_read_a_parameter_are_named_with_their_place():
    (found,) = explain(declared, "tension")
    by_name = {one.name: one for one in found.readers}
    assert by_name["clash"].kind == "hazard"
    assert by_name["afraid"].kind == "derived quantity of residents"
    assert all(re.search(rf"\b{one.name}\b", source(one.place)) for one in found.readers)
    assert {one.name for one in found.causes} >= {"pressure_raises_tension", "line_calms"}


def source(place):
    """Some lines from a place on: the decorators of a rule stand above its name."""
    file, number = place.rsplit(":", 1)
    return "\n".join((ROOT / "src" / file).read_text("utf-8").splitlines()[int(number) - 1 :][:40])


def test_every_parameter_is_read_by_something():
    unread = [key for key, target in any_members(declared).targets.items() if not readers(declared, target)]
    assert unread == []


def test_a_weight_names_its_incentives_its_utility_and_the_decisions():
    (found,) = explain(declared, "patron.incentives.prestige")
    assert {one.name for one in found.readers} == {"prestige", "prestige_of_annexation"}
    assert {one.pattern for one in found.columns} >= {"<patron>.utility.prestige", "<patron>.treatment.<territory>"}


def test_columns_are_those_of_results(small):
    results = fcs.run(small, 2)
    columns = {**results.columns, **results.variables}
    for key in ("grievance", "tension", "prestige", "support_by_gratitude"):
        for found in explain(declared, key):
            for one in found.columns[1:]:
                pattern = re.sub(r"<\w+>", "[^.]+", re.escape(one.pattern).replace(r"\<", "<").replace(r"\>", ">"))
                kinds = {column.kind for name, column in columns.items() if re.fullmatch(pattern + r"(\..+)?", name)}
                assert one.kind in kinds, one


def test_the_way_through_derived_quantities_is_told():
    assert paths_from(declared, "grievance")["suspicion"] == ("grievance", "grievance_at_work", "suspicion")
    (found,) = explain(declared, "grievance")
    reasons = {one.pattern: one.because for one in found.columns}
    assert reasons["<parent>.alienation"].endswith("through grievance_at_work")


def test_who_sets_a_parameter():
    (found,) = explain(declared, "parents.georgia.grievance")
    files = {(one.file, one.how) for one in found.setters}
    assert ("scenarios/georgia_2014.yaml", "scenario") in files
    assert ("experiments/integration_dilemma.yaml", "uncertainty") in files
    for one in found.setters:
        if one.line:
            assert one.key.rpartition(".")[2] in (ROOT / one.file).read_text("utf-8").splitlines()[one.line - 1]


@pytest.mark.parametrize("key", ["territory.implementation_rate.law", "territories.abkhazia.implementation_rate.law"])
def test_a_key_may_name_an_item_or_a_member(key):
    (found,) = matching(declared, key)
    assert (found.declared.name, found.item) == ("implementation_rate", "law")


def test_an_unknown_key_is_refused_with_the_nearest():
    with pytest.raises(InputError, match=r"did you mean 'parent\.grievance'"):
        explain(declared, "parent.grievence")


def test_a_search_finds_words_in_keys_and_meanings():
    rows = search(parameter_rows(declared), "Integration")
    assert any("integration" in row.key for row in rows)
    assert any("integration" not in row.key for row in rows)
    assert all("integration" in f"{row.key} {row.meaning}".lower() for row in rows)
    assert len(rows) < len(parameter_rows(declared)) / 4
