"""Scenario files, checked against what is declared: who takes part, values, events, policies, ``extends``."""

from ..files.problems import InputError, Position, Problem
from .load import Scenario, load_scenario, scenario_from, settings
from .shipped import shipped_names

__all__ = ["InputError", "Position", "Problem", "Scenario", "load_scenario", "scenario_from", "settings", "shipped_names"]
