"""Install the wheel outside of the checkout and play with it: ``python3 run.py wheels [3.12 …]``.

The declared ranges of versions must be true. On every Python that is found (or only those named) the wheel is installed with
the newest versions that the ranges allow, and with the lowest; each installation plays runs, and a batch with two workers.
Needs a package index. Exit code 1 if an installation fails or does not play, or if no Python is found.
"""

from __future__ import annotations

import importlib.metadata
import os
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent
VERSIONS = "3.11", "3.12", "3.13"  # on those the lowest versions have wheels
BOUNDS = "newest", "lowest"
PIP = "-m", "pip", "--quiet", "--disable-pip-version-check"
RUN = "run", "georgia_2014", "--runs", "4", "--seed", "1", "--quiet", "--out", "runs"
BATCH = "batch", "integration_dilemma", "--points", "2", "--replicates", "2", "--workers", "2", "--quiet", "--out", "batch"
READ = ("verify", "batch"), ("export", "batch", "--to", "xlsx"), ("plot", "batch", "classes_by", "--quiet")
PLAYS = ("--version",), RUN, BATCH, *READ


def pythons(wanted: list[str]) -> dict[str, str]:
    """The Pythons of this machine by version, such as ``3.12``: this one, those on the path, and those of pyenv and py."""
    found = {"{}.{}".format(*sys.version_info): sys.executable}
    for version in VERSIONS:
        for command in (f"python{version}",), ("py", f"-{version}"), *_of_pyenv(version):
            if version not in found and _version_of(command) == version:
                found[version] = _asked([*command, "-c", "import sys; print(sys.executable)"])
    return {version: python for version, python in sorted(found.items()) if version in wanted or not wanted}


def _of_pyenv(version: str) -> list[tuple[str]]:
    if not shutil.which("pyenv"):
        return []
    installed = [name for name in _asked(["pyenv", "versions", "--bare"]).split() if name.startswith(version + ".")]
    return [(str(Path(_asked(["pyenv", "prefix", name]), "bin", "python")),) for name in reversed(installed)]


def _version_of(command: tuple[str, ...]) -> str:
    return _asked([*command, "-c", "import sys; print('{}.{}'.format(*sys.version_info))"]) if shutil.which(command[0]) else ""


def _asked(command: list[str]) -> str:
    """What a command answers; nothing if it fails."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout.strip() if done.returncode == 0 else ""


def lowest(needs: list[str]) -> list[str]:
    """The lowest versions that are allowed, as constraints.

    >>> lowest(["numpy>=2.1", "mesa<4,>=3.3.1", "optuna>=4; extra == 'analysis'"])
    ['numpy==2.1', 'mesa==3.3.1']
    """
    own = [need for need in map(Requirement, needs) if need.marker is None or need.marker.evaluate({"extra": ""})]
    return [f"{need.name}=={one.version}" for need in own for one in need.specifier if one.operator == ">="]


def fault(python: str, bounds: str, wheel: Path, folder: Path) -> str:
    """Install and play; what went wrong, nothing if all went well."""
    folder.mkdir()
    mine = folder / "venv" / ("Scripts" if os.name == "nt" else "bin") / "python"
    (declared,) = importlib.metadata.distributions(path=[str(wheel)])
    constraints = folder / "constraints.txt"
    constraints.write_text("\n".join(lowest(declared.requires or [])) if bounds == "lowest" else "", "utf-8")
    install = (*PIP, "install", "--no-compile", "--only-binary", ":all:", "-c", constraints, wheel)
    steps = [(python, "-m", "venv", folder / "venv"), (mine, *install)]
    steps += [(mine, "-m", "frozen_conflict_sim", *words) for words in PLAYS]
    around = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    around |= {"XDG_CACHE_HOME": str(folder / "cache"), "PIP_CACHE_DIR": _asked([sys.executable, *PIP, "cache", "dir"])}
    for step in steps:
        done = subprocess.run([*map(str, step)], cwd=folder, env=around, capture_output=True, text=True, check=False)
        if done.returncode:
            return f"{' '.join(map(str, step[1:]))}\n{done.stdout[-1000:]}{done.stderr[-2000:]}"
    return ""


def main(wanted: list[str]) -> int:
    """Try every Python with both bounds, two at a time, and say how each went."""
    found = pythons(wanted)
    absent = [version for version in wanted or VERSIONS if version not in found]
    print(f"Pythons tried: {', '.join(found) or 'none'}; not found: {', '.join(absent) or 'none'}", flush=True)
    with tempfile.TemporaryDirectory() as place:
        folder, failed = Path(place), 0
        build = subprocess.run([sys.executable, *PIP, "wheel", "--no-deps", "-w", folder, ROOT], check=False)
        if build.returncode:
            print("The wheel could not be built; the reason stands above.")
            return 1
        (wheel,) = folder.glob("*.whl")
        cases = [(version, bounds) for version in found for bounds in BOUNDS if bounds == "newest" or version in VERSIONS]
        with ThreadPoolExecutor(2) as pool:
            faults = pool.map(lambda case: fault(found[case[0]], case[1], wheel, folder / "-".join(case)), cases)
            for (version, bounds), wrong in zip(cases, faults):
                failed += bool(wrong)
                print(f"Python {version}, {bounds} versions: {'FAILED: ' + wrong if wrong else 'plays'}", flush=True)
    return int(bool(failed) or not found)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
