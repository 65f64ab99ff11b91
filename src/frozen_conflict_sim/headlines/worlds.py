"""The worlds in which headline findings are looked for, from ``worlds.yaml``: each a scenario, read as a file would be."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from ..scenario import Scenario, load_scenario
from ..scenario.given import from_python
from ..scenario.loader import build, declarations
from ..scenario.problems import Mark, Report

FILE = Path(__file__).with_name("worlds.yaml")


@cache
def worlds() -> dict[str, dict]:
    """What each world says."""
    import yaml

    return yaml.safe_load(FILE.read_text("utf-8"))


@cache
def world(name: str) -> Scenario:
    """A world by its name; raises :class:`ScenarioError` for what a file would be refused for."""
    differs = dict(worlds()[name])
    base = differs.pop("extends")
    return _on(world(base) if base in worlds() else load_scenario(base), differs)


def _on(base: Scenario, differs: dict) -> Scenario:
    report = Report()
    above = min(layer.mark.layer for layer in base.layers) - 1
    root = from_python(differs, Mark(str(FILE), layer=above), "", report)
    report.raise_if_any()
    return build(declarations(), (root, *base.layers), base.path)
