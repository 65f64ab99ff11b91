"""Tables of a search: the frontier with its objectives, and the criteria of choice."""

from __future__ import annotations

import numpy as np

from ....analysis.choice.frontier import Frontier
from ....analysis.choice.space import describe
from ....analysis.summary import CAVEAT
from ..tables import console, interval, number, percent, table


def print_frontier(found: Frontier) -> None:
    """Print the policies of the frontier: means with intervals, worst futures, regret, satisficing, domain; then sentences."""
    out = console()
    out.print(f"{found.experiment.question}\n")
    runs = found.futures.shape[1]
    out.print(f"Frontier, judged in {runs} futures that the search did not see; intervals are 90 %")
    for place, objective in enumerate(found.objectives):
        enough = "" if objective.enough is None else f"; {number(objective.enough)} is enough"
        rows = []
        for at, trial in enumerate(found.kept):
            mean, ends = found.mean(at, place)
            worst, regret = objective.sign * found.criteria.worst[at, place], found.criteria.regret[at, place]
            rows.append(
                [str(trial.number), describe(trial.settings), number(mean), interval(ends), number(worst), number(regret)]
            )
        headings = {"no.": "right", "policy": "left", "mean": "right", "90 % interval": "right"}
        made = table(
            f"{objective.name} ({objective.better} is better{enough})",
            headings | {"worst": "right", "largest regret": "right"},
            rows,
        )
        out.print(made)
    out.print(_criteria(found))
    for sentence in found.sentences:
        out.print(sentence)
    out.print(f"\n{CAVEAT}")


def _criteria(found: Frontier):
    judged = found.criteria
    rows = []
    for at, trial in enumerate(found.kept):
        good = None if np.isnan(judged.satisficing[at]) else float(judged.satisficing[at])
        shares = percent(float(judged.largest_regret[at])), percent(good), percent(float(judged.domain[at]))
        rows.append([str(trial.number), describe(trial.settings), *shares])
    headings = dict.fromkeys(("largest regret", "good enough", "domain"), "right")
    return table("Criteria over all outcomes", {"no.": "right", "policy": "left"} | headings, rows)
