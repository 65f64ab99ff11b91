"""The foreign minister's wish: deeper treaties and normal relations with Tbilisi at once."""

from __future__ import annotations

from ...analysis.discovery.discover import discover
from ...analysis.discovery.sentences import beside, reach, sentence, shown
from ...analysis.wording import begun
from ...experiment.errors import ResultsError
from ...results import Results
from .study import Answer, Picture, amount, line_of, study, way

WISH = ("patron.policy", "lavrov", "status_quo")
PRICE = ("patron.policy", "lavrov", "conciliate")
NORMAL, TRADE = "georgia.political_normalisation_at_end", "georgia.trade_and_travel_at_end"
DEEPER = "(abkhazia.integration_at_end + south_ossetia.integration_at_end) / 2 > 0.05"
BOTH = f"{DEEPER} and {NORMAL} > 0"


@study(
    Picture("heat_map", NORMAL, WISH),
    Picture("discovery", contrast=WISH, where=BOTH),
    Picture("frontier", NORMAL),
    Picture("fan_by", "georgia.political_normalisation"),
)
def lavrovs_wish(results: Results) -> Answer:
    """How often both come together, at what price of normal relations, and in which futures."""
    normal, price, trade = (line_of(results, *asked) for asked in ((WISH, NORMAL), (PRICE, NORMAL), (WISH, TRADE)))
    depth = line_of(results, WISH, "abkhazia.integration_at_end")
    pairs = results.difference(*WISH)
    said = [
        f"A deeper treaty with open trade and talks, rather than neither, {_moved(depth, 'Abkhaz integration')}, "
        f"{_moved(trade, 'trade and travel')}, and {_moved(normal, 'political normalisation')}.",
        f"Of the normal relations that the same trade and talks bring without treaties, the treaties take {amount(price)}.",
    ]
    numbers = {
        "normalisation": normal.difference,
        "price": price.difference,
        "trade": trade.difference,
        "depth": depth.difference,
    }
    try:
        found = discover(pairs, BOTH)
    except ResultsError as reason:
        said.append(begun(f"no box can be told in which both come together: {reason}."))
        return Answer(tuple(said), numbers | {"both": None})
    said.insert(
        0,
        f"Both come together in {shown(found.everywhere)} of futures: deeper treaties, and relations better than if "
        f"nothing were asked and nothing offered.",
    )
    clause = sentence(found).replace(f"“{BOTH}” holds", "Lavrov's wish comes true")
    return Answer((*said, clause, beside(found), reach(found)), numbers | {"both": found.cases.base_rate})


def _moved(line, what: str) -> str:
    return f"{way(line)} {what} by {amount(line)}"
