"""Experiment files: YAML with positions, checked against the scenario in which the question is asked."""

from .experiment import Experiment, experiment_from, load_experiment

__all__ = ["Experiment", "experiment_from", "load_experiment"]
