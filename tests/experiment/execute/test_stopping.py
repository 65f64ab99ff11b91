"""Time limits: a batch ends in time and stays balanced, by a clock that the test moves."""

import pytest

from frozen_conflict_sim import open_results
from frozen_conflict_sim.cli.options import Duration
from frozen_conflict_sim.experiment.execute.simulate import simulate
from frozen_conflict_sim.experiment.execute.stopping import Stopping
from frozen_conflict_sim.experiment.load import experiment_from
from frozen_conflict_sim.experiment.perform import perform_into
from frozen_conflict_sim.experiment.study.study import Study

POLICIES = ["swallow", "salami", "status_quo"]


@pytest.fixture
def study(small):
    asked = {"question": "?", "scenario": small, "levers": {"patron.policy": POLICIES}, "keep": [], "seed": 5}
    return Study(experiment_from({**asked, "uncertainties": {"parent.grievance": {"from": 0.0, "to": 2.0}}, "replicates": 4}))


def test_no_part_is_begun_that_would_not_be_done_in_time_and_what_is_there_is_balanced(study, tmp_path):
    now = [0.0]

    def play(*work):
        now[0] += 10.0
        return simulate(*work)

    stopping = Stopping(time_limit=75.0, clock=lambda: now[0])
    done = perform_into(tmp_path / "timed", study, task_size=1, play=play, stopping=stopping)
    assert (done.played, done.missing, now[0]) == (7, 5, 70.0)
    there = open_results(tmp_path / "timed")
    assert there.manifest["status"] == "interrupted"
    assert sorted(there.runs.groupby("patron.policy").size()) == [2, 2, 3]
    assert perform_into(tmp_path / "timed", study, task_size=1).played == 5
    assert open_results(tmp_path / "timed").manifest["status"] == "complete"


def test_somebody_who_asks_to_stop_gets_the_tasks_in_flight(study, tmp_path):
    stopping = Stopping()

    def request(runs):
        stopping.requested = runs > 0

    done = perform_into(
        tmp_path / "asked",
        study,
        task_size=1,
        stopping=stopping,
        progress=request,
    )
    assert (done.played, done.missing) == (1, 11)


@pytest.mark.parametrize("text", ["", "10", "m", "10x", "-5m", "0s", "5m junk", "1e3s", "nan"])
def test_what_is_no_time_is_refused(text):
    with pytest.raises(Exception, match="expected a time such as 90s"):
        Duration().convert(text, None, None)
