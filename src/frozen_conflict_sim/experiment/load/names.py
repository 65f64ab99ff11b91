"""Names of columns in a study file: whole (``georgia.western_alignment_at_end``), or bare for every owner (``western_alignment_at_end``)."""

from __future__ import annotations

from ...files.nodes import Broken, Node, Scalar, Sequence
from ...files.problems import Report, listed, nearest
from ...files.specs import Parsed, scalar
from ...model.columns import Column

ALL = "all"


class Names:
    """A list of columns of some kinds."""

    def __init__(self, columns: list[Column], kinds: tuple[str, ...], description: str, all_allowed: bool = False):
        self.columns = [column for column in columns if column.kind in kinds]
        self.kinds, self.description, self.all_allowed = kinds, description, all_allowed

    def check(self, node: Node, key: str, report: Report):
        """Read the names; each stands for one column or several. ``None`` within means all."""
        if isinstance(node, Broken):
            return None
        if self.all_allowed and isinstance(node, Scalar) and node.value == ALL:
            return Parsed(None, node.position)
        if not isinstance(node, Sequence):
            example = listed(sorted(self._bare())[:2])
            report.add(node.position, key, f"expected a list of names such as [{example}]{self._or_all()}, found {node}")
            return None
        names: list[str] = []
        for item in node.items:
            found = scalar(item, key, report, f"the name of a {' or '.join(self.kinds)}", str)
            columns = found and self.called(found.data)
            if found and not columns:
                hint = nearest(found.data, self.known()) or "; the file dictionary.csv of any results lists them"
                report.add(item.position, key, f"there is no {' or '.join(self.kinds)} {found.data!r}{hint}")
            names += [name for name in columns or () if name not in names]
        return Parsed(tuple(names), node.position)

    def known(self) -> list[str]:
        """All names that stand for something."""
        return [*self._bare(), *(column.name for column in self.columns)]

    def _or_all(self) -> str:
        return f", or the word {ALL}" if self.all_allowed else ""

    def _bare(self) -> dict[str, None]:
        return dict.fromkeys(_without_owner(column) for column in self.columns)

    def called(self, name: str) -> list[str]:
        """The columns that a name stands for."""
        exact = [
            column.name
            for column in self.columns
            if name in (column.name, _without_owner(column), column.name.replace(".", "_"))
        ]
        return exact or [
            column.name
            for column in self.columns
            if column.name.startswith(f"{name}.") or _without_owner(column).startswith(f"{name}.")
        ]


def _without_owner(column: Column) -> str:
    return column.name.removeprefix(f"{column.owner}.")
