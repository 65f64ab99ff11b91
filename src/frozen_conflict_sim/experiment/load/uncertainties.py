"""The uncertainties of a study file: a distribution for each key, or a table of plausible sets that are drawn whole."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ...engine.setting import Value
from ...files.nodes import Mapping, Node
from ...files.problems import Report, listed
from ...files.specs import Parsed, Text
from .by_grade import BY_GRADE
from .by_grade import SPEC as GRADES_SPEC
from .keys import DottedMap, Keys
from .table import read_table
from .values import Uncertain

FROM_POSTERIOR = "from_posterior"
SAYS = "what nobody chooses; sampled"
PATH = Text("a CSV file of plausible sets, one a line, as calibrate writes it; each run draws a whole line")


@dataclass
class Uncertainties:
    """A map from dotted keys to distributions; ``from_posterior`` names a file with several keys that are drawn together.

    ``by_grade`` is left as it stands until all else has been read.
    """

    keys: Keys
    folder: Path
    description: str = SAYS

    def check(self, node: Node, key: str, report: Report):
        """Read the map."""
        beside, example = (FROM_POSTERIOR, BY_GRADE), "{parent.grievance: {from: 0, to: 2}}"
        each = DottedMap(self.keys, SAYS, lambda target: Uncertain(target, self.keys.scenario), example, beside)
        if not isinstance(node, Mapping) or not set(beside) & node.entries.keys():
            return each.check(node, key, report)
        others = each.check(node.without(*beside), key, report) or {}
        if BY_GRADE in node.entries:
            read = GRADES_SPEC.check(node.entries[BY_GRADE], f"{key}.{BY_GRADE}", report) or {}
            others[BY_GRADE] = Parsed({grade: found.data for grade, found in read.items()}, node.positions[BY_GRADE])
        if FROM_POSTERIOR not in node.entries:
            return others
        file = PATH.check(node.entries[FROM_POSTERIOR], f"{key}.{FROM_POSTERIOR}", report)
        drawn = self._posterior(file, f"{key}.{FROM_POSTERIOR}", report) if file else {}
        twice = sorted(drawn.keys() & others.keys())
        if twice:
            report.add(
                file.position, f"{key}.{FROM_POSTERIOR}", f"{listed(twice)} also stands beside it; delete it in one of the two"
            )
        return drawn | others

    def _posterior(self, file: Parsed, key: str, report: Report) -> dict[str, Parsed]:
        table = read_table(self.folder / file.data, file.position, key, self.keys, report)
        whole = [name for name in table if self.keys.shapes(name)]
        if whole:
            report.add(file.position, key, f"{listed(whole)} is the same in all runs and cannot be drawn; delete the column")
        together = Path(file.data).stem
        return {
            name: Parsed(
                Value("choices", numbers, source=f"drawn from {Path(file.data).name}", jointly=together), file.position
            )
            for name, numbers in table.items()
            if name not in whole and None not in numbers
        }
