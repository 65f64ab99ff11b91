"""Run an experiment without a folder."""

from frozen_conflict_sim.experiment.execute.tasks import MOST
from frozen_conflict_sim.experiment.perform import perform
from frozen_conflict_sim.experiment.store.sources import Memory
from frozen_conflict_sim.experiment.study.study import Study
from frozen_conflict_sim.results import Results


def played(experiment) -> Results:
    """The results of an experiment, in memory. Its tasks are large, so that each policy and rule is compiled once."""
    study = Study(experiment)
    return Results(Memory(study, perform(study, task_size=MOST)))
