"""Populations as arrays: residents of many runs are updated, averaged and let vote at once.

Runs that share a network form a block with arrays ``(resident, run)``, so that a sum over neighbours is a sum of a few
contiguous rows. The rules come from the declarations; nothing here knows what they mean.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..declare.population import NEIGHBOURS, ResidentDeclarations
from ..network import POOL
from ..numerics import ordered_sum
from ..random_streams import COUNT_BITS

BLOCK = 64


@dataclass
class Block:
    """Some runs of one territory on one network: their numbers ``columns``, and ``traits`` as arrays ``(resident, run)``."""

    columns: np.ndarray
    network: np.ndarray
    traits: dict[str, np.ndarray]

    @property
    def dtype(self):
        """The precision of the residents' traits."""
        return next(iter(self.traits.values())).dtype.type


def blocks_of(stream_numbers: np.ndarray, size: int = BLOCK) -> list[tuple[int, np.ndarray]]:
    """Divide runs into blocks: pairs of a network's number and the columns of at most ``size`` runs."""
    number = ((stream_numbers + (stream_numbers >> np.uint64(COUNT_BITS))) % np.uint64(POOL)).astype(int)
    return [
        (network, columns[start : start + size])
        for network in range(POOL)
        for columns in [np.flatnonzero(number == network)]
        for start in range(0, len(columns), size)
    ]


class ResidentsView:
    """What the rules of residents read in one block: ``view[name]`` has the shape ``(resident, run)`` or ``(run,)``."""

    def __init__(self, declared: ResidentDeclarations, block: Block, surroundings):
        self.declared, self.block, self.surroundings = declared, block, surroundings
        self.dtype = block.dtype
        self.seen: dict[str, np.ndarray] = {}

    def __getitem__(self, name: str):
        if name in self.block.traits:
            return self.block.traits[name]
        if name not in self.seen:
            self.seen[name] = self._look(name)
        return self.seen[name]

    def _look(self, name: str):
        if name in self.declared.derived:
            return np.asarray(self.declared.derived[name](self), self.dtype)
        if name.startswith(NEIGHBOURS):
            return neighbours_average(self[name.removeprefix(NEIGHBOURS)], self.block.network)
        return np.asarray(self.surroundings(name)[self.block.columns], self.dtype)


def neighbours_average(values: np.ndarray, network: np.ndarray) -> np.ndarray:
    """The average of values over those each resident listens to; shape ``(resident, run)``, or ``(run,)`` as given."""
    if values.ndim == 1:  # the same for all residents of a run
        return values
    amount = values[network[:, 0]]
    for tie in range(1, network.shape[1]):
        amount += values[network[:, tie]]
    return amount / amount.dtype.type(network.shape[1])


