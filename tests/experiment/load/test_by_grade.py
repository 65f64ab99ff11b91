"""Numbers that are as uncertain as their grade says, and values that are left alone."""

from pathlib import Path

import pytest

from frozen_conflict_sim import load_scenario
from frozen_conflict_sim.engine.declare.parameter import Quantity
from frozen_conflict_sim.experiment.load import experiment_from, load_experiment
from frozen_conflict_sim.experiment.study.study import Study
from frozen_conflict_sim.politics.catalogue import declared
from frozen_conflict_sim.scenario import InputError

from ..conftest import rows_of

SHIPPED = Path(__file__).parents[3] / "experiments"
SHARES = {"assumed": 0.5, "documented": 0.1}


def asked(**data):
    about = {"question": "?", "scenario": load_scenario("georgia_2014"), "design": {"kind": "sobol", "points": 4}, "keep": []}
    return experiment_from({**about, "uncertainties": {"by_grade": SHARES}, **data})


def test_every_number_gets_a_span_as_wide_as_its_grade_says():
    uncertain = asked().uncertainties
    assert uncertain["territories.abkhazia.stake"].numbers == pytest.approx((0.4, 1.0))  # 0.8 ± half, within the bounds
    documented = uncertain["territories.abkhazia.dependence"]
    assert (documented.numbers, documented.grade) == (pytest.approx((0.62 * 0.9, 0.62 * 1.1)), "documented")
    assert uncertain["patron.incentives.prestige"].numbers[0] > 0
    assert "patron.asks.defence" not in uncertain  # estimated: no share was given
    assert "parent.grievance" not in uncertain  # uncertain in the scenario already
    assert "public.residents" not in uncertain  # shapes the world
    assert all(value.numbers[0] < value.numbers[1] for value in uncertain.values())


def test_the_shipped_study_of_assumed_values_leaves_out_no_number_that_can_differ_between_runs():
    study = load_experiment(SHIPPED / "assumed_values.yaml")
    varied = {*study.uncertainties, *Study(study).factors.spec.inherited}
    names = {part for key in varied for part in key.split(".")}
    numbers = {name: one for name, one in declared.quantities.items() if isinstance(one, Quantity)}
    parameters = {one.key for one in numbers.values() if not one.state and not one.common and one.default is not None}
    assert sorted(parameters - names) == []
    assert sorted({name for _, name in declared.weights} - names) == []


def test_it_gives_way_to_whatever_else_settles_a_number():
    made = asked(
        levers={"patron.ask_cool_down": [2, 8]},
        uncertainties={"by_grade": SHARES, "territory.stake": {"from": 0.1, "to": 0.2}},
        compare_with={"territory.salience": 0.3},
    )
    assert made.uncertainties["territory.stake"].numbers == (0.1, 0.2)
    own = {f"territories.{name}.{of}" for name in ("abkhazia", "south_ossetia") for of in ("stake", "salience")}
    assert not {"patron.ask_cool_down", *own} & made.uncertainties.keys()
    assert rows_of(Study(made)).shape[0] == 4 * 2 * 2


def test_it_loads_back_from_its_own_file(tmp_path):
    made = asked(design={"kind": "saltelli", "points": 4, "exchange": "grade"})
    (tmp_path / "again.yaml").write_text(made.to_yaml())
    again = load_experiment(tmp_path / "again.yaml")
    assert again.uncertainties == made.uncertainties
    grades = {value.grade for value in (made.uncertainties | Study(made).factors.spec.inherited).values()}
    assert Study(again).runs == Study(made).runs == 4 * (2 + len(grades))


@pytest.mark.parametrize(
    ("shares", "message"),
    [
        ({"guessed": 0.5}, "unknown key"),
        ({"assumed": 2.0}, "expected 0 to 1"),
        (0.5, "expected a map"),
        ({"assumed": "half"}, "expected a"),
    ],
)
def test_shares_that_make_no_sense_are_reported(shares, message):
    with pytest.raises(InputError, match=message):
        asked(uncertainties={"by_grade": shares})


@pytest.mark.parametrize(("word", "meant"), [("by_grad", "by_grade"), ("from_posteriro", "from_posterior")])
def test_a_misspelt_word_beside_the_keys_is_answered_with_the_nearest(word, meant):
    with pytest.raises(InputError, match=f"did you mean '{meant}'"):
        asked(uncertainties={word: SHARES})
