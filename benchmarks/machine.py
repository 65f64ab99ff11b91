"""Describe the machine and its software."""

from __future__ import annotations

import os
import platform
import subprocess
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from .c_limit.kernel import compiler

PACKAGES = ("frozen-conflict-sim", "mesa", "numpy", "llvmlite", "agentpy", "ema_workbench")
BUSY = 0.5


def machine() -> dict:
    """What is needed to compare results with another machine."""
    return {
        "when": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "processor": _processor(),
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "load": round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None,
        "system": platform.platform(),
        "python": platform.python_version(),
        "compiler": _compiler(),
        "packages": {name: found for name in PACKAGES if (found := _version(name))},
    }


def busy(about: dict) -> bool:
    """Whether the machine was busy with other work when the benchmark started."""
    return about["load"] is not None and about["load"] > BUSY


def _processor() -> str:
    path = Path("/proc/cpuinfo")
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    named = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return named[0] if named else platform.processor() or platform.machine()


def _compiler() -> str | None:
    if not compiler():
        return None
    said = subprocess.run([compiler(), "--version"], capture_output=True, text=True, check=False).stdout
    return said.splitlines()[0] if said else compiler()


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
