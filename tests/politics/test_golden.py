"""The main outcomes of every shipped scenario stay what they were, in ``golden.yaml``: means over 50 runs, shares of classes.

A change of the model that is meant to change them is followed by ``python3 run.py renew golden`` and by an
entry in the changelog.
"""

import difflib
import sys
from pathlib import Path

import numpy as np
import pytest
import yaml

from frozen_conflict_sim.model.model import FrozenConflictModel
from frozen_conflict_sim.scenario import load_scenario, shipped_names

GOLDEN = Path(__file__).parent / "golden.yaml"
RUNS, SEED = 50, 77
OF_LEVEL = {
    "territory": (
        "asked", "treaty_signed", "treaty_quarter", "depth_gained", "integration_at_end", "refusals", "contested", "cuts",
        "subsidy_bill", "dependence_at_end", "support_at_end", "prefers_accession_at_end", "peak_mobilisation", "forced_exits",
        "incumbents_beaten", "bids", "silencings", "annexed_at_end", "settled",
    ),
    "parent": (
        "alienation_at_end", "acceptance_at_end", "western_alignment_at_end", "public_opinion_at_end", "hardline_share_at_end",
        "political_normalisation_at_end", "trade_and_travel_at_end", "quarters_coerced", "embargoes", "clashes", "war",
        "perceived_backlash_at_end",
    ),
    "patron": (
        "sanctions_at_end", "utility",
    ),
    "project": (
        "opened",
    ),
}  # fmt: skip
HEAD = f"# Means over {RUNS} runs with seed {SEED}. Written by: python3 run.py renew golden\n"


def mean(values):
    """The mean where it is defined, rounded; nothing where it never is."""
    defined = values[np.isfinite(values)]
    return round(float(defined.mean()), 3) + 0.0 if len(defined) else None


def summary(name, outcomes, classes) -> dict:
    """What the first runs of a scenario come to."""
    classes = classes[:RUNS]
    means = {
        member: {outcome: mean(outcomes[f"{member}.{outcome}"][:RUNS]) for outcome in chosen}
        for level, chosen in OF_LEVEL.items()
        for member in load_scenario(name).entities[level]
    }
    return means | {"classes": {str(name): round(float((classes == name).mean()), 3) for name in np.unique(classes)}}


def update():
    """Write down what the shipped scenarios come to now."""
    summaries = {}
    for name in shipped_names():
        model = FrozenConflictModel(load_scenario(name), runs=RUNS, seed=SEED).run_to_end()
        summaries[name] = summary(name, model.outcomes(), model.classes())
        model.release()
    GOLDEN.write_text(HEAD + yaml.safe_dump(summaries, sort_keys=False, width=100), "utf-8")


def test_every_shipped_scenario_has_its_summary():
    assert sorted(yaml.safe_load(GOLDEN.read_text("utf-8"))) == sorted(shipped_names())


@pytest.mark.parametrize("name", shipped_names())
def test_outcomes_are_what_they_were(name, shipped):
    played = shipped(name, seed=SEED)
    golden = yaml.safe_load(GOLDEN.read_text("utf-8")).get(name, {})
    old, new = (
        yaml.safe_dump(part, sort_keys=False).splitlines() for part in (golden, summary(name, played.outcomes, played.classes))
    )
    changed = "\n".join(difflib.unified_diff(old, new, "golden.yaml", f"{name} now", n=0, lineterm=""))
    assert not changed, f"{changed}\n\nIf this is meant: python3 run.py renew golden"


if __name__ == "__main__":
    if sys.argv[1:] != ["--update"]:
        sys.exit("usage: python tests/politics/test_golden.py --update")
    update()
