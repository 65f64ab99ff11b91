"""Scenarios and results for tests of the command line."""

import pytest

SMALL = """\
extends: georgia_2014
title: "A small one: [bold] 100 % of $x_$"
quarters: 4
public: {residents: 50}
"""

BROKEN = """\
extends: georgia_2014
quarters: 4
patron:
  incentives:
    prestge: 0.5
    thrift: 99
nonsense: 3
territories: {abkhazia: {stake: much}}
"""


@pytest.fixture(scope="session")
def place(tmp_path_factory):
    """A folder with a small scenario, a broken one, and the results of twelve runs."""
    place = tmp_path_factory.mktemp("place")
    (place / "small.yaml").write_text(SMALL, "utf-8")
    (place / "broken.yaml").write_text(BROKEN, "utf-8")
    return place


@pytest.fixture(scope="session")
def ran(place, command):
    """The output of ``run`` that made the results of twelve runs in ``results/small``, without plots."""
    return command("run", "small.yaml", "--runs", 12, "--no-plots", cwd=place)


@pytest.fixture(scope="session")
def contents():
    """A function that returns every file of a folder with its content."""

    def contents(folder):
        return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    return contents
