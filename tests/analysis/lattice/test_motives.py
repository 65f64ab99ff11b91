"""All coalitions of the motives of a small conflict, in the program itself and from the command line."""

import numpy as np
import pytest

from frozen_conflict_sim import run
from frozen_conflict_sim.analysis.lattice.motives import lattice, option_called
from frozen_conflict_sim.experiment.errors import NoSuchColumn

MOTIVES = ("prestige", "control")


@pytest.fixture(scope="module")
def found(small):
    return lattice(small, MOTIVES, runs=24, seed=5)


def test_each_coalition_is_the_scenario_without_the_other_motives(small, found):
    without = run(small.with_values({"patron.incentives.prestige": 0.0}), runs=24, seed=5)
    for outcome, game in found.games.items():
        assert np.array_equal(game.worth[0b10], without.table([outcome])[outcome])
    assert list(found.games) == ["abkhazia.treaty_signed", "south_ossetia.treaty_signed"]


def test_the_numbers_do_not_depend_on_how_many_processes_play(small, found):
    again = lattice(small, MOTIVES, runs=24, seed=5, workers=2)
    assert again.to_dict() == found.to_dict()


def test_motives_by_default_are_those_that_speak_for_the_option(small):
    game = next(iter(lattice(small, runs=6, outcomes=["abkhazia.treaty_signed"]).games.values()))
    spoken = {incentive.name for incentive in option_called("patron.treatment.ask_for_deeper_integration").incentives}
    assert set(MOTIVES) <= set(game.players) <= spoken
    assert "thrift" not in game.players


def test_other_data_other_sentence(small, found):
    eager = lattice(small.with_values({"patron.incentives.prestige": 3.0}), MOTIVES, runs=24, seed=5)
    assert eager.sentences != found.sentences
    assert found.games["abkhazia.treaty_signed"].value[0] == 0.0


@pytest.mark.parametrize(
    ("how", "message"),
    [
        ({"motives": ["prestg"]}, "has no motive 'prestg'; did you mean 'prestige'"),
        ({"outcomes": ["depth_gained"]}, "no yes-or-no outcome 'depth_gained'"),
        ({"option": "patron.treatment.ask"}, "there is no option 'patron.treatment.ask'"),
    ],
)
def test_names_that_mean_nothing_are_refused_with_the_nearest(small, how, message):
    with pytest.raises(NoSuchColumn, match=message):
        lattice(small, runs=2, **how)
