"""The manifest of a results folder: what it was asked for, when, by which code, and how far it has come.

Which parts there are is told by their records. A copy of the manifest stands beside these, in case that one is damaged.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path

from ..errors import NotResults
from ..provenance import provenance
from ..study.size import size_of
from ..study.study import Study
from . import records
from .files import write_whole
from .identity import family_of

NAME = "manifest.json"
SPARE = f"{records.FOLDER}/{NAME}"
FORMAT = 2
KEYS = (
    "format", "title", "question", "study", "kin", "status", "seed", "keep", "design", "points", "arms",
    "started", "ended", "counts", "code", "asked", "grown",
)  # fmt: skip


def fresh(study: Study) -> dict:
    """The manifest of a study that has just begun."""
    extent, family, code = size_of(study.experiment), family_of(study), provenance()
    return {
        "format": FORMAT,
        "title": study.scenario.title,
        "question": study.experiment.question,
        "study": name_of(family, code, [extent]),
        "kin": family,
        "status": "running",
        "seed": study.seed,
        "keep": list(study.keep) if study.keep is not None else None,
        "design": study.experiment.design.kind,
        "points": study.points,
        "arms": list(study.experiment.arms),
        "started": now(),
        "ended": None,
        "counts": {"planned": study.runs, "finished": 0, "failed": 0},
        "code": code,
        "asked": extent,
        "grown": [extent],
    }


def name_of(family: str, code: dict, told: list[dict]) -> str:
    """What tells studies from others: their kin, the code that plays them, and all that was asked for but for replicates."""
    frame = [
        family,
        code["fingerprint"],
        [*told[:-1], {name: value for name, value in told[-1].items() if name != "replicates"}],
    ]
    return blake2b(json.dumps(frame).encode(), digest_size=12).hexdigest()


def read(folder: Path) -> dict:
    """The manifest of a results folder; if only its copy can be read, ``spare`` says why."""
    if not folder.exists():
        raise NotResults(f"{folder} does not exist")
    try:
        manifest = _read(folder, NAME)
    except NotResults as problem:
        try:
            why = f"{folder / NAME} is damaged or missing: its copy in {SPARE} serves instead"
            manifest = _read(folder, SPARE) | {"spare": why}
        except NotResults:
            raise problem from None
    return manifest


def _read(folder: Path, name: str) -> dict:
    try:
        manifest = json.loads((folder / name).read_text("utf-8"))
        known, lacking = manifest["format"], [key for key in KEYS if key not in manifest]
    except (FileNotFoundError, NotADirectoryError):
        raise NotResults(f"{folder} is not a results folder: it has no {NAME}") from None
    except (ValueError, KeyError, TypeError):
        raise NotResults(f"{folder} is not a results folder: its {NAME} cannot be read") from None
    if known != FORMAT:
        raise NotResults(f"{folder} was written in format {known}; this version reads format {FORMAT}")
    if lacking:
        raise NotResults(f"{folder} is not a results folder: its {NAME} cannot be read, for it lacks {', '.join(lacking)}")
    return manifest


def write(folder: Path, manifest: dict, name: str = NAME) -> None:
    """Put the manifest in place of the old one."""
    told = {key: manifest[key] for key in KEYS}
    write_whole(folder / name, (json.dumps(told, indent=1, ensure_ascii=False) + "\n").encode())


def counted(parts: list[records.Part]) -> dict:
    """How many runs are there."""
    failed = sum(len(part.failed) for part in parts)
    return {"finished": sum(map(len, parts)) - failed, "failed": failed}


def difference(manifest: dict, study: Study) -> str:
    """In what the study in a folder differs from another one, so that both cannot share it, in a few words."""
    other = fresh(study)
    if manifest["title"] != other["title"]:
        return f"“{manifest['title']}”"
    if manifest["seed"] != other["seed"]:
        return f"its seed is {manifest['seed']}"
    if manifest["design"] != other["design"]:
        return f"its design is {manifest['design']}"
    if manifest["keep"] != other["keep"]:
        return "it keeps other trajectories"
    return "the same title and seed, but other values"


def now() -> str:
    """The time, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")
