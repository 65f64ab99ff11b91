"""What a lattice of motives says, in sentences; all words follow from the numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .game import Game, mean_of

MOST_SETS = 4


def sentences(game: Game, label: str, enough: float) -> Iterator[str]:
    """How often it happens, which motives are necessary, which sets suffice, whose share is largest, and who needs whom."""
    whole = game.share_of(game.everybody)
    yield f"{label}: in {percent(whole.value)} of runs with all motives, in {percent(game.value[0])} with none of them."
    yield from _sufficient(game, enough)
    yield _largest(game)
    yield from _pairs(game)


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
        names = capital(" and ".join(plain(necessary)))
        yield f"{names} {verb} necessary: no set without {it} suffices for more than {line} of runs."
    else:
        yield f"No single motive is necessary for more than {line} of runs."
    shown = [_set(game, one, enough) for one in sets[:MOST_SETS]]
    more = f" and {len(sets) - MOST_SETS} more" if len(sets) > MOST_SETS else ""
    yield f"{'This smallest set suffices' if len(sets) == 1 else 'These smallest sets suffice'}: {'; '.join(shown)}{more}."


def _set(game: Game, coalition: int, enough: float) -> str:
    left = ", open" if game.is_open(coalition, enough) else ""
    return f"{' + '.join(plain(game.members(coalition)))} ({percent(game.value[coalition])}{left})"


def _largest(game: Game) -> str:
    order = sorted(range(len(game.players)), key=lambda at: -game.shares[at].value)
    parts = [
        f"{words(game.players[at])} {points(game.shares[at].value)}" for at in order if abs(game.shares[at].value) >= 0.005
    ]
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
            yield f"{capital(' and '.join(names))} {says} (interaction {points(pair[0].value)} points)."


def percent(share: float) -> str:
    """A share as a percentage without decimals.

    >>> percent(0.345), percent(0.004)
    ('34 %', '0.4 %')
    """
    return f"{100 * share:.1f} %" if 0 < share < 0.01 or 0.99 < share < 1 else f"{100 * share:.0f} %"


def points(difference: float) -> str:
    """A difference of shares in percentage points.

    >>> points(0.345), points(-0.02)
    ('+34', '−2')
    """
    return f"{'−' if difference < 0 else '+'}{abs(100 * difference):.0f}"


def words(name: str) -> str:
    """A declared name as words."""
    return name.replace("_", " ")


def plain(names: Sequence[str]) -> list[str]:
    """Several declared names as words."""
    return [words(name) for name in names]


def capital(text: str) -> str:
    """Text with a capital first letter."""
    return text[:1].upper() + text[1:]
