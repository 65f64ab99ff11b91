"""What a study file may say: every refusal with its position, its dotted key, what was expected and what was found."""

# ruff: noqa: E501

import pytest

from frozen_conflict_sim.experiment.load import experiment_from, load_experiment
from frozen_conflict_sim.experiment.spec import Design, Range
from frozen_conflict_sim.experiment.store.identity import family_of
from frozen_conflict_sim.experiment.study.study import Study
from frozen_conflict_sim.scenario import InputError

from ..conftest import STUDY


def test_a_study_says_what_it_says(desk):
    read = desk.load()
    assert read.question == "What do the policies do?"
    assert read.scenario.title == "Georgia, Abkhazia and South Ossetia from 2014"
    assert read.levers == {"patron.policy": ("swallow", "status_quo"), "territory.salience": (0.2, 0.6)}
    assert [value.law for value in read.uncertainties.values()] == ["between", "normal"]
    assert read.design == Design("sobol", {"points": 4})
    assert read.arms == {"off": {"parent.channels": "off"}, "blunt": {"patron.ask_step": 0.5}}
    assert read.outcomes == ("georgia.western_alignment_at_end", "railway.opened")
    assert read.keep == ("georgia.alienation", "moscow.treatment.abkhazia", "moscow.treatment.south_ossetia")
    assert (read.replicates, read.seed, read.verified) == (2, 7, False)


@pytest.mark.parametrize(
    "change",
    [
        ("", ""),
        ("[0.2, 0.6]", "{from: 0.1, to: 0.9, levels: 3}"),
        (
            "kind: sobol, points: 4",
            "kind: list, points: [{patron.ask_cool_down: 3}, {patron.ask_cool_down: 9}], random_numbers: independent",
        ),
        ("kind: sobol, points: 4", "kind: one_at_a_time"),
        ("keep: [alienation, moscow.treatment]\n", "keep: all\n"),
        ("keep: [alienation, moscow.treatment]\n", ""),
        ("  off: {parent.channels: off}\n  blunt: {patron.ask_step: 0.5}", "  parent.channels: off"),
    ],
)
def test_what_is_written_loads_back(desk, change):
    read = desk.load(STUDY.replace(*change) if change[0] else STUDY)
    again = desk.load(read.to_yaml())
    assert again == read
    assert again.to_yaml() == read.to_yaml()
    assert read.with_values({}) == read


def test_the_scenario_is_looked_for_beside_the_file(desk):
    desk.write("mine.yaml", "extends: georgia_2014\ntitle: Mine\n")
    assert desk.load("question: What?\nscenario: mine.yaml\n").scenario.title == "Mine"


