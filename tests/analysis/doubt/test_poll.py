"""Which poll next, in results of a toy model whose best policy turns at a planted value of one parameter."""

import json

import numpy as np
import pytest

from frozen_conflict_sim.analysis.doubt.poll import poll
from frozen_conflict_sim.experiment.errors import NoSuchColumn, ResultsError
from tests.analysis.toy import ALIGNMENT, FACTORS, SPAN, played, results_of

LEVERS = {"patron.policy": ["swallow", "status_quo"]}
DESIGN = {"design": {"kind": "sobol", "points": 128}}


def turning_at(place, slope=1.0):
    """A toy model in which one policy is better above a value of the first factor."""

    def play(scenario, seed, rows, keep):
        gain = np.where(rows.columns["patron.policy"] == "swallow", slope * (rows.columns[FACTORS[0]] - place), 0.0)
        return played(rows, {ALIGNMENT: gain + 0.1 * rows.columns[FACTORS[1]]})

    return play


def found(play, **more):
    return poll(results_of(play, levers=LEVERS, **DESIGN), ALIGNMENT, **more).choices[0]


def test_the_planted_parameter_is_worth_most_and_turns_the_choice_where_it_was_planted():
    choice = found(turning_at(0.6))
    first = choice.lines[0]
    assert (first.parameter, first.is_known) == (FACTORS[0], True)
    assert first.information.value == pytest.approx(0.4**2 / 2, abs=0.01)  # the mean of x − 0.6 where it is positive
    assert [line.is_known for line in choice.lines] == [True, False, False, False]
    assert choice.best == "status_quo"
    assert "swallow above 0.6" in " ".join(choice.sentences)


def test_other_data_other_sentence():
    text = " ".join(found(turning_at(0.6)).sentences)
    lower = found(turning_at(0.3))
    assert " ".join(lower.sentences) != text
    assert lower.best == "swallow"
    assert "No single parameter of 4" in " ".join(found(turning_at(-1.0)).sentences)
    assert found(turning_at(0.6), better="lower").best == "swallow"


def test_grade_and_what_measuring_takes_stand_beside_it():
    line = found(turning_at(0.6)).lines[0]
    assert line.grade == "assumed"
    assert line.takes.startswith("interviews with officials")


def test_what_cannot_be_answered_is_said():
    with pytest.raises(ResultsError, match="nobody chooses"):
        poll(results_of(turning_at(0.5), levers={"patron.policy": ["swallow"]}, **DESIGN), ALIGNMENT)
    with pytest.raises(ResultsError, match="16 points are too few"):
        poll(results_of(turning_at(0.5), levers=LEVERS, design={"kind": "sobol", "points": 16}), ALIGNMENT)
    with pytest.raises(NoSuchColumn, match="did you mean"):
        poll(results_of(turning_at(0.5), levers=LEVERS, **DESIGN), "western_alignment_at_the_end")


def test_everything_is_data():
    results = results_of(turning_at(0.6), levers=LEVERS, **DESIGN, uncertainties=dict.fromkeys(FACTORS, SPAN))
    data = json.loads(json.dumps(poll(results, ALIGNMENT).to_dict()))
    assert data["choices"][0]["parameters"][0]["regions"][1]["best"] == "swallow"
