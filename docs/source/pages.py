"""What every page needs: a template with gaps, functions that fill them, tables and rules in Markdown."""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from collections.abc import Callable, Iterable
from pathlib import Path

from frozen_conflict_sim.cli.screen.tables import interval, number, percent

SOURCE = Path(__file__).parent
ROOT = SOURCE.parents[1]
NOTE = "<!-- Written by `python3 run.py docs` from docs/source/{}: change that, or the code it reads, not this page. -->\n"


def filled(template: str, parts: dict[str, Callable[[], str]]) -> str:
    """A template of this folder with each ``{{name}}`` replaced by what ``parts[name]()`` gives; none may be left over."""
    text = (SOURCE / template).read_text("utf-8")
    gaps = re.findall(r"\{\{(\w+)\}\}", text)
    if odd := set(gaps) ^ set(parts):
        raise LookupError(f"{template}: {', '.join(sorted(odd))} should be both a gap and a part")
    for name in gaps:
        text = text.replace("{{%s}}" % name, parts[name]())
    return NOTE.format(template) + "\n" + text


def table(headings: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """A table in Markdown."""
    headings = list(headings)
    lines = [headings, ["---"] * len(headings), *([str(cell).replace("|", "\\|") for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def estimated(line) -> str:
    """A line of a summary: its estimate with its interval."""
    shown = percent if line.unit == "yes or no" else number
    return f"{shown(line.estimate)} ({interval(line.interval, shown)})"


def code(name: str) -> str:
    """A name as code."""
    return f"`{name}`" if name else ""


def first_sentence(text: str) -> str:
    """The first sentence of a docstring."""
    paragraph = " ".join(inspect.cleandoc(text).split("\n\n")[0].split())
    paragraph = re.sub(r":\w+:`", "`", paragraph.replace("``", "`"))
    return re.split(r"(?<=[.:?])\s+(?=[A-Z])", paragraph)[0]


def formula(function) -> str:
    """What a rule computes, as it is written in the code: one line where it is one expression."""
    (definition,) = ast.parse(textwrap.dedent(inspect.getsource(function))).body
    body = [line for line in definition.body if not _is_docstring(line)]
    if len(body) == 1 and isinstance(body[0], ast.Return):
        return ast.unparse(body[0].value)
    return "; ".join(" ".join(ast.unparse(line).split()) for line in body).replace("return ", "→ ")


def _is_docstring(line: ast.stmt) -> bool:
    return isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant)
