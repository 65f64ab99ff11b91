"""``plot``: which files it draws, and what it cannot draw."""

import pytest


def test_plots_are_drawn_into_the_given_folder(command, place, ran):
    words = ("plot", "results/small", "fan", "classes", "--outcome", "alienation", "--format", "svg,png", "--out", "drawn")
    drawn = command(*words, cwd=place, code=2)
    expected = ["drawn/fan-georgia.alienation.svg", "drawn/fan-georgia.alienation.png"]
    assert drawn.stdout.split() == expected
    assert drawn.stderr == "2 plots\nclasses has nothing to show of alienation\n"
    assert all((place / path).stat().st_size > 1000 for path in expected)
    classes = command("plot", "results/small", "classes", "classes", "--quiet", cwd=place)
    assert classes.stdout.split() == ["results/small/plots/classes.svg"]
    assert classes.stderr == ""
    drawn = command("run", "small.yaml", "--runs", 12, cwd=place)
    assert len(list((place / "results/small/plots").glob("*.svg"))) == 5
    assert "plots:    results/small/plots (5; for all others: frozen-conflict-sim plot results/small)\n" in drawn.stderr


WRONG_PLOTS = {
    "fna": "there is no plot 'fna'; did you mean 'fan'?",
    "fan --outcome alienatoin": "did you mean 'georgia.alienation'?",
    "--format tiff": "'tiff' is none of",
}


@pytest.mark.parametrize("line", WRONG_PLOTS)
def test_an_impossible_plot_is_refused(command, place, ran, line):
    said = command("plot", "results/small", "--out", "never", *line.split(), cwd=place, code=2).stderr
    assert WRONG_PLOTS[line] in said
    assert not (place / "never").exists()
