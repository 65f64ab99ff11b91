"""The memory of a process and of all that it started: their proportional shares together, so that nothing counts twice."""

from __future__ import annotations

import os
import threading
from contextlib import suppress
from pathlib import Path

PAUSE = 0.5  # seconds


class Watch:
    """Looks at the memory of this process and its descendants now and then while it is open; ``most`` is in MiB.

    It is 0 where the system does not tell (anywhere but Linux).
    """

    def __enter__(self):
        self.most, self._over = 0.0, threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *problem):
        self._over.set()
        self._thread.join()

    def _look(self):
        while not self._over.wait(PAUSE):
            self.most = max(self.most, sum(map(_share, family(os.getpid()))) / 1024)


def family(process: int) -> list[int]:
    """A process and all its descendants."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            parent = entry.read_text().rpartition(")")[2].split()[1]
            children.setdefault(int(parent), []).append(int(entry.parent.name))
    found = [process]
    for one in found:
        found += children.get(one, [])
    return found


def _share(process: int) -> int:
    """The proportional share of memory of a process, in KiB."""
    with suppress(OSError):
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0
