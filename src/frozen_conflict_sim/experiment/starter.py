"""An experiment to start from: a commented file that runs as it is."""

from __future__ import annotations

import os
from pathlib import Path
from string import Template

from ..politics import examples
from ..scenario import Scenario
from ..scenario.shipped import shipped_names
from ..scenario.starter import quoted, title_of

TEMPLATE = Path(__file__).with_name("starter.yaml")


def starter(path: Path, base: str, scenario: Scenario) -> str:
    """The text of the new file ``path``, an experiment about the ``scenario`` that was loaded as ``base``."""
    named = base if base in shipped_names() else Path(os.path.relpath(scenario.path, path.parent)).as_posix()
    policies = [name for name in examples.POLICIES if name in scenario.policies] or [*scenario.policies][:3]
    return Template(TEMPLATE.read_text("utf-8")).substitute(
        file=path.name,
        question=quoted(f"{title_of(path)}: what follows from which policy?"),
        scenario=quoted(named),
        policies=", ".join(policies or [examples.NO_POLICY]),
    )
