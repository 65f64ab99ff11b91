"""Scenario files: YAML with positions, checked against what is declared; ``extends``, events, policies."""

from ..files.problems import InputError, Position, Problem
from .load import load_scenario, scenario_from
from .overrides import settings
from .scenario import Scenario
from .shipped import shipped_names

__all__ = ["Mark", "Problem", "Scenario", "InputError", "load_scenario", "scenario_from", "settings", "shipped_names"]
