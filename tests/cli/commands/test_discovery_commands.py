"""The commands atlas, discover, paths and study: from a scenario to map, sentence and table; wrong input is one sentence."""

import json

import pytest

STUDY = """\
question: Where does it push?
scenario: small.yaml
levers: {patron.policy: [status_quo, swallow]}
uncertainties:
  parent.grievance: {from: 0.0, to: 2.0}
  parent.accommodation: {from: 0.0, to: 1.2}
design: {kind: sobol, points: 64}
outcomes: [western_alignment_at_end, integration_at_end, treaty_signed]
seed: 2
"""
CONTRAST = ("--contrast", "patron.policy", "swallow", "status_quo")


@pytest.fixture(scope="module")
def pushed(place, command):
    """The output of ``batch`` that made the results of a small study in ``results/push``."""
    (place / "push.yaml").write_text(STUDY.replace("small.yaml", "long.yaml"), "utf-8")
    (place / "long.yaml").write_text("extends: georgia_2014\nquarters: 12\npublic: {residents: 50}\n", "utf-8")
    return command("batch", "push.yaml", cwd=place)


def test_batch_prints_paired_contrasts_by_outcome_and_horizon(pushed):
    assert "Paired contrasts: patron.policy, minus status quo" in pushed.stdout
    table = pushed.stdout.partition("Paired contrasts")[2]
    for words in ("Tbilisi: western alignment (index), minus status quo", "after quarter 3", "at the end", "on average"):
        assert words in table


def test_a_stranger_gets_map_sentence_and_table(pushed, place, command):
    out = command("atlas", "long.yaml", "--points", 32, "--replicates", 1, "--out", "atlas", "--format", "png", cwd=place)
    assert "Swallow rather than status quo raises Tbilisi's western alignment on " in out.stdout
    assert "mean effect" in out.stdout
    assert (place / "atlas" / "atlas.png").stat().st_size > 20_000
    again = command("atlas", "results/push", "--out", "again", "--json", "--quiet", cwd=place)
    (found,) = json.loads(again.stdout)["maps"]
    assert found["pairs"] == 64
    assert len(found["horizons"]) == 3


def test_discover_says_where_and_draws_it(pushed, place, command):
    out = command("discover", "results/push", *CONTRAST, "--where", "western_alignment_at_end > 0.04", cwd=place)
    assert "Swallow rather than status quo raises Tbilisi's western alignment at end by more than 0.04 in " in out.stdout
    assert "The tree beside it" in out.stdout
    assert list((place / "results" / "push" / "plots").glob("discovery-*.svg"))
    told = command("discover", "results/push", "--where", "treaty_signed_abkhazia", cwd=place, code=2)
    assert told.stderr.count("\n") == 1
    numbers = json.loads(command("discover", "results/push", "--where", "abkhazia.treaty_signed", "--json", cwd=place).stdout)
    assert numbers["box"]["limits"][0]["factor"] == "patron.policy"


def test_paths_are_printed_and_drawn(pushed, place, command):
    out = command("paths", "results/push", cwd=place)
    assert "a first treaty" in out.stdout
    assert "swallow" in out.stdout
    assert json.loads(command("paths", "results/push", "--json", cwd=place).stdout)["quarters"] == 12
    command("plot", "results/push", "paths", cwd=place)


def test_plots_of_a_contrast_have_a_folder_of_their_own(pushed, place, command):
    out = command("plot", "results/push", "heat_map", "--outcome", "western_alignment_at_end", *CONTRAST, cwd=place)
    assert "plots-swallow-minus-status_quo" in out.stdout


def test_studies_are_listed_with_their_questions(place, command):
    listed = command("study", cwd=place).stdout
    assert {line.split()[0] for line in listed.splitlines()} == {
        "integration_dilemma",
        "the_mystery",
        "lavrovs_wish",
        "railway",
    }


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["discover", "results/push", "--where", "1 > 0"], "names no column"),
        (["discover", "results/push", "--where", "western_alignment_at_end > 5"], "holds in none of 128 runs"),
        (["discover", "results/push", "--where", "class == frozn"], "no run has 'frozn'; did you mean 'frozen'"),
        (["discover", "results/push", "--where", "abkhazia.treaty_signed", "--box", 999], "there is no box 999"),
        (["discover", "results/push", "--where", "abkhazia.treaty_signed", "--factor", "parent.grievanc"], "did you mean"),
        (["discover", "results/push", *CONTRAST[:3], "nothing", "--where", "x > 1"], "no run has patron.policy=nothing"),
        (["atlas", "results/push", "--outcome", "western_alignmnt"], "did you mean"),
        (["atlas", "long.yaml", "--plane", "parent.grievance=2,0", "parent.accommodation=0,1"], "smaller number first"),
        (["atlas", "long.yaml", "--points", 4, "--replicates", 1, "--out", "few"], "too few for a map: at least 30"),
        (["atlas", "long.yaml", "--start", "parents.georgia.western_alignment=much"], "expected KEY=NUMBER"),
        (["plot", "results/push", "--contrast", "patron.polcy", "a", "b"], "did you mean 'patron.policy'"),
        (["study", "the_mistery"], "did you mean 'the_mystery'"),
    ],
)
def test_bad_input_is_one_sentence(pushed, place, command, words, says):
    told = command(*words, cwd=place, code=2)
    assert says in told.stderr
