"""``check``: scenario files and experiments, and the order of play."""

import json

from frozen_conflict_sim.scenario import shipped_names


def test_check_reports_every_file_with_positions_in_json(command, place):
    done = command("check", "broken.yaml", "small.yaml", "nosuch.yaml", cwd=place, code=2)
    assert "A small one" in done.stdout
    assert "broken.yaml:5:5" in done.stderr
    assert "nosuch.yaml" in done.stderr
    told = json.loads(command("check", "broken.yaml", "small.yaml", "--json", cwd=place, code=2).stdout)
    assert told["ok"] is False
    assert told["problems"]["small.yaml"] == []
    first = told["problems"]["broken.yaml"][0]
    assert (first["file"], first["line"], first["column"], first["key"]) == ("broken.yaml", 5, 5, "patron.incentives.prestge")


def test_check_passes_all_shipped_scenarios(command, place):
    names = shipped_names()
    assert len(names) >= 8
    told = json.loads(command("check", *names, "--json", cwd=place).stdout)
    assert told["ok"] is True
    assert told["problems"] == {name: [] for name in names}
    assert told["changes"].keys() < set(names)


def test_check_prints_the_order_of_play(command, place):
    said = command("check", "--order", cwd=place).stdout
    numbered = [line.split(".")[0].strip() for line in said.splitlines() if line.split(".")[0].strip().isdigit()]
    assert numbered == [str(number) for number in range(1, len(numbered) + 1)]
    assert "patron decides" in said
    assert "each resident of the" in said
