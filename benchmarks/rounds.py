"""Rounds: every participant plays once per round, in rotating order, so that disturbances of the machine affect all equally."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path
from statistics import median

from .participants import Participant, Running
from .work import Size

FIRST_TRY, LEAST_RUNS = 2, 2
FIXED_RUNS = {"engine": 8192, "residents": 1024, "c": 1024}  # whole tasks, as in large ensembles


def play_rounds(
    participants: Sequence[Participant],
    size: Size,
    rounds: int,
    seconds: float,
    *,
    seed: int = 1,
    folder: Path | None = None,
    log: Callable[[str], None] = lambda text: None,
) -> dict[str, list[dict]]:
    """Play all rounds; return the measurements of each round, by participant.

    A peer plays about as many runs as it manages in ``seconds``; the engine and the residents alone play large ensembles. The
    recorded trajectories are written to ``folder``; ``log`` receives progress messages.
    """
    found: dict[str, list[dict]] = {participant.name: [] for participant in participants}
    with ExitStack() as stack:
        running, runs = {}, {}
        for participant in participants:
            log(f"{participant.label} warms up")
            running[participant.name] = stack.enter_context(Running(participant))
            runs[participant.name] = _runs_that_fit(running[participant.name], size, seconds)
        for number in range(rounds):
            rotated = [*participants[number % len(participants) :], *participants[: number % len(participants)]]
            for participant in rotated:
                name = participant.name
                log(f"round {number + 1} of {rounds}: {participant.label}, {runs[name]} runs")
                keep = str(folder / f"{name}-{number}.npy") if folder else None
                first = seed + 1_000_003 * number
                found[name].append(running[name].play(size=asdict(size), runs=runs[name], seed=first, keep=keep))
    return found


def _runs_that_fit(running: Running, size: Size, seconds: float) -> int:
    """The number of runs that fills the time, or the fixed number of a large ensemble."""
    if running.participant.name in FIXED_RUNS:
        return FIXED_RUNS[running.participant.name]
    tried = running.play(size=asdict(size), runs=FIRST_TRY, seed=1)
    return max(LEAST_RUNS, round(tried["runs"] * seconds / max(tried["processor"], 1e-6)))


def speeds(played: Sequence[dict], clock: str = "processor") -> list[float]:
    """Runs per second in each round, by ``processor`` time or by the ``wall`` clock."""
    return [one["runs"] / max(one[clock], 1e-9) for one in played]


def ratios(these: Sequence[dict], those: Sequence[dict], clock: str = "processor") -> dict[str, float]:
    """The ratio of the speeds of two participants in each round: median, lowest and highest."""
    each = [one / other for one, other in zip(speeds(these, clock), speeds(those, clock))]
    return {"median": median(each), "lowest": min(each), "highest": max(each)}
