"""Study files: YAML with positions, checked against the scenario in which the question is asked."""

from .loader import experiment_from, load_experiment

__all__ = ["experiment_from", "load_experiment"]
