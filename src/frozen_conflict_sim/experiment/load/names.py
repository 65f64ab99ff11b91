"""Names of columns in an experiment file: with an owner (``georgia.alienation``) or bare, for all owners (``alienation``)."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Mapping as Map

from ...files.json_schema import one_of, sentence
from ...files.nodes import Broken, Node, Scalar, Sequence
from ...files.problems import Report, listed, nearest
from ...files.specs import Parsed, scalar
from ...model.columns import Column

ALL = "all"


class Names:
    """A list of columns of some kinds.

    ``suggested`` are the bare names that editors complete, with their meaning; if it is ``closed``, editors refuse others.
    """

    def __init__(
        self,
        columns: list[Column],
        kinds: tuple[str, ...],
        description: str,
        suggested: Map[str, str] | None = None,
        all_allowed: bool = False,
        closed: bool = False,
    ):
        self.columns = [column for column in columns if column.kind in kinds]
        self.kinds, self.description, self.all_allowed = kinds, description, all_allowed
        self.suggested, self.closed = suggested or {}, closed

    def check(self, node: Node, key: str, report: Report):
        """Read the names as a tuple of columns; a bare name is that of several. ``None`` as data means all."""
        if isinstance(node, Broken):
            return None
        if self.all_allowed and isinstance(node, Scalar) and node.value == ALL:
            return Parsed(None, node.position)
        if not isinstance(node, Sequence):
            example = listed(sorted(_bare(self.columns))[:2])
            report.add(node.position, key, f"expected a list of names such as [{example}]{self._or_all()}, found {node}")
            return None
        names: list[str] = []
        for item in node.items:
            if self.all_allowed and isinstance(item, Scalar) and item.value == ALL:
                report.add(item.position, key, f"the word {ALL} stands alone, without brackets: {key}: {ALL}")
                continue
            found = scalar(item, key, report, f"the name of a {' or '.join(self.kinds)}", str)
            columns = found and called(found.data, self.columns)
            if found and not columns:
                hint = nearest(found.data, known_names(self.columns)) or "; the file dictionary.csv of any results lists them"
                report.add(item.position, key, f"there is no {' or '.join(self.kinds)} {found.data!r}{hint}")
            names += [name for name in columns or () if name not in names]
        return Parsed(tuple(names), node.position)

    def schema(self, definitions: dict) -> dict:
        """A list of names, or the word for all."""
        known = "|".join(sorted(self.suggested))
        before = "[a-z][a-z0-9_]*([.][a-z0-9_]+)*"
        owned = {"type": "string", "pattern": f"^({before}[._])?({known})([.][a-z0-9_.]+)?$" if self.closed else f"^{before}$"}
        names = {"type": "array", "items": {"anyOf": [*one_of(dict(sorted(self.suggested.items())))["anyOf"], owned]}}
        described = {"description": sentence(self.description)}
        return described | ({"anyOf": [{"const": ALL}, names]} if self.all_allowed else names)

    def _or_all(self) -> str:
        return f", or the word {ALL}" if self.all_allowed else ""


def called(name: str, columns: Collection[Column]) -> list[str]:
    """The columns that a name means: one with an owner, or all of that name; else all that it begins."""
    exact = [each.name for each in columns if name in (each.name, _without_owner(each), each.name.replace(".", "_"))]
    return exact or [
        each.name for each in columns if each.name.startswith(f"{name}.") or _without_owner(each).startswith(f"{name}.")
    ]


def known_names(columns: Collection[Column]) -> list[str]:
    """All names of some columns that are understood."""
    return [*_bare(columns), *(column.name for column in columns)]


def _bare(columns: Collection[Column]) -> dict[str, None]:
    return dict.fromkeys(_without_owner(column) for column in columns)


def _without_owner(column: Column) -> str:
    return column.name.removeprefix(f"{column.owner}.")
