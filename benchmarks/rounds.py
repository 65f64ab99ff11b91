"""Rounds: everybody plays once a round, in an order that moves on, so that what a machine does meanwhile meets all alike."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from statistics import median

from .contenders import Contender, Running
from .work import Size

FIRST_TRY, LEAST_RUNS = 2, 2
LARGE = {"engine": 8192, "residents": 1024, "c": 1024}  # in whole pieces, as in large ensembles


def hold(
    contenders: Sequence[Contender],
    size: Size,
    rounds: int,
    seconds: float,
    *,
    seed: int = 1,
    folder: Path | None = None,
    tell: Callable = lambda text: None,
) -> dict[str, list[dict]]:
    """By contender what each round gave.

    Peers play about as many runs as they manage in some ``seconds``, this engine and what is measured alone large ensembles.
    ``folder`` takes what was recorded of the runs; ``tell`` is told what is going on.
    """
    found: dict[str, list[dict]] = {contender.name: [] for contender in contenders}
    with ExitStack() as stack:
        running, runs = {}, {}
        for contender in contenders:
            tell(f"{contender.label} warms up")
            running[contender.name] = stack.enter_context(Running(contender))
            runs[contender.name] = _how_many(running[contender.name], size, seconds)
        for number in range(rounds):
            moved = [*contenders[number % len(contenders) :], *contenders[: number % len(contenders)]]
            for contender in moved:
                name = contender.name
                tell(f"round {number + 1} of {rounds}: {contender.label}, {runs[name]} runs")
                keep = str(folder / f"{name}-{number}.npy") if folder else None
                first = seed + 1_000_003 * number
                found[name].append(running[name].play(size=asdict(size), runs=runs[name], seed=first, keep=keep))
    return found


def _how_many(running: Running, size: Size, seconds: float) -> int:
    """How many runs fill the time; large ensembles are played in whole chunks."""
    if running.contender.name in LARGE:
        return LARGE[running.contender.name]
    tried = running.play(size=asdict(size), runs=FIRST_TRY, seed=1)
    return max(LEAST_RUNS, round(tried["runs"] * seconds / max(tried["processor"], 1e-6)))


def speeds(played: Sequence[dict], clock: str = "processor") -> list[float]:
    """Runs per second in each round, by ``processor`` time or by the ``wall`` clock."""
    return [one["runs"] / max(one[clock], 1e-9) for one in played]


def ratios(these: Sequence[dict], those: Sequence[dict], clock: str = "processor") -> dict[str, float]:
    """How many times faster these were than those, round by round: the median, the lowest and the highest."""
    each = [one / other for one, other in zip(speeds(these, clock), speeds(those, clock))]
    return {"median": median(each), "lowest": min(each), "highest": max(each)}
