"""The Abkhaz railway: whose consent binds, what it takes to open it, and what it would change."""

from __future__ import annotations

from ...analysis.discovery.discover import discover
from ...analysis.discovery.sentences import beside, reach, sentence
from ...analysis.paths import paths
from ...analysis.paths import sentences as dated
from ...experiment.errors import ResultsError
from ...experiment.spec import BASE
from ...results import Results
from .study import Answer, Picture, amount, line_of, share_of, study

OPENED, OPEN = "railway.opened", "open_from_the_start"
CONSENTS = {
    "without_tbilisis_consent": "Tbilisi's",
    "without_sukhumis_consent": "Sukhumi's",
    "no_burden_for_moscow": "Moscow's (were it to cost Moscow nothing)",
}
CHANGED = (
    "georgia.trade_and_travel_at_end", "abkhazia.dependence_at_end", "georgia.political_normalisation_at_end",
    "georgia.alienation_at_end", "georgia.western_alignment_at_end",
)  # fmt: skip


@study(
    Picture("paths"),
    Picture("discovery", where=OPENED),
    Picture("paths", by="arm"),
    Picture("heat_map", OPENED),
)
def railway(results: Results) -> Answer:
    """Which missing consent would open it most often, where it opens, when, and what an open line changes."""
    freed = {arm: line_of(results, ("arm", arm, BASE), OPENED) for arm in CONSENTS}
    ordered = sorted(freed, key=lambda arm: -(freed[arm].difference or 0.0))
    base = freed[ordered[0]].left
    each = "; ".join(f"{CONSENTS[arm]} {amount(freed[arm])}" for arm in ordered)
    binding = [arm for arm in ordered if (freed[arm].interval or (0.0, 0.0))[0] > 0]
    first = f"{CONSENTS[binding[0]]} consent binds most" if binding else "no single consent binds measurably"
    changes = [line_of(results, ("arm", OPEN, BASE), name) for name in CHANGED]
    clear = sorted((line for line in changes if _clear(line)), key=lambda line: -abs(line.difference or 0.0))
    said = [
        f"The railway opens within the run in {share_of(results, OPENED)} of these runs; {first}. Taken away alone: {each}.",
        _where(results),
        *dated(paths(results))[1:],
        "An open line changes "
        + ("; ".join(f"{line.label} {amount(line)}" for line in clear) if clear else "none of what was measured")
        + ", compared with the same runs in which it is not open from the start.",
    ]
    numbers = {"opened": base} | {arm: freed[arm].difference for arm in ordered}
    return Answer(tuple(said), numbers | {line.outcome: line.difference for line in changes})


def _clear(line) -> bool:
    low, high = line.interval or (0.0, 0.0)
    return low > 0 or high < 0


def _where(results: Results) -> str:
    try:
        found = discover(results, OPENED)
    except ResultsError as reason:
        return f"No box can be told in which it opens: {reason}."
    return f"{sentence(found)} {beside(found)} {reach(found)}"
