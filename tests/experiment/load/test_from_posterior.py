"""Plausible sets: the values of one line of the file are drawn together, whatever the design."""

import pytest

from frozen_conflict_sim.experiment.load import experiment_from, load_experiment
from frozen_conflict_sim.experiment.study.study import Study
from frozen_conflict_sim.scenario import InputError

from ..conftest import rows_of

LINES = [(0.5, 0.1), (1.0, 0.2), (1.5, 0.3), (1.9, 0.4)]
KEYS = ["parent.grievance", "parent.accommodation"]


@pytest.fixture
def folder(tmp_path):
    lines = [",".join(KEYS), *(f"{one},{other}" for one, other in LINES)]
    (tmp_path / "posterior.csv").write_text("\n".join(lines) + "\n")
    return tmp_path


@pytest.mark.parametrize(
    "design",
    [{"kind": "sobol", "points": 64}, {"kind": "lhs", "points": 64}, {"kind": "saltelli", "points": 16}, {"kind": "grid"}],
    ids=lambda design: design["kind"],
)
def test_a_line_of_the_posterior_is_drawn_whole(asked, folder, design):
    uncertain = {"from_posterior": "posterior.csv", "patron.incentives.prestige": {"from": 0.0, "to": 1.0}}
    study = Study(asked(uncertainties=uncertain, design=design, replicates=8, folder=folder))
    rows = rows_of(study)
    assert set(zip(rows[KEYS[0]], rows[KEYS[1]])) == set(LINES)
    assert rows["patron.incentives.prestige"].nunique() > 4


def test_all_lines_come_equally_often_in_a_sobol_sequence(asked, folder):
    study = Study(
        asked(uncertainties={"from_posterior": "posterior.csv"}, design={"kind": "sobol", "points": 64}, folder=folder)
    )
    assert rows_of(study)[KEYS[0]].value_counts().between(14, 18).all()


def test_one_dimension_of_a_design_serves_all_that_are_drawn_together(asked, folder):
    design = {"kind": "saltelli", "points": 4}
    together = Study(asked(uncertainties={"from_posterior": "posterior.csv"}, design=design, folder=folder))
    apart = Study(asked(uncertainties={key: {"from": 0.0, "to": 1.0} for key in KEYS}, design=design))
    inherited = len(apart.factors.spec.inherited)
    assert together.runs == 4 * (2 + 1 + inherited)
    assert apart.runs == 4 * (2 + 2 + inherited)


def test_it_loads_back_from_its_own_file_to_the_same_runs(asked, folder, tmp_path):
    made = asked(uncertainties={"from_posterior": "posterior.csv"}, design={"kind": "sobol", "points": 16}, folder=folder)
    (tmp_path / "again.yaml").write_text(made.to_yaml())
    assert rows_of(Study(load_experiment(tmp_path / "again.yaml"))).equals(rows_of(Study(made)))


@pytest.mark.parametrize(
    ("uncertain", "message"),
    [
        ({"from_posterior": "nowhere.csv"}, "there is no file"),
        ({"from_posterior": "posterior.csv", "parent.grievance": {"from": 0.0, "to": 1.0}}, "delete it in one of the two"),
        ({"from_posterior": ["posterior.csv"]}, "expected a text"),
        ({"parent.grievance": {"choices": [0.5, 9.0]}}, "expected 0 to"),
        ({"parent.grievance": {"choices": []}}, "expected a list of 1 to"),
        ({"parent.grievance": {"choices": [0.5]}}, "one number is not uncertain"),
        ({"parent.grievance": {"from": 0.0, "to": 1.0, "jointly": "a"}}, "only choices are drawn jointly"),
        (
            {
                "parent.grievance": {"choices": [0.5, 0.6], "jointly": "a"},
                "parent.accommodation": {"choices": [0.5, 0.6, 0.7], "jointly": "a"},
            },
            "'a' has 2 numbers, this one 3",
        ),
    ],
)
def test_what_cannot_be_drawn_is_reported(asked, folder, uncertain, message):
    with pytest.raises(InputError, match=message):
        asked(uncertainties=uncertain, design={"kind": "sobol", "points": 4}, folder=folder)


def test_a_bad_cell_is_told_with_its_line(asked, folder):
    (folder / "posterior.csv").write_text("parent.grievance,parent.accommodation\n0.5,0.1\n7.5,0.1\n")
    with pytest.raises(InputError, match=r"posterior.csv:3:1"):
        asked(uncertainties={"from_posterior": "posterior.csv"}, folder=folder)


def test_a_list_in_a_scenario_is_drawn_by_run():
    import frozen_conflict_sim as fcs

    scenario = fcs.load_scenario("georgia_2014")
    drawn = experiment_from(
        {
            "question": "?",
            "scenario": scenario,
            "uncertainties": {"parent.grievance": {"choices": [0.1, 0.2]}},
            "replicates": 40,
        }
    )
    assert set(rows_of(Study(drawn))["parent.grievance"]) == {0.1, 0.2}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("parent.grievance;parent.accommodation\r\n0,5;0,3\r\n", "separated by ';' and decimal commas; save the table with"),
        ("parent.grievance;parent.accommodation\n0.5;0.3\n", "separated by ';'; save the table with cells separated by ','"),
        ("parent.grievance\n0,5\n", "expected 1 cell, as in the first line, found 2; a decimal number has a point"),
        ('parent.grievance,parent.accommodation\n"0,5",0.3\n', "with a decimal point that is 0.5"),
        ("parent.grievance\tparent.accommodation\n0.5\t0.3\n", "the cells are separated by tabs; save the table with"),
        ("parent.grievance|parent.accommodation\n0.5|0.3\n", "the cells are separated by '|'; save the table with"),
    ],
)
@pytest.mark.parametrize("place", ["posterior", "design"])
def test_a_table_of_another_program_says_how_to_save_it(asked, tmp_path, text, says, place):
    (tmp_path / "table.csv").write_text(text)
    how = {"uncertainties": {"from_posterior": "table.csv"}, "design": {"kind": "file", "path": "table.csv"}}
    name = {"posterior": "uncertainties", "design": "design"}[place]
    with pytest.raises(InputError) as refused:
        asked(folder=tmp_path, **{name: how[name]})
    assert says in str(refused.value)
    assert len(refused.value.problems) == 1
