"""``python -m frozen_conflict_sim``: the command line as a process, which Ctrl-C and SIGTERM interrupt alike."""

import gc
import os
import signal
import sys
import threading
from _thread import interrupt_main
from contextlib import suppress

# `python -m` looks for modules in the current folder first, where a file of the user may be called random.py or mesa.py.
with suppress(FileNotFoundError):  # of a folder that was deleted meanwhile
    if sys.path and sys.path[0] in ("", os.getcwd()):
        del sys.path[0]

# The threads of NumPy's linear algebra, of which commands do little, would wait for it in a busy loop.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

SIGNALS = signal.SIGINT, signal.SIGTERM
LATER = 0.01  # seconds
SELDOM = 50_000  # new objects; what is imported is no garbage, and to look through it often takes a twentieth of a command


def interrupt(number, frame) -> None:
    """Handle a signal: raise ``KeyboardInterrupt``, unless one is being dealt with; during an import, once that is over.

    What a library makes of an interruption while it is imported is not known: some drop it.
    """
    while frame is not None and frame.f_code.co_filename != "<frozen importlib._bootstrap>":
        frame = frame.f_back
    if frame is not None:
        interrupt_later()
        return
    dealt_with = sys.exc_info()[1]
    while dealt_with is not None and not isinstance(dealt_with, KeyboardInterrupt):
        dealt_with = dealt_with.__context__
    if dealt_with is None:
        raise KeyboardInterrupt


def interrupt_later() -> None:
    """Interrupt the main thread in a moment."""
    timer = threading.Timer(LATER, interrupt_main)
    timer.daemon = True
    timer.start()


def on_unraisable(lost, report=sys.unraisablehook) -> None:
    """Interrupt once more where Python had to drop an interruption, as in a callback; report any other error as always."""
    interrupt_later() if isinstance(lost.exc_value, KeyboardInterrupt) else report(lost)


def on_error(kind, error, trace, report=sys.excepthook) -> None:
    """Print an error as always, but no interruption: compiled libraries print those that they drop."""
    if not issubclass(kind, KeyboardInterrupt):
        report(kind, error, trace)


def start() -> None:
    """Run the command line; ends the process with the exit code."""
    sys.excepthook, sys.unraisablehook = on_error, on_unraisable
    gc.set_threshold(SELDOM)
    if sys.flags.optimize > 1:
        print("Python runs without docstrings, which say what rules mean: leave out -OO and PYTHONOPTIMIZE=2", file=sys.stderr)
        sys.exit(2)
    try:
        for number in SIGNALS:
            signal.signal(number, interrupt)
        from frozen_conflict_sim.cli import main

        main()
    except KeyboardInterrupt:
        for number in SIGNALS:
            signal.signal(number, signal.SIG_IGN)
        print("interrupted", file=sys.stderr)
        sys.exit(130)


if __name__ == "__main__":
    start()
