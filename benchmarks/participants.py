"""The participants of the benchmark, and their processes: each has its own, and only one plays at a time."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from .c_limit.kernel import compiler

ROOT = Path(__file__).parents[1]
SLOWING = {"PYTHONDONTWRITEBYTECODE"}  # every start would compile all files
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS"), "1")


@dataclass(frozen=True)
class Participant:
    """A program that does the work: the module with its function ``play``, and the package that the module needs.

    ``sources`` is the folder of another version of the simulator, which its process imports instead of this one.
    """

    name: str
    label: str
    module: str
    needs: str = ""
    sources: str = ""
    more: dict = field(default_factory=dict, hash=False)

    @property
    def available(self) -> bool:
        """Whether it can run on this machine."""
        return compiler() is not None if self.needs == "cc" else not self.needs or bool(importlib.util.find_spec(self.needs))

    @property
    def environment(self) -> dict[str, str]:
        """The environment of its processes: one thread each."""
        paths = os.pathsep.join(filter(None, [self.sources, str(ROOT), os.environ.get("PYTHONPATH")]))
        quiet = {"TQDM_DISABLE": "1", "PYTHONWARNINGS": "ignore"}
        usual = {name: value for name, value in os.environ.items() if name not in SLOWING}
        return usual | ONE_THREAD | quiet | {"PYTHONPATH": paths}


ENGINE = Participant("engine", "this engine", "peers.engine")
PEERS = (
    Participant("mesa", "plain Mesa, one agent per resident", "peers.mesa_objects"),
    Participant("numpy", "NumPy inside Mesa, tuned", "peers.mesa_numpy"),
    Participant("agentpy", "AgentPy, one agent per resident", "peers.agentpy_objects", needs="agentpy"),
    Participant("ema", "EMA Workbench around NumPy inside Mesa", "peers.ema", needs="ema_workbench"),
)
ALONE = Participant("residents", "this engine, residents alone", "c_limit.residents")
C = Participant("c", "C, residents alone", "c_limit.in_c", needs="cc")
PARTICIPANTS = (ENGINE, *PEERS, ALONE, C)


class Running:
    """The process of a participant; a context manager that ends it."""

    def __init__(self, participant: Participant):
        self.participant = participant
        command = [sys.executable, "-m", f"{__package__}.player", participant.module]
        self.stderr = tempfile.TemporaryFile("w+")  # noqa: SIM115 - lives as long as the process
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.stderr, text=True,
            env=participant.environment,
        )  # fmt: skip

    def __enter__(self):
        return self

    def __exit__(self, *problem):
        self.process.stdin.close()
        if problem[0]:
            self.process.kill()
        self.process.wait()
        self.process.stdout.close()
        self.stderr.close()

    def play(self, **request) -> dict:
        """Send a request; see :func:`~.player.answer` for its arguments and the answer."""
        try:
            self.process.stdin.write(json.dumps(request | self.participant.more) + "\n")
            self.process.stdin.flush()
            return json.loads(self.process.stdout.readline())
        except (BrokenPipeError, json.JSONDecodeError):
            self.stderr.seek(0)
            raise RuntimeError(f"{self.participant.label} did not answer:\n{self.stderr.read()[-2000:]}") from None
