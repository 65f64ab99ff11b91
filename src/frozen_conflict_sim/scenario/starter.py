"""A scenario to start from: a commented file that shows one of everything."""

from __future__ import annotations

import json
import os
from pathlib import Path
from string import Template

from .members import slug, titled
from .scenario import Scenario
from .shipped import shipped_names

TEMPLATE = Path(__file__).with_name("starter.yaml")
INTO_THE_RUN = 4


def starter(path: Path, base: str, scenario: Scenario) -> str:
    """The text of the new file ``path``, which extends the ``scenario`` that was loaded as ``base``."""
    extends = base if base in shipped_names() else Path(os.path.relpath(scenario.path, path.parent)).as_posix()
    return Template(TEMPLATE.read_text("utf-8")).substitute(
        file=path.name,
        extends=_quoted(extends),
        title=_quoted(titled(slug(path.stem)) or path.stem),
        parent=scenario.entities["parent"][0],
        date=scenario.date(min(INTO_THE_RUN, scenario.turns - 1)),
    )


def _quoted(text: str) -> str:
    return text if slug(text.replace("/", "")) == text.replace("/", "") else json.dumps(text, ensure_ascii=False)
