"""What a lattice of motives says, in sentences; all words follow from the numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..wording import begun, percent, percent_range, share_with_interval
from .game import Game, Mean, mean_of

MOST_SETS = 4


def sentences(game: Game, label: str, enough: float) -> Iterator[str]:
    """How often it happens, which motives are necessary, which sets suffice, whose share is largest, and who needs whom."""
    yield f"{label}: in {_share(game, game.everybody)} of runs with all motives, in {_share(game, 0)} with none of them."
    yield from _sufficient(game, enough)
    yield _largest(game)
    yield from _pairs(game)


def _share(game: Game, coalition: int) -> str:
    found = game.share_of(coalition)
    return share_with_interval(found.value, found.interval)


def _sufficient(game: Game, enough: float) -> Iterator[str]:
    sets, line = game.sufficient(enough), percent(enough)
    if not sets:
        yield f"No set of motives suffices for more than {line} of runs."
        return
    if sets == (0,):
        yield f"None of these motives is needed: without any it happens in more than {line} of runs."
        return
    necessary = game.necessary(enough)
    if necessary:
        verb, it = ("is", "it") if len(necessary) == 1 else ("are", "all of them")
        names = begun(" and ".join(plain(necessary)))
        yield f"{names} {verb} necessary: no set without {it} suffices for more than {line} of runs."
    else:
        yield f"No single motive is necessary for more than {line} of runs."
    shown = [_set(game, one, enough) for one in sets[:MOST_SETS]]
    more = f" and {len(sets) - MOST_SETS} more" if len(sets) > MOST_SETS else ""
    yield f"{'This smallest set suffices' if len(sets) == 1 else 'These smallest sets suffice'}: {'; '.join(shown)}{more}."


def _set(game: Game, coalition: int, enough: float) -> str:
    left = ", open" if game.is_open(coalition, enough) else ""
    found = game.share_of(coalition)
    return f"{' + '.join(plain(game.members(coalition)))} ({percent(found.value)}, {percent_range(found.interval)}{left})"


def _largest(game: Game) -> str:
    order = sorted(range(len(game.players)), key=lambda at: -game.shares[at].value)
    parts = [f"{words(game.players[at])} {with_ends(game.shares[at])}" for at in order if abs(game.shares[at].value) >= 0.005]
    if not parts:
        return "No motive contributes half a percentage point (Shapley shares)."
    first, second = order[0], order[1] if len(order) > 1 else None
    tied = second is not None and (game.shares_by_run[first] - game.shares_by_run[second]).mean() <= _reach(game, first, second)
    which = f"{words(game.players[first])} and {words(game.players[second])} cannot be told apart" if tied else ""
    return f"Shapley shares, in percentage points: {', '.join(parts)}{f'; {which}' if which else ''}."


def _reach(game: Game, one: int, other: int) -> float:
    found = mean_of(game.shares_by_run[one] - game.shares_by_run[other])
    return found.value - found.low


def _pairs(game: Game) -> Iterator[str]:
    """The strongest complements and the strongest substitutes, where the interval excludes zero."""
    pairs = [(game.interaction(one, other), other, one) for one in range(len(game.players)) for other in range(one)]
    needed = max((pair for pair in pairs if pair[0].low > 0), key=lambda pair: pair[0].value, default=None)
    spare = min((pair for pair in pairs if pair[0].high < 0), key=lambda pair: pair[0].value, default=None)
    for pair, says in ((needed, "strengthen each other most"), (spare, "replace each other most")):
        if pair and abs(pair[0].value) >= 0.01:
            names = [words(game.players[at]) for at in pair[1:]]
            yield f"{begun(' and '.join(names))} {says} (interaction, in points: {with_ends(pair[0])})."


def points(difference: float) -> str:
    """A difference of shares in percentage points.

    >>> points(0.345), points(-0.02)
    ('+34', '−2')
    """
    return f"{'−' if difference < 0 else '+'}{abs(100 * difference):.0f}"


def with_ends(mean: Mean) -> str:
    """A difference of shares in percentage points, with its interval; without one if there is a single run.

    >>> with_ends(Mean(0.345, 0.3, 0.391))
    '+34 (+30 to +39)'
    """
    known = mean.high < float("inf")
    return points(mean.value) + (f" ({points(mean.low)} to {points(mean.high)})" if known else "")


def words(name: str) -> str:
    """A declared name as words."""
    return name.replace("_", " ")


def plain(names: Sequence[str]) -> list[str]:
    """Several declared names as words."""
    return [words(name) for name in names]
