"""The scoreboard through the command: content, stored files, refusals."""

import json

import pytest
from matplotlib.figure import Figure

from frozen_conflict_sim import plots
from frozen_conflict_sim.plots.drawing.style import house_style
from frozen_conflict_sim.record.estimates import Estimate
from frozen_conflict_sim.record.matching import scenarios_of_patterns, scenarios_to_score
from frozen_conflict_sim.record.nulls import NULLS
from frozen_conflict_sim.record.pattern import MechanismOff, Pattern
from frozen_conflict_sim.record.scoreboard import Line
from frozen_conflict_sim.record.scoring import arms, score
from frozen_conflict_sim.record.targets import HOLDS, at_least
from frozen_conflict_sim.scenario import InputError

WANTED = ("depth-gained", "polls-and-treaty", "talks-survive")
ALIKE = "{abkhazia: {public: {autonomy_minded_share: 0.4}}, south_ossetia: {public: {autonomy_minded_share: 0.4}}}"
QUICK = (
    "--runs",
    30,
    "--set",
    "public.residents=60",
    "--workers",
    1,
    *(word for name in WANTED for word in ("--pattern", name)),
)


@pytest.fixture(scope="module")
def georgia(command, tmp_path_factory):
    """The scoreboard of one file that replaces the Georgian scenario, and the folder that holds it."""
    folder = tmp_path_factory.mktemp("validate")
    (folder / "mine.yaml").write_text(f"extends: georgia_2014\ntitle: Mine\nterritories: {ALIKE}\n", "utf-8")
    done = command("validate", "mine.yaml", "--out", "board", *QUICK, cwd=folder, code=1)
    return done, folder, json.loads((folder / "board" / "scoreboard.json").read_text("utf-8"))


def test_a_file_is_scored_in_place_of_what_it_extends(georgia):
    done, _, board = georgia
    assert board["scenarios"] == {"georgia_2014": "Mine"}
    scored = {line["pattern"] for line in board["lines"]}
    assert scored == set(WANTED)
    assert board["unscored"]["turnover-venue"] == ["transnistria_2014"]
    assert "not scored, because donbas_2014, georgia_2006, transnistria_2014 were not run" in done.stdout


def test_each_pattern_has_an_estimate_under_every_null_model(georgia):
    for line in georgia[2]["lines"]:
        arms = {"model", *NULLS} | ({"mechanism_off"} if line["mechanism_off"] else set())
        assert set(line["verdicts"]) == arms
        for part in line["parts"]:
            assert set(part["estimates"]) == arms
            assert part["target"]


def test_a_failing_pattern_is_shown_as_failing(georgia):
    done, _, board = georgia
    lines = {line["pattern"]: line for line in board["lines"]}
    assert lines["depth-gained"]["result"] == "fails", "both publics are alike"
    assert "depth-gained: fails." in done.stdout
    assert "does not hold: " in done.stderr
    assert not board["checks_hold"]
    assert lines["depth-gained"]["verdicts"]["labels_swapped"] == "fails"


def test_the_caveat_is_printed(georgia):
    for text in (georgia[0].stdout, georgia[2]["caveat"]):
        assert "A laboratory, not a forecast" in text
        assert "None of these patterns tests the coupling" in text


def test_the_plot_is_stored(georgia):
    picture = (georgia[1] / "board" / "scoreboard.svg").read_text("utf-8")
    assert "depth-gained" in picture
    assert "null models 30" in picture


def test_a_scenario_that_no_pattern_needs_is_refused(command, tmp_path):
    told = command("validate", "abkhazia_2014", "what_if/no_treaty", cwd=tmp_path, code=2).stderr
    assert "replaces georgia_2014" in told
    (tmp_path / "own.yaml").write_text(
        "extends: south_ossetia_2015\ntitle: Own\npatron: {incentives: {prestigee: 1}}\n", "utf-8"
    )
    assert "did you mean" in command("validate", "own.yaml", cwd=tmp_path, code=2).stderr
    assert "depth-gained" in command("validate", "--pattern", "depth", cwd=tmp_path, code=2).stderr
    assert "did you mean" in command("validate", "--set", "patron.incentives.prestigee=1", cwd=tmp_path, code=2).stderr


def test_a_value_changes_the_scenarios_that_have_its_key():
    given = scenarios_to_score((), {"territories.transnistria.stake": 0.3, "patron.ask_cool_down": 5})
    assert list(given) == scenarios_of_patterns()
    assert given["transnistria_2014"].values["territory", "transnistria", "stake", ""].fixed == 0.3
    assert {scenario.values["patron", "moscow", "ask_cool_down", ""].fixed for scenario in given.values()} == {5}


def test_a_scenario_of_its_own_is_refused():
    with pytest.raises(InputError, match="replaces"):
        scenarios_to_score(("georgia_2014", "georgia_2014"))


@pytest.fixture(scope="module")
def few():
    """Score a few arms of a small scenario."""
    small = scenarios_to_score(("georgia_2006",), {"public.residents": 60})
    return lambda workers: score(arms(small, 20, 4)[:2], small, 20, 4, workers=workers)


def test_one_worker_or_two_find_the_same(few):
    one, two = (few(workers).to_dict() for workers in (1, 2))
    assert one == two
    assert [line["pattern"] for line in one["lines"]] == ["recognition-turns-opinion"]


def line(kind="test", must_fail=("persistence",), **estimates):
    """The line of a pattern that is to be 0.8 or more."""
    pattern = Pattern("p", kind, "B", {"": at_least(0.8)}, "…", None, must_fail, MechanismOff("…", {}))
    return Line.of(pattern, {arm: {"": Estimate(mid, mid - 0.02, mid + 0.02, 50)} for arm, mid in estimates.items()})


def test_a_pattern_passes_only_if_models_without_the_mechanism_fail():
    assert line(model=0.9, persistence=0.5, mechanism_off=0.6).result == "passes"
    assert line(model=0.9, persistence=0.5, mechanism_off=0.95).result == "not distinguished"
    assert line(model=0.85, persistence=0.82, mechanism_off=0.6).result == "not distinguished"
    assert line(model=0.85, persistence=0.5, mechanism_off=0.6, no_treaty=0.9).result == "passes", (
        "it does not lack the mechanism"
    )
    assert line(model=0.81, persistence=0.5, mechanism_off=0.6).result == "open"
    assert line(model=0.5, persistence=0.4, mechanism_off=0.4).result == "fails"
    assert line("check", model=0.9, persistence=0.9).result == HOLDS


def test_a_scoreboard_is_drawn_on_its_own_axes_or_on_those_given(few):
    board = few(1)
    own, mine = plots.scoreboard(board), Figure().add_subplot()
    assert plots.scoreboard(board, ax=mine) is mine
    assert own.figure.get_supxlabel().startswith("georgia_2006")
    for axes in (own, mine):
        with house_style():
            axes.figure.draw_without_rendering()


def test_a_horizon_too_short_for_a_pattern_gives_too_few_cases(command, tmp_path):
    words = ("--set", "quarters=3", "--set", "public.residents=50", "--runs", 10, "--workers", 1)
    done = command("validate", "--pattern", "dollar-trough", "--pattern", "two-tracks", *words, cwd=tmp_path)
    assert "dollar-trough: too few cases" in done.stdout
    assert "Warning" not in done.stderr
