"""``extends``: what merges, what replaces, what is removed, and where inherited problems are shown."""

import pytest

from frozen_conflict_sim.scenario import InputError

PRESTIGE = ("patron", "moscow", "prestige", "")
BASE = "extends: georgia.yaml\n"


def test_a_file_that_says_nothing_else_is_what_it_extends(folder):
    assert folder.load_text(BASE) == folder.load()


def test_only_what_differs_is_stated(folder):
    base, child = folder.load(), folder.load_text(BASE + "title: Other\npatron: {ask_cool_down: 5}\n")
    assert child.title == "Other"
    assert child.values["patron", "moscow", "ask_cool_down", ""].fixed == 5
    changed = {address for address in child.values if child.values[address] != base.values[address]}
    assert changed == {("patron", "moscow", "ask_cool_down", "")}
    assert (child.policies, child.events, child.entities) == (base.policies, base.events, base.entities)


def test_a_value_replaces_a_value_whole_with_its_source(folder):
    child = folder.load_text(BASE + "territories: {abkhazia: {stake: {from: 0.1, to: 0.2}}}\n")
    stake = child.values["territory", "abkhazia", "stake", ""]
    assert (stake.law, stake.numbers, stake.source, stake.grade) == ("between", (0.1, 0.2), "", "assumed")


def test_clauses_merge(folder):
    child = folder.load_text(BASE + "territories: {abkhazia: {agreed: {law: 0.3}}}\n")
    assert child.values["territory", "abkhazia", "agreed", "law"].fixed == 0.3
    assert child.values["territory", "abkhazia", "agreed", "defence"].fixed == 0.2


def test_null_returns_to_the_default_and_is_noted(folder):
    child = folder.load_text(BASE + "patron: {incentives: {prestige: null}}\n")
    assert PRESTIGE not in child.values
    assert any(note.startswith("patron.incentives.prestige is removed") for note in child.notes)


def test_null_of_nothing_is_a_mistake(folder):
    problems = folder.problems(BASE + "patron: {attention: null}\npolicies: {salamy: null}\n")
    assert [problem[:2] for problem in problems] == [("2:10", "patron.attention"), ("3:12", "policies.salamy")]
    assert problems[1][2] == "null removes what is inherited, but nothing is; did you mean 'salami'?"


def test_a_removed_territory_takes_its_events_and_mandates_with_it(folder):
    child = folder.load_text(BASE + "territories: {abkhazia: null}\nprojects: null\n")
    assert child.entities["territory"] == ("south_ossetia",)
    assert child.entities["stratum"] == ("south_ossetia.ossetian",)
    assert child.entities["project"] == ()
    assert [event.name for event in child.events] == ["recession", "slide", "crisis"]
    assert child.policies["swallow"].values.keys() == {
        ("patron", "moscow", "asks", "defence"),
        ("patron", "moscow", "asks", "law"),
    }
    assert any("territories.abkhazia.agreed.law was removed" in note for note in child.notes)


def test_a_removed_territory_leaves_no_project_behind(folder):
    problems = folder.problems(BASE + "territories: {abkhazia: null}\n")
    assert [(key, message) for _, key, message in problems] == [
        ("projects.railway.territory", "no territory is called 'abkhazia'; known are south_ossetia")
    ]


def test_events_are_replaced_added_and_removed_by_name(folder):
    child = folder.load_text(
        BASE
        + "events:\n"
        + "  - {name: crisis, at: 2016-01, shock: {patron.attention: -0.2}}\n"
        + "  - {name: slide, remove: true}\n"
        + "  - {name: boom, at: 2017-01, shock: {parent.economy: 0.2}}\n"
    )
    assert [event.name for event in child.events] == ["recession", "fury", "crisis", "boom"]
    assert (child.events[2].kind, child.events[2].first, child.events[2].description) == ("scheduled", 8, "")


def test_an_event_stated_twice_is_a_mistake_even_where_it_replaces_one(folder):
    event = "{name: crisis, at: 2016-01, shock: {patron.attention: -0.2}}"
    assert folder.problems(BASE + f"events:\n  - {event}\n  - {event}\n")[0][:2] == ("4:5", "events.crisis")


def test_removing_an_event_that_is_not_there(folder):
    problems = folder.problems(BASE + "events: [{name: slid, remove: true}]\n")
    assert problems == [
        ("2:10", "events.slid", "no event of the name 'slid' is inherited, so none can be removed; did you mean 'slide'?")
    ]


def test_policies_merge_by_name(folder):
    child = folder.load_text(
        BASE + "policies: {salami: {patron: {forbidden: []}}, swallow: null, hawk: {description: Press on.}}\n"
    )
    assert list(child.policies) == ["salami", "hawk"]
    assert child.policies["salami"].forbidden == ()
    assert child.policies["salami"].description == "Ask for little, often."


def test_a_removed_policy_cannot_stay_in_force(folder):
    problems = folder.problems(BASE + "policies: {salami: null}\n")
    assert [(key, message) for _, key, message in problems] == [
        ("patron.policy", "expected one of own_judgement, swallow, found 'salami'")
    ]


def test_inherited_events_outside_the_horizon_are_dropped_or_cut_with_a_note(folder):
    child = folder.load_text(BASE + "start: 2015-04\nquarters: 20\n")
    assert [(event.name, event.first, event.last) for event in child.events] == [
        ("slide", 0, 0),
        ("crisis", 0, 19),
        ("fury", 0, 19),
    ]
    assert any("'recession' falls outside the horizon and is dropped" in note for note in child.notes)
    assert any("'slide' reaches beyond the horizon and is cut there" in note for note in child.notes)


