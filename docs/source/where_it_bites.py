"""``docs/where_it_bites.md``, its picture, which is the cover of the README, and what the maps say. It takes a minute."""

from __future__ import annotations

from functools import cache
from hashlib import blake2b

import numpy as np
from pages import ROOT, filled

from frozen_conflict_sim.analysis.atlas.maps import AtlasMap, maps
from frozen_conflict_sim.analysis.atlas.sentences import sentences
from frozen_conflict_sim.analysis.atlas.study import PLANE, POLICIES, QUANTITY, SEED, THEATRES, experiment_of
from frozen_conflict_sim.ensemble import run_experiment
from frozen_conflict_sim.plots.atlas import atlas
from frozen_conflict_sim.plots.drawing.saving import save
from frozen_conflict_sim.scenario import load_scenario

COSTLY = True
PICTURE = ROOT / "docs" / "pictures" / "atlas.png"
FEW, SHORT = 32, {"quarters": 6, "public.residents": 50}


@cache
def drawn() -> tuple[AtlasMap, ...]:
    """The maps of the three theatres, as the command atlas makes them."""
    found = []
    for name in THEATRES:
        scenario = load_scenario(name)
        found += maps(run_experiment(experiment_of(scenario)), POLICIES, PLANE, QUANTITY, f"from {scenario.date(0)[:4]}")
    return tuple(found)


def findings() -> str:
    """What each map says; the picture is written beside."""
    figure = atlas(drawn())
    pairs = sum(one.pairs for one in drawn())
    lines = [f"* **{one.subject}.** {' '.join(sentences(one))}" for one in drawn()]
    about = {"title": figure.get_suptitle(), "sentence": " ".join(lines), "provenance": f"{pairs:,} pairs of runs, seed {SEED}"}
    save(figure, PICTURE, about)
    return "In this model, under these assumptions:\n\n" + "\n".join(lines)


def probe() -> str:
    """A fingerprint of a few short runs of each theatre."""
    said = []
    for name in THEATRES:
        scenario = load_scenario(name)
        few = run_experiment(experiment_of(scenario.with_values(SHORT), points=FEW, replicates=1)).runs
        column = next(name for name in few.columns if name.endswith(f".{QUANTITY}_at_end"))
        said.append(f"{scenario.to_yaml()}{np.array_str(few[column].to_numpy())}")
    return blake2b("".join(said).encode(), digest_size=6).hexdigest()


PARTS = {"findings": findings, "probe": probe}


def pages() -> dict[str, str]:
    """The page, by its path under ``docs``."""
    return {"where_it_bites.md": filled("where_it_bites.md", PARTS)}
