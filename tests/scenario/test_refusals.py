"""Every refusal of a scenario file, with its position, its dotted key, what was expected and what was found."""

# ruff: noqa: E501

import pytest

from frozen_conflict_sim.scenario import InputError


# What is replaced in the small scenario, and by what; ``▸`` is where the problem must be shown.
@pytest.mark.parametrize(
    ("old", "new", "key", "words"),
    [
        # keys
        ("ask_cool_down: 3", "▸ask_cool_dwn: 3", "patron.ask_cool_dwn", ["unknown key", "did you mean 'ask_cool_down'?"]),
        ("ask_cool_down: 3", "▸grievance: 1", "patron.grievance", ["unknown key", "parents.<name>.grievance"]),
        ("ask_cool_down: 3", "▸prestige: 1", "patron.prestige", ["known as patron.incentives.prestige"]),
        ("ask_cool_down: 3", "▸incentives.prestige: 1", "patron.incentives.prestige", ["nested: incentives: {prestige: …}"]),
        ("about: One", "▸abuot: One", "abuot", ["did you mean 'about'?"]),
        ("prestige: {from", "▸prestigge: {from", "patron.incentives.prestigge", ["did you mean 'prestige'?"]),
        ("prestige: {from", "prestige: {▸form", "patron.incentives.prestige.form", ["did you mean 'from'?"]),
        ("armenian: {share", "armenian: {▸shar", "territories.abkhazia.public.strata.armenian.shar", ["'share'"]),
        ("armenian: {", "▸Armenian: {", "territories.abkhazia.public.strata.Armenian", ["cannot name a stratum"]),
        ("agreed: {defence", "agreed: {▸defense", "territories.abkhazia.agreed.defense", ["did you mean 'defence'?"]),
        # types
        ("ask_cool_down: 3", "ask_cool_down: ▸high", "patron.ask_cool_down", ["a number, 0 to 20 (turns)", "'high'"]),
        ("ask_cool_down: 3", "ask_cool_down: ▸true", "patron.ask_cool_down", ["a number, 0 to 20 (turns)", "true"]),
        ("ask_cool_down: 3", "ask_cool_down: ▸'3'", "patron.ask_cool_down", ["a number", "the text '3'"]),
        ("ask_cool_down: 3", "ask_cool_down: ▸[3]", "patron.ask_cool_down", ["a number", "a list of 1"]),
        ("ask_cool_down: 3\n", "ask_cool_down:▸\n", "patron.ask_cool_down", ["a number", "nothing"]),
        ("channels: on", "channels: ▸true", "parent.channels", ["one of on, off", "true"]),
        ("channels: on", "channels: ▸onn", "parent.channels", ["one of on, off", "did you mean 'on'?"]),
        ("channels: on", "channels: ▸{from: 0, to: 1}", "parent.channels", ["a word, one of on, off", "a map with from, to"]),
        ("policy: salami", "policy: ▸salamy", "patron.policy", ["own_judgement, salami, swallow", "mean 'salami'?"]),
        ("ruling: autonomist", "ruling: ▸autonomst", "territories.abkhazia.elite.ruling", ["mean 'autonomist'?"]),
        ("agreed: {defence: 0.2, law: {from: 0.0, to: 0.1}}", "agreed: ▸0.2", "territories.abkhazia.agreed", ["each clause"]),
        ("title: Georgia, small", "title: ▸1914", "title", ["a text", "quotes", "1914"]),
        ("title: Georgia, small", "title: ▸' '", "title", ["a text", "an empty one"]),
        ("start: 2014-01", "start: ▸2014", "start", ["a month (2014-01)", "found 2014", "2014-Q1"]),
        ("start: 2014-01", "start: ▸2014-13", "start", ["a month (2014-01)", "'2014-13'"]),
        ("quarters: 40", "quarters: ▸40.5", "quarters", ["a whole number from 1 to 400 (quarters)", "40.5"]),
        ("quarters: 40", "quarters: ▸0", "quarters", ["a whole number from 1 to 400 (quarters)", "0"]),
        # bounds and distributions
        ("ask_cool_down: 3", "ask_cool_down: ▸30", "patron.ask_cool_down", ["expected 0 to 20 (turns), found 30"]),
        ("ask_cool_down: 3", "ask_cool_down: ▸-0.5", "patron.ask_cool_down", ["expected 0 to 20 (turns), found -0.5"]),
        ("from: 0.2, to: 0.9", "from: ▸0.9, to: 0.2", "patron.incentives.prestige.from", ["0.9 lies above 'to', 0.2"]),
        ("from: 0.2, to: 0.9", "from: ▸-0.2, to: 0.9", "patron.incentives.prestige.from", ["0 to 3 (utility)", "-0.2"]),
        ("from: 0.2, to: 0.9", "from: 0.2, to: ▸3.9", "patron.incentives.prestige.to", ["0 to 3 (utility)", "3.9"]),
        ("{from: 0.2, to: 0.9", "▸{from: 0.2", "patron.incentives.prestige", ["{from: …, to: …}", "found from"]),
        ("{from: 0.2, to: 0.9", "▸{from: 0.2, to: 1, value: 1", "patron.incentives.prestige", ["value and from and to"]),
        ("{from: 0.2, to: 0.9", "▸{source: x", "patron.incentives.prestige", ["found none of them"]),
        ("normal: [0.0, 0.1]", "normal: [0.0, ▸0]", "parent.economy.normal[sd]", ["above 0", "found 0"]),
        ("normal: [0.0, 0.1]", "normal: [0.0, ▸-1]", "parent.economy.normal[sd]", ["0 to 2 (index)", "found -1"]),
        ("normal: [0.0, 0.1]", "normal: [▸3, 0.1]", "parent.economy.normal[mean]", ["-1 to 1 (index)", "found 3"]),
        ("normal: [0.0, 0.1]", "normal: ▸[0.0]", "parent.economy.normal", ["two numbers, [mean, sd]", "a list of 1"]),
        ("lognormal: [0.4,", "lognormal: ▸[0,", "territories.abkhazia.public.autonomy_minded_share.lognormal[median]", ["above 0"]),
        # evidence
        ("source: \"An article.\", grade: d", "grade: ▸d", "territories.abkhazia.stake.grade", ["needs its source"]),
        ("grade: documented", "grade: ▸sure", "territories.abkhazia.stake.grade", ["documented, estimated, assumed"]),
        ("verified: true", "verified: ▸yes", "territories.abkhazia.stake.verified", ["true or false", "'yes'"]),
        # who takes part
        ("patron:\n  name: Moscow\n", "▸patron:\n", "patron.name", ["missing", "name: Moscow"]),
        ("territory: abkhazia}", "territory: ▸adjara}", "projects.railway.territory", ["'adjara'", "abkhazia, south_ossetia"]),
        ("railway: {name: The railway, territory: abkhazia}", "▸railway: {name: The railway}", "projects.railway.territory", ["missing", "abkhazia, south_ossetia"]),
        ("nato: {name: NATO, sway: 1.5}\n    eu: {}\nparents:\n  g", "georgia: {name: NATO, sway: 1.5}\n    eu: {}\nparents:\n  ▸g", "parents.georgia", ["also names a voice"]),
        ("strata: {ossetian: {share: 0.9}}", "▸strata: {}", "territories.south_ossetia.public.strata", ["at least one stratum"]),
        # policies
        ("    description: Ask for little, often.\n    p", "    ▸p", "policies.salami.description", ["missing", "sentence"]),
        ("forbidden: [toward_territory.raise_subsidy]", "forbidden: [▸raise]", "policies.salami.patron.forbidden", ["'raise'"]),
        ("forbidden: [toward_territory.raise_subsidy]", "forbidden: ▸ask", "policies.salami.patron.forbidden", ["a list such as"]),
        ("asks: {law: 0.2}", "attention: ▸1", "policies.salami.patron.attention", ["changes during a run"]),
        ("asks: {law: 0.2}", "policy: ▸x", "policies.salami.patron.policy", ["set this word in the scenario"]),
        ("asks: {law: 0.2}", "incentives: ▸{}", "policies.salami.patron.incentives", ["motives stay what they are"]),
        ("asks: {law: 0.2}", "asks: {law: ▸2}", "policies.salami.patron.asks.law", ["0 to 1 (index)"]),
        ("{abkhazia: {stake: 0.9}}", "{abkazia: {▸stake: 0.9}}", "policies.swallow.territories.abkazia.stake", ["mean 'territories.abkhazia.stake'"]),
        ("swallow:\n    description: Ask for all at once.\n    patron: {asks: {defence: 1.0, law: 1.0}, mandatory: [toward_territory.ask]", "▸swallow:\n    description: Ask for all at once.\n    patron: {asks: {defence: 1.0, law: 1.0}, mandatory: [toward_territory.ask], forbidden: [toward_territory.ask]", "policies.swallow", ["at once"]),
        # events
        ("at: 2015-01", "at: ▸2013-01", "events.recession.at", ["2014-Q1 to 2023-Q4", "2013-Q1"]),
        ("at: 2015-01", "at: ▸2024-01", "events.recession.at", ["2014-Q1 to 2023-Q4", "2024-Q1"]),
        ("at: 2015-01", "at: ▸soon", "events.recession.at", ["a month (2014-01)", "'soon'"]),
        ("{at: 2015-01, ", "▸{", "events.recession", ["scheduled", "random", "found shock"]),
        ("{at: 2015-01, name: recession, ", "▸{at: 2015-01, ", "events[1].name", ["missing"]),
        ("{from: 2014-12, to: 2015-06, name: slide", "▸{from: 2014-12, to: 2015-06, name: recession", "events.recession", ["on line 51"]),
        ("parent.economy: -0.3", "▸parent.econmy: -0.3", "events.recession.shock.parent.econmy", ["did you mean 'parent.economy'?"]),
        ("parent.economy: -0.3", "▸parent.grievance: -0.3", "events.recession.shock.parent.grievance", ["stays as it is"]),
        ("parent.economy: -0.3", "▸parent.economy: 3", "events.recession.shock.parent.economy", ["at most 2", "(index)", "found 3"]),
        ("parent.economy: -0.3", "parent.economy: ▸low", "events.recession.shock.parent.economy", ["a number", "'low'"]),
        ("from: 2014-12, to: 2015-06", "from: ▸2015-12, to: 2015-06", "events.slide.from", ["after 'to'"]),
        ("hazard: 0.03", "hazard: ▸3", "events.crisis.hazard", ["0 to 1 (probability per quarter)", "found 3"]),
        ("hazard: 0.03", "hazard: 0.03, once: ▸true", "events.crisis.once", ["'once'", "delete"]),
        ("\"parents.georgia.alienation > 0.8", "▸\"parents.georgia.alienaton > 0.8", "events.fury.when", ["mean 'parents.georgia.alienation'"]),
        ("\"parents.georgia.alienation > 0.8", "▸\"parents.georgia.alienation > 8", "events.fury.when", ["0 to 1 (index)", "found 8"]),
        ("\"parents.georgia.alienation > 0.8", "▸\"parents.georgia.alienation = 0.8", "events.fury.when", ["a condition such as"]),
        ("\"parents.georgia.alienation > 0.8", "▸\"parents.georgia.grievance > 1", "events.fury.when", ["stays as it is"]),
        ("\"parents.georgia.alienation > 0.8", "▸\"territory.agreed.law > 0.1", "events.fury.when", ["addresses 2"]),
        ("{when: \"parents.georgia.alienation > 0.8\", name: fury, once: true, ", "▸{when: \"parents.georgia.alienation > 0.8\", name: fury, remove: true, ", "events.fury", ["nothing is inherited"]),
    ],
)  # fmt: skip
def test_a_mistake_is_shown_where_it_stands(folder, georgia, old, new, key, words):
    assert old in georgia
    marked = georgia.replace(old, new, 1)
    before = marked[: marked.index("▸")]
    position = f"{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"
    problems = folder.problems(marked.replace("▸", ""))
    there = [message for where, what, message in problems if (where, what) == (position, key)]
    assert there, problems
    for word in words:
        assert word in there[0]
    assert all(where.partition(":")[0] == position.partition(":")[0] for where, _, _ in problems), problems


