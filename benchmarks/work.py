"""The work: one scenario that everybody plays, and what everybody writes down of it turn by turn."""

from copy import deepcopy
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from frozen_conflict_sim import load_scenario
from frozen_conflict_sim.scenario import scenario_from

SCENARIO = Path(__file__).parent / "work.yaml"

# What is compared: where the actors stand, what was signed and carried out, what the public thinks and does.
RECORDED = {
    "georgia.alienation": ("parent", "alienation"),
    "georgia.western_alignment": ("parent", "western_alignment"),
    "georgia.normalisation": ("parent", "normalisation"),
    "georgia.tension": ("parent", "tension"),
    "abkhazia.integration": ("territory", "integration"),
    "abkhazia.ruling_faction": ("territory", "ruling_faction"),
    "abkhazia.legitimacy": ("territory", "legitimacy"),
    "abkhazia.mean_support": ("territory", "mean_support"),
    "abkhazia.mobilisation": ("territory", "mobilisation"),
}


@dataclass(frozen=True)
class Size:
    """How large the work is; there is one public of so many residents for each territory."""

    residents: int = 1000
    turns: int = 60
    territories: int = 1


WHOLE = Size()


@lru_cache
def work(size: Size = WHOLE):
    """The scenario of the benchmark, of a size; further territories are like the first."""
    scenario = load_scenario(SCENARIO, {"public.residents": size.residents, "quarters": size.turns})
    if size.territories == 1:
        return scenario
    whole = yaml.safe_load(scenario.to_yaml())
    (first,) = whole["territories"].values()
    whole["territories"] |= {f"another_{at}": deepcopy(first) for at in range(1, size.territories)}
    return scenario_from(whole)
