"""The work: one scenario, played by everybody, and what everybody writes down of it turn by turn."""

from functools import lru_cache
from pathlib import Path

from frozen_conflict_sim import load_scenario

HERE = Path(__file__).parent

# What is compared: where each actor stands, what was signed and carried out, what the public thinks and does.
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


@lru_cache
def work(**changes):
    """The scenario of the benchmark; ``changes`` are dotted keys with ``__`` for the dots, for smaller or larger work."""
    scenario = load_scenario(HERE / "work.yaml")
    return scenario.with_values({key.replace("__", "."): value for key, value in changes.items()}) if changes else scenario
