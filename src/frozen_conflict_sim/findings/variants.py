"""The worlds in which headline findings are looked for, from ``variants.yaml``: each a scenario, read as a file would be."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from ..files.from_python import from_python
from ..files.problems import Position, Report
from ..scenario import Scenario, load_scenario
from ..scenario.load import build, declarations

FILE = Path(__file__).with_name("variants.yaml")


@cache
def variants() -> dict[str, dict]:
    """What each world says."""
    import yaml

    return yaml.safe_load(FILE.read_text("utf-8"))


@cache
def variant(name: str) -> Scenario:
    """A world by its name; raises :class:`InputError` for what a file would be refused for."""
    differs = dict(variants()[name])
    base = differs.pop("extends")
    return _on(variant(base) if base in variants() else load_scenario(base), differs)


def _on(base: Scenario, differs: dict) -> Scenario:
    report = Report()
    above = min(layer.position.layer for layer in base.layers) - 1
    root = from_python(differs, Position(str(FILE), layer=above), "", report)
    report.raise_if_any()
    return build(declarations(), (root, *base.layers), base.path)
