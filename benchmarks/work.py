"""The work: the scenario that all participants play, and the quantities that all record in every turn."""

from copy import deepcopy
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from frozen_conflict_sim import load_scenario
from frozen_conflict_sim.scenario import scenario_from

SCENARIO = Path(__file__).parent / "work.yaml"

# The compared quantities: positions of the actors, integration, the state of the public.
RECORDED = {
    "georgia.alienation": ("parent", "alienation"),
    "georgia.western_alignment": ("parent", "western_alignment"),
    "georgia.political_normalisation": ("parent", "political_normalisation"),
    "georgia.tension": ("parent", "tension"),
    "abkhazia.integration": ("territory", "integration"),
    "abkhazia.ruling_faction": ("territory", "ruling_faction"),
    "abkhazia.legitimacy": ("territory", "legitimacy"),
    "abkhazia.mean_support": ("territory", "mean_support"),
    "abkhazia.mobilisation": ("territory", "mobilisation"),
}


@dataclass(frozen=True)
class Size:
    """The size of the work: residents per territory, turns, territories; or the name of a shipped ``scenario`` instead."""

    residents: int = 1000
    turns: int = 60
    territories: int = 1
    scenario: str = ""


WHOLE = Size()
GEORGIA = Size(1000, 40, 2, "georgia_2014")


@lru_cache
def work(size: Size = WHOLE):
    """The scenario of the benchmark in a given size; further territories are copies of the first."""
    if size.scenario:
        return load_scenario(size.scenario)
    scenario = load_scenario(SCENARIO, {"public.residents": size.residents, "quarters": size.turns})
    if size.territories == 1:
        return scenario
    whole = yaml.safe_load(scenario.to_yaml())
    (first,) = whole["territories"].values()
    whole["territories"] |= {f"another_{at}": deepcopy(first) for at in range(1, size.territories)}
    return scenario_from(whole)
