"""How well the numbers of each theatre are known."""

from __future__ import annotations

from pages import code, table

from frozen_conflict_sim.scenario import load_scenario, shipped_names
from frozen_conflict_sim.scenario.describe import GradeRow, grade_rows, parameter_rows
from frozen_conflict_sim.scenario.schema import declarations


def counted(name: str) -> list[GradeRow]:
    """How many parameters of a scenario have each grade."""
    return grade_rows(parameter_rows(declarations(), load_scenario(name)))


def grades() -> str:
    """All theatres side by side."""
    lines = []
    for name in shipped_names():
        if "/" in name:
            continue
        rows = counted(name)
        whole, verified = sum(row.parameters for row in rows), sum(row.verified for row in rows)
        lines.append([code(name), whole, *(f"{row.parameters} ({row.share:.0%})" for row in rows), verified])
    return table(["scenario", "parameters", "documented", "estimated", "assumed", "verified"], lines)
