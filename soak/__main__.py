"""``python -m soak [NAME …] [--quick]``: run some of the programs, or all; exit code 1 if one of them does not hold.

A program is a module beside this one with a function ``main(quick) -> str``: what was done and found, in a line. An
``AssertionError`` says what did not hold.
"""

import sys
from importlib import import_module
from pathlib import Path
from time import monotonic

PROGRAMS = sorted(path.stem for path in Path(__file__).parent.glob("[a-z]*.py"))


def main(words):
    """Run programs by name; the exit code."""
    quick, names = "--quick" in words, [word for word in words if word != "--quick"]
    unknown = [name for name in names if name not in PROGRAMS]
    if unknown:
        print(f"there is no program {unknown[0]!r}; there are {', '.join(PROGRAMS)}", file=sys.stderr)
        return 2
    failed = 0
    for name in names or PROGRAMS:
        begun = monotonic()
        try:
            report = import_module(f"soak.{name}").main(quick)
        except AssertionError as problem:
            failed, report = 1, f"DID NOT HOLD: {problem}"
        print(f"{name:10} {report} ({monotonic() - begun:.0f} s)", flush=True)
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
