"""A scenario to start from: a commented file that differs from another one, or one of a conflict of its own."""

from __future__ import annotations

import json
import os
from pathlib import Path
from string import Template

from ..files.dates import written
from .load import Scenario
from .members import slug, titled
from .shipped import shipped_names

TEMPLATE = Path(__file__).with_name("starter.yaml")
OF_ITS_OWN = Path(__file__).with_name("conflict.yaml")
INTO_THE_RUN = 4


def starter(path: Path, base: str, scenario: Scenario) -> str:
    """The text of the new file ``path``, which extends the ``scenario`` that was loaded as ``base``."""
    extends = base if base in shipped_names() else Path(os.path.relpath(scenario.path, path.parent)).as_posix()
    return Template(TEMPLATE.read_text("utf-8")).substitute(
        file=path.name,
        extends=quoted(extends),
        title=quoted(title_of(path)),
        date=written(scenario.start, min(INTO_THE_RUN, scenario.quarters - 1)),
    )


def conflict(path: Path) -> str:
    """The text of the new file ``path`` about a conflict of its own, with every fact to be filled in."""
    return Template(OF_ITS_OWN.read_text("utf-8")).substitute(file=path.name, title=quoted(title_of(path)))


def title_of(path: Path) -> str:
    """A title after the name of a file."""
    return titled(slug(path.stem)) or path.stem


def quoted(text: str) -> str:
    """A text as YAML, in quotes where it needs them."""
    return text if slug(text.replace("/", "")) == text.replace("/", "") else json.dumps(text, ensure_ascii=False)
