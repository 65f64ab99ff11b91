"""Where residents and factions come from: strata fitted to surveys, and one mapping from the public to its factions.

Autonomy-mindedness in a stratum is Beta-distributed; its mean is solved so that, once residents have
listened to their likes, the share that prefers accession is the one that surveys found. A faction stands at a quantile of the voters, and its ideal depth in a clause falls
with that quantile, the more so the more the clause touches sovereignty. The same mapping holds everywhere.

Reference: O'Loughlin, Kolossov and Toal (2014), Eurasian Geography and Economics 55, for the strata.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from ..engine.kernels import Block, Public, blocks_of
from ..engine.network import small_world
from ..engine.quantity import quantity
from ..engine.words import between, either, exp, log, total
from .roles import elite, public

SHARES = np.linspace(0.01, 0.99, 99)
LEVELS = np.linspace(0.0, 1.0, 1025)

public.declares(
    likeness_within=quantity(3.5, 1, 40, "concentration", "How much alike the residents of a stratum are: the concentration of the Beta distribution.", common=True),
    residents=quantity(1000, 50, 100000, "residents", "How many residents are simulated.", common=True),
    degree=quantity(8, 2, 40, "residents", "How many others a resident listens to.", common=True),
    rewiring=quantity(0.1, 0, 1, "share", "Share of ties that lead anywhere instead of next door.", common=True),
    autonomy_minded=quantity(None, 0.01, 0.99, "share", "Share of residents who want autonomy rather than accession; unless set, what the strata add up to."),
)  # fmt: skip

elite.declares(
    leaders_offset=quantity(0.05, 0, 0.5, "depth", "How far single leaders stand from what their faction's voters want (standard deviation)."),
)  # fmt: skip


@lru_cache
def quantiles(stubbornness: float, likeness: float) -> np.ndarray:
    """Quantiles of autonomy-mindedness by the share that prefers accession: shape ``(share, level)``.

    A resident's settled support is ``stubbornness`` parts its own judgement and the rest that of its likes, and it prefers
    accession where that passes one half.
    """
    x = (np.arange(2000) + 0.5) / 2000
    means = np.linspace(0.004, 0.996, 497)[:, None]
    density = exp((likeness * means - 1.0) * log(x) + (likeness * (1.0 - means) - 1.0) * log(1.0 - x))
    cumulated = np.cumsum(density, axis=1)
    cumulated /= cumulated[:, -1:]
    undecided = 1.0 - (0.5 - (1.0 - stubbornness) * (1.0 - means[:, 0])) / stubbornness
    accession = np.array([np.interp(at, x, shares) for at, shares in zip(undecided, cumulated)])
    rows = [int(np.argmin(np.abs(accession - share))) for share in SHARES]
    return np.stack([np.interp(LEVELS, np.concatenate([[0.0], cumulated[row]]), np.concatenate([[0.0], x])) for row in rows])


def shifted(shares: np.ndarray, accession: np.ndarray, autonomy_minded: np.ndarray) -> np.ndarray:
    """Accession shares of strata, moved alike in log odds so that the autonomy-minded add up to what is asked.

    ``shares`` and ``accession`` have the shape ``(stratum, run)``; where ``autonomy_minded`` is NaN nothing moves.
    """
    odds = log(accession / (1.0 - accession))
    low, high = np.full(autonomy_minded.shape, -12.0), np.full(autonomy_minded.shape, 12.0)
    wanted = np.nan_to_num(autonomy_minded, nan=0.5)
    for _ in range(40):
        middle = (low + high) / 2.0
        minded = total(list(shares * (1.0 - 1.0 / (1.0 + exp(-(odds - middle)))))) / total(list(shares))
        low, high = np.where(minded < wanted, middle, low), np.where(minded < wanted, high, middle)
    moved = 1.0 / (1.0 + exp(-(odds - (low + high) / 2.0)))
    return np.where(np.isnan(autonomy_minded), accession, moved)


def populate(world, territory: str, at: int) -> Public:
    """Draw the residents of a territory, run by run."""
    luck, runs = world.luck, world.runs
    count, degree = (int(world.values[name][at, 0]) for name in ("residents", "degree"))
    rewiring = float(world.values["rewiring"][at, 0])
    strata = [index for index, above in enumerate(world.setting.belongs["stratum", "territory"]) if above == at]

    def of_strata(name):
        return np.stack([np.broadcast_to(world.values[name][index], (runs,)) for index in strata])

    shares = of_strata("share")
    shares = shares / total(list(shares))
    minded = np.broadcast_to(world.values["autonomy_minded"][at], (runs,))
    accession = shifted(shares, of_strata("prefers_accession"), minded)

    row = np.clip(np.round(accession * 100).astype(int) - 1, 0, len(SHARES) - 1)
    table = quantiles(*(round(float(world.values[name][at, 0]), 3) for name in ("stubbornness", "likeness_within")))
    chance = {
        name: luck.uniform(f"residents/{name}/{territory}", 0, count)
        for name in ("autonomy", "dependence", "threshold", "voter")
    }
    edges, votes = np.cumsum(shares, axis=0)[:-1], of_strata("votes")
    dependence = np.broadcast_to(world.values["dependence"][at], (runs,))
    # Residents of a stratum stand side by side, as many as its share says.
    place = (np.arange(count)[:, None] + 0.5) / count

    def traits(columns: np.ndarray) -> dict[str, np.ndarray]:
        luck_of = {name: np.take(drawn, columns, axis=1) for name, drawn in chance.items()}
        stratum = np.zeros((count, len(columns)), int)
        for edge in edges[:, columns]:
            stratum += place > edge
        level = luck_of["autonomy"] * (len(LEVELS) - 1)
        below = level.astype(int)
        # The table is read as one long row.
        cell = np.take_along_axis(row[:, columns], stratum, 0) * len(LEVELS) + below
        low, high = table.take(cell), table.take(cell + 1)
        autonomy = low + (level - below) * (high - low)
        return {
            "autonomy_mindedness": autonomy,
            "own_dependence": np.clip(dependence[columns] * (0.6 + 0.8 * luck_of["dependence"]), 0.0, 1.0),
            "threshold": 0.1 + 0.6 * luck_of["threshold"],
            "voter": luck_of["voter"] < np.take_along_axis(votes[:, columns], stratum, 0),
            "support": 1.0 - autonomy,
            "taking_part": np.zeros(stratum.shape),
            "fatigue": np.zeros(stratum.shape),
        } | {f"of_stratum_{index}": stratum == number for number, index in enumerate(strata)}

    blocks = []
    networks: dict[int, np.ndarray] = {}
    for number, columns in blocks_of(luck.indices):
        if number not in networks:
            networks[number] = small_world(luck.seed, number, count, degree, rewiring)
        drawn = {name: np.ascontiguousarray(values, np.float32) for name, values in traits(columns).items()}
        blocks.append(Block(columns, networks[number], drawn))
    return Public(public.residents, blocks, runs)


def voters_quantile(residents: Public, share: np.ndarray) -> np.ndarray:
    """The quantile of autonomy-mindedness among those who vote, by run."""
    result = np.empty(residents.runs)
    for block in residents.blocks:
        minded, votes = block.traits["autonomy_mindedness"], block.traits["voter"]
        ranked = np.sort(np.where(votes > 0.5, minded, np.float32(2.0)), axis=0)
        last = np.maximum(np.sum(votes > 0.5, axis=0) - 1, 0)
        at = np.round(np.broadcast_to(share, (residents.runs,))[block.columns] * last).astype(int)
        result[block.columns] = np.minimum(np.take_along_axis(ranked, at[None], 0)[0], 1.0)
    return result


@elite.procedure(
    phase="setup",
    gives={
        "faction_positions": "Where each faction stands on integration: one less the quantile it speaks for.",
        "faction_ideals": "The ideal depth of each faction in each clause.",
        "agreed_at_start": "How deep the treaties went at the start.",
    },
)
def found_factions(model):
    """Derive the factions' positions and ideals from the public, and fill in what follows from other values at the start."""
    world = model.world
    quantile = np.stack(
        [[voters_quantile(residents.population, share) for residents in model.publics] for share in world.values["speaks_for"]]
    )
    offset = (
        np.stack([world.luck.normal(f"leader/{member}", 0, len(quantile)) for member in world.members("territory")], axis=1)
        * world.values["leaders_offset"]
    )
    ideals = np.stack([ideal_depth(touches, quantile, offset) for touches in world.values["sovereignty"]], axis=1)
    values, factions = world.values, world.members("faction")
    in_office = np.array([factions.index(world.words["ruling", member]) for member in world.members("territory")], float)[
        :, None
    ]
    for name, follows in {
        "ruling_faction": in_office,
        "implemented": values["agreed"],
        "standing_subsidy": values["base_subsidy"],
        "paid": values["base_subsidy"],
    }.items():
        values[name] = np.where(np.isnan(values[name]), follows, values[name])
    values["expected"] = np.where(np.isnan(values["expected"]), values["paid"], values["expected"])
    return {"faction_positions": 1.0 - quantile, "faction_ideals": ideals, "agreed_at_start": values["agreed"].copy()}


def ideal_depth(sovereignty, quantile, offset):
    """A faction's ideal depth in a clause; where no sovereignty is touched nobody objects.

    >>> ideal_depth(0.5, 0.6, 0.0), ideal_depth(0.0, 0.6, 0.1)
    (0.7, 1.0)
    """
    return between(1.0 - sovereignty * quantile + either(sovereignty > 0.0, offset, 0.0), 0.0, 1.1)


@elite.measure("depth", by="clause")
def ideal(faction_ideals, ruling_faction):
    """How deep the faction in office wants each clause to go.

    >>> ideal([0.3, 0.6, 0.9], 1.0)
    0.6
    """
    return total([either(ruling_faction == index, depth, 0.0) for index, depth in enumerate(faction_ideals)])
