"""Plots: on any axes, of any results, the same bytes twice, with their provenance."""

import os
import re
import subprocess
import sys
from dataclasses import replace
from xml.etree import ElementTree

import matplotlib
import numpy as np
import pyarrow as pa
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from frozen_conflict_sim import load_scenario, plots, run
from frozen_conflict_sim.experiment.errors import ResultsError
from frozen_conflict_sim.experiment.store.trajectories import dates
from frozen_conflict_sim.files.parser import CONTROL
from frozen_conflict_sim.plots import PLOTS
from frozen_conflict_sim.plots.convergence import has_replicates
from frozen_conflict_sim.plots.drawing import time_axis as time_axis_module
from frozen_conflict_sim.plots.drawing.axes import INVISIBLE
from frozen_conflict_sim.plots.drawing.batch import draw, draw_first
from frozen_conflict_sim.plots.drawing.description import description
from frozen_conflict_sim.plots.drawing.outcome_values import density
from frozen_conflict_sim.plots.drawing.saving import provenance, save
from frozen_conflict_sim.plots.drawing.style import SIGNS, house_style, picture
from frozen_conflict_sim.plots.drawing.time_axis import time_axis
from frozen_conflict_sim.results import Results

TARGETS = {
    "outcome": ("georgia.alienation_at_end", "moscow.treaties", "abkhazia.depth_gained"),
    "trajectory": ("georgia.alienation", "abkhazia.integration"),
    "quantity": ("integration", "interest"),
    "decision": ("moscow.treatment.abkhazia", "georgia.orientation"),
    "owner": ("georgia",),
    "study": ("",),
}
OF_ANY_RESULTS = [plot for plot in PLOTS.values() if not plot.by and plot.of in TARGETS and plot.applies is not has_replicates]
CASES = [(plot, name) for plot in OF_ANY_RESULTS for name in TARGETS[plot.of]]


def drawn(plot, name, results, **how):
    """A plot of a column, or of the study."""
    return plot.function(results, *([name] if name else []), **how)


def line_names(axes):
    """The names beside the ends of lines, without the marks before them."""
    return [row[2:] for text in axes.texts for row in text.get_text().split("\n") if row[:1] in SIGNS]


def lay_out(axes):
    """Do all that saving a plot does except writing the file."""
    with house_style():
        axes.figure.draw_without_rendering()


def test_every_plot_is_a_function_of_the_package():
    assert {"fan", "distribution", "ecdf", "classes", "decisions"} <= set(PLOTS)
    for name, plot in PLOTS.items():
        assert getattr(plots, name) is plot.function
        assert plot.sentence.endswith("."), name


@pytest.mark.parametrize(("plot", "name"), CASES, ids=lambda value: getattr(value, "name", value))
def test_a_plot_is_drawn_on_its_own_axes_or_on_given_ones(plot, name, results):
    own = drawn(plot, name, results)
    assert isinstance(own, Axes)
    assert own.figure.get_supxlabel() == provenance(results)
    mine = Figure().add_subplot()
    assert drawn(plot, name, results, ax=mine) is mine
    assert mine.figure.get_supxlabel() == ""
    for axes in (own, mine):
        assert axes.get_title(loc="left")
        assert axes.get_xlabel()
        lay_out(axes)


@pytest.mark.parametrize(("plot", "name"), CASES, ids=lambda value: getattr(value, "name", value))
def test_nothing_is_cut_off_and_little_room_is_left(plot, name, results):
    axes = drawn(plot, name, results)
    lay_out(axes)
    page, taken = axes.figure.bbox, axes.figure.get_tightbbox().transformed(axes.figure.dpi_scale_trans)
    left, foot, right, head = taken.x0 - page.x0, taken.y0 - page.y0, page.x1 - taken.x1, page.y1 - taken.y1
    assert min(left, foot, right, head) > 0
    assert max(left, foot, right, head) < 0.15 * axes.figure.dpi


def test_drawing_leaves_the_callers_settings_alone(results):
    before = dict(matplotlib.rcParams)
    plots.fan(results, "georgia.alienation")
    assert dict(matplotlib.rcParams) == before
    assert "matplotlib.pyplot" not in sys.modules or not sys.modules["matplotlib.pyplot"].get_fignums()


