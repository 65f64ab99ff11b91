"""The manifest of a results folder: what it holds, made when, by which code, and which parts are complete."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from .code import provenance
from .errors import NotResults
from .files import write_whole
from .study import Study

NAME = "manifest.json"
FORMAT = 1
KEYS = (
    "format", "title", "question", "study", "status", "seed", "keep", "design", "points", "arms",
    "started", "ended", "counts", "code", "parts",
)  # fmt: skip


def fresh(study: Study) -> dict:
    """The manifest of a study that has just begun."""
    return {
        "format": FORMAT,
        "title": study.scenario.title,
        "question": study.experiment.question,
        "study": study.identity,
        "status": "running",
        "seed": study.seed,
        "keep": list(study.keep) if study.keep is not None else None,
        "design": study.experiment.design.kind,
        "points": study.points,
        "arms": list(study.experiment.arms),
        "started": now(),
        "ended": None,
        "counts": {"planned": study.runs, "finished": 0, "failed": 0},
        "code": provenance(),
        "parts": [],
    }


def read(folder: Path) -> dict:
    """The manifest of a results folder."""
    if not folder.exists():
        raise NotResults(f"{folder} does not exist")
    try:
        manifest = json.loads((folder / NAME).read_text("utf-8"))
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


def write(folder: Path, manifest: dict) -> None:
    """Put the manifest in place of the old one."""
    write_whole(folder / NAME, (json.dumps(manifest, indent=1, ensure_ascii=False) + "\n").encode())


def difference(manifest: dict, study: Study) -> str:
    """In what the study in a folder differs from another one, in a few words."""
    other = fresh(study)
    if manifest["title"] != other["title"]:
        return f"“{manifest['title']}”"
    if manifest["seed"] != other["seed"]:
        return f"its seed is {manifest['seed']}"
    if manifest["code"]["fingerprint"] != other["code"]["fingerprint"]:
        return "the same scenario, run by another version of the model"
    if (manifest["design"], manifest["points"]) != (other["design"], other["points"]):
        return f"its design is {manifest['design']} with {manifest['points']} points; only replicates can grow in one folder"
    return "the same title and seed, but other values"


def now() -> str:
    """The time, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")
