"""One explorer and its server for all tests of the folder, on the small conflict, and both browsers."""

import sys
from pathlib import Path
from threading import Thread

import pytest

from frozen_conflict_sim import load_scenario
from frozen_conflict_sim.explorer.answers import Answers
from frozen_conflict_sim.explorer.server import Explorer

sys.path.insert(0, str(Path(__file__).parent))
RUNS = 64


@pytest.fixture(scope="session")
def file(tmp_path_factory):
    """The small conflict as a file of its own, so that what is saved can extend it."""
    path = tmp_path_factory.mktemp("explorer") / "small.yaml"
    path.write_text("extends: georgia_2014\npublic: {residents: 60}\nquarters: 8\n", "utf-8")
    return path


@pytest.fixture(scope="session")
def answers(file):
    """The answers of one explorer."""
    made = Answers(load_scenario(file), str(file), RUNS, seed=3)
    made.prepare(background=False)
    return made


@pytest.fixture(scope="session")
def server(answers):
    """Its server, on a port of its own."""
    with Explorer(answers) as serving:
        thread = Thread(target=serving.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        yield serving
        serving.shutdown()
        thread.join()


@pytest.fixture(scope="session", params=["chromium", "firefox"])
def browser(request):
    """A tab in each browser."""
    import browsers

    with getattr(browsers, request.param)() as opened:
        yield opened
