"""Shipped scenarios and the real politics: names lead to files, every key to one thing, every file loads and is complete."""

import pytest

from frozen_conflict_sim.scenario import InputError, load_scenario, shipped, shipped_names
from frozen_conflict_sim.scenario.addresses import addresses_of
from frozen_conflict_sim.scenario.describe import parameter_rows, summary
from frozen_conflict_sim.scenario.schema import declarations


@pytest.mark.parametrize("name", shipped_names())
def test_a_shipped_scenario_loads_and_is_written_as_it_was_read(name, tmp_path):
    scenario = load_scenario(name)
    copy = tmp_path / "copy.yaml"
    copy.write_text(scenario.to_yaml(), "utf-8")
    assert load_scenario(copy) == scenario
    assert scenario.title in summary(declarations(), scenario)


def test_every_address_has_one_key_and_every_key_one_row():
    scenario, declared = load_scenario("georgia_2014"), declarations()
    addresses = addresses_of(declared, scenario.entities)
    keys = [key for key, target in addresses.targets.items() if not target.shared]
    assert sorted(keys) == sorted(addresses.specific.values())
    rows = [row.key for row in parameter_rows(declared, scenario)]
    assert len(rows) == len(set(rows))


def test_a_path_and_a_bare_name_mean_the_same():
    assert load_scenario(shipped.shipped_folder() / "georgia_2014.yaml") == load_scenario("georgia_2014")


def test_unknown_names_suggest_the_nearest_shipped_one(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name, hint in [("georgia_2041", "did you mean 'georgia_2014'?"), ("zzz", "shipped are"), ("", "folder")]:
        with pytest.raises(InputError) as caught:
            load_scenario(name)
        assert hint in str(caught.value)
    with pytest.raises(InputError, match=r"the shipped scenario is called 'georgia_2014', without \.yaml"):
        load_scenario("georgia_2014.yaml")


def test_an_installed_package_carries_its_scenarios(tmp_path, monkeypatch, declared, georgia):
    folder = tmp_path / "shipped" / "scenarios" / "what_if"
    folder.mkdir(parents=True)
    (folder.parent / "base.yaml").write_text(georgia)
    (folder / "no_railway.yaml").write_text("extends: ../base.yaml\nprojects: null\n")
    monkeypatch.setattr(shipped, "_PACKAGE", tmp_path)
    assert shipped_names() == ["base", "what_if/no_railway"]
    assert load_scenario("what_if/no_railway", declared=declared).entities["project"] == ()
    own = tmp_path / "own.yaml"
    own.write_text("extends: what_if/no_railway\ntitle: Mine\n")
    assert load_scenario(own, declared=declared).title == "Mine"