def test_labels_and_units_come_from_declarations(results):
    quantity, outcome = results.variables["georgia.alienation"], results.columns["abkhazia.subsidy_bill"]
    fan = plots.fan(results, quantity.name)
    assert fan.get_title(loc="left") == f"{quantity.label} over time in 40 runs"
    assert fan.get_ylabel() == "index, 0 to 1"
    for plot in (plots.distribution, plots.ecdf):
        axes = plot(results, outcome.name)
        assert axes.get_title(loc="left") == f"{outcome.label} in 40 runs"
        assert outcome.unit in axes.get_xlabel()
        assert outcome.meaning.rstrip(".") in axes.get_xlabel().replace("\n", " ")
    decision = results.variables["moscow.treatment.abkhazia"]
    axes = plots.decisions(results, decision.name)
    shown = {text.get_text().replace(" ", "_") for text in axes.get_legend().get_texts()}
    assert shown == set(decision.options)


def test_events_are_named_on_the_chart(results):
    axes = plots.fan(results, "georgia.alienation")
    names = [event.name for event in results.scenario.events if event.kind in ("scheduled", "trend")]
    shown = ", ".join(text.get_text() for text in axes.texts)
    assert names
    assert [name for name in names if name not in shown] == []
    lay_out(axes)
    boxes = [text.get_window_extent() for text in axes.texts if text.get_text() in ", ".join(names)[:999] and text.get_text()]
    assert not any(one.overlaps(other) for at, one in enumerate(boxes) for other in boxes[:at])


def test_events_that_do_not_fit_are_numbered_and_listed(results, monkeypatch):
    monkeypatch.setattr(time_axis_module, "MOST_ROWS", 1)
    listed = plots.fan(results, "georgia.alienation").get_xlabel()
    assert re.search(r"\b1\sCrimea", listed)
    assert "slump in Georgia" in listed.replace("\n", " ")


def test_names_of_events_are_in_rows_and_never_cross():
    from frozen_conflict_sim.plots.drawing.time_axis import _rows

    assert _rows(dict.fromkeys(range(8), "a name that is long"), 8, 200.0) is None
    assert _rows({0: "Crimea", 3: "sanctions"}, 40, 360.0) == {0: (1, "Crimea", "left"), 3: (0, "sanctions", "left")}


def test_shares_of_decisions_add_up_in_every_quarter_to_the_last(results):
    axes = plots.decisions(results, "moscow.treatment.abkhazia")
    top = np.max([path.vertices[:, 1].max() for stack in axes.collections for path in stack.get_paths()])
    assert top == pytest.approx(1)
    first, last = axes.get_xlim()
    assert last - first == pytest.approx(8 * 91, abs=5)


def test_shares_of_classes_are_those_of_the_runs(results):
    axes = plots.classes(results)
    shares = results.runs["class"].value_counts(normalize=True)
    bars = dict(zip([label.get_text() for label in axes.get_yticklabels()], axes.patches))
    assert {name: bar.get_width() for name, bar in bars.items()} == pytest.approx(shares.to_dict())


def test_the_cumulated_distribution_is_that_of_the_runs(results):
    line = plots.ecdf(results, "georgia.alienation_at_end").lines[0]
    values = np.sort(results.runs["georgia.alienation_at_end"])
    at, share = line.get_data()
    assert at[1:-1].tolist() == values.tolist()
    assert share.tolist() == [0, *(np.arange(1, 41) / 40), 1]


def test_treaties_are_counted_when_they_are_signed(results):
    axes = plots.treaties(results)
    for line, territory in zip(axes.lines, results.scenario.entities["territory"]):
        first, shares = results.runs[f"{territory}.treaty_quarter"], line.get_ydata()
        assert shares.tolist() == [(first <= turn).mean() for turn in range(1, 9)]
        assert shares[-1] == results.runs[f"{territory}.treaty_signed"].mean() > 0


def test_trajectories_of_several_members_are_compared(results):
    axes = plots.trajectories(results, "integration")
    assert line_names(axes) == ["Abkhazia", "South Ossetia"]
    for line, territory in zip(axes.lines, ("abkhazia", "south_ossetia")):
        values = results.trajectories[f"{territory}.integration"].values
        assert line.get_ydata() == pytest.approx(np.median(values, axis=0))
    assert "alienation" not in PLOTS["trajectories"].targets(results)


@pytest.mark.parametrize(
    ("start", "turns", "labels"),
    [
        ((2014, 2), 1, ["Q2\n2014"]),
        ((2014, 4), 3, ["Q4\n2014", "2015", "Q2"]),
        ((2014, 1), 40, [str(year) for year in range(2014, 2024)]),
        ((2014, 3), 120, ["2015", "2020", "2025", "2030", "2035", "2040"]),
    ],
)
def test_quarters_are_shown_as_dates(small, start, turns, labels):
    axes = Figure().add_subplot()
    time_axis(axes, dates(replace(small, start=start, turns=turns)))
    assert [label.get_text() for label in axes.get_xticklabels()] == labels


