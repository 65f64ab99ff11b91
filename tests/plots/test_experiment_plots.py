"""Plots of experiments: groups are compared, only applicable plots are drawn, numbers are those of the analysis."""

from itertools import pairwise

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from frozen_conflict_sim import plots
from frozen_conflict_sim.analysis.effects import NOTHING, effects
from frozen_conflict_sim.analysis.groups import groups
from frozen_conflict_sim.ensemble import run_experiment
from frozen_conflict_sim.experiment.errors import ResultsError
from frozen_conflict_sim.plots import PLOTS
from frozen_conflict_sim.plots.drawing.batch import draw
from frozen_conflict_sim.plots.drawing.description import description
from frozen_conflict_sim.plots.drawing.line_labels import Line, draw_line, label_lines
from frozen_conflict_sim.plots.drawing.saving import provenance, save
from frozen_conflict_sim.plots.drawing.style import HATCHES, MARKS, SIGNS

POLICIES = ["swallow", "status_quo"]
POLICIES_IN_WORDS = ["swallow", "status quo"]


@pytest.fixture(scope="session")
def dilemma(small):
    """Two policies over two uncertainties, with the channels on and off."""
    asked = {
        "question": "What does integration cost?",
        "scenario": small,
        "levers": {"patron.policy": POLICIES},
        "uncertainties": {"parent.grievance": {"from": 0.0, "to": 2.0}, "parent.accommodation": {"from": 0.0, "to": 1.2}},
        "design": {"kind": "sobol", "points": 64},
        "replicates": 1,
        "compare_with": {"parent.channels": "off"},
        "outcomes": ["western_alignment_at_end", "alienation_at_end", "railway_opened"],
        "seed": 3,
    }
    return run_experiment(asked)


@pytest.fixture(scope="session")
def single_changes(small):
    """Two parameters, each changed alone."""
    asked = {
        "question": "What matters?",
        "scenario": small,
        "uncertainties": {"parent.grievance": {"from": 0.0, "to": 2.0}, "public.support_by_fear": {"from": 0.1, "to": 0.7}},
        "design": {"kind": "one_at_a_time"},
        "replicates": 5,
        "outcomes": ["alienation_at_end"],
        "seed": 3,
    }
    return run_experiment(asked)


TARGETS = {
    "fan_by": "georgia.alienation",
    "distributions_by": "georgia.alienation_at_end",
    "classes_by": "",
    "decisions_by": "georgia.orientation",
    "frontier": "georgia.alienation_on_average",
    "heat_map": "railway.opened",
}


def line_names(axes):
    """The names beside the ends of lines, without the marks before them and what follows."""
    rows = [row for text in axes.texts for row in text.get_text().split("\n") if row[:1] in SIGNS]
    return [row[2:].removesuffix(" (the same)") for row in rows]


def drawn(results, plot, name, **how):
    """A plot of a column, or of the study."""
    return getattr(plots, plot)(results, *([name] if name else []), **how)


@pytest.mark.parametrize(("plot", "name"), TARGETS.items(), ids=list(TARGETS))
def test_a_plot_is_drawn_on_its_own_axes_or_on_given_ones(dilemma, plot, name, tmp_path):
    own = drawn(dilemma, plot, name)
    assert own.figure.get_supxlabel() == provenance(dilemma)
    mine = Figure().add_subplot()
    assert drawn(dilemma, plot, name, ax=mine) is mine
    assert isinstance(own, Axes)
    for axes in (own, mine):
        assert axes.get_title(loc="left")
        assert axes.get_xlabel()
    own.figure.draw_without_rendering()
    page, taken = own.figure.bbox, own.figure.get_tightbbox().transformed(own.figure.dpi_scale_trans)
    assert page.x0 < taken.x0 < taken.x1 < page.x1
    assert page.y0 < taken.y0 < taken.y1 < page.y1
    files = [tmp_path / "one.svg", tmp_path / "two.svg"]
    for path, axes in zip(files, (own, drawn(dilemma, plot, name))):
        save(axes.figure, path, {"title": "A title", "provenance": "where it comes from"})
    assert files[0].read_bytes() == files[1].read_bytes()


