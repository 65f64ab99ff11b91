"""A run explained: what is said is true of the run, fits 80 columns, and is plain data too."""

import json

import numpy as np
import pytest

import frozen_conflict_sim as fcs
from frozen_conflict_sim import FrozenConflictModel
from frozen_conflict_sim.explain.decisions import actor_of
from frozen_conflict_sim.explain.run import RunExplanation
from frozen_conflict_sim.model.columns import columns
from frozen_conflict_sim.politics.wording import DECISIVE
from frozen_conflict_sim.scenario import InputError, load_scenario
from frozen_conflict_sim.scenario.shipped import shipped_names

from .conftest import FEW, played


@pytest.fixture(scope="module")
def told(georgia):
    return RunExplanation(georgia)


def fits(*explanations):
    for each in explanations:
        assert max(map(len, str(each).splitlines())) <= 80, str(each)
        assert json.loads(json.dumps(each.to_dict(), allow_nan=False))


def test_the_story_is_true_of_the_run(told, georgia):
    story = told.told
    assert story.end_class == georgia.classes()[0]
    assert [point.turn for point in story.turning_points] == sorted(point.turn for point in story.turning_points)
    acts = {text.split(" (")[0] for text in str(told.decisions(actor="Moscow")).split("\n") if text[:2] == "20"}
    assert acts
    chances = [one.odds for point in story.turning_points for one in point.happenings if one.kind == "act"]
    assert chances
    assert all(0.0 < chance <= 1.0 for chance in chances)
    for label, _, end in story.ends:
        name = {column.label: column.name for column in columns(georgia.setting)}[label]
        assert end == pytest.approx(float(georgia.trajectories()[name][0, -1]))


def test_everything_fits_80_columns_and_is_plain_data(told):
    fits(
        told.story(),
        told.decisions("2014-Q4"),
        told.decisions(actor="moscow"),
        told.decisions(4, "Tskhinvali", flips=True),
        told.why("georgia.alienation"),
        told.why("abkhazia.integration", "2015-Q1", 20),
        told.why("georgia.alienation", without="treaty"),
        told.without("treaty"),
    )


def test_a_receipt_has_draw_score_and_runner_up_that_decided(told, georgia):
    for account, _ in told.accounts("2014-Q4"):
        open_to = [option for option in account.options if option.state in ("chosen", "considered", "waiting")]
        best = max(open_to, key=lambda option: option.score)
        assert best.name == account.chosen or best.state == "waiting"
        assert sum(option.probability for option in account.options) == pytest.approx(1.0)
        for option in account.options:
            assert sum(reason.contribution for reason in option.reasons) == pytest.approx(option.utility)
            if option.state in ("not open", "not considered"):
                assert option.why
            else:
                assert option.score == pytest.approx(option.utility + option.draw)
        if len(open_to) > 1:
            others = [option for option in open_to if option.name != account.chosen]
            assert account.runner_up == max(others, key=lambda option: option.score).name


def test_the_rule_of_one_ask_a_turn_is_named_where_it_decided(georgia):
    found = []
    for run in range(georgia.runs):
        for account, _ in RunExplanation(georgia, run).accounts(actor="Moscow"):
            found += [note for note in account.notes if "one a turn" in note]
            assert any(option.state == "waiting" for option in account.options) == bool(account.notes)
    assert any("goes first, where the score is higher" in note for note in found)


def test_a_mandate_is_named_where_it_decided():
    model = played("georgia_2014", **{"patron.policy": "swallow"})
    accounts = [account for account, _ in RunExplanation(model).accounts(actor="Moscow")]
    whys = {option.why for account in accounts for option in account.options}
    notes = {note for account in accounts for note in account.notes}
    assert any("the policy swallow" in words for words in (*whys, *notes))


def test_every_closed_option_of_every_shipped_scenario_says_why():
    for name in shipped_names("scenarios"):
        scenario = load_scenario(name).with_values({"public.residents": 50})
        model = FrozenConflictModel(scenario.with_values({"play.choice_rule": "best_response"}), 1, 1, keep_receipts=True)
        for _ in range(2):
            model.step()
        for receipt in model.decision_maker.receipts:
            for index, at, run in np.argwhere(~receipt.open):
                for why in receipt.why_closed(receipt.decision.options[index], at, run):
                    assert why[0].islower(), (name, why)
                    assert "does not hold" not in why, (name, why)
            assert all(actor_of(model.setting, receipt.decision, member) for member in receipt.members)
        model.release()


def test_results_and_models_explain_themselves(stored):
    results = fcs.open_results(stored)
    found = results.explain(7)
    assert found.told.end_class == results.runs.set_index("run")["class"][7]
    assert f"(so do {100 * found.told.share:.0f} % of 12 runs)" in str(found.story()).replace("\n  ", " ")
    assert found.told.turning_points[0].date in found._repr_html_()
    assert found._repr_html_().count("<table>") == 2
    assert "all together" in found.why("georgia.alienation", without="treaty")._repr_html_()
    assert "caused" in found.without("treaty")._repr_html_()
    assert found.decisions("2014-Q4")._repr_html_().startswith("<pre")
    model = FrozenConflictModel(load_scenario("georgia_2014").with_values(FEW), 12, 3).run_to_end()
    assert str(model.story(7)).splitlines()[1:] != str(model.story(6)).splitlines()[1:]
    assert model.story(7).told.ends == found.told.ends
    with pytest.raises(ValueError, match="runs are numbered 0 to 11"):
        model.story(12)


def test_several_runs_are_explained_at_once_as_each_alone(stored):
    results = fcs.open_results(stored)
    several = results.explain([7, 2, 7])
    assert [one.number for one in several] == [7, 2, 7]
    assert str(several[0]) == str(results.explain(7))
    assert several[1].why("georgia.alienation").data == results.explain(2).why("georgia.alienation").data


def test_what_first_made_the_run_one_of_its_class_is_told(stored):
    results, tried = fcs.open_results(stored), 0
    for told in results.explain(range(12)):
        names = {one.name for point in told.told.turning_points for one in point.happenings}
        done = {
            receipt.decision.options[index].act
            for receipt in told.model.decision_maker.receipts
            for index in np.unique(receipt.chosen[:, told.run])
        }
        wanted = [name for name in DECISIVE.get(told.told.end_class, ()) if name in done]
        assert set(wanted[:1]) <= names
        tried += bool(wanted)
    assert tried


def test_a_model_without_receipts_or_turns_says_what_to_do():
    model = FrozenConflictModel(load_scenario("georgia_2014").with_values(FEW), 1, 3, keep_receipts=True)
    with pytest.raises(ValueError, match="call step"):
        model.story()
    model.step()
    assert model.story().decisions(1)
    with pytest.raises(InputError, match="ended after turn 1"):
        model.story().decisions(2)


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda told: told.decisions(99), "turns are 1 to 20, or 2014-Q1 to 2018-Q4"),
        (lambda told: told.decisions(actor="Moskow"), "did you mean 'Moscow'"),
        (lambda told: told.why("georgia.alienaton"), "did you mean 'georgia.alienation'"),
        (lambda told: told.why("integration"), "ambiguous: name one of abkhazia.integration, south_ossetia.integration"),
        (lambda told: told.why("grievance"), "is a parameter and does not change during a run"),
        (lambda told: told.why("georgia.alienation", 9, 3), "2016-Q1 .turn 9., is after the last, 2014-Q3 .turn 3."),
    ],
)
def test_what_does_not_exist_is_refused_with_the_nearest(told, ask, message):
    with pytest.raises(InputError, match=message):
        ask(told)
