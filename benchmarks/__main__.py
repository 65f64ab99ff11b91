"""``python -m benchmarks``: measure rounds, agreement, curves and a whole command; write a table, a plot and a JSON file."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from contextlib import nullcontext
from dataclasses import asdict
from pathlib import Path

from .before import engine_at
from .machine import busy, machine
from .participants import ENGINE, PARTICIPANTS, Participant
from .report import report
from .work import WHOLE, Size

ROOT = Path(__file__).parents[1]
MINUTES = 17
QUICK = {"size": Size(64, 8), "rounds": 2, "seconds": 0.2, "small": 1}
USUAL = {"size": WHOLE, "rounds": 5, "seconds": 3.0, "small": 5}


def main(words: list[str] | None = None) -> int:
    """Measure and write the results. Return 0 even if targets are missed: that is a result, not an error."""
    options = arguments().parse_args(words)
    effort = QUICK if options.quick else USUAL
    reach = "quick" if options.quick else "long" if options.long else "usual"
    start = time.monotonic()

    def log(text):
        print(f"{time.monotonic() - start:6.0f} s  {text}", file=sys.stderr, flush=True)

    try:
        with engine_at(options.against) if options.against else nullcontext() as before:
            found = measure(effort, reach, log, before)
    except KeyboardInterrupt:
        log("stopped")
        return 130
    except RuntimeError as error:
        log(str(error))
        return 1
    options.out.mkdir(parents=True, exist_ok=True)
    (options.out / "bench.json").write_text(json.dumps(found, indent=1), "utf-8")
    write(found, options.out)
    if options.publish:
        from .page import publish

        publish(found, ROOT / "docs")
    print(report(found))
    log(f"written to {options.out}")
    return 0


def arguments() -> argparse.ArgumentParser:
    """The options of the command line."""
    parser = argparse.ArgumentParser(prog="python3 run.py bench", description="Speed against peers on the same work.")
    parser.add_argument("--quick", action="store_true", help="tiny work, one minute: to check that everything runs")
    parser.add_argument("--long", action="store_true", help="also the slow ends of the curves, up to a million runs")
    parser.add_argument("--publish", action="store_true", help="also write docs/speed.md and its plot")
    parser.add_argument("--against", metavar="REVISION", help="also play an earlier commit of this project, for the targets")
    parser.add_argument("--out", type=Path, default=ROOT / "results" / "bench", help="output folder (results/bench)")
    return parser


def measure(effort: dict, reach: str, log, before: Participant | None = None) -> dict:
    """Run all measurements; of an engine ``before``, those that have a target."""
    from . import agreement, rounds, scaling
    from .breakdown import breakdown
    from .small_work import small_work

    about, here = machine(), [participant for participant in PARTICIPANTS if participant.available]
    if busy(about):
        log(f"the machine is busy (load {about['load']}): ratios use processor time; wall-clock times will be too long")
    with tempfile.TemporaryDirectory() as folder:
        held = rounds.play_rounds(here, effort["size"], effort["rounds"], effort["seconds"], folder=Path(folder), log=log)
        log("checking that all did the same work")
        distributions = agreement.of_files(Path(folder), [one.name for one in here])
    return {
        "machine": about,
        "size": asdict(effort["size"]),
        "rounds": held,
        "distributions": distributions,
        "same_random_numbers": agreement.with_the_same_random_numbers(effort["size"]),
        "parts": breakdown(effort["size"], effort["rounds"]),
        "before": before.label if before else "",
        "small": {one.name: small_work(effort["small"], one) for one in filter(None, (ENGINE, before))},
        "curves": [
            *scaling.measure_curves(scaling.georgia(reach, before), 2, log),
            *scaling.measure_curves(scaling.points(reach, before), 2 if reach == "quick" else 5, log),
        ],
    }


def write(found: dict, folder: Path) -> None:
    """Write the table and the plot."""
    from .plot import draw

    (folder / "bench.md").write_text(report(found), "utf-8")
    draw(found, folder)


if __name__ == "__main__":
    sys.exit(main())
