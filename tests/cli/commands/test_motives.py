"""``motives``: the same as data, as text and as a plot; wrong names are one sentence."""

import json


def test_the_command_prints_and_stores_the_same(place, command):
    words = ("motives", "small.yaml", "--motive", "prestige", "--motive", "control", "--runs", 8)
    printed = command(*words, "--out", "lattice", cwd=place)
    assert "What does Moscow hope to get?" in printed.stdout
    data = json.loads(command(*words, "--json", cwd=place).stdout)
    assert data == json.loads((place / "lattice" / "motives.json").read_text("utf-8"))
    assert data["outcomes"]["abkhazia.treaty_signed"]["sentence"] in " ".join(printed.stdout.split())
    assert (place / "lattice" / "motives.svg").stat().st_size > 1000
    assert "did you mean 'prestige'" in command("motives", "small.yaml", "--motive", "prestg", cwd=place, code=2).stderr
