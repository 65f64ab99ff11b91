"""Where a value comes from: source, grade, and whether somebody has compared it with the source."""

from __future__ import annotations

from ..engine.declare.parameter import GRADES
from ..files.nodes import Node
from ..files.problems import Report, listed, nearest
from ..files.specs import Flag, Text, scalar
from .hover import sentence, shared_as


class Grade:
    """How well the source supports the value."""

    description = "how well the source supports the value"

    def check(self, node: Node, key: str, report: Report):
        """Read a grade."""
        found = scalar(node, key, report, f"one of {listed(GRADES)}", str)
        if found and found.data not in GRADES:
            report.add(
                node.position, key, f"expected one of {listed(GRADES)}, found {found.data!r}{nearest(found.data, GRADES)}"
            )
            return None
        return found

    def schema(self, shared: dict) -> dict:
        """One of the grades."""
        return {"description": sentence(self.description), "enum": list(GRADES)}


EVIDENCE = {
    "source": Text("where the value comes from"),
    "grade": Grade(),
    "verified": Flag("whether somebody has compared the value with its source"),
}


SOURCED = {
    "if": {"properties": {"grade": {"const": "documented"}}, "required": ["grade"]},
    "then": {"required": ["source"]},
}


def evidence_schema(shared: dict) -> dict:
    """The keys of evidence, for editors."""
    return {name: shared_as(name, spec.schema(shared), shared) for name, spec in EVIDENCE.items()}


def evidence(read: dict, key: str, report: Report) -> dict:
    """The evidence among what was read; a documented or verified value must name its source."""
    given = {name: read[name].data for name in EVIDENCE if name in read}
    if "source" not in given:
        if given.get("grade") == "documented":
            message = "a documented value needs its source; add 'source:' or grade it 'estimated'"
            report.add(read["grade"].position, f"{key}.grade", message)
        if given.get("verified"):
            report.add(read["verified"].position, f"{key}.verified", "verified against what? add 'source:'")
    return given
