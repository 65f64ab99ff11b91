"""Cases about whole runs that a political scientist can write and judge: given → then, in ``whole_runs.yaml``.

Of a hundred runs of ``scenario`` (by default ``georgia_2014``) under the values ``given``, or of those of them in which
``of_runs_where`` holds, the share in which ``then`` holds is ``at_least`` or ``at_most`` so much. Each line compares an outcome
with a number, or names a decision and the options that were ``ever`` or ``never`` taken in it.
"""

import operator
from pathlib import Path

import numpy as np
import pytest
import yaml

from frozen_conflict_sim.politics.catalogue import declared

COMPARE = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "=": operator.eq}
CASES = yaml.safe_load((Path(__file__).parent / "whole_runs.yaml").read_text("utf-8"))
MAY_SAY = {"case", "scenario", "given", "of_runs_where", "then", "at_least", "at_most"}
FEWEST = 20


def holds(line, played):
    """In which runs a line of a case holds."""
    column, how, what = line.split(maxsplit=2)
    if how in COMPARE:
        return COMPARE[how](played.outcomes[column], float(what))
    decision = next(decision for decision in declared.decisions.values() if decision.name in column.split("."))
    names = [option.name for option in decision.options]
    taken = np.isin(played.decisions[column], [names.index(name) for name in what.split(" or ")]).any(axis=1)
    return {"ever": taken, "never": ~taken}[how]


def all_hold(lines, played):
    """In which runs every one of some lines holds."""
    lines = [lines] if isinstance(lines, str) else lines
    return np.all([np.ones(len(played.classes), bool), *(holds(line, played) for line in lines)], axis=0)


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_a_case_about_whole_runs(case, shipped):
    assert set(case) <= MAY_SAY, f"a case may say {', '.join(sorted(MAY_SAY))}"
    assert case.keys() & {"at_least", "at_most"}, "say in which share of the runs it holds"
    played = shipped(case.get("scenario", "georgia_2014"), case.get("given"))
    among = all_hold(case.get("of_runs_where", []), played)
    assert among.sum() >= FEWEST, f"only {among.sum()} runs are of that kind"
    share = all_hold(case["then"], played)[among].mean()
    assert case.get("at_least", 0.0) <= share <= case.get("at_most", 1.0), f"it holds in {share:.0%} of {among.sum()} runs"