# What is replaced in the study, and by what; ``▸`` is where the problem must be shown.
@pytest.mark.parametrize(
    ("old", "new", "key", "words"),
    [
        # the file
        ("question: What do the policies do?\n▸", "", "question", ["missing", "in a sentence"]),
        ("scenario: georgia_2014\n", "", "scenario", ["missing", "a file, a shipped name"]),
        ("scenario: georgia_2014", "scenario: ▸georgia_2015", "scenario", ["no scenario of the name 'georgia_2015'", "did you mean 'georgia_2014'?"]),
        ("scenario: georgia_2014", "scenario: ▸[georgia_2014]", "scenario", ["a shipped name", "a list of 1"]),
        ("replicates: 2", "▸replicats: 2", "replicats", ["did you mean 'replicates'?"]),
        ("replicates: 2", "replicates: ▸0", "replicates", ["a whole number from 1 to", "found 0"]),
        ("replicates: 2", "replicates: ▸2.5", "replicates", ["a whole number", "2.5"]),
        ("seed: 7", "seed: ▸-7", "seed", ["a whole number from 0", "found -7"]),
        ("seed: 7", "seed: 7\n▸seed: 8", "seed", ["is here twice"]),
        # levers
        ("patron.policy: [swallow", "▸patron.polcy: [swallow", "levers.patron.polcy", ["addresses nothing; did you mean 'patron.policy'?"]),
        ("territory.salience: [0.2", "▸territories.adjara.salience: [0.2", "levers.territories.adjara.salience", ["addresses nothing", "territories.abkhazia.salience"]),
        ("[swallow, status_quo]", "[swallow, ▸statusquo]", "levers.patron.policy", ["did you mean 'status_quo'?"]),
        ("[swallow, status_quo]", "[swallow, ▸swallow]", "levers.patron.policy", ["is listed twice"]),
        ("[swallow, status_quo]", "▸[]", "levers.patron.policy", ["compares nothing", "swallow"]),
        ("[swallow, status_quo]", "▸{from: swallow, to: status_quo}", "levers.patron.policy", ["there is nothing between two words, so list them"]),
        ("[swallow, status_quo]", "▸swallow", "levers.patron.policy", ["a list of values", "'swallow'"]),
        ("[0.2, 0.6]", "[0.2, ▸1.6]", "levers.territory.salience", ["0 to 1 (index)", "found 1.6"]),
        ("[0.2, 0.6]", "[0.2, ▸high]", "levers.territory.salience", ["a number, 0 to 1 (index)", "'high'"]),
        ("[0.2, 0.6]", "{from: ▸0.6, to: 0.2}", "levers.territory.salience.from", ["not below 'to', 0.2"]),
        ("[0.2, 0.6]", "▸{from: 0.6}", "levers.territory.salience.to", ["missing"]),
        ("[0.2, 0.6]", "{from: 0.2, to: 0.6, levels: ▸1}", "levers.territory.salience.levels", ["from 2 to 1000", "found 1"]),
        ("[0.2, 0.6]", "{from: 0.2, to: 0.6, ▸points: 3}", "levers.territory.salience.points", ["unknown key"]),
        # uncertainties
        ("{from: 0.0, to: 2.0}", "▸0.5", "uncertainties.parent.grievance", ["a distribution", "a lever takes a list"]),
        ("{from: 0.0, to: 2.0}", "▸{value: 0.5}", "uncertainties.parent.grievance", ["not uncertain"]),
        ("{from: 0.0, to: 2.0}", "▸{from: 1, to: 1}", "uncertainties.parent.grievance", ["not uncertain"]),
        ("{from: 0.0, to: 2.0}", "{from: 0.0, to: ▸5}", "uncertainties.parent.grievance.to", ["0 to 3 (strength)", "found 5"]),
        ("parent.grievance: {from: 0.0, to: 2.0}", "parent.channels: ▸{from: 0, to: 1}", "uncertainties.parent.channels", ["there is nothing between two words; make it a lever: [on, off]"]),
        ("parent.grievance: {from: 0.0, to: 2.0}", "▸territory.salience: {from: 0, to: 1}", "uncertainties.territory.salience", ["is set under levers already"]),
        ("parent.grievance: {from: 0.0, to: 2.0}", "▸territories.abkhazia.salience: {from: 0.0, to: 1.0}", "uncertainties.territories.abkhazia.salience", ["territory.salience, which addresses the same, is set under levers"]),
        ("  parent.grievance: {", "  parents.georgia.grievance: {from: 0, to: 1}\n  ▸parent.grievance: {", "uncertainties.parent.grievance", ["leave nothing for this one"]),
        ("uncertainties:\n  parent.grievance: {from: 0.0, to: 2.0}\n  patron.incentives.prestige: {normal: [0.5, 0.2]}", "uncertainties: ▸[grievance]", "uncertainties", ["a map such as", "a list of 1"]),
        # design
        ("kind: sobol", "kind: ▸soboll", "design.kind", ["did you mean 'sobol'?"]),
        ("{kind: sobol, points: 4}", "▸sobol", "design", ["{kind: …}", "'sobol'"]),
        ("{kind: sobol, points: 4}", "▸{points: 4}", "design", ["one of grid, zip"]),
        ("points: 4", "points: ▸0", "design.points", ["a whole number from 1 to", "found 0"]),
        ("points: 4", "▸pionts: 4", "design.pionts", ["did you mean 'points'?"]),
        ("points: 4", "points: 4, ▸levels: 3", "design.levels", ["takes no 'levels'; it takes points"]),
        ("kind: sobol, points", "kind: grid, ▸points", "design.points", ["takes no 'points'; it takes levels"]),
        ("kind: sobol, points: 4", "kind: morris, levels: ▸5", "design.levels", ["an even number"]),
        ("{kind: sobol, points: 4}", "▸{kind: list}", "design.points", ["missing"]),
        ("kind: sobol, points: 4", "kind: list, points: ▸4", "design.points", ["a list of points"]),
        ("kind: sobol, points: 4", "kind: list, points: [{patron.ask_cool_down: 3}, ▸{patron.ask_step: 1}]", "design.points[2]", ["the same keys"]),
        ("kind: sobol, points: 4", "kind: list, points: [{▸patron.cooldown: 3}]", "design.points[1].patron.cooldown", ["did you mean 'patron.ask_cool_down'?"]),
        ("kind: sobol, points: 4", "kind: list, points: ▸[{}]", "design.points", ["points that set something", "found an empty one"]),
        ("kind: sobol, points: 4", "kind: file, path: ▸.", "design.path", ["is a folder; name a CSV file"]),
        ("{kind: sobol, points: 4}", "▸{kind: file}", "design.path", ["missing"]),
        ("kind: sobol, points: 4", "kind: file, path: ▸gone.csv", "design.path", ["there is no file", "gone.csv"]),
        # arms
        ("{parent.channels: off}", "{parent.channels: ▸of}", "compare_with.off.parent.channels", ["did you mean 'off'?"]),
        ("{parent.channels: off}", "{▸parent.chanels: off}", "compare_with.off.parent.chanels", ["addresses nothing"]),
        ("  off: {parent.channels: off}", "  ▸off: {parent.channels: on}", "compare_with.off", ["equals the base"]),
        ("  off: {parent.channels: off}", "  ▸off: {}", "compare_with.off", ["equals the base; delete it"]),
        ("  off: {parent.channels: off}", "  ▸base: {parent.channels: off}", "compare_with.base", ["the runs without an arm"]),
        ("  off: {parent.channels: off}", "  ▸Off: {parent.channels: off}", "compare_with.Off", ["cannot name an arm"]),
        ("  off: {parent.channels: off}", "  ▸parent.channels: off", "compare_with.parent.channels", ["cannot be mixed"]),
        ("  off: {parent.channels: off}", "  ▸off: {patron.policy: salami}", "compare_with.off", ["patron.policy is a lever"]),
        ("blunt: {patron.ask_step: 0.5}", "▸blunt: {parent.channels: off}", "compare_with.blunt", ["equals 'off'"]),
        ("blunt: {patron.ask_step: 0.5}", "blunt: {patron.ask_step: ▸{from: 0, to: 1}}", "compare_with.blunt.patron.ask_step", ["a number, 0.02 to 1 (depth)"]),
        # names
        ("railway_opened]", "▸railway_opend]", "outcomes", ["no outcome 'railway_opend'", "did you mean"]),
        ("[western_alignment_at_end, railway_opened]", "▸western_alignment_at_end", "outcomes", ["a list of names"]),
        ("keep: [alienation, ", "keep: [▸alienaton, ", "keep", ["no trajectory or decision 'alienaton'", "did you mean 'alienation'?"]),
        ("keep: [alienation, moscow.treatment]", "keep: [▸all]", "keep", ["without brackets: keep: all"]),
        ("keep: [alienation, moscow.treatment]", "keep: ▸everything", "keep", ["or the word all", "'everything'"]),
    ],
)  # fmt: skip
def test_a_refusal_says_where_and_what(desk, old, new, key, words):
    marked = STUDY.replace(old.replace("▸", ""), new, 1)
    text = marked.replace("▸", "")
    where = "1:1"
    if "▸" in marked:
        before = marked[: marked.index("▸")]
        where = f"{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"
    found = desk.problems(text)
    mine = [message for place, dotted, message in found if (place, dotted) == (where, key)]
    assert mine, found
    assert all(any(word in message for message in mine) for word in words), mine


