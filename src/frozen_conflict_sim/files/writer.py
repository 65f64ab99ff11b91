"""Nested maps as YAML text that the parser reads back to the same data."""

from __future__ import annotations

import yaml

from .scalars import NotANumber, meaning


class Flow(dict):
    """A map that is written on one line, in braces."""


class _Dumper(yaml.SafeDumper):
    """Quotes every text that :func:`~.scalars.meaning` would take for something else."""

    def increase_indent(self, flow=False, indentless=False):
        """Indent lists under their key, as the shipped files do."""
        return super().increase_indent(flow, False)


def _text(dumper: yaml.SafeDumper, text: str):
    try:
        plain = isinstance(meaning(text), str)
    except NotANumber:
        plain = False
    style = ">" if len(text) > 100 and "\n" not in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style if plain else "'")


_Dumper.add_representer(str, _text)
_Dumper.add_representer(
    Flow, lambda dumper, value: dumper.represent_mapping("tag:yaml.org,2002:map", value.items(), flow_style=True)
)


def dumped(tree: dict) -> str:
    """A tree of maps, lists, texts and numbers as YAML text."""
    return yaml.dump(tree, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=110)


def number_of(number):
    """A number as a file writes it: a whole float without its point."""
    return int(number) if isinstance(number, float) and number.is_integer() and abs(number) < 1e15 else number
