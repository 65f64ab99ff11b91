"""``docs/explain.md``: the text by hand, all that is printed as the program prints it, of a small ensemble."""

from __future__ import annotations

from functools import cache

from pages import filled

import frozen_conflict_sim as fcs
from frozen_conflict_sim.explain.display import text
from frozen_conflict_sim.explain.several import everywhere, everywhere_text
from frozen_conflict_sim.results import Results

RUNS, RUN, TURN, TREATY = 50, 7, "2015-Q3", "abkhazia treaty"


@cache
def results() -> Results:
    """Runs of the Georgian scenario."""
    return fcs.run("georgia_2014", runs=RUNS)


@cache
def explained():
    """One of them."""
    return results().explain(RUN)


def receipt() -> str:
    """The answer to an ask, with flips."""
    (found,) = (pair for pair in explained().accounts(TURN, "Tskhinvali") if pair[0].decision == "elite.answer")
    account, search = found
    return "\n".join(text.receipt_lines(account, search.flips()))


def taken_out() -> str:
    """What a treaty caused, over all runs that had it."""
    return "\n".join(everywhere_text.lines_of(everywhere.without(results(), TREATY), "georgia.alienation"))


def pages() -> dict[str, str]:
    """The page, by its path under ``docs``."""
    parts = {
        "story": lambda: str(explained()),
        "chance": lambda: "\n".join(explained().chances("2014-Q3", flips=True).lines),
        "receipt": receipt,
        "ledger": lambda: str(explained().why("georgia.alienation")),
        "without": lambda: str(explained().without(TREATY)),
        "everywhere": taken_out,
    }
    return {"explain.md": filled("explain.md", parts)}