@pytest.mark.parametrize(
    ("section", "key"),
    [
        ("parents", "parents"),
        ("territories", "territories"),
        ("factions", "factions"),
        ("west", "west.voices"),
    ],
)
def test_somebody_must_take_part(folder, georgia, section, key):
    lines, kept, skipping = georgia.splitlines(), [], False
    for line in lines:
        skipping = line.startswith(f"{section}:") or (skipping and line.startswith(" "))
        kept += [] if skipping else [line]
    problems = folder.problems("\n".join(kept))
    assert ("1:1", key) in [(where, what) for where, what, message in problems if "at least one" in message]


def test_territories_of_two_parents_say_to_which_they_belong(folder, georgia):
    two = georgia.replace("parents:\n", "parents:\n  moldova: {name: Chisinau}\n")
    problems = folder.problems(two)
    assert ("26:3", "territories.abkhazia.parent") in [(where, what) for where, what, _ in problems]
    assert all("moldova, georgia" in message for _, _, message in problems)
    named = two.replace("  abkhazia:\n", "  abkhazia:\n    parent: georgia\n").replace(
        "  south_ossetia:\n", "  south_ossetia:\n    parent: moldova\n"
    )
    scenario = folder.load_text(named)
    assert scenario.belongs["territory", "parent"] == (1, 0)
    assert scenario.belongs["stratum", "parent"] == (1, 1, 0)
    assert scenario.belongs["project", "parent"] == (1,)


def test_all_problems_of_a_file_are_shown_at_once_in_the_order_of_its_lines(folder, georgia):
    text = georgia
    for old, new in [
        ("title: G", "titel: G"),
        ("ask_cool_down: 3", "ask_cool_down: 99"),
        ("channels: on", "channels: &a maybe"),
    ]:
        text = text.replace(old, new, 1)
    with pytest.raises(InputError) as caught:
        folder.load_text(text)
    lines = str(caught.value).splitlines()
    assert [line.split(": ")[1] for line in lines] == [
        "titel",
        "title",
        "patron.ask_cool_down",
        "parent.channels",
        "parent.channels",
    ]
    assert all(line.startswith(f"{folder.path}/scenario.yaml:") for line in lines)


def test_an_error_can_be_read_by_programs(folder, georgia):
    with pytest.raises(InputError) as caught:
        folder.load_text(georgia.replace("ask_cool_down: 3", "ask_cool_down: 99"))
    problem = caught.value.problems[0]
    assert (problem.file, problem.line, problem.column) == (str(folder.path / "scenario.yaml"), 7, 18)
    assert isinstance(caught.value, ValueError)