def test_by_default_applicable_plots_are_drawn_and_groups_are_not_pooled(dilemma, single_changes, results, tmp_path):
    def names(source, place, **how):
        return {path.name.split("-")[0].removesuffix(".svg") for path in draw(source, tmp_path / place, **how)[0]}

    assert names(dilemma, "dilemma") == {*TARGETS, "paths"}
    assert names(single_changes, "single") == {"tornado", "paths"}
    alienation = ["alienation", "alienation_at_end"]
    assert names(results, "run", columns=[*alienation, "orientation"]) == {"fan", "distribution", "ecdf", "decisions"}
    assert names(dilemma, "arm", by=["arm"], columns=alienation) == {
        "fan_by",
        "distributions_by",
        "frontier",
    }


def test_groups_are_those_of_the_base_unless_split_by_arm(dilemma):
    by_policy = groups(dilemma)
    assert list(by_policy) == ["swallow", "status quo"]
    assert {arm for runs in by_policy.values() for arm in runs["arm"]} == {"base"}
    assert {name: len(runs) for name, runs in groups(dilemma, "arm").items()} == {"base": 128, "parent.channels=off": 128}
    thirds = groups(dilemma, "parent.grievance")
    assert len(thirds) == 3
    assert sum(map(len, thirds.values())) == 128
    ends = [(runs["parent.grievance"].min(), runs["parent.grievance"].max()) for runs in thirds.values()]
    assert sorted(ends) == ends
    assert all(before[1] < after[0] for before, after in pairwise(ends))


def test_shares_of_classes_add_up_at_every_level(dilemma):
    bars = plots.classes_by(dilemma).patches
    for row in (0, 1):
        widths = [bar.get_width() for bar in bars if round(bar.get_y() + bar.get_height() / 2) == row]
        assert sum(widths) == pytest.approx(1)


def test_the_frontier_shows_the_means_of_the_runs(dilemma):
    axes = plots.frontier(dilemma, "georgia.alienation_on_average")
    shown = {tuple(np.round(line.get_xydata()[0], 9)) for line in axes.lines if len(line.get_xdata()) == 1}
    territories = [f"{name}.integration_on_average" for name in ("abkhazia", "south_ossetia")]
    for _, runs in dilemma.runs.groupby(["arm", "patron.policy"]):
        point = runs[territories].mean(axis=1).mean(), runs["georgia.alienation_on_average"].mean()
        assert tuple(np.round(point, 9)) in shown
    assert "on average over the run" in axes.get_xlabel()
    assert "at the end of the run" in plots.frontier(dilemma, "georgia.western_alignment_at_end").get_xlabel()


def test_the_tornado_shows_the_paired_changes_the_largest_on_top(single_changes):
    axes = plots.tornado(single_changes, "georgia.alienation_at_end")
    found = [line for line in effects(single_changes, ["georgia.alienation_at_end"]).effects if NOTHING in line.versus]
    widths = sorted(bar.get_width() for bar in axes.patches)
    assert widths == pytest.approx(sorted(line.versus[NOTHING].difference for line in found))
    rows = {}
    for bar in axes.patches:
        row = round(bar.get_y() + bar.get_height() / 2)
        rows[row] = max(rows.get(row, 0), abs(bar.get_width()))
    assert rows[1] >= rows[0]


def test_a_heat_map_has_the_mean_of_each_cell_and_a_map_for_each_policy(dilemma):
    name, by = "georgia.alienation_at_end", ("parent.grievance", "parent.accommodation")
    axes = plots.heat_map(dilemma, name, by=by)
    base = dilemma.runs[dilemma.runs["arm"] == "base"]
    panels = {panel.get_title(loc="left"): panel for panel in axes.child_axes}
    assert list(panels) == [value.replace("_", " ") for value in POLICIES]
    for policy, panel in zip(POLICIES, panels.values()):
        values, runs = panel.collections[0].get_array().compressed(), base[base["patron.policy"] == policy][name]
        assert runs.min() <= values.min() <= values.max() <= runs.max()
    assert "parent: grievance" in axes.get_xlabel()


def test_groups_differ_without_colour(dilemma):
    lines = [line for line in plots.fan_by(dilemma, "georgia.alienation").lines if line.get_marker() in MARKS]
    assert len({line.get_marker() for line in lines}) == len({line.get_linestyle() for line in lines}) == len(POLICIES)
    shown = [bar for bar in plots.classes_by(dilemma).patches if bar.get_width()]
    colours = {bar.get_facecolor(): bar.get_hatch() for bar in shown}
    assert len(set(colours.values())) == len(colours) > 1
    assert {hatch or "" for hatch in colours.values()} <= set(HATCHES)


