"""One parameter as text: declaration, readers, columns of the results, and the files that set it."""

from __future__ import annotations

from ...explain.parameters.parameter import ParameterExplanation
from .tables import console, table


def print_explanation(found: ParameterExplanation) -> None:
    """Print all that is known about a parameter."""
    out = console()
    out.print(f"{found.key}\n  {found.meaning}")
    source = f" ({found.source})" if found.source else ""
    out.print(f"  default {found.default}; {found.bounds}; {found.unit}; {found.grade}{source}")
    out.print(f"  declared at {_short(found.declared_at)} (files are below src/frozen_conflict_sim)\n")
    columns = dict.fromkeys(("kind", "name", "file and line", "meaning"), "left")
    out.print(table("Read by", columns, _readers(found.readers)))
    if found.causes:
        out.print(table("Changed by", columns, _readers(found.causes)))
    columns = dict.fromkeys(("column", "kind", "why"), "left")
    out.print(table("In the results", columns, ([one.pattern, one.kind, one.because] for one in found.columns)))
    if not found.setters:
        out.print("No shipped file sets it.\n")
        return
    columns = dict.fromkeys(("file", "how", "key", "value"), "left")
    rows = ([f"{one.file}:{one.line}" if one.line else one.file, one.how, one.key, one.value] for one in found.setters)
    out.print(table("Set by", columns, rows))


def _readers(readers) -> list[list[str]]:
    return [[one.kind, one.name, _short(one.place), one.meaning] for one in readers]


def _short(place: str) -> str:
    return place.removeprefix("frozen_conflict_sim/")
