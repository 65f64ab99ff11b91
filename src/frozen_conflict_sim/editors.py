"""The JSON Schemas with which editors complete and check scenarios and experiments while they are being written."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

from .experiment.load.sections import sections
from .files.json_schema import document
from .scenario import load_scenario
from .scenario.addresses import addresses_in, options_of
from .scenario.schema import Schema, declarations
from .scenario.shipped import shipped_names

Words = tuple[tuple[str, tuple[str, ...]], ...]  # keys, each with what may stand there


def scenario_schema() -> str:
    """The JSON Schema of scenario files, as text."""

    def has_one_of(key: str, words: list[str]) -> dict:
        word = {"enum": words}
        schema: dict = {"anyOf": [word, {"type": "object", "properties": {"value": word}}, {"type": "null"}]}
        for part in reversed(key.split(".")):
            schema = {"properties": {part: schema}}
        return schema

    more = _on_shipped_scenarios("extends", ("policies", "factions"), has_one_of)
    return document(declarations().cached(Schema).root, "A scenario of frozen-conflict-sim", more)


def experiment_schema() -> str:
    """The JSON Schema of experiment files, as text. It holds for any scenario; a check knows the one that a file names."""

    def varies_some_of(key: str, words: list[str]) -> dict:
        chosen = {key: {"type": "array", "items": {"enum": words}}}
        return {"properties": {"levers": {"type": "object", "properties": chosen}}}

    more = _on_shipped_scenarios("scenario", ("search",), varies_some_of)
    return document(sections(None, Path()), "An experiment of frozen-conflict-sim", more)


def _on_shipped_scenarios(key: str, adding: tuple[str, ...], then: Callable[[str, list[str]], dict]) -> list[dict]:
    """Schemas of files that name a shipped scenario under a key: policies and factions are its own.

    That holds for files without the sections ``adding``, which may add words. ``then`` makes the schema of a file in which the
    value of a key is one of some words.
    """
    adds_nothing = {"not": {"anyOf": [{"type": "object", "required": [section]} for section in adding]}}
    return [
        {
            "if": {"type": "object", "properties": {key: {"enum": scenarios}}, "required": [key], **adds_nothing},
            "then": {"allOf": [then(name, list(options)) for name, options in words]},
        }
        for words, scenarios in _shipped().items()
    ]


@cache
def _shipped() -> dict[Words, list[str]]:
    """The shipped scenarios by the words that they leave open."""
    found: dict[Words, list[str]] = {}
    for name in shipped_names():
        scenario = load_scenario(name)
        targets = addresses_in(declarations(), scenario).open_targets
        words = tuple((key, options_of(declarations(), target.declared, scenario)) for key, target in targets.items())
        found.setdefault(words, []).append(name)
    return found