def test_titles_say_what_is_compared(dilemma, single_changes):
    compared = {plot: drawn(dilemma, plot, name).get_title(loc="left") for plot, name in TARGETS.items() if plot != "heat_map"}
    assert {title.replace("\n", " ").endswith("by Moscow's policy") for title in compared.values()} == {True}
    over = plots.heat_map(dilemma, "georgia.alienation_at_end").get_title(loc="left").replace("\n", " ")
    assert over.endswith("mean over Tbilisi's grievance and Tbilisi's accommodation")
    assert "each single change" in plots.tornado(single_changes, "georgia.alienation_at_end").get_title(loc="left")


def test_lines_that_coincide_share_a_label_and_have_marks_of_their_own(dilemma):
    assert line_names(plots.fan_by(dilemma, "georgia.western_alignment")) == POLICIES_IN_WORDS
    axes = Figure().add_subplot()
    at = np.arange(40.0)
    lines = [Line(name, "black", number, at, at * (number == 2)) for number, name in enumerate(("one", "two", "other"))]
    for line in lines:
        draw_line(axes, line, len(lines))
    assert label_lines(axes, lines)
    assert [text.get_text() for text in axes.texts] == ["● one\n▲ two (the same)", "■ other"]
    marked = [set(range(line.get_markevery()[0], 40, line.get_markevery()[1])) for line in axes.lines[:2]]
    assert all(marked)
    assert not marked[0] & marked[1]


def test_too_few_points_make_no_map(small, tmp_path):
    uncertain = {"parent.grievance": {"from": 0.0, "to": 2.0}, "parent.accommodation": {"from": 0.0, "to": 1.2}}
    asked = {"question": "?", "scenario": small.with_values({"quarters": 2}), "uncertainties": uncertain, "replicates": 1}
    few = run_experiment(asked | {"design": {"kind": "sobol", "points": 16}})
    assert "heat_map" not in {path.name.split("-")[0] for path in draw(few, tmp_path)[0]}
    with pytest.raises(ResultsError, match="16 points are too few for a map"):
        plots.heat_map(few, "georgia.alienation_at_end")


@pytest.mark.parametrize(("plot", "name"), TARGETS.items(), ids=list(TARGETS))
def test_descriptions_follow_the_data(dilemma, plot, name):
    told = description(drawn(dilemma, plot, name))
    assert told.rows
    assert {len(row) for row in told.rows} == {len(told.headings)}
    other = description(
        drawn(dilemma, plot, name, by=tuple(dilemma.names("uncertainty"))[::-1] if plot == "heat_map" else "arm")
    )
    assert other.sentence != told.sentence


def test_impossible_plots_are_refused_with_the_nearest_name(dilemma, results, tmp_path):
    for asked, says in [
        ({"by": ["patron.polcy"]}, "did you mean 'patron.policy'"),
        ({"names": ["fan"], "by": ["patron.policy"]}, "fan is drawn by no columns"),
        ({"names": ["tornado"]}, "nothing that tornado could show"),
        ({"names": ["heat_map"], "by": ["patron.policy", "parent.grievance"]}, "'patron.policy' is not numeric"),
    ]:
        with pytest.raises(ResultsError, match=says):
            draw(dilemma, tmp_path, **asked)
    with pytest.raises(ResultsError, match="nothing that fan_by could show; choose columns with --by"):
        draw(results, tmp_path, ["fan_by"])
    with pytest.raises(ResultsError, match="compares nothing by itself"):
        plots.fan_by(results, "georgia.alienation")


def test_a_run_can_be_split_by_its_uncertain_values(results):
    uncertain = next(name for name in results.names("parameter") if results.runs[name].nunique() > 6)
    assert len(line_names(plots.fan_by(results, "georgia.alienation", by=uncertain))) == 3


def test_the_command_draws_what_is_asked(command, small, tmp_path):
    asked = {"question": "?", "scenario": small, "levers": {"patron.policy": POLICIES}, "replicates": 3, "seed": 3}
    run_experiment(asked, tmp_path / "results")
    words = ("--by", "patron.policy", "--outcome", "western_alignment_at_end")
    done = command("plot", "results", "frontier", *words, cwd=tmp_path)
    assert done.stdout.split() == ["results/plots/frontier-georgia.western_alignment_at_end-patron.policy.svg"]
    refused = command("plot", "results", "--by", "patron.polcy", cwd=tmp_path, code=2)
    assert "patron.policy" in refused.stderr


def test_every_plot_is_named_in_the_help(command, tmp_path):
    text = command("plot", "--help", cwd=tmp_path).stdout
    assert [name for name in PLOTS if name not in text] == []
