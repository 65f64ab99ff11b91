"""A study on a Dask cluster: real processes on this machine that are killed, join late, or have another version."""

import importlib
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest
from click.exceptions import Exit
from distributed import Client

from frozen_conflict_sim import __version__, open_results, run
from frozen_conflict_sim.cli.run_study import run_study
from frozen_conflict_sim.ensemble import ensemble_of
from frozen_conflict_sim.experiment.errors import NoCluster
from frozen_conflict_sim.experiment.execute.cluster.scheduler import Scheduler
from frozen_conflict_sim.experiment.execute.cluster.spread import spread_over
from frozen_conflict_sim.experiment.execute.cluster.versions import refusal
from frozen_conflict_sim.experiment.perform import perform_into
from frozen_conflict_sim.experiment.provenance import fingerprint, provenance
from frozen_conflict_sim.experiment.study.study import Study

ROOT = Path(__file__).parents[3]
SCHEDULER, WORKERS = re.findall(r"^dask .*$", (ROOT / "docs" / "cluster.md").read_text("utf-8"), re.MULTILINE)[:2]
RUNS, SIZE = 120, 10


class Cluster:
    """The two lines of the how-to page, at a free port. Its processes end with the test, and without it by themselves."""

    def __init__(self, folder):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.address, self.folder, self.processes = f"tcp://127.0.0.1:{self.port}", folder, []

    def start(self, line, **environment):
        path = os.pathsep.join([str(self.folder), os.environ.get("PYTHONPATH", "")]).strip(os.pathsep)
        words = line.replace("8786", str(self.port)).replace("127.0.0.1:8787", "127.0.0.1:0").split()
        with open(self.folder / f"{len(self.processes)}.log", "wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", *words],
                cwd=self.folder,
                env={**os.environ, "PYTHONPATH": path, **environment},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.processes.append(process)

    def start_scheduler(self):
        self.start(f"{SCHEDULER} --idle-timeout 300")
        eventually(self.answers)

    def start_workers(self, count, **environment):
        line = WORKERS.replace("--nworkers 2", f"--nworkers {count}")
        self.start(f"{line} --death-timeout 60 --local-directory {self.folder}", **environment)

    def answers(self):
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 1):
            return True

    def workers(self, count):
        """The processes of the workers, as soon as there are so many."""
        with Client(self.address, set_as_default=False) as client:
            client.wait_for_workers(count, timeout=60)
            return list(client.run(os.getpid).values())

    def kill(self):
        """End all at once, and for certain."""
        for process in self.processes:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        self.processes.clear()


def eventually(condition, seconds=60):
    """Wait until something holds."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it never came about"
        time.sleep(0.05)


@pytest.fixture
def empty(tmp_path):
    """A cluster of which nothing runs yet."""
    found = Cluster(tmp_path)
    yield found
    found.kill()


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    """A scheduler with two workers."""
    found = Cluster(tmp_path_factory.mktemp("cluster"))
    found.start_scheduler()
    found.start_workers(2)
    yield found
    found.kill()


@pytest.fixture(scope="module")
def study(small):
    return Study(ensemble_of(small, RUNS, 5))


@pytest.fixture(scope="module")
def alone(study, tmp_path_factory):
    """What the folder holds if this process plays the study."""
    perform_into(tmp_path_factory.mktemp("alone") / "results", study, task_size=SIZE)
    return contents(tmp_path_factory.getbasetemp() / "alone0" / "results")


def contents(folder):
    """Every file of a folder; of the manifest what does not depend on the time of day."""
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    manifest = json.loads(found.pop("manifest.json"))
    found.pop("parts/manifest.json")
    return found, {key: value for key, value in manifest.items() if key not in ("started", "ended", "blake2b")}


SLOW = """
import os, time
from frozen_conflict_sim.experiment.execute.simulate import simulate

def play(scenario, seed, rows, keep):
    note("begin", rows)
    time.sleep(0.5)
    result = simulate(scenario, seed, rows, keep)
    note("end", rows)
    return result

def note(what, rows):
    with open(__file__ + ".log", "a") as log:
        log.write(f"{what} {rows.run[0]} {os.getpid()}\\n")