AGAIN = """
import sys
from pathlib import Path
from frozen_conflict_sim.plots import PLOTS
from frozen_conflict_sim.plots.drawing.batch import draw, draw_first
from frozen_conflict_sim.results import open_results
results, place = open_results(sys.argv[1]), Path(sys.argv[2])
draw(results, place, ["fan", "distribution", "ecdf", "decisions"], ["alienation", "alienation_at_end", "treatment.abkhazia"])
draw(results, place, ["classes", "treaties"])
draw(results, place, ["trajectories"], ["integration"])
draw(results, place, ["small_multiples"], ["georgia"])
"""


def test_the_same_results_give_the_same_bytes_in_another_process(small, tmp_path):
    run(small, runs=5, seed=5, out=tmp_path / "results")
    for place, seed in (("one", "1"), ("two", "2")):
        command = [sys.executable, "-c", AGAIN, tmp_path / "results", tmp_path / place]
        subprocess.run(command, check=True, env={**os.environ, "PYTHONHASHSEED": seed})
    one, two = ({path.name: path.read_bytes() for path in (tmp_path / place).iterdir()} for place in ("one", "two"))
    assert one == two
    assert {name.split("-")[0].removesuffix(".svg") for name in one} == {plot.name for plot in OF_ANY_RESULTS}


def test_the_file_of_a_plot_has_its_provenance(results, tmp_path):
    group_label = provenance(results)
    assert results.title in group_label
    assert "40 runs" in group_label
    assert "seed 5" in group_label
    assert results.manifest["code"]["fingerprint"][:8] in group_label
    svg, png, pdf = draw(results, tmp_path, ["classes"], formats=("svg", "png", "pdf"))[0]
    descriptions = [node.text for node in ElementTree.parse(svg).iter() if node.tag.endswith("description")]
    assert [group_label in text for text in descriptions] == [True]
    from PIL import Image

    with Image.open(png) as image:
        assert group_label in image.text["Description"]
    assert b"How 40 runs went" in pdf.read_bytes()


def test_a_title_may_hold_anything(small, tmp_path):
    title = "Грузия, საქართველო: $x_$ \\frac{ <b> & 100 %"
    results = run(small.with_values({"title": title, "quarters": 2}), runs=2, seed=5)
    svg, *_ = draw(results, tmp_path, ["classes"], formats=("svg", "png", "pdf"))[0]
    assert title in ElementTree.parse(svg).findtext(".//{http://purl.org/dc/elements/1.1/}description")


class Altered:
    """Results as they are, but for the values of one outcome."""

    def __init__(self, results, name, values):
        self._source, self._name, self._values = results._source, name, values

    def __getattr__(self, name):
        return getattr(self._source, name)

    def runs(self, *names):
        table = self._source.runs(*names)
        if self._name not in table.column_names:
            return table
        values = pa.array(np.asarray(self._values, float), from_pandas=True)
        return table.set_column(table.column_names.index(self._name), self._name, values)


N = 40
ODD = {
    "undefined everywhere": np.full(N, np.nan),
    "defined once": np.r_[0.5, np.full(N - 1, np.nan)],
    "defined twice": np.r_[0.5, 0.7, np.full(N - 2, np.nan)],
    "constant": np.full(N, 0.37),
    "constant zero": np.zeros(N),
    "constant but for the last digit": 0.37 + 1e-17 * np.arange(N),
    "constant but for little": 0.37 + 1e-12 * np.arange(N),
    "nearly all the same": np.r_[np.ones(N - 3), 0.2, 0.3, 0.9],
    "one far away": np.r_[0.5 + 1e-9 * np.arange(N - 1), 1e6],
    "huge": 1e12 * np.arange(N),
    "negative": -np.linspace(0, 1, N),
    "counts": np.arange(N) % 7,
}


