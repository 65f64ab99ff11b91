"""A scenario: a setting that knows its file, what was noted while it was read, and how to be changed and written."""

from __future__ import annotations

from collections.abc import Mapping as Map
from dataclasses import dataclass, field

from ..engine.declare.role import Declarations
from ..engine.setting import Setting
from .merging import Layers


@dataclass(frozen=True)
class Scenario(Setting):
    """A checked scenario, ready to run.

    Two scenarios are equal if nothing that matters to a run differs; where they were read from does not.
    """

    about: str = ""
    verified: bool = False
    path: str = field(default="", compare=False)
    notes: tuple[str, ...] = field(default=(), compare=False)
    layers: Layers = field(default=(), compare=False, repr=False)

    def with_values(self, values: Map[str, object], declared: Declarations | None = None) -> Scenario:
        """The same scenario with other values by dotted key: numbers, words, or ``{"from": …, "to": …}``.

        What is given here wins over all files. Raises :class:`InputError`, as a file would.
        """
        from .load import build, declarations
        from .overrides import layer

        declared = declared or declarations()
        return build(declared, (layer(self, declared, values), *self.layers), self.path)

    def to_yaml(self, declared: Declarations | None = None) -> str:
        """The scenario as one complete file: nothing extended, dropped events left out; it loads back to an equal one."""
        from .load import declarations
        from .write import written

        return written(self, declared or declarations())
