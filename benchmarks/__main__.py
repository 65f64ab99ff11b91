"""``python -m benchmarks``: rounds, agreement, curves, whole process; then a table, a picture and a JSON."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path

from .contenders import EVERYBODY
from .machine import busy, machine
from .report import report
from .work import WHOLE, Size

ROOT = Path(__file__).parents[1]
MINUTES = 15
QUICK = {"size": Size(64, 8), "rounds": 2, "seconds": 0.2, "whole": 1}
USUAL = {"size": WHOLE, "rounds": 5, "seconds": 3.0, "whole": 5}


def main(words: list[str] | None = None) -> int:
    """Measure and write down; 0 also where targets are not reached: that is a finding, not a failure."""
    asked = arguments().parse_args(words)
    how = QUICK if asked.quick else USUAL
    reach = "quick" if asked.quick else "long" if asked.long else "usual"
    begun = time.monotonic()

    def tell(text):
        print(f"{time.monotonic() - begun:6.0f} s  {text}", file=sys.stderr, flush=True)

    try:
        found = measure(how, reach, tell)
    except KeyboardInterrupt:
        tell("stopped")
        return 130
    except RuntimeError as problem:
        tell(str(problem))
        return 1
    asked.out.mkdir(parents=True, exist_ok=True)
    (asked.out / "bench.json").write_text(json.dumps(found, indent=1), "utf-8")
    write(found, asked.out)
    if asked.publish:
        from .page import publish

        publish(found, ROOT / "docs")
    print(report(found))
    tell(f"written to {asked.out}")
    return 0


def arguments() -> argparse.ArgumentParser:
    """What may be said on the command line."""
    parser = argparse.ArgumentParser(prog="python3 run.py bench", description="Speed against peers on the same work.")
    parser.add_argument("--quick", action="store_true", help="a minute, on tiny work: to see that all is well")
    parser.add_argument("--long", action="store_true", help="the slow ends of the curves too: a million runs")
    parser.add_argument("--publish", action="store_true", help="also write docs/speed.md and its picture")
    parser.add_argument("--out", type=Path, default=ROOT / "results" / "bench", help="where to (results/bench)")
    return parser


def measure(how: dict, reach: str, tell) -> dict:
    """Everything that is measured."""
    from . import agreement, rounds, scaling
    from .parts import parts
    from .whole import whole

    about, here = machine(), [contender for contender in EVERYBODY if contender.here]
    if busy(about):
        tell(f"the machine is busy (load {about['load']}): ratios are by processor time, wall-clock times will be too long")
    with tempfile.TemporaryDirectory() as folder:
        held = rounds.hold(here, how["size"], how["rounds"], how["seconds"], folder=Path(folder), tell=tell)
        tell("do all do the same work?")
        distributions = agreement.of_files(Path(folder), [one.name for one in here])
    return {
        "machine": about,
        "size": asdict(how["size"]),
        "rounds": held,
        "distributions": distributions,
        "same_luck": agreement.with_the_same_luck(how["size"]),
        "parts": parts(how["size"], how["rounds"]),
        "whole": whole(how["whole"]),
        "curves": scaling.climb(scaling.points(reach), 2 if reach == "quick" else 5, tell),
    }


def write(found: dict, folder: Path) -> None:
    """The table and the picture."""
    from .picture import draw

    (folder / "bench.md").write_text(report(found), "utf-8")
    draw(found, folder)


if __name__ == "__main__":
    sys.exit(main())