def test_all_problems_are_told_at_once(desk):
    text = STUDY.replace("status_quo", "statusquo").replace("points: 4", "points: 0").replace("seed: 7", "seed: x")
    assert [key for _, key, _ in desk.problems(text)] == ["levers.patron.policy", "design.points", "seed"]


def test_problems_of_the_scenario_are_told_where_they_stand(desk):
    desk.write("mine.yaml", "extends: georgia_2014\ntitle: Mine\nturnss: 4\n")
    found = desk.problems("question: 1\nscenario: mine.yaml\nreplicates: 0\n")
    assert sorted((where, key) for where, key, _ in found) == [("1:11", "question"), ("3:1", "turnss"), ("3:13", "replicates")]


def test_an_empty_file_and_other_things_are_refused(desk):
    for text, message in [("", "the file is empty"), ("- a\n", "found a list"), ("words\n", "expected an experiment")]:
        assert message in desk.problems(text)[0][2]
    with pytest.raises(InputError, match="no experiment of the name 'integration_dilema' is shipped; did you mean"):
        load_experiment("integration_dilema")


def test_a_zip_pairs_lists_of_equal_length(desk):
    text = STUDY.replace("kind: sobol, points: 4", "kind: zip").replace("[0.2, 0.6]", "[0.2, 0.6, 0.7]")
    assert desk.problems(text) == [
        (
            "5:3",
            "levers.territory.salience",
            "a zip pairs lists of equal length, but patron.policy has 2, territory.salience has 3",
        )
    ]


