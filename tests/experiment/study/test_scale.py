"""Costs of large studies: estimated without laying out all points, equal to what is then done, with advice."""

import pytest

from frozen_conflict_sim.cli.screen.plan_text import scale_lines
from frozen_conflict_sim.experiment.execute.tasks import slices_of
from frozen_conflict_sim.experiment.load import experiment_from
from frozen_conflict_sim.experiment.plan import estimate, plan
from frozen_conflict_sim.experiment.study.extension import Extension
from frozen_conflict_sim.experiment.study.scale import Cost, advised_task_size, number_of_tasks, scale
from frozen_conflict_sim.experiment.study.study import Study


@pytest.fixture(scope="module")
def of(small):
    """Experiments on the small scenario, by design and replicates."""

    def made(replicates, **design):
        asked = {
            "question": "How large?",
            "scenario": small,
            "levers": {"patron.policy": ["swallow", "status_quo"]},
            "uncertainties": {"parent.grievance": {"from": 0.0, "to": 2.0}},
            "compare_with": {"parent.channels": "off"},
        }
        return Study(experiment_from(asked | {"design": design, "replicates": replicates}), large=True)

    return made


def test_a_thousand_million_runs_are_planned_without_being_laid_out(of):
    study = of(25, kind="sobol", points=10_000_000)
    planned, expected = plan(study), estimate(study, 2)
    assert planned.runs == study.runs == 10**9
    assert planned.streams == 250_000_000
    assert number_of_tasks(study, 1024) == 4 * -(-250_000_000 // 1024)
    assert "matrix" not in vars(study.factors)
    assert expected.bytes > 10**11
    shown = "\n".join(scale_lines(study.runs, expected, 1024))
    assert "976,563 of 1,024 runs" in shown
    assert "more cores would wait" in shown


@pytest.mark.parametrize(
    ("design", "streams"),
    [
        ({"kind": "sobol", "points": 2048}, 4096),
        ({"kind": "saltelli", "points": 2048}, 4096),
        ({"kind": "morris", "points": 2048}, 2),
        ({"kind": "latin_hypercube", "points": 50}, 100),
        ({"kind": "grid"}, 2),
    ],
    ids=lambda value: value["kind"] if isinstance(value, dict) else "",
)
def test_a_plan_that_looked_at_a_part_says_the_same_of_the_whole(of, design, streams):
    study = of(2, **design)
    planned = plan(study)
    assert planned.streams == streams
    assert planned.models == len(study.configurations) == 4
    for size in (100, 1024):
        assert number_of_tasks(study, size) == len(slices_of(Extension([study]), size))


def test_larger_chunks_are_advised_task_size_only_where_they_are_of_use():
    quick, slow = Cost(0.01, 0.001), Cost(0.01, 1.0)
    assert advised_task_size(10**9, quick, Cost(20_000, 100_000)) == 1024
    assert advised_task_size(10**9, quick, Cost(20_000, 2_000)) > 1024
    few, many = (scale(10**9, size, slow, Cost(20_000, 2_000)) for size in (1024, 8192))
    assert few.cores < many.cores
    assert few.duration(few.cores) > many.duration(many.cores)
    assert few.duration(10 * few.cores) == few.writing
