"""Tables of a lattice of motives."""

from __future__ import annotations

from ....analysis.lattice.motives import Lattice
from ....analysis.lattice.words import plain, words
from ....analysis.summary import CAVEAT
from ..tables import console, interval, percent, table

MOST_SETS = 8


def print_motives(found: Lattice) -> None:
    """Print the shares of all motives, the smallest sufficient sets, and what they say, for each outcome."""
    out = console()
    out.print(f"What does {found.actor} hope to get? {found.scenario.title}")
    sets = 2 ** len(next(iter(found.games.values())).players)
    out.print(f"{sets} coalitions of motives, {found.runs:,} runs of each with the same random numbers; intervals are 90 %\n")
    for outcome, game in found.games.items():
        rows = []
        for at, (name, share) in enumerate(zip(game.players, game.shares)):
            alone, without = game.value[1 << at], game.value[game.everybody ^ 1 << at]
            rows.append(
                [words(name), percent(share.value), interval(share.interval, percent), percent(alone), percent(without)]
            )
        headings = ("Shapley share", "90 % interval", "alone", "all but this")
        out.print(table(found.labels[outcome], {"motive": "left"} | dict.fromkeys(headings, "right"), rows))
        minimal = game.sufficient(found.enough)
        sizes = (
            [" + ".join(plain(game.members(one))) or "none of them", percent(game.value[one])] for one in minimal[:MOST_SETS]
        )
        if minimal:
            title = f"Smallest sets that suffice for more than {100 * found.enough:g} % of runs"
            out.print(table(title, {"motives": "left", "runs": "right"}, sizes))
        out.print(f"{found.sentences[outcome]}\n")
    out.print(CAVEAT)
