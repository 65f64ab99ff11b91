"""Best replies: each actor in turn takes what is best for it, given what the others chose, until nobody moves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

import numpy as np

from ...experiment.errors import ResultsError
from ...results import Results
from ..doubt.choosers import Chooser, choosers
from ..groups import base_runs
from ..summary import CAVEAT

RESAMPLES = 400
Profile = tuple[int, ...]


@dataclass(frozen=True)
class Path:
    """Best replies from a profile on: the profiles that are met once, then those that are repeated (one if it settles)."""

    met: tuple[Profile, ...]
    cycle: tuple[Profile, ...]

    @property
    def settles(self) -> bool:
        """Whether nobody moves any more."""
        return len(self.cycle) == 1


@dataclass(frozen=True)
class Replies:
    """A game between the choosers of a study.

    ``payoffs`` has what each player gets in each profile and stream, shape ``(player, *options, stream)``; more is better.
    """

    question: str
    players: tuple[Chooser, ...]
    payoffs: np.ndarray

    @property
    def mean(self) -> np.ndarray:
        """What each player gets in each profile, shape ``(player, *options)``."""
        return self.payoffs.mean(axis=-1)

    @property
    def profiles(self) -> list[Profile]:
        """All profiles: the position of each player's choice among its options."""
        return list(product(*(range(len(player.options)) for player in self.players)))

    def reply(self, profile: Profile, player: int) -> Profile:
        """The profile in which a player has replied with what is best for it; it stays where it is if nothing is better."""
        return _reply(self.mean, profile, player)

    def path(self, start: Profile) -> Path:
        """Best replies in turn from a profile on, until a whole round repeats."""
        return _path(self.mean, start)

    @property
    def settled(self) -> tuple[Profile, ...]:
        """The profiles from which nobody wants to move: equilibria in pure strategies."""
        return _equilibria(self.mean)

    def sureness(self, profile: Profile, seed: int = 0) -> float:
        """The share of resamples of the streams in which nobody wants to move from a profile."""
        random, streams = np.random.default_rng(seed), self.payoffs.shape[-1]
        found = 0
        for _ in range(RESAMPLES):
            weights = random.multinomial(streams, np.full(streams, 1 / streams)) / streams
            found += _is_equilibrium(self.payoffs @ weights, profile)
        return found / RESAMPLES

    def name(self, profile: Profile) -> str:
        """A profile in words."""
        return ", ".join(f"{player.actor}: {player.options[at]}" for player, at in zip(self.players, profile))

    @property
    def sentences(self) -> list[str]:
        """What was found."""
        return list(_sentences(self))

    def to_dict(self) -> dict:
        """Plain data, for machines."""
        return {
            "caveat": CAVEAT,
            "question": self.question,
            "players": [{"actor": one.actor, "lever": one.lever, "aim": one.aim} for one in self.players],
            "sentences": self.sentences,
            "profiles": [
                {
                    "choices": [str(player.options[at]) for player, at in zip(self.players, profile)],
                    "payoffs": [one.sign * float(self.mean[(at, *profile)]) for at, one in enumerate(self.players)],
                    "settled": profile in self.settled,
                    "leads_to": [self.name(one) for one in self.path(profile).cycle],
                }
                for profile in self.profiles
            ],
        }


def replies(results: Results, outcome: str = "", better: str = "higher") -> Replies:
    """The game between the choosers of a study that crosses their levers; raises :class:`ResultsError` for fewer than two."""
    players = tuple(choosers(results, outcome, better))
    if len(players) < 2:
        raise ResultsError(
            f"only {players[0].actor} chooses in these results: replies need a lever each of two actors, crossed, such as "
            "levers: {patron.policy: [swallow, status_quo], parent.response_to_pushes: [even, saturating]}"
        )
    levers, columns = [player.lever for player in players], sorted({name for player in players for name in player.columns})
    runs = base_runs(results, *levers, *columns)
    table = runs.groupby(["cluster", *levers])[columns].mean()
    streams = table.index.unique("cluster")
    shape = tuple(len(player.options) for player in players)
    payoffs = np.full((len(players), *shape, len(streams)), np.nan)
    for profile in product(*map(range, shape)):
        chosen = tuple(player.options[at] for player, at in zip(players, profile))
        for at, player in enumerate(players):
            found = table.xs(chosen, level=levers)[list(player.columns)].mean(axis=1) if chosen in _pairs(table) else None
            if found is not None:
                payoffs[(at, *profile)] = player.sign * found.reindex(streams).to_numpy(float)
    whole = np.isfinite(payoffs).all(axis=tuple(range(payoffs.ndim - 1)))
    if not whole.any():
        raise ResultsError("no stream has finished runs of all combinations of the levers: replies need a full cross of them")
    return Replies(results.experiment.question, players, payoffs[..., whole])


def _pairs(table) -> set:
    return {tuple(index[1:]) for index in table.index}


def _reply(mean: np.ndarray, profile: Profile, player: int) -> Profile:
    options = mean[(player, *profile[:player], slice(None), *profile[player + 1 :])]
    best = int(options.argmax())
    if options[best] <= options[profile[player]]:
        return profile
    return (*profile[:player], best, *profile[player + 1 :])


def _path(mean: np.ndarray, start: Profile) -> Path:
    """Rounds of replies; a state is a profile at the start of a round, so a state that returns starts a cycle."""
    rounds: list[list[Profile]] = []
    states = [start]
    while True:
        moves, profile = [], states[-1]
        for player in range(len(mean)):
            after = _reply(mean, profile, player)
            if after != profile:
                moves.append(after)
            profile = after
        rounds.append(moves)
        if profile in states:
            first = states.index(profile)
            met = [states[0], *(move for moves in rounds[:first] for move in moves)]
            cycle = [move for moves in rounds[first:] for move in moves] or [profile]
            return Path(tuple(met if met[-1] != cycle[-1] or len(cycle) > 1 else met[:-1]), tuple(cycle))
        states.append(profile)


def _is_equilibrium(mean: np.ndarray, profile: Profile) -> bool:
    return all(_reply(mean, profile, player) == profile for player in range(len(mean)))


def _equilibria(mean: np.ndarray) -> tuple[Profile, ...]:
    return tuple(profile for profile in product(*map(range, mean.shape[1:])) if _is_equilibrium(mean, profile))


def _sentences(found: Replies) -> Iterator[str]:
    paths = {profile: found.path(profile) for profile in found.profiles}
    settling = [profile for profile, path in paths.items() if path.settles]
    everybody = " and ".join(player.actor for player in found.players)
    if not settling:
        yield f"The replies of {everybody} never settle, wherever they begin."
    elif len(settling) == len(paths):
        yield f"The replies of {everybody} settle from all {len(paths)} starts."
    else:
        yield f"The replies of {everybody} settle from {len(settling)} of {len(paths)} starts, and go round from the others."
    for profile in found.settled:
        reached = sum(path.cycle == (profile,) for path in paths.values())
        sure = found.sureness(profile)
        yield (
            f"They settle at {found.name(profile)} (from {reached} of {len(paths)} starts; "
            f"nobody wants to move in {100 * sure:.0f} % of resamples)."
        )
    cycles = {frozenset(path.cycle): path.cycle for path in paths.values() if not path.settles}
    for cycle in cycles.values():
        yield f"They go round: {' → '.join(found.name(one) for one in (*cycle, cycle[0]))}."
