"""The residents of one territory at the start of one run, and whom they listen to: drawn as the engine draws them."""

from functools import lru_cache

import numpy as np

from frozen_conflict_sim.engine.network import small_world
from frozen_conflict_sim.politics.population import LEVELS, SHARES, quantiles, shifted

small_world = lru_cache(small_world)


@lru_cache
def tables(shares: tuple, accession: tuple, minded: float, stubbornness: float, likeness: float):
    """By stratum the quantiles of autonomy-mindedness, which follow from what surveys found; shape ``(stratum, level)``."""
    moved = shifted(np.array(shares)[:, None], np.array(accession)[:, None], np.array([minded]))[:, 0]
    rows = np.clip(np.round(moved * 100).astype(int) - 1, 0, len(SHARES) - 1)
    return quantiles(round(stubbornness, 3), round(likeness, 3))[rows]


def people(territory: str, seen: dict, strata: list[dict], chance) -> dict[str, np.ndarray]:
    """The traits of the residents; residents of a stratum stand side by side, as many as its share says."""
    count = int(seen["residents"])
    whole = sum(stratum["share"] for stratum in strata)
    shares = tuple(stratum["share"] / whole for stratum in strata)
    accession = tuple(stratum["prefers_accession"] for stratum in strata)
    table = tables(shares, accession, seen["autonomy_minded"], seen["stubbornness"], seen["likeness_within"])
    stratum = np.searchsorted(np.cumsum(shares)[:-1], (np.arange(count) + 0.5) / count, side="left")
    level = chance.many(f"residents/autonomy/{territory}", count) * (len(LEVELS) - 1)
    below = level.astype(int)
    low, high = table[stratum, below], table[stratum, below + 1]
    autonomy = low + (level - below) * (high - low)
    dependence = seen["dependence"] * (0.6 + 0.8 * chance.many(f"residents/dependence/{territory}", count))
    votes = np.array([stratum["votes"] for stratum in strata])
    traits = {
        "autonomy_mindedness": autonomy,
        "own_dependence": np.clip(dependence, 0.0, 1.0),
        "threshold": 0.1 + 0.6 * chance.many(f"residents/threshold/{territory}", count),
        "voter": chance.many(f"residents/voter/{territory}", count) < votes[stratum],
        "support": 1.0 - autonomy,
        "taking_part": np.zeros(count),
        "fatigue": np.zeros(count),
    }
    return {name: values.astype(np.float32) for name, values in traits.items()}


def network(seen: dict, number: int, seed: int = 0) -> np.ndarray:
    """Whom each resident listens to; a few networks serve all runs."""
    return small_world(seed, number, int(seen["residents"]), int(seen["degree"]), float(seen["rewiring"]))
