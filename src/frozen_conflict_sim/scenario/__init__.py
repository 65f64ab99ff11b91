"""Scenario files: YAML with positions, checked against what is declared; ``extends``, events, policies."""

from .loader import load_scenario, scenario_from
from .overrides import settings
from .problems import Mark, Problem, ScenarioError
from .scenario import Scenario
from .shipped import shipped_names

__all__ = ["Mark", "Problem", "Scenario", "ScenarioError", "load_scenario", "scenario_from", "settings", "shipped_names"]
