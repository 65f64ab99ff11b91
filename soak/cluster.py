"""A study on a cluster whose workers are killed and whose scheduler is restarted again and again: the results are the same."""

import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

TASK_SIZE = 128


def main(quick=False):
    """Disturb the cluster at about every other task: a hundred tasks, twelve if ``quick``."""
    import psutil

    sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "experiment" / "execute"))
    from test_cluster import Cluster, contents

    from frozen_conflict_sim import load_scenario
    from frozen_conflict_sim.ensemble import ensemble_of
    from frozen_conflict_sim.experiment.execute.cluster.scheduler import Scheduler
    from frozen_conflict_sim.experiment.perform import perform_into
    from frozen_conflict_sim.experiment.study.study import Study

    seed = 1 if quick else random.randrange(10**6)
    chance, did, done = random.Random(seed), Counter(), []
    scenario = load_scenario("georgia_2014").with_values({"public.residents": 120})
    study = Study(ensemble_of(scenario, TASK_SIZE * (12 if quick else 100), seed))

    def workers():
        found = []
        for process in cluster.processes:
            with suppress(psutil.Error):  # it may end while it is looked at
                found += [each.pid for each in psutil.Process(process.pid).children() if "spawn_main" in str(each.cmdline())]
        return found

    def start():
        cluster.start_scheduler()
        cluster.start_workers(2)

    def disturb(runs):
        done.append(runs)
        what = chance.choice(["nothing", "nothing", "nothing", "kill", "kill", "stop", "restart"])
        if what == "restart":
            cluster.kill()
            time.sleep(chance.choice([0, 3]))
            start()
        elif what != "nothing" and (there := workers()):
            os.kill(chance.choice(there), signal.SIGKILL if what == "kill" else signal.SIGTERM)
            if what == "stop":  # a nanny restarts a worker that is killed, not one that is asked to stop
                cluster.start_workers(1)
        did[what] += 1

    with tempfile.TemporaryDirectory() as place:
        place = Path(place)
        cluster = Cluster(place)
        try:
            start()
            perform_into(
                place / "away", study, task_size=TASK_SIZE, scheduler=Scheduler(cluster.address, say=str), progress=disturb
            )
        finally:
            cluster.kill()
        perform_into(place / "alone", study, task_size=TASK_SIZE, workers=2)
        assert contents(place / "away") == contents(place / "alone"), f"the results differ (seed {seed})"
    assert sum(done) == study.runs, f"{sum(done)} runs were reported, not {study.runs} (seed {seed})"
    return f"{did['kill']} kills, {did['stop']} leaves, {did['restart']} restarts, {study.runs} runs: as undisturbed"
