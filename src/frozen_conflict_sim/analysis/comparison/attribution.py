"""Share the difference between two results among the inputs that differ: which of their disagreements matters."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import combinations
from os import PathLike

import numpy as np

from ...experiment.errors import NotComparable
from ...model.columns import Column
from ...results import Results, open_results
from ..intervals import LEVEL, critical_value, means, point_weights
from ..summary import CAVEAT
from .hybrids import Group, Side
from .pairing import Pairs, notes_about_arms, of_base, pair, shared_by_partners, where
from .shapley import Orders, coalitions, exact_interactions, exact_shares

FEW = 6  # with so few changes, all sets of them are played; with more, some orders are drawn
FEW_MODELS = 4  # with so few changes that need a model of their own, each pair has its own order of them too
PAIRS, ROUNDS, LARGEST = 200, 8, 4
Estimate = tuple[float, tuple[float, float] | None]


@dataclass(frozen=True)
class Share:
    """What one change adds to an outcome, on average over all orders in which the changes can be made.

    ``alone`` is what it adds when nothing else is changed, ``last`` what it adds when all else is.
    """

    key: str
    left: str
    right: str
    share: float
    interval: tuple[float, float] | None
    alone: float
    last: float


@dataclass(frozen=True)
class Interaction:
    """What two changes add together beyond what each adds without the other."""

    keys: tuple[str, str]
    amount: float
    interval: tuple[float, float] | None


@dataclass(frozen=True)
class SharedDifference:
    """The difference of one outcome, right minus left, and the shares that sum to it; over ``pairs`` pairs that define it."""

    outcome: str
    label: str
    unit: str
    pairs: int
    left: float
    right: float
    difference: float
    interval: tuple[float, float] | None
    shares: tuple[Share, ...]
    interactions: tuple[Interaction, ...]


@dataclass(frozen=True)
class Attribution:
    """The differences of some outcomes between two results, each shared among the inputs that differ.

    ``exact`` says whether all sets of changes were played, on ``runs`` runs; else the shares are estimates over random orders.
    """

    left: str
    right: str
    pairs: int
    of_pairs: int
    exact: bool
    runs: int
    outcomes: tuple[SharedDifference, ...]
    notes: tuple[str, ...] = ()

    def to_dict(self) -> dict:
        """Plain data for JSON."""
        return {**asdict(self), "level": LEVEL, "caveat": CAVEAT}


def attribute(
    left: Results | str | PathLike,
    right: Results | str | PathLike,
    outcomes: Sequence[str] | None = None,
    *,
    filters: tuple[Mapping[str, object], Mapping[str, object]] = ({}, {}),
    most_pairs: int = PAIRS,
    rounds: int = ROUNDS,
    progress: Callable[[int], object] = lambda runs: None,
) -> Attribution:
    """Share differences of outcomes between two results among the keys, events and policies that differ.

    Runs between the two sides are played with the same random numbers and some of the changes, for at most ``most_pairs``
    pairs. With more than six changes, ``rounds`` random orders are drawn for each pair. ``outcomes`` are names as in
    experiments; by default the key outcomes. ``filters`` restrict each side to the runs with these values of columns, by
    default those of the base.
    ``progress`` is called with the number of runs just played. Raises ``NotComparable`` if the sides have other members or
    dates, or nothing differs.
    """
    sides = [side if isinstance(side, Results) else open_results(side) for side in (left, right)]
    seeds = [side.manifest["seed"] for side in sides]
    if seeds[0] != seeds[1]:
        raise NotComparable(
            f"the sides were run with the seeds {seeds[0]} and {seeds[1]}, so their runs share no random numbers"
        )
    names = sides[0].outcomes_called(outcomes) if outcomes else sides[0].names("outcome", key_outcomes=True)
    of_sides = [of_base(side, own) for side, own in zip(sides, filters)]
    runs = [side.runs[where(side, values)] for side, values in zip(sides, of_sides)]
    whole = pair(*runs, shared_by_partners(*sides, *runs))
    if not len(whole):
        raise NotComparable("no finished runs of the two sides use the same random numbers")
    chosen = np.unique(np.linspace(0, len(whole) - 1, min(most_pairs, len(whole))).astype(int))
    pairs = Pairs(*(table.iloc[chosen].reset_index(drop=True) for table in (whole.left, whole.right)), whole.unpaired)
    game = Game(groups_of(pairs, *sides), pairs, names, progress)
    game.check()
    exact = len(game.keys) <= FEW
    columns = [sides[0].columns[name] for name in names]
    shared = _exactly(game, columns) if exact else _by_orders(game, columns, rounds, seeds[0])
    titles = (str(side.path or side.title) for side in sides)
    return Attribution(*titles, len(pairs), len(whole), exact, game.played, shared, notes_about_arms(sides, filters, of_sides))


def groups_of(pairs: Pairs, left: Results, right: Results) -> list[Group]:
    """The pairs grouped by the scenarios that they play."""
    sides = [(side, table["run"].to_numpy()) for side, table in ((left, pairs.left), (right, pairs.right))]
    tasks = [side.tasks(numbers.tolist()) for side, numbers in sides]
    places = []
    for found, (_, numbers) in zip(tasks, sides):
        place = {int(run): (at, row) for at, task in enumerate(found) for row, run in enumerate(task.rows.run)}
        places.append(np.array([place[int(run)] for run in numbers]))
    kinds, kind = np.unique(np.column_stack([places[0][:, 0], places[1][:, 0]]), axis=0, return_inverse=True)
    groups = []
    for number, chosen in enumerate(kinds):
        at = np.flatnonzero(kind.ravel() == number)
        of = (Side.of(found[which], place[at, 1]) for found, which, place in zip(tasks, chosen, places))
        groups.append(Group(at, *of, left.manifest["seed"]))
    return groups


class Game:
    """The outcomes of runs with any set of the changes; ``keys`` are the changes."""

    def __init__(self, groups: list[Group], pairs: Pairs, names: Sequence[str], progress: Callable[[int], object]):
        self.groups, self.pairs, self.names, self.progress, self.played = groups, pairs, names, progress, 0
        self.changes = {key: change for group in reversed(groups) for key, change in group.changes.items()}
        self.keys = list(self.changes)
        if not self.keys:
            raise NotComparable("nothing differs between what the two sides play, so there is nothing to share")
        tables = (pairs.left, pairs.right)
        self.ends = [table[[*names]].to_numpy(float, na_value=np.nan) for table in tables]
        structural = {key for group in groups for key in group.changes if key not in group.numbers}
        self.structural = np.array([at for at, key in enumerate(self.keys) if key in structural], int)

    def check(self) -> None:
        """Raise unless no change gives the stored outcomes of the left side, and all changes give those of the right side."""
        for taken, end in zip((False, True), self.ends):
            group, key = self.groups[0], np.full((1, len(self.keys)), taken)
            played = group.outcomes(key, np.zeros(1, int), self.keys, self.names)[0]
            if not np.array_equal(played, end[group.places[0]], equal_nan=True):
                raise NotComparable(
                    "the stored runs cannot be played again, so nothing can be played between them; frozen-conflict-sim "
                    "replay says where one differs"
                )

    def values(self, sets: np.ndarray, cases: np.ndarray) -> np.ndarray:
        """The outcomes of cases (positions of pairs) with sets of changes, shape (request, outcome); no run is played twice."""
        asked, back = np.unique(np.column_stack([sets, cases]), axis=0, return_inverse=True)
        sets, cases = asked[:, :-1].astype(bool), asked[:, -1]
        found = np.empty((len(asked), len(self.names)))
        ends = (~sets.any(axis=1), sets.all(axis=1))
        for end, known in zip(ends, self.ends):
            found[end] = known[cases[end]]
        between = ~(ends[0] | ends[1])
        for group in self.groups:
            place = np.full(len(self.pairs), -1)
            place[group.places] = np.arange(len(group.places))
            wanted = np.flatnonzero(between & (place[cases] >= 0))
            found[wanted] = group.outcomes(sets[wanted], place[cases[wanted]], self.keys, self.names)
            self.played += len(wanted)
            self.progress(len(wanted))
        return found[back.ravel()]

    def of_all(self, sets: np.ndarray) -> np.ndarray:
        """The outcomes of every case with every one of some sets, shape (set, case, outcome)."""
        cases = np.arange(len(self.pairs))
        asked = np.repeat(sets, len(cases), axis=0)
        return self.values(asked, np.tile(cases, len(sets))).reshape(len(sets), len(cases), -1)


def _exactly(game: Game, columns: Sequence[Column]) -> tuple[SharedDifference, ...]:
    values = game.of_all(coalitions(len(game.keys)))
    shares = exact_shares(values)
    whole = len(values) - 1
    alone = np.stack([values[1 << at] - values[0] for at in range(len(game.keys))])
    last = np.stack([values[whole] - values[whole ^ 1 << at] for at in range(len(game.keys))])
    both = [(one, other, amount) for one, other, amount in exact_interactions(values)] if whole > 1 else []
    return tuple(_shared(game, at, column, shares[None], alone, last, both) for at, column in enumerate(columns))


def _by_orders(game: Game, columns: Sequence[Column], rounds: int, seed: int) -> tuple[SharedDifference, ...]:
    cases, changes = len(game.pairs), len(game.keys)
    together = game.structural if len(game.structural) > FEW_MODELS else game.structural[:0]
    orders = Orders.drawn(rounds, cases, changes, together, seed)
    sets = orders.sets()
    asked = np.broadcast_to(np.arange(cases)[None, :, None], sets.shape[:3])
    values = game.values(sets.reshape(-1, changes), asked.ravel()).reshape(*sets.shape[:3], -1)
    shares = np.stack([orders.shares(values[..., at]) for at in range(len(columns))], axis=-1).transpose(0, 2, 1, 3)
    one = np.eye(changes, dtype=bool)
    ends = game.of_all(np.concatenate([one, ~one]))
    alone, last = ends[:changes] - game.ends[0], game.ends[1] - ends[changes:]
    bare = [_shared(game, at, column, shares, alone, last, []) for at, column in enumerate(columns)]
    largest = [sorted(found.shares, key=lambda share: -abs(share.share))[:LARGEST] for found in bare]
    pairs = [list(combinations([game.keys.index(share.key) for share in found], 2)) for found in largest]
    both = _at_both_ends(game, sorted({two for some in pairs for two in some}))
    return tuple(
        replace(found, interactions=_shared(game, at, column, shares, alone, last, [both[two] for two in some]).interactions)
        for at, (found, column, some) in enumerate(zip(bare, columns, pairs))
    )


def _at_both_ends(game: Game, pairs: list[tuple[int, int]]) -> dict[tuple[int, int], tuple[int, int, np.ndarray]]:
    """What two changes add together beyond each by itself: when nothing else is changed and when all else is, on average."""
    sets = []
    for two in pairs:
        for rest in (False, True):
            some = np.full((4, len(game.keys)), rest)
            some[:, two] = [(False, False), (True, False), (False, True), (True, True)]
            sets.append(some)
    unique, back = np.unique(np.concatenate(sets or [np.zeros((0, len(game.keys)), bool)]), axis=0, return_inverse=True)
    values = game.of_all(unique)[back.ravel()].reshape(-1, 2, 4, len(game.pairs), len(game.names))
    amounts = (values[:, :, 3] - values[:, :, 1] - values[:, :, 2] + values[:, :, 0]).mean(axis=1)
    return {two: (*two, amount) for two, amount in zip(pairs, amounts)}


def _shared(game: Game, at: int, column: Column, shares, alone, last, both) -> SharedDifference:
    """One outcome; ``shares`` have the shape (round, change, case, outcome), the others (change, case, outcome)."""
    ends = [end[:, at] for end in game.ends]
    defined = ~np.isnan(np.stack([*ends, *shares[..., at].sum(axis=(0, 1))[None]])).any(axis=0)
    clusters = game.pairs.clusters[defined]
    points = game.pairs.left["point"].to_numpy()[defined] if "point" in game.pairs.left else None

    def estimated(table: np.ndarray) -> list[Estimate]:
        """Means and intervals of some rows of cases, with the spread between rounds if there are several."""
        rounds = table[:, :, defined]
        weights = None if points is None else point_weights(points)
        found = means(rounds.mean(axis=0).T, clusters, weights)
        by_round = np.stack([means(one.T, clusters, weights).values for one in rounds])
        drawn = by_round.var(axis=0, ddof=1) / len(rounds) if len(rounds) > 1 else np.zeros(rounds.shape[1])
        reach = critical_value(found.clusters - 1) * np.sqrt(np.diag(found.covariance) + drawn) if found.clusters > 1 else None
        return [
            (float(value), None if reach is None else (float(value - reach[row]), float(value + reach[row])))
            for row, value in enumerate(found.values)
        ]

    about = (column.name, column.label, column.unit, int(defined.sum()))
    if not defined.any():
        return SharedDifference(*about, np.nan, np.nan, np.nan, None, (), ())
    (left, _), (right, _), (difference, interval) = estimated(np.stack([*ends, ends[1] - ends[0]])[None])
    rows = zip(game.keys, estimated(shares[..., at]), estimated(alone[None, ..., at]), estimated(last[None, ..., at]))
    found = [
        Share(key, game.changes[key].left, game.changes[key].right, *share, first[0], final[0])
        for key, share, first, final in rows
    ]
    amounts = estimated(np.stack([amount[:, at] for _, _, amount in both])[None]) if both else []
    together = [Interaction((game.keys[one], game.keys[other]), *amount) for (one, other, _), amount in zip(both, amounts)]
    return SharedDifference(
        *about, left, right, difference, interval,
        tuple(sorted(found, key=lambda share: -abs(share.share))),
        tuple(sorted(together, key=lambda interaction: -abs(interaction.amount))),
    )  # fmt: skip
