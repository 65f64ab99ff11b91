"""Declare a statement: what one of the three texts says, as a test on output.

The function takes ``play``, which gives ensembles on request (:class:`~.play.Play`), and returns estimates by part. A part
with a target is a test; one without is only reported, as all of a hypothesis are. Targets come from the texts and are not
moved after a score was seen.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ..estimates import Estimate
from ..pattern import MechanismOff
from ..targets import Target
from .play import Play

KINDS = ("observation", "logic", "hypothesis")
Found = dict[str, Estimate]


@dataclass(frozen=True)
class Statement:
    """A declared statement.

    ``source`` is the key of the text in ``docs/references.bib``, empty for a statement of logic; ``quote`` its words.
    ``scenarios`` are those that the function may play. ``mechanism_off`` switches off what the text says brings it about.
    ``reason`` is why a target is missed, as far as that is understood; parts without a target give the numbers behind it.
    """

    name: str
    theme: str
    kind: str
    source: str
    quote: str
    scenarios: tuple[str, ...]
    targets: dict[str, Target]
    function: Callable[[Play], Found]
    mechanism_off: MechanismOff | None = None
    reason: str = ""

    @property
    def sentence(self) -> str:
        """What is tested, in a sentence."""
        return inspect.getdoc(self.function).split("\n\n")[0].replace("\n", " ")


STATEMENTS: dict[str, Statement] = {}


def statement(
    kind: str,
    *,
    source: str = "",
    quote: str = "",
    scenarios: tuple[str, ...],
    targets: Mapping[str, Target],
    mechanism_off: MechanismOff | None = None,
    reason: str = "",
) -> Callable:
    """Declare the function as a statement, named after it with dashes for underscores."""
    if kind not in KINDS:
        raise ValueError(f"a statement is one of {', '.join(KINDS)}, not {kind!r}")

    def declare(function: Callable[[Play], Found]) -> Callable[[Play], Found]:
        name, theme = function.__name__.replace("_", "-"), function.__module__.rpartition(".")[2]
        STATEMENTS[name] = Statement(
            name, theme, kind, source, quote, scenarios, dict(targets), function, mechanism_off, reason
        )
        return function

    return declare