class PopulationState:
    """The residents of one territory in all runs; ``birth_plan`` knows to which part each belongs."""

    def __init__(self, declared: ResidentDeclarations, blocks: list[Block], runs: int, birth_plan=None):
        self.declared, self.blocks, self.runs, self.birth_plan = declared, blocks, runs, birth_plan

    def average(self, rule, surroundings, weight: str = "", part: int | None = None) -> np.ndarray:
        """The average over residents of a name or a rule, shape ``(run,)``; weighted by a trait, or over one part only."""
        averages = np.empty(self.runs)
        for block in self.blocks:
            view = ResidentsView(self.declared, block, surroundings)
            amounts = np.broadcast_to(
                view[rule] if isinstance(rule, str) else rule(view), (len(block.network), len(block.columns))
            )
            if weight or part is not None:
                weights = view[weight] if weight else (self.birth_plan.part_of(block.columns) == part).astype(block.dtype)
                weights = np.broadcast_to(weights, amounts.shape)
                averages[block.columns] = ordered_sum(amounts * weights) / np.maximum(ordered_sum(weights), block.dtype(1e-9))
            else:
                averages[block.columns] = ordered_sum(amounts) / block.dtype(len(amounts))
        return averages

    def averages(self, names: list[str], surroundings) -> dict[str, np.ndarray]:
        """The averages of several names over all residents, each of shape ``(run,)``."""
        return {name: self.average(name, surroundings) for name in names}

    def quantiles(self, trait: str, among: str, shares: np.ndarray) -> np.ndarray:
        """Quantiles of a trait among the residents who have another; shape ``(share, run)``.

        ``shares`` has the same shape, or one column for all runs. Where nobody has the trait ``among``, the quantile is the
        upper bound of the trait.
        """
        found, high = np.empty((len(shares), self.runs)), self.declared.traits[trait].high
        for block in self.blocks:
            has = block.traits[among] > 0.5
            values = block.traits[trait]
            scored = np.sort(np.where(has, values, values.dtype.type(high + 1.0)), axis=0)
            last = np.maximum(np.sum(has, axis=0) - 1, 0)
            at = np.round(np.broadcast_to(shares, found.shape)[:, block.columns] * last).astype(int)
            found[:, block.columns] = np.minimum(np.take_along_axis(scored, at, 0), high)
        return found

    def initialise(self, surroundings) -> None:
        """Set every trait with a declared start (``at_start``) to it, within the trait's bounds."""
        for block in self.blocks:
            view = ResidentsView(self.declared, block, surroundings)
            for trait, derived in self.declared.at_start.items():
                values = np.broadcast_to(view[derived], (len(block.network), len(block.columns)))
                declared = self.declared.traits[trait]
                block.traits[trait] = np.clip(values, block.dtype(declared.low), block.dtype(declared.high))

    def vote(self, candidates: list[dict], surroundings, holds: np.ndarray, weight: str) -> np.ndarray:
        """The winner of a vote by index, shape ``(run,)``; 0 in runs in which ``holds`` is false.

        Every resident votes for the candidate with the highest appeal; the first two meet in a runoff. ``candidates`` gives
        what residents know of each, by name, one number a run; ``weight`` is the trait of who may vote.
        """
        winners = np.zeros(self.runs)
        for block in self.blocks:
            at = np.flatnonzero(holds[block.columns])
            if not len(at):
                continue
            columns = block.columns[at]
            traits = {name: values[:, at] for name, values in block.traits.items()}
            few = Block(columns, block.network, traits)
            appeal = np.stack([self._appeal(few, candidate, surroundings) for candidate in candidates])
            voters = traits[weight]
            votes = np.stack([ordered_sum(voters * (np.argmax(appeal, axis=0) == index)) for index in range(len(candidates))])
            order = np.argsort(-votes, axis=0, kind="stable")
            first, second = order[0], order[min(1, len(order) - 1)]
            ahead = np.take_along_axis(appeal, first[None, None], 0) >= np.take_along_axis(appeal, second[None, None], 0)
            wins = ordered_sum(voters * ahead[0]) * 2.0 >= ordered_sum(voters)
            winners[columns] = np.where(wins, first, second)
        return winners

    def _appeal(self, block: Block, candidate: dict, surroundings) -> np.ndarray:
        view = ResidentsView(self.declared, block, lambda name: candidate[name] if name in candidate else surroundings(name))
        parts = [np.asarray(rule(view), block.dtype) for rule in self.declared.appeals]
        return np.broadcast_to(sum(parts[1:], parts[0]), (len(block.network), len(block.columns)))

    def update(self, phase: str, surroundings, active: np.ndarray, notes: list | None = None) -> None:
        """Add to every trait what the rules of a phase contribute, all computed from the same state, and hold the bounds.

        ``notes``, if given, receives ``(trait, cause, average amount by run)`` for every contribution.
        """
        changes = [(to, rule) for to, when, rule in self.declared.changes if when == phase]
        amounts_of = {(to, rule.name): np.zeros(self.runs) for to, rule in changes}
        for block in self.blocks:
            view = ResidentsView(self.declared, block, surroundings)
            playing = active[block.columns].astype(block.dtype)
            new: dict[str, np.ndarray] = {}
            for to, rule in changes:
                amount = np.broadcast_to(np.asarray(rule(view), block.dtype) * playing, block.traits[to].shape)
                new[to] = new.get(to, block.traits[to]) + amount
                if notes is not None:
                    amounts_of[to, rule.name][block.columns] = ordered_sum(amount) / block.dtype(len(amount))
            for to, values in new.items():
                trait = self.declared.traits[to]
                block.traits[to] = np.clip(values, block.dtype(trait.low), block.dtype(trait.high))
                if notes is not None:
                    taken = block.traits[to] - values
                    amounts_of.setdefault((to, "bounds"), np.zeros(self.runs))[block.columns] = ordered_sum(taken) / len(taken)
        if notes is not None:
            notes += [(to, cause, amounts) for (to, cause), amounts in amounts_of.items()]