@pytest.mark.parametrize("values", ODD.values(), ids=ODD)
@pytest.mark.parametrize("name", ["distribution", "ecdf"])
def test_no_values_break_a_plot(results, name, values):
    altered = Results(Altered(results, "georgia.alienation_at_end", values))
    axes = getattr(plots, name)(altered, "georgia.alienation_at_end")
    lay_out(axes)
    assert np.isfinite([*axes.get_xlim(), *axes.get_ylim()]).all()
    defined = np.isfinite(values)
    notes = [text.get_text() for text in axes.texts]
    assert ("the same in all runs" in notes) == (bool(defined.all()) and bool(np.ptp(values) < 1e-9))
    assert (f"defined in {defined.sum()} of {N} runs" in notes) == (not defined.all())
    if defined.any():
        first, last = axes.get_xlim()
        assert first <= np.nanmin(values)
        assert last >= np.nanmax(values)


@pytest.mark.parametrize(("runs", "turns"), [(1, 1), (3, 2), (2, 90)])
def test_no_size_breaks_a_plot(small, runs, turns):
    results = run(small.with_values({"quarters": turns}), runs=runs, seed=5)
    for plot, name in CASES:
        axes = drawn(plot, name, results)
        lay_out(axes)
        first, last = axes.get_xlim()
        assert first < last


def test_without_finished_runs_a_plot_says_so(small, monkeypatch, tmp_path):
    from frozen_conflict_sim.model.simulation import Simulation

    monkeypatch.setattr(Simulation, "step", lambda model: 1 / 0)
    monkeypatch.setattr(Simulation, "compiled_from", np.inf)
    results = run(small, runs=2, seed=5, out=tmp_path / "failed")
    assert results.manifest["counts"]["failed"] == 2
    for plot, name in CASES:
        axes = drawn(plot, name, results)
        assert axes.get_title(loc="left") == "No run was finished"
    assert draw(results, tmp_path, ["classes", "fan"])[0]


def test_a_density_is_one_and_stays_within_its_bounds():
    values = np.random.default_rng(1).beta(0.7, 3, 400)
    at, height = density(values, 0.0, 1.0)
    assert (at[0], np.trapezoid(height, at)) == (0.0, pytest.approx(1, abs=0.02))
    assert at[-1] <= 1.0
    at, height = density(values, None, None)
    assert at[0] < 0
    assert np.trapezoid(height, at) == pytest.approx(1, abs=0.02)


def test_many_values_are_counted_in_bins_that_change_no_density():
    values = np.random.default_rng(2).beta(0.7, 3, 20_000)
    at, height = density(values, 0.0, 1.0)
    width = max(
        0.9 * min(np.std(values), np.ptp(np.quantile(values, (0.25, 0.75))) / 1.349) * 20_000**-0.2, np.ptp(values) / 100
    )
    kernels = sum(
        np.exp(-0.5 * ((at - mirrored[:, None]) / width) ** 2).sum(axis=0) for mirrored in (values, -values, 2 - values)
    )
    exact = kernels / (20_000 * width * np.sqrt(2 * np.pi))
    assert height == pytest.approx(exact, abs=2e-4 * exact.max())


def test_the_first_plots_of_a_scenario(results, tmp_path):
    assert [path.stem for path in draw_first(results, tmp_path)] == [
        "classes",
        "treaties",
        "trajectories-integration",
        "fan-georgia.alienation",
        "fan-georgia.western_alignment",
    ]


def test_a_batch_draws_the_key_outcomes_or_the_named_columns(results, tmp_path):
    assert {path.name for path in draw(results, tmp_path, ["decisions"], ["treatment.abkhazia", "georgia.orientation"])[0]} == {
        "decisions-moscow.treatment.abkhazia.svg",
        "decisions-georgia.orientation.svg",
    }
    key_outcomes, _ = draw(results, tmp_path, ["decisions"])
    assert len(key_outcomes) == len(results.names("decision", key_outcomes=True))
    with pytest.raises(ResultsError, match="did you mean 'ecdf'"):
        draw(results, tmp_path / "never", ["ecfd"])
    with pytest.raises(ResultsError, match="no plot 'pie'; known are classes"):
        draw(results, tmp_path / "never", ["pie"])
    with pytest.raises(ResultsError, match="no column 'nonsense'"):
        draw(results, tmp_path / "never", ["fan"], ["alienation", "nonsense"])
    with pytest.raises(ResultsError, match="classes has nothing to show of alienation"):
        draw(results, tmp_path / "never", ["classes"], ["alienation"])
    with pytest.raises(ResultsError, match="distribution has nothing to show of war"):
        draw(results, tmp_path / "never", ["distribution"], ["war"])
    assert not (tmp_path / "never").exists()


