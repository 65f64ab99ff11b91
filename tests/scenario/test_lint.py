"""Warnings about what is valid but may not be meant: parts that do not add up, facts that were not given, vain events."""

import pytest

from frozen_conflict_sim.politics.catalogue import declared
from frozen_conflict_sim.scenario import InputError, load_scenario, shipped_names
from frozen_conflict_sim.scenario.describe import summary
from frozen_conflict_sim.scenario.lint import facts_not_given


def test_facts_and_recomputed_states_are_flags_on_declarations():
    flagged = {name: quantity for name, quantity in declared.quantities.items() if getattr(quantity, "fact", False)}
    assert {"alienation", "population", "agreed", "share"} <= set(flagged)
    assert all(quantity.state for quantity in declared.quantities.values() if getattr(quantity, "recomputed", ""))


def test_facts_that_a_scenario_does_not_give_are_listed():
    cyprus = load_scenario("northern_cyprus_2004")
    assert facts_not_given(declared, cyprus) == ["Nicosia: usual_public_opinion 0.7", "Northern Cyprus: elite_term 20"]
    assert "not given   Nicosia: usual_public_opinion 0.7" in summary(declared, cyprus)
    whole = cyprus.with_values({"parent.usual_public_opinion": 0.6, "elite.elite_term": 20})
    assert facts_not_given(declared, whole) == []
    assert "not given" not in summary(declared, whole)


@pytest.mark.parametrize(
    ("key", "number", "warning"),
    [
        (
            "territories.northern_cyprus.public.strata.from_turkey.share",
            0.1,
            "share adds up to 0.7 and not to 1 over territories.northern_cyprus.public.strata; each is divided",
        ),
        (
            "territories.northern_cyprus.trade_shares.others",
            0.9,
            "trade_shares adds up to 1.5 and not to 1 over territories.northern_cyprus; it is taken as it is",
        ),
        ("west.voices.eu.influence", 0.3, "influence adds up to 0.7 and not to 1 over west.voices"),
    ],
)
def test_parts_that_do_not_add_up_are_noted(key, number, warning):
    assert warning in load_scenario("northern_cyprus_2004", {key: number}).notes[-1]


def test_parts_that_are_all_0_are_refused():
    strata = "territories.northern_cyprus.public.strata"
    with pytest.raises(InputError, match=f"{strata}: every share is 0, so there is nothing to divide"):
        load_scenario("northern_cyprus_2004", {f"{strata}.from_turkey.share": 0, f"{strata}.turkish_cypriot.share": 0})


def test_parts_that_are_uncertain_are_not_added_up():
    uncertain = load_scenario("northern_cyprus_2004", {"west.voices.eu.influence": {"from": 0.1, "to": 0.3}})
    assert uncertain.notes == ()


def test_a_parent_without_a_territory_is_noted(tmp_path):
    path = tmp_path / "two.yaml"
    path.write_text("extends: northern_cyprus_2004\ntitle: Two\nparents: {greece: {name: Athens}}\n", "utf-8")
    [note] = load_scenario(path).notes
    assert note.startswith("no territory belongs to greece")


@pytest.mark.parametrize("name", shipped_names())
def test_shipped_scenarios_have_no_warnings(name):
    assert not [note for note in load_scenario(name).notes if "removed" not in note and "dropped" not in note]


@pytest.mark.parametrize(
    ("key", "instead"),
    [
        ("parents.cyprus.at_war", "war breaks out by itself, or is told by quarters_of_war_left"),
        ("territories.northern_cyprus.public.mean_support", "it is what residents add up to"),
    ],
)
def test_shocks_that_can_do_nothing_are_refused(tmp_path, key, instead):
    path = tmp_path / "shock.yaml"
    shock = f"extends: northern_cyprus_2004\ntitle: S\nevents: [{{name: a shock, at: 2006-Q1, shock: {{{key}: 0.4}}}}]\n"
    path.write_text(shock, "utf-8")
    with pytest.raises(InputError, match=f"cannot move it, since the model computes it anew: .*{instead}"):
        load_scenario(path)
