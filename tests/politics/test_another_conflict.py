"""A conflict that the program knows nothing of, from public facts (docs/another_conflict.md), moves the right way."""

import re
from pathlib import Path

import numpy as np
import pytest
import yaml

from frozen_conflict_sim.scenario import load_scenario

PAGE = (Path(__file__).parents[2] / "docs" / "another_conflict.md").read_text("utf-8")
RUNS = 96
UNION = {"patron.policy": "union"}
YES, NO = "rises", "falls"


@pytest.fixture(scope="module")
def karabakh(tmp_path_factory, play):
    """Play the page's scenario with other values, and with more of an event or a policy in YAML."""
    text = re.search(r"^```yaml\n# nagorno_karabakh\.yaml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)[1]
    folder = tmp_path_factory.mktemp("karabakh")
    (folder / "nagorno_karabakh.yaml").write_text(text, "utf-8")
    known = {}

    def ensemble(values=None, more=""):
        asked = (tuple(sorted((values or {}).items())), more)
        if asked not in known:
            path = folder / f"more{len(known)}.yaml"
            path.write_text(f"extends: nagorno_karabakh.yaml\ntitle: More\n{more}", "utf-8")
            known[asked] = play(load_scenario(path, values or None), RUNS, compiled=True)
        return known[asked]

    return ensemble


TERRITORY, PARENT = "nagorno_karabakh", "azerbaijan"
CUT = f"events: [{{name: a cut, at: 2011-Q1, shock: {{territories.{TERRITORY}.standing_subsidy: -260}}}}]\n"
BID = f"events: [{{name: bids, from: 2011-Q1, to: 2011-Q4, trend: {{territories.{TERRITORY}.elite.bid_pending: 1}}}}]\n"
TAKEN = "patron: {policy: taken}\npolicies: {taken: {description: Take it., patron: {mandatory: [on_a_bid.accept]}}}\n"


@pytest.mark.parametrize(
    ("always", "less", "more", "expected"),
    [
        ({}, {"patron.incentives.prestige": 0.1}, {"patron.incentives.prestige": 2.0}, {"yerevan.treaties": YES}),
        ({}, {"patron.incentives.control": 1}, {"patron.incentives.control": 8}, {"yerevan.treaties": YES}),
        (
            UNION,
            {"public.autonomy_minded_share": 0.2},
            {"public.autonomy_minded_share": 0.8},
            {f"{TERRITORY}.depth_gained": NO, f"{TERRITORY}.refusals": YES},
        ),
        (
            UNION,
            {"territory.coercive_capacity": 0.1},
            {"territory.coercive_capacity": 0.9},
            {f"{TERRITORY}.forced_exits": NO, f"{TERRITORY}.voiced": NO},
        ),
        (
            UNION | {"parent.accommodation": 0},
            {"parent.grievance": 0},
            {"parent.grievance": 2},
            {f"{PARENT}.alienation_on_average": YES, f"{PARENT}.western_alignment_on_average": YES},
        ),
        (
            UNION | {"parent.grievance": 0},
            {"parent.accommodation": 0},
            {"parent.accommodation": 1.2},
            {f"{PARENT}.acceptance_at_end": YES, f"{PARENT}.western_alignment_on_average": NO},
        ),
        ({}, {"parent.usual_tension": 0.05}, {"parent.usual_tension": 0.8}, {f"{PARENT}.clashes": YES}),
        (
            {},
            {"parent.protest_against_patron_hazard": 0},
            {"parent.protest_against_patron_hazard": 0.3},
            {f"{PARENT}.hardline_share_at_end": YES},
        ),
        ({}, {"parent.incentives.hearts": 0}, {"parent.incentives.hearts": 2}, {f"{TERRITORY}.dependence_at_end": NO}),
        ({}, {"territory.recognition": 0}, {"territory.recognition": 1}, {f"{TERRITORY}.prefers_accession_at_end": NO}),
    ],
    ids=lambda part: " ".join(part) if isinstance(part, dict) else None,
)
def test_it_moves_the_right_way(karabakh, always, less, more, expected):
    before, after = karabakh(always | less).outcomes, karabakh(always | more).outcomes
    for outcome, way in expected.items():
        moved = after[outcome] - before[outcome]
        moved = moved[np.isfinite(moved)]
        surely = moved.mean() if way == YES else -moved.mean()
        assert surely > 2 * moved.std() / len(moved) ** 0.5, f"{outcome}: {moved.mean():+.3f}"


def test_a_cut_brings_leaders_down(karabakh):
    before, after = (karabakh({}, more).outcomes for more in ("", CUT))
    for outcome, by in (("incumbents_beaten", 0.1), ("forced_exits", 0.02), ("peak_mobilisation", 0.05)):
        assert np.nanmean(after[f"{TERRITORY}.{outcome}"]) > np.nanmean(before[f"{TERRITORY}.{outcome}"]) + by


def test_sanctions_follow_annexation_and_not_a_treaty(karabakh):
    asked, taken = karabakh(UNION).outcomes, karabakh({}, BID + TAKEN).outcomes
    assert asked[f"{TERRITORY}.treaty_signed"].mean() > 0.9
    assert asked["yerevan.sanctions_on_average"].mean() < 0.01
    assert taken[f"{TERRITORY}.annexed_at_end"].mean() > 0.9
    assert taken["yerevan.sanctions_on_average"].mean() > 0.1


def test_with_the_channels_off_grievance_and_accommodation_make_no_difference(karabakh):
    off = UNION | {"parent.channels": "off"}
    nothing, much = (karabakh(off | {"parent.grievance": x, "parent.accommodation": x}) for x in (0, 1.2))
    assert all(np.array_equal(nothing.outcomes[name], much.outcomes[name], equal_nan=True) for name in nothing.outcomes)


def test_what_people_are_called_makes_no_difference(karabakh):
    renamed = (
        "parents: {azerbaijan: {name: Azərbaycan}}\nwest: {name: 外部, voices: {turkey: {name: Türkiye}}}\n"
        "factions: {unionists: {name: Միացում}}\n"
        "territories: {nagorno_karabakh: {name: Арцах, elite: {name: Ստեփանակերտ},"
        " public: {strata: {armenians: {name: Հայեր}}}}}\n"
    )
    known, called = karabakh(UNION).outcomes, karabakh(UNION, renamed).outcomes
    assert all(np.array_equal(known[name], called[name], equal_nan=True) for name in known)


# The table of judgements


def test_judgements_that_the_page_quotes_are_those_of_the_files():
    scenarios = [load_scenario(name) for name in ("three_theatres_2014", "northern_cyprus_2004")]
    told = re.findall(r"^\| `(\w+)` \|[^|]*\| ((?:[A-Z][A-Za-z ]+ [\d.]+(?:, )?)+) \|$", PAGE, re.MULTILINE)
    assert len(told) == 9
    for quantity, judged in told:
        for called, number in re.findall(r"([A-Z][A-Za-z ]+) ([\d.]+)", judged):
            assert float(number) == value_of(scenarios, called, quantity), f"{quantity} of {called}"


def value_of(scenarios, called, quantity):
    """What the shipped files say of a quantity, or leave at its default."""
    from frozen_conflict_sim.politics.catalogue import declared

    for scenario in scenarios:
        for member, name in scenario.names.items():
            if name == called and member in (*scenario.entities["territory"], *scenario.entities["parent"]):
                value = scenario.values.get((declared.owners[quantity].name, member, quantity, ""))
                return value.fixed if value else declared.quantities[quantity].default
    raise AssertionError(f"nobody is called {called}")


def test_the_file_to_fill_in_leaves_no_fact_to_the_defaults(tmp_path, play):
    from frozen_conflict_sim.politics.catalogue import declared
    from frozen_conflict_sim.scenario.lint import facts_not_given
    from frozen_conflict_sim.scenario.starter import conflict

    path = tmp_path / "mine.yaml"
    path.write_text(conflict(path), "utf-8")
    mine = load_scenario(path)
    assert (facts_not_given(declared, mine), mine.notes, mine.title) == ([], (), "Mine")
    assert "extends" not in yaml.safe_load(path.read_text("utf-8"))
    short = play(load_scenario(path, {"quarters": 6, "public.residents": 50}), 10)
    assert np.isfinite(short.outcomes["parent_state.alienation_at_end"]).all()