def test_of_several_plots_those_that_can_be_drawn_are_and_the_others_are_told(results, tmp_path):
    drawn, unsuitable = draw(results, tmp_path, ["fan_by", "fan", "tornado"], ["alienation"])
    assert [path.name for path in drawn] == ["fan-georgia.alienation.svg"]
    assert unsuitable == [
        "these results have nothing that fan_by could show; choose columns with --by",
        "these results have nothing that tornado could show",
    ]


def test_a_picture_in_svg_is_text_with_a_role_and_a_description(results, tmp_path):
    (path,), _ = draw(results, tmp_path, ["fan"], ["georgia.alienation"])
    root = ElementTree.parse(path).getroot()
    svg = "{http://www.w3.org/2000/svg}"
    told = description(plots.fan(results, "georgia.alienation")).sentence
    assert root.get("role") == "img"
    assert told in root.get("aria-label")
    assert root.findtext(f"{svg}title") == "Tbilisi: alienation over time in 40 runs"
    assert told in root.findtext(f"{svg}desc")
    assert "Crimea" in {node.text for node in root.iter(f"{svg}text")}
    assert path.stat().st_size < 60_000


def test_pictures_have_the_size_and_resolution_that_are_asked_for(results, tmp_path):
    from PIL import Image

    for how, pixels in (({}, (1440, 860)), ({"dpi": 100}, (720, 430)), ({"size": (5.0, 3.0), "dpi": 300}, (1500, 900))):
        (path,), _ = draw(results, tmp_path, ["fan"], ["georgia.alienation"], ("png",), **how)
        with Image.open(path) as image:
            assert image.size == pixels
            assert round(image.info["dpi"][0]) == how.get("dpi", 200)


def test_on_the_axes_of_a_caller_nothing_leaves_their_room(results):
    figure = Figure(figsize=(9, 4))
    left, right = figure.subplots(1, 2)
    with house_style():
        plots.trajectories(results, "integration", ax=left)
        plots.decisions(results, "georgia.orientation", ax=right)
    lay_out(left)
    limit = right.get_window_extent().x0
    assert all(text.get_window_extent().x1 < limit for text in left.texts if text.get_text())
    assert right.get_legend().get_window_extent().x1 <= right.get_window_extent().x1


def test_long_labels_leave_the_axes_their_room(small):
    named = small.with_values({"quarters": 2})
    named = replace(named, names={**named.names, "abkhazia": "The Republic of Abkhazia with all of it, " * 2})
    axes = plots.trajectories(run(named, runs=2, seed=5), "integration")
    picture(axes.figure)
    assert axes.get_position().width * axes.figure.get_figwidth() > 3.3


SHOWN = """
import sys
from frozen_conflict_sim import open_results, plots
axes = plots.classes(open_results(sys.argv[1]))
import matplotlib.pyplot as plt
assert not plt.get_fignums(), "the figure would be shown twice, and never be closed"
assert axes._repr_png_()[:4] == bytes([137, 80, 78, 71])
"""


def test_a_notebook_shows_a_plot_once(small, tmp_path):
    run(small, runs=3, seed=5, out=tmp_path / "results")
    subprocess.run([sys.executable, "-c", SHOWN, tmp_path / "results"], check=True)


def test_names_that_begin_with_an_underscore_stand_at_their_lines(tmp_path):
    text = "extends: georgia_2014\nquarters: 4\npublic: {residents: 50}\nterritories: {abkhazia: {name: _Abkhazia}}\n"
    (tmp_path / "named.yaml").write_text(text)
    named = run(load_scenario(tmp_path / "named.yaml"), runs=3, seed=5)
    for axes in (plots.trajectories(named, "integration"), plots.treaties(named)):
        shown = line_names(axes)
        assert [text.lstrip(INVISIBLE) for text in shown] == ["_Abkhazia", "South Ossetia"]
        assert not shown[0].startswith("_")


def test_the_users_own_settings_do_no_harm(results):
    import matplotlib

    with matplotlib.rc_context({"text.usetex": True, "axes.prop_cycle": matplotlib.cycler(color=["red"]), "font.size": 40}):
        axes = plots.fan(results, "georgia.alienation")
        again = picture(axes.figure)
    assert again == picture(plots.fan(results, "georgia.alienation").figure)


def test_control_characters_reach_no_picture(results, tmp_path):
    axes = plots.classes(results)
    axes.set_title("\x1b[31mred\x00")
    save(axes.figure, tmp_path / "red.svg", {"title": "\x1b[31mred", "provenance": "\x07"})
    text = (tmp_path / "red.svg").read_text("utf-8")
    assert not CONTROL.search(text)
    assert ElementTree.fromstring(text) is not None