def test_a_design_that_samples_needs_something_to_sample(desk):
    desk.write("certain.yaml", "extends: georgia_2014\ntitle: Certain\nparent: {grievance: 1.0, accommodation: 0.6}\n")
    study = "question: What?\nscenario: certain.yaml\ndesign: {kind: sobol}\n"
    assert "nothing is uncertain" in desk.problems(study)[0][2]
    assert desk.load(study + "levers: {parent.grievance: {from: 0, to: 1}}\n").levers["parent.grievance"] == Range(0.0, 1.0)
    one = "question: What?\nscenario: certain.yaml\ndesign: {kind: one_at_a_time}\n"
    assert "nothing can be changed" in desk.problems(one)[0][2]


@pytest.mark.parametrize(
    ("table", "where", "words"),
    [
        ("patron.ask_cool_down,patron.polcy\n3,swallow\n", "1:22", ["did you mean 'patron.policy'?"]),
        ("patron.ask_cool_down,patron.ask_cool_down\n3,4\n", "1:22", ["two columns of this name"]),
        ("patron.ask_cool_down,patron.policy\n3,swallow\nx,swallow\n", "3:1", ["a number, 0 to 40 (quarters)", "'x'"]),
        ("patron.ask_cool_down,patron.policy\n3,swallow\n99,swallow\n", "3:1", ["0 to 40 (quarters)", "found 99"]),
        ("patron.ask_cool_down,patron.policy\n3,swallow\n3,\n", "3:3", ["one of own_judgement", "nothing"]),
        ("patron.ask_cool_down,patron.policy\n3,swallow\n3\n", "3:1", ["expected 2 cells", "found 1"]),
        ("patron.ask_cool_down,patron.policy\n3,swallow\n,salami\n", "3:1", ["a number", "nothing"]),
        ('patron.ask_cool_down,patron.policy\n3,"swallow"\n"4", "salamy"\n', "3:5", ["did you mean 'salami'?"]),
        ("patron.ask_cool_down,patron.policy\n", "1:1", ["found no point"]),
        ("", "1:1", ["found no point"]),
        ("patron.ask_cool_down\n.nan\n", "2:1", ["a number", "'.nan'"]),
    ],
)
def test_a_table_of_points_is_judged_cell_by_cell(desk, table, where, words):
    desk.write("points.csv", table)
    found = desk.problems("question: What?\nscenario: georgia_2014\ndesign: {kind: file, path: points.csv}\n")
    assert [place for place, _, _ in found] == [where], found
    assert all(word in found[0][2] for word in words), found


def test_a_table_of_points_is_read(desk):
    desk.write("points.csv", 'patron.ask_cool_down, patron.policy\n3,"swallow"\n\n 4.5 ,salami\n')
    read = desk.load("question: What?\nscenario: georgia_2014\ndesign: {kind: file, path: points.csv}\n")
    assert read.design.table == {"patron.ask_cool_down": (3.0, 4.5), "patron.policy": ("swallow", "salami")}
    files = Study(read).files()
    for name, text in files.items():
        desk.write(name, text)
    again = load_experiment(desk.path / "experiment.yaml")
    assert again.design.table == read.design.table
    assert family_of(Study(again)) == family_of(Study(read))
    assert read.with_values({"replicates": 3}).design.table == read.design.table


def test_values_from_outside_win(desk):
    read = desk.load(
        overrides={"replicates": 5, "design.points": 8, "levers.patron.policy": ["salami"], "parent.economy": -0.2}
    )
    assert (read.replicates, read.design.options["points"]) == (5, 8)
    assert read.levers["patron.policy"] == ("salami",)
    assert read.scenario.values["parent", "georgia", "economy", ""].fixed == -0.2
    assert desk.load(overrides={"levers.patron.policy": None, "compare_with": None}).arms == {}


def test_a_value_from_outside_that_would_do_nothing_is_refused(desk):
    ((_, key, message),) = desk.problems(STUDY, {"parents.georgia.grievance": 1.0})
    assert key == "parents.georgia.grievance"
    assert (
        message
        == "this has no effect, since parent.grievance is set under uncertainties; set uncertainties.parent.grievance instead"
    )


def test_plain_data_is_checked_like_a_file(small):
    with pytest.raises(InputError, match=r"given: levers\.patron\.policy: expected one of"):
        experiment_from({"question": "What?", "scenario": small, "levers": {"patron.policy": ["salamy"]}})
    with pytest.raises(InputError, match="missing: the question"):
        experiment_from({"scenario": small})


def test_more_than_ten_million_runs_need_a_word(asked):
    many = {f"parent.{name}": {"from": 0, "to": 1, "levels": 1000} for name in ("grievance", "accommodation")}
    wide = asked(levers=many, replicates=11)
    with pytest.raises(InputError, match="11,000,000 runs, more than 10,000,000; if you mean it, add --yes"):
        Study(wide)
    assert Study(wide, large=True).runs == 11_000_000
