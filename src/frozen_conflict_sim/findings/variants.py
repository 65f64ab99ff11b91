"""The scenario variants that findings compare, from ``variants.yaml``; each is read like a scenario file."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from ..files.nodes import from_python
from ..files.problems import Position, Report
from ..scenario import Scenario, load_scenario
from ..scenario.load import build
from ..scenario.schema import declarations

FILE = Path(__file__).with_name("variants.yaml")


@cache
def variants() -> dict[str, dict]:
    """The text of each variant as parsed YAML, by name."""
    import yaml

    return yaml.safe_load(FILE.read_text("utf-8"))


@cache
def variant(name: str) -> Scenario:
    """The scenario of a variant by its name; raises :class:`InputError` as a scenario file would."""
    differs = dict(variants()[name])
    base = differs.pop("extends")
    return _on(variant(base) if base in variants() else load_scenario(base), differs)


def base_of(name: str) -> Scenario:
    """The shipped scenario from which a variant differs, through all variants between."""
    while name in variants():
        name = variants()[name]["extends"]
    return load_scenario(name)


def _on(base: Scenario, differs: dict) -> Scenario:
    report = Report()
    above = min(layer.position.layer for layer in base.layers) - 1
    root = from_python(differs, Position(str(FILE), layer=above), "", report)
    report.raise_if_any()
    return build(declarations(), (root, *base.layers), base.path)
