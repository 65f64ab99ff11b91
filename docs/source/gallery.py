"""The gallery: a picture of every plot, from the registry, of small studies that are run here."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from html import escape

from pages import ROOT, filled

from frozen_conflict_sim.ensemble import run, run_experiment
from frozen_conflict_sim.experiment.load import load_experiment
from frozen_conflict_sim.plots import PLOTS, Plot
from frozen_conflict_sim.plots.drawing.description import description
from frozen_conflict_sim.plots.drawing.saving import about, save
from frozen_conflict_sim.results import Results
from frozen_conflict_sim.scenario import load_scenario

FOLDER = ROOT / "docs" / "pictures" / "gallery"
UNCERTAIN = {"parent.grievance": {"from": 0.0, "to": 2.0}, "parent.accommodation": {"from": 0.0, "to": 1.2}}
LEVERS = {"patron.policy": ["swallow", "conciliate"]}
RUNS, SEED = 200, 1
COSTLY = True


def pages() -> dict[str, str]:
    """The gallery."""
    return {"gallery.md": filled("gallery.md", {"pictures": pictures})}


@cache
def studies() -> dict[str, Results]:
    """The studies of which plots are drawn, by what they are; each plot is drawn of the first to which it applies."""
    asked = {"question": "?", "scenario": "georgia_2014", "seed": SEED, "outcomes": ["alienation_at_end"]}
    few = asked | {"uncertainties": UNCERTAIN}
    until = {"until": {"outcome": "georgia.alienation_at_end", "half_width": 0.01}, "at_most": 200}
    precise = asked | {"replicates": until, "design": {"kind": "grid"}, "levers": LEVERS}
    return {
        "`run georgia_2014`": run(load_scenario("georgia_2014"), RUNS, SEED),
        "`batch integration_dilemma`": run_experiment(load_experiment("integration_dilemma")),
        "single changes": run_experiment(few | {"design": {"kind": "one_at_a_time"}, "replicates": 60}),
        "a Morris design": run_experiment(few | {"design": {"kind": "morris", "points": 12}, "replicates": 4}),
        "replicates until a precision": run_experiment(precise),
    }


def pictures() -> str:
    """Every plot with its sentence, its picture, what the picture shows and how it is drawn; the files are written."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    parts = []
    for plot, study, target in _drawn():
        axes = plot.function(studies()[study], *([target] if target else []))
        path = FOLDER / f"{plot.name}.svg"
        save(axes.figure, path, about(axes, studies()[study], plot.name))
        shown = escape(description(axes).sentence)
        asked = f"frozen-conflict-sim plot RESULTS {plot.name}{f' --outcome {target}' if target else ''}"
        called = f"fcs.plots.{plot.name}(results{f', {target!r}' if target else ''})"
        image = f'<img src="pictures/gallery/{path.name}" alt="{shown}" width="720">'
        parts.append(f"## {plot.name}\n\n{plot.sentence}\n\n{image}\n\nOf {study}. `{asked}`, or `{called}` in Python.")
    return "\n\n".join(parts)


def _drawn() -> Iterator[tuple[Plot, str, str]]:
    for plot in PLOTS.values():
        study = next((name for name, results in studies().items() if plot.applies(results)), None)
        if study is None:
            continue
        targets = plot.targets(studies()[study], key_outcomes=True)
        yield plot, study, next((target for target in targets if "alienation" in target), targets[0])