"""


@pytest.fixture
def slow(cluster, monkeypatch):
    """A way of playing that takes its time and keeps a log, as a module that workers can import."""
    (cluster.folder / "slow.py").write_text(SLOW)
    monkeypatch.syspath_prepend(cluster.folder)
    return importlib.import_module("slow")


def in_flight(log):
    """Which tasks have begun and not ended, each with the process that began it."""
    notes = [line.split() for line in Path(log).read_text().splitlines()]
    begun, ended = ({(first, int(pid)) for what, first, pid in notes if what == word} for word in ("begin", "end"))
    return begun - ended


def test_killed_workers_and_a_new_scheduler_leave_no_trace_in_the_results(cluster, slow, study, alone, tmp_path):
    log, messages, done = f"{slow.__file__}.log", [], []

    def disturb(runs):
        done.append(runs)
        if len(done) == 3:
            eventually(lambda: in_flight(log))
            os.kill(next(iter(in_flight(log)))[1], signal.SIGKILL)  # its nanny starts another one, which joins late
        if len(done) == 6:
            eventually(lambda: len(in_flight(log)) >= 2)  # one of them was begun by who was killed before
            cluster.kill()
            threading.Timer(2.0, come_back).start()  # late enough to be missed

    def come_back():
        cluster.start_scheduler()
        cluster.start_workers(1)

    scheduler = Scheduler(cluster.address, messages.append)
    done_there = perform_into(tmp_path / "away", study, task_size=SIZE, scheduler=scheduler, progress=disturb, play=slow.play)
    assert done_there.played == RUNS
    assert contents(tmp_path / "away") == alone
    assert sum(done) == RUNS
    assert len(in_flight(log)) >= 2  # begun by who was killed
    assert [line for line in messages if "back" in line] == [
        f"the scheduler at {cluster.address} is gone; waiting for it to come back",
        "it is back; the tasks that were in flight are played again",
    ]


def test_a_stop_finishes_the_tasks_in_flight_and_starts_no_other(cluster):
    got = []
    scheduler = Scheduler(cluster.address, say=str)
    for answer in spread_over(scheduler, abs, range(-500, 0), lost=str, stop=lambda: len(got) > 20):
        got.append(answer)
    assert 20 < len(got) < 200
    assert set(got) <= set(range(1, 501))


def test_the_cluster_of_the_how_to_page_can_be_reached_from_this_machine_only(cluster):
    import psutil

    cluster.workers(1)
    roots = [psutil.Process(process.pid) for process in cluster.processes]
    family = [process for root in roots for process in (root, *root.children(recursive=True))]
    listening = {at.laddr.ip for process in family for at in process.net_connections() if at.status == psutil.CONN_LISTEN}
    assert listening == {"127.0.0.1"}


def test_an_older_worker_is_given_nothing_and_both_versions_are_named(empty, small, command, tmp_path):
    package = ROOT / "src" / "frozen_conflict_sim"
    older = tmp_path / "older" / package.name
    shutil.copytree(package, older, ignore=shutil.ignore_patterns("__pycache__"))
    for name, now, then in [("__init__.py", f'"{__version__}"', '"0.0.9"'), ("model/schedule.py", "\n", "\n\n")]:
        (older / name).write_text((older / name).read_text("utf-8").replace(now, then))
    empty.start_scheduler()
    empty.start_workers(1, PYTHONPATH=str(older.parent))
    empty.workers(1)
    refused = command("run", "georgia_2014", "--scheduler", empty.address, cwd=tmp_path, code=2).stderr
    (theirs, older), (ours, newer) = re.findall(r"frozen-conflict-sim (\S+) \(model ([0-9a-f]{16})", refused.splitlines()[-1])
    assert (theirs, ours, newer) == ("0.0.9", __version__, fingerprint())
    assert older != newer
    assert f"no worker of {empty.address} can be used" in refused
    empty.start_workers(1)
    empty.workers(2)
    with pytest.warns(UserWarning, match="is given no work"):
        away = run(small, runs=40, seed=5, scheduler=empty.address)
    assert away.runs.equals(run(small, runs=40, seed=5).runs)


@pytest.mark.parametrize(
    ("there", "message"),
    [
        (ModuleNotFoundError("No module named 'frozen_conflict_sim'"), "its Python lacks what is needed"),
        (OSError("disk"), "it cannot say which version it has (OSError: disk)"),
        ({"version": "0.0.1", "fingerprint": "abc"}, "it has frozen-conflict-sim 0.0.1 (model abc), but here is"),
        (provenance() | {"sources": "abc"}, "sources abc), but here is"),
        (provenance() | {"libraries": {}}, ""),
    ],
    ids=["none", "broken", "first", "edited", "same"],
)
def test_workers_are_refused_for_a_reason(there, message):
    assert message in refusal(provenance(), there)
    assert bool(message) == bool(refusal(provenance(), there))


def test_a_scheduler_that_is_gone_for_good_leaves_a_folder_that_resumes(empty, study, small, alone, tmp_path, capsys):
    empty.start_scheduler()
    perform_into(tmp_path / "away", Study(ensemble_of(small, 4 * SIZE, 5)), task_size=SIZE)

    def end_it(message):
        if "no worker" in message:
            empty.kill()

    with pytest.raises(Exit) as end:
        run_study(study, tmp_path / "away", None, False, Scheduler(empty.address, end_it, patience=1))
    assert end.value.exit_code == 1
    output = capsys.readouterr().err
    assert f"gone for 1 seconds: {4 * SIZE} of {RUNS} runs are kept" in output
    assert "the same command continues from there" in output
    assert open_results(tmp_path / "away").manifest["status"] == "interrupted"
    perform_into(tmp_path / "away", study, task_size=SIZE)
    assert contents(tmp_path / "away") == alone


def test_ctrl_c_leaves_a_folder_that_resumes(cluster, tmp_path):
    words = "run georgia_2014 --runs 100000 --set public.residents=60 --set quarters=8 --out away --scheduler"
    process = subprocess.Popen(
        [sys.executable, "-m", "frozen_conflict_sim", *words.split(), cluster.address],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        eventually(lambda: len(list(tmp_path.glob("away/runs/0*"))) > 1)
        process.send_signal(signal.SIGINT)
        _, output = process.communicate(timeout=30)
    finally:
        process.kill()
    assert process.returncode == 130, output
    assert "\nfinishing the running tasks; Ctrl-C once more stops at once\n" in output
    assert re.search(r"interrupted: [\d,]+ of 100,000 runs are kept in away; the same command continues from there\n$", output)
    stopped = open_results(tmp_path / "away")
    assert stopped.manifest["status"] == "interrupted"
    assert len(stopped.runs) == stopped.manifest["counts"]["finished"] > 0


def test_nobody_at_an_address_is_said_at_once_and_nothing_is_written(command, tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound, so nobody else has it, and not listening
        address = f"tcp://127.0.0.1:{taken.getsockname()[1]}"
        output = command("batch", "integration_dilemma", "--scheduler", address, cwd=tmp_path, code=2).stderr
    assert output == f"no Dask scheduler answers at {address}; is one running there?\n"
    assert not list(tmp_path.iterdir())


def test_something_else_at_an_address_is_no_scheduler():
    def greet():
        with suppress(OSError):  # until nobody listens any more
            while True:
                with other.accept()[0] as caller, suppress(OSError):
                    caller.sendall(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")

    with socket.create_server(("127.0.0.1", 0)) as other:
        host = threading.Thread(target=greet, daemon=True)
        host.start()
        with pytest.raises(NoCluster, match="no Dask scheduler answers"):
            Scheduler(f"tcp://127.0.0.1:{other.getsockname()[1]}").reach()
        other.shutdown(socket.SHUT_RDWR)
        host.join(60)
    assert not host.is_alive()


@pytest.mark.parametrize(
    "address", ["", "127.0.0.1:8786", "tcp://127.0.0.1", "tcp://:8786", "tcp://a:b", "http://[", "tcp://a:99999"]
)
def test_what_is_no_address_is_refused_with_one(address):
    with pytest.raises(NoCluster, match="one looks like tcp://"):
        Scheduler(address).reach()


WITHOUT_DASK = """
import sys
class Hidden:
    def find_spec(name, path=None, target=None):
        if name.split(".")[0] in ("dask", "distributed"):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
sys.meta_path.insert(0, Hidden)
from frozen_conflict_sim.cli import main
main(sys.argv[1:])
"""


def test_without_the_extra_it_is_said_what_to_install_and_all_else_works(tmp_path):
    def call(*words):
        return subprocess.run(
            [sys.executable, "-c", WITHOUT_DASK, *words], cwd=tmp_path, capture_output=True, text=True, check=False
        )

    asked = call("run", "georgia_2014", "--scheduler", "tcp://127.0.0.1:8786")
    assert asked.returncode == 2
    assert asked.stderr == "a cluster needs Dask, which is not installed: pip install 'frozen-conflict-sim[cluster]'\n"
    assert call("run", "georgia_2014", "--runs", "2", "--set", "quarters=4", "--no-plots").returncode == 0


def test_workers_are_not_counted_twice(command, tmp_path):
    output = command("run", "georgia_2014", "--scheduler", "tcp://127.0.0.1:9", "--workers", "2", cwd=tmp_path, code=2).stderr
    assert "with --scheduler, the cluster has its own workers" in output
