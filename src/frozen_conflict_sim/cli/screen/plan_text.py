"""A plan on the screen."""

from __future__ import annotations

from ...experiment.plan import Estimate, Plan


def lines(plan: Plan, expected: Estimate | None, workers: int) -> list[str]:
    """The plan, a fact a line."""
    told = [plan.question, f"  scenario    {plan.scenario}"]
    head = "  runs        "
    for count, what in plan.factors:
        told.append(f"{head}{count:>9,}  {what if count != 1 else what.removesuffix('s')}")
        head = "            × "
    told.append(f"            = {plan.runs:>9,}  runs")
    told += [f"  {'' if at else 'uncertain':11} {line}" for at, line in enumerate(plan.uncertain)]
    each = plan.runs // plan.lucks
    shared = f"each met by {each:,} runs that are compared" if each > 1 else "one for each run"
    told.append(f"  luck        {plan.lucks:,} different, {shared}")
    kept = "all trajectories and decisions" if plan.keeps is None else f"{plan.keeps} trajectories and decisions, all outcomes"
    told.append(f"  stored      {kept}")
    if expected:
        told.append(f"  time        about {duration(expected.seconds)} with {workers} worker{'s' * (workers > 1)}")
        told.append(f"  disk        about {size(expected.bytes)}")
    return told


def duration(seconds: float) -> str:
    """A time as people say it.

    >>> duration(3.2), duration(200), duration(9000), duration(300000)
    ('3 seconds', '3 minutes', '2.5 hours', '3.5 days')
    """
    for length, unit in ((86400, "day"), (3600, "hour"), (60, "minute")):
        if seconds >= 2 * length:
            amount = seconds / length
            return f"{amount:.0f} {unit}s" if unit == "minute" else f"{amount:.1f} {unit}s"
    return f"{max(1, round(seconds))} second{'s' * (round(seconds) > 1)}"


def size(amount: float) -> str:
    """A size as people say it.

    >>> size(2_300_000), size(500), size(2.46e12)
    ('2.3 MB', '1 kB', '2.5 TB')
    """
    for length, unit in ((1e12, "TB"), (1e9, "GB"), (1e6, "MB")):
        if amount >= length:
            return f"{amount / length:.1f} {unit}"
    return f"{max(1, round(amount / 1000))} kB"
