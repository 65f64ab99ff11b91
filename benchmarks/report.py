"""The results as Markdown."""

from __future__ import annotations

from statistics import median

from .machine import busy
from .participants import PARTICIPANTS
from .rounds import ratios, speeds
from .targets import spread, targets
from .work import Size

AXES = {
    "runs": "runs",
    "residents": "residents",
    "turns": "turns",
    "territories": "territories",
    "workers": "workers",
    "in memory": "workers, results in memory",
    "georgia": "workers, `georgia_2014`",
}


def report(found: dict) -> str:
    """All tables, in Markdown."""
    size, about = Size(**found["size"]), found["machine"]
    parts = [
        f"The work: {size.territories} territory, {size.residents:,} residents, {size.turns} turns, the complete model. "
        f"{about['processor']}, {about['cores']} cores; Python {about['python']}; {about['when']}.",
        _warning(about),
        _speeds(found["rounds"]),
        _alone(found["rounds"], about),
        _parts(found),
        _targets(found),
        _agreement(found),
        *(_curve(found["curves"], curve) for curve in AXES if any(one["curve"] == curve for one in found["curves"])),
    ]  # fmt: skip
    return "\n\n".join(part for part in parts if part) + "\n"


def _targets(found: dict) -> str:
    beside = ["before"] if found["before"] else []
    rows = [(one.what, one.wanted, one.shown, *([one.before] if beside else []), one.mark) for one in targets(found)]
    told = f"Before: {found['before']}, in turn with this one." if beside else "`--against REVISION` adds an earlier commit."
    return f"Targets. {told}\n\n" + _table(("what", "target", "measured", *beside, ""), rows)


def _warning(about: dict) -> str:
    if not busy(about):
        return ""
    load = f"The machine was busy (load {about['load']})"
    return f"**{load}: wall-clock times are too long, and the rounds differ more than they should.**"


def _speeds(played: dict) -> str:
    rows = []
    for participant in PARTICIPANTS:
        if played.get(participant.name) and participant.name not in ("residents", "c"):
            one = played[participant.name]
            ratio = "" if participant.name == "engine" else spread(ratios(played["engine"], one), 0)
            rows.append(
                (participant.label, _speed(one), _speed(one, "wall"), ratio, f"{max(each['peak'] for each in one):,.0f}")
            )
    away = [participant.label for participant in PARTICIPANTS if participant.name not in played]
    note = f"\n\nNot installed here: {', '.join(away)}." if away else ""
    head = "", "runs/s, processor time", "runs/s, wall clock", "times slower than this engine", "peak MiB"
    return (
        "Runs per second on one core, median of the rounds. Ratios are taken within a round; brackets: lowest to highest.\n\n"
        + _table(head, rows)
        + note
    )


def _alone(played: dict, about: dict) -> str:
    rows = []
    for name, what in (("c", "C"), ("residents", "this engine")):
        if played.get(name):
            one = played[name][0]
            each = one["size"]["residents"] * one["size"]["turns"] * 1e-9
            rows.append((what, _speed(played[name]), f"{1 / (median(speeds(played[name])) * each):.2f}"))
    note = f"C by {about['compiler']}." if about["compiler"] else "**No C compiler was found, so C was not measured.**"
    head = "residents' update alone", "runs/s, processor time", "ns per resident and turn"
    return _table(head, rows) + f"\n\n{note}" if rows else note


def _parts(found: dict) -> str:
    """The breakdown of the time; the rest of ``run`` makes its tables."""
    whole = 1.0 / median(speeds(found["rounds"]["engine"]))
    costs = found["parts"] | {"tables, and all else": max(0.0, whole - sum(found["parts"].values()))}
    rows = [(part, f"{1e6 * cost:,.0f}", f"{100 * cost / sum(costs.values()):.0f} %") for part, cost in costs.items()]
    return _table(("part of a run of this engine", "µs per run", "share"), rows)


def _agreement(found: dict) -> str:
    rows = [
        (name, f"{one['runs']:,}", f"{one['probability']:.2g}", f"{one['share']:.2f}", one["most_different"])
        for name, one in found["distributions"].items()
    ]
    same = ", ".join(f"{name} {one:.1g}" for name, one in found["same_random_numbers"].items())
    head = "same distributions as this engine?", "runs", "p-value, corrected", "largest difference", "of which quantity"
    return (
        _table(head, rows)
        + f"\n\nLargest difference when a peer replays the engine's runs with the same random numbers: {same}."
    )


def _curve(curves: list[dict], curve: str) -> str:
    rows = [
        (
            f"{one['at']:,}",
            "" if one["who"] == "engine" else one["who"],
            f"{1000 * one['processor_per_run']:.3g}" if one["curve"] not in ("workers", "in memory", "georgia") else "",
            f"{1000 * one['wall_per_run']:.3g}",
            f"{one['peak']:,.0f}",
        )
        for one in curves
        if one["curve"] == curve
    ]
    return _table((AXES[curve], "", "ms per run, processor", "ms per run, wall clock", "peak MiB"), rows)


def _speed(played: list[dict], clock: str = "processor") -> str:
    value = median(speeds(played, clock))
    return f"{value:,.0f}" if value >= 100 else f"{value:,.1f}"


def _table(head: tuple, rows: list[tuple]) -> str:
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    return "\n".join([*lines, *(f"| {' | '.join(map(str, row))} |" for row in rows)])
