"""The plan of an experiment as text: its factors, runs, time and disk, and for large studies what more cores would do."""

from __future__ import annotations

from ...experiment.plan import Estimate, Plan
from ...experiment.study.scale import advised_task_size, scale

CORES = (1, 8, 64, 512, 4096)


def plan_lines(plan: Plan, expected: Estimate | None, workers: int) -> list[str]:
    """The plan, one fact a line."""
    lines = [plan.question, f"  scenario    {plan.scenario}"]
    head = "  runs        "
    for count, what in plan.factors:
        lines.append(f"{head}{count:>9,}  {what if count != 1 else what.removesuffix('s')}")
        head = "            × "
    lines.append(f"            = {plan.runs:>9,}  runs")
    lines += [f"  {'' if at else 'uncertain':11} {line}" for at, line in enumerate(plan.uncertain)]
    each = plan.runs // plan.streams
    shared = f"each used by {each:,} runs that are compared" if each > 1 else "one for each run"
    lines.append(f"  streams     {plan.streams:,} streams of random numbers, {shared}")
    kept = "all trajectories and decisions" if plan.keeps is None else f"{plan.keeps} trajectories and decisions, all outcomes"
    lines.append(f"  stored      {kept}")
    if expected:
        lines.append(f"  time        about {duration(expected.seconds)} with {workers} worker{'s' * (workers > 1)}")
        lines.append(f"  disk        about {size(expected.bytes)}")
    return lines


def scale_lines(runs: int, expected: Estimate, task_size: int) -> list[str]:
    """Tasks and files, time and load of the scheduler by number of cores, and the task size that would be better."""
    total = scale(runs, task_size, expected.time, expected.disk)
    each = f"{size(total.bytes / total.tasks)} and {duration(total.seconds / total.tasks)} of a core"
    lines = [
        f"  tasks       {total.tasks:,} of {task_size:,} runs, each about {each}; {total.files:,} files",
        "  cores           time        to the scheduler, per second",
    ]
    for cores in (*(cores for cores in CORES if cores < total.cores), total.cores):
        seconds = total.duration(cores)
        tasks, sent = f"{total.tasks / seconds:.1f} tasks", size(total.bytes / seconds)
        lines.append(f"  {cores:>9,}   {duration(seconds):>13}   {tasks:>12}, {sent}")
    lines.append("              more cores would wait for the one process that writes (docs/cluster.md)")
    better = advised_task_size(runs, expected.time, expected.disk)
    if better > task_size:
        then = scale(runs, better, expected.time, expected.disk)
        shortest = duration(then.duration(then.cores))
        lines.append(f"  advice      --task-size {better}: {then.files:,} files, done in {shortest} with {then.cores:,} cores")
    return lines


def duration(seconds: float) -> str:
    """Seconds as people say them.

    >>> duration(3.2), duration(200), duration(9000), duration(300000)
    ('3 seconds', '3 minutes', '2.5 hours', '3.5 days')
    """
    for length, unit in ((86400, "day"), (3600, "hour"), (60, "minute")):
        if seconds >= 2 * length:
            amount = seconds / length
            return f"{amount:.0f} {unit}s" if unit == "minute" else f"{amount:.1f} {unit}s"
    return f"{max(1, round(seconds))} second{'s' * (round(seconds) > 1)}"


def size(amount: float) -> str:
    """Bytes as people say them.

    >>> size(2_300_000), size(500), size(2.46e12)
    ('2.3 MB', '1 kB', '2.5 TB')
    """
    for length, unit in ((1e12, "TB"), (1e9, "GB"), (1e6, "MB")):
        if amount >= length:
            return f"{amount / length:.1f} {unit}"
    return f"{max(1, round(amount / 1000))} kB"