def test_a_nearer_file_wins_even_when_it_speaks_of_all(folder):
    georgia = ("parent", "georgia", "grievance", "")
    child = folder.load_text(BASE + "parent: {grievance: 1.5}\n")
    assert child.values[georgia].fixed == 1.5
    folder.write("child.yaml", BASE + "parent: {grievance: 1.5}\n")
    grandchild = folder.load_text("extends: child.yaml\nparents: {georgia: {grievance: 1.7}}\n")
    assert grandchild.values[georgia].fixed == 1.7


def test_within_one_file_the_specific_value_wins_and_the_shared_one_is_one_draw(folder):
    shares = {address[1]: value for address, value in folder.load().values.items() if address[2] == "share"}
    assert shares["abkhazia.abkhaz"].fixed == 0.5
    both = folder.load_text(BASE + "stratum: {share: {from: 0.2, to: 0.3}}\n").values
    streams = {value.stream for address, value in both.items() if address[2] == "share"}
    assert streams == {"stratum.share"}


def test_an_inherited_problem_names_the_file_in_which_it_stands(folder, georgia):
    folder.write("base/broken.yaml", georgia.replace("ask_cool_down: 3", "ask_cool_down: 99"))
    with pytest.raises(InputError) as caught:
        folder.load_text("extends: base/broken.yaml\nquarters: 0\n")
    own, inherited = caught.value.problems
    assert (own.file, own.key) == (str(folder.path / "scenario.yaml"), "quarters")
    assert (inherited.file, inherited.line, inherited.column) == (str(folder.path / "base" / "broken.yaml"), 7, 18)


def test_a_circle_is_printed(folder):
    folder.write("a.yaml", "extends: b.yaml\n")
    folder.write("b.yaml", "extends: ./c.yaml\n")
    folder.write("c.yaml", "title: x\nextends: a.yaml\n")
    with pytest.raises(InputError, match=r"c.yaml:2:10: extends: .* circle: a.yaml → b.yaml → c.yaml → a.yaml"):
        folder.load("a.yaml")


def test_a_file_cannot_extend_itself(folder):
    assert "circle: scenario.yaml → scenario.yaml" in folder.problems("extends: scenario.yaml\n")[0][2]


def test_a_missing_base_is_shown_where_it_is_named(folder):
    assert folder.problems("title: x\nextends: gorgia.yaml\n")[0][:2] == ("2:10", "extends")
    assert "did you mean 'georgia.yaml'?" in folder.problems("extends: gorgia.yaml\n")[0][2]
    assert folder.problems("extends: [georgia.yaml, a]\n")[0][:2] == ("1:25", "extends")
    for wrong in ("{a: b}", "[]", "2014", "[[georgia.yaml]]"):
        assert "or a list of these, found" in folder.problems(f"extends: {wrong}\n")[0][2]


def test_a_verified_base_does_not_verify_what_extends_it(folder, georgia):
    folder.write("checked.yaml", "verified: true\n" + georgia)
    assert folder.load("checked.yaml").verified
    assert not folder.load_text("extends: checked.yaml\n").verified


def test_several_bases_come_together_and_the_last_comes_first(folder):
    folder.write(
        "calm.yaml",
        BASE
        + "title: Calm\n"
        + "patron: {attention: 0.4}\n"
        + "parents: {georgia: null, moldova: {grievance: 0.7}}\n"
        + "territories: {abkhazia: null, south_ossetia: {parent: moldova}}\n"
        + "projects: null\n"
        + "events: [{name: slide, remove: true}]\n",
    )
    folder.write("proud.yaml", BASE + "title: Proud\npatron: {attention: 0.6, ask_cool_down: 7}\n")
    own = "territories: {abkhazia: {parent: georgia}}\n"
    both = folder.load_text("extends: [calm.yaml, proud.yaml]\nquarters: 12\n" + own)
    assert (both.title, both.turns) == ("Proud", 12)
    assert both.entities["parent"] == ("moldova", "georgia"), "what one base removes, another brings"
    assert sorted(both.entities["territory"]) == ["abkhazia", "south_ossetia"]
    values = {address[2]: value.fixed for address, value in both.values.items() if address[1] == "moscow"}
    assert (values["attention"], values["ask_cool_down"]) == (0.6, 7)
    assert "slide" in [event.name for event in both.events]
    assert not any("is removed" in note for note in both.notes)
    reverse = folder.load_text("extends: [proud.yaml, calm.yaml]\nquarters: 12\n" + own)
    assert (reverse.title, reverse.values["patron", "moscow", "attention", ""].fixed) == ("Calm", 0.4)
    again = both.with_values({"patron.attention": 0.1}, folder.declared)
    assert again.values["patron", "moscow", "attention", ""].fixed == 0.1


def test_a_file_may_be_a_base_of_several_bases_but_not_of_a_hundred(folder):
    folder.write("level_0.yaml", BASE)
    for level in range(6):
        folder.write(f"level_{level + 1}.yaml", f"extends: [level_{level}.yaml, level_{level}.yaml]\n")
    assert folder.load_text("extends: level_3.yaml\n") == folder.load()
    assert "this scenario extends more than 64 files" in folder.problems("extends: level_6.yaml\n")[0][2]
