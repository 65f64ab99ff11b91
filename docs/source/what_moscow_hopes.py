"""``docs/what_moscow_hopes.md``: all coalitions of Moscow's motives, and what each contributes. It takes a minute."""

from __future__ import annotations

from functools import cache
from hashlib import blake2b

import numpy as np
from pages import code, filled, table

from frozen_conflict_sim.analysis.lattice.game import Game
from frozen_conflict_sim.analysis.lattice.motives import Lattice, lattice
from frozen_conflict_sim.analysis.lattice.words import plain, words
from frozen_conflict_sim.cli.screen.tables import interval, percent
from frozen_conflict_sim.scenario import load_scenario

COSTLY = True
SCENARIO, RUNS, SEED = "georgia_2014", 512, 2015
FEW, SHORT = 8, {"quarters": 6, "public.residents": 50}


@cache
def found() -> Lattice:
    """The lattice of the shipped scenario."""
    return lattice(load_scenario(SCENARIO), runs=RUNS, seed=SEED)


def how() -> str:
    """How many coalitions and runs."""
    sets = 2 ** len(next(iter(found().games.values())).players)
    return f"{sets} coalitions of motives, {RUNS:,} runs of each with the same random numbers, seed {SEED}."


def answers() -> str:
    """For each territory the sentence, the shares and the smallest sets."""
    parts = []
    for outcome, game in found().games.items():
        rows = [
            [words(name), percent(share.value), interval(share.interval, percent), happens(game, 1 << at)]
            for at, (name, share) in enumerate(zip(game.players, game.shares))
        ]
        shares = table(["motive", "Shapley share, points", "90 % interval", "runs with a treaty, if alone"], rows)
        minimal = game.sufficient(found().enough)
        sets = table(
            ["smallest sets that suffice", "runs with a treaty"],
            [[" + ".join(plain(game.members(one))) or "none of them", happens(game, one)] for one in minimal],
        )
        parts.append(
            f"## {found().labels[outcome]}\n\n{found().sentences[outcome]}\n\n{shares}\n\n{sets if minimal else ''}".rstrip()
        )
    return "\n\n".join(parts)


def happens(game: Game, coalition: int) -> str:
    """In how many runs it happens with some motives, with its interval."""
    found = game.share_of(coalition)
    return f"{percent(found.value)} ({interval(found.interval, percent)})"


def meanings() -> str:
    """What each motive means."""
    return table(["motive", "meaning"], [[code(name), meaning] for name, meaning in found().meanings.items()])


def probe() -> str:
    """A fingerprint of the scenario and of a few runs of two coalitions."""
    few = lattice(load_scenario(SCENARIO).with_values(SHORT), ["prestige"], runs=FEW, seed=SEED)
    said = np.array_str(np.concatenate([game.worth for game in few.games.values()]))
    return blake2b(f"{load_scenario(SCENARIO).to_yaml()}{said}".encode(), digest_size=6).hexdigest()


PARTS = {"how": how, "answers": answers, "meanings": meanings, "probe": probe}


def pages() -> dict[str, str]:
    """The page, by its path under ``docs``."""
    return {"what_moscow_hopes.md": filled("what_moscow_hopes.md", PARTS)}
